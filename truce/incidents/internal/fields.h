// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace truce::incidents {

bool is_space(char letter);
/// Without spaces, tabs and line ends at both ends.
std::string_view trim(std::string_view text);

/// A whole decimal number; empty when the text is anything else, or is not finite.
std::optional<double> parse_number(std::string_view text);
/// A whole number; empty when the text is anything else or does not fit.
std::optional<std::int64_t> parse_integer(std::string_view text);

}  // namespace truce::incidents
