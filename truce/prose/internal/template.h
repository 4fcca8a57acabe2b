// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "truce/base/result.h"
#include "truce/prose/lexicon.h"

namespace truce::prose::internal {

/// `text` as pieces: words, `{slots}` and `[optional parts]`. The message says what is wrong.
base::Result<std::vector<Piece>> parse_template(std::string_view text);

/// `form | condition: form | condition!: form`, parted where no brace or bracket is open.
base::Result<std::vector<Variant>> parse_variants(std::string_view text);

/// The names of all slots in it, those of optional parts and choices included.
void collect_slots(const std::vector<Piece>& pieces, std::vector<std::string>& names);

/// How often the slot can be told at once: choices count as the one of them that tells it most.
std::size_t uses_of(const std::vector<Piece>& pieces, std::string_view slot);

/// Without the spaces around it.
std::string_view trimmed(std::string_view text);
/// The words of `text`, parted by spaces.
std::vector<std::string> split_words(std::string_view text);

}  // namespace truce::prose::internal
