// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "truce/encoding/json_value.h"
#include "truce/packages/game.h"

namespace truce::packages::internal {

/// Fails with InvalidArgument, naming line and column, where a number has more digits than
/// encoding::parse_json() keeps. `text` is well-formed.
base::Result<void> check_digits(std::string_view name, std::string_view text);

/// A JSON text whose numbers become texts as they are written, so that no digit is lost. Fails as
/// encoding::parse_json() does.
base::Result<encoding::JsonValue> parse_exact_json(std::string_view name, std::string_view text);

/// The digits of a fraction that a decimal can be: 1/4 is 0.25. Another one stays a fraction.
std::string to_decimal(const Fraction& value);

/// Utilities by issue and option, with the walk-away value, over one denominator.
Party party_of(std::string name, const std::vector<std::vector<Fraction>>& values,
               const std::optional<Fraction>& walk_away);

/// The name of a file without its folder and ending.
std::string stem_of(std::string_view path);

}  // namespace truce::packages::internal
