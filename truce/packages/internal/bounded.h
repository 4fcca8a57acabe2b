// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "truce/packages/frontier.h"
#include "truce/packages/internal/scaled.h"

namespace truce::packages::internal {

/// The frontier of a game of two parties by branch and bound, for conditional values that are too
/// entangled for a diagram. `is_complete` is false where `limits.steps` did not suffice or somebody
/// stopped it; each point is then a feasible package, and some may be bettered by packages that
/// were not looked at. None where numbers are too large for it. The count of feasible packages is
/// not known.
std::optional<Frontier> search_bounded(const Game& game, const ScaledValues& scaled,
                                       const SearchLimits& limits);

}  // namespace truce::packages::internal
