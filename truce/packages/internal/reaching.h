// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "truce/packages/frontier.h"
#include "truce/packages/internal/scaled.h"

namespace truce::packages::internal {

/// find_reaching() by branch and bound, which most often decides it at once; `is_decided` is false
/// where it did not, and then a package may be there though none comes back. `scaled`: the values
/// of the game, whatever its constraints.
std::optional<Package> reach_by_branching(const Game& game, const ScaledValues& scaled,
                                          const std::vector<std::optional<Integer>>& worth,
                                          const SearchLimits& limits, bool& is_decided);

}  // namespace truce::packages::internal
