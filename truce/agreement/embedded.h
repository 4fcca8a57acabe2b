// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "truce/agreement/vocabulary.h"

namespace truce::agreement {

/// The vocabulary of cease-fires, which agreements are read with.
constexpr std::string_view kCeasefire1 = "truce/ceasefire-1";

/// The text of a vocabulary that is part of the program, by the name an agreement gives it, such as
/// `truce/ceasefire-1`; empty when there is none of that name.
std::optional<std::string_view> embedded_vocabulary(std::string_view name);
/// The vocabulary itself; a test sees to it that those of the program have no mistakes.
std::optional<Vocabulary> read_embedded_vocabulary(std::string_view name);
/// The names of all of them.
std::vector<std::string_view> embedded_vocabulary_names();

}  // namespace truce::agreement
