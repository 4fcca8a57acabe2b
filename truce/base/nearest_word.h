// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace truce::base {

/// The fewest insertions, deletions, substitutions and swaps of neighbours that turn one word into
/// the other, ASCII case ignored; stops early and returns `limit + 1` when more than `limit`.
std::size_t edit_distance(std::string_view from, std::string_view to, std::size_t limit);

/// The candidate a person most likely meant by `word`: nearest, first among equals, and near
/// enough (a third of the letters, at least one). Empty when none is.
std::optional<std::string> nearest_word(std::string_view word,
                                        std::span<const std::string> candidates);

}  // namespace truce::base
