// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "truce/packages/game.h"

namespace truce::testing {

/// A small game with constraints, conditional values, vetoes and walk-away values: two to six
/// parties, at most some hundred packages, small numbers, so that ties are frequent.
packages::Game random_game(std::uint64_t seed);

/// Every package of the game, in the order of their options.
std::vector<packages::Package> all_packages(const packages::Game& game);

/// The frontier by its definition: each feasible package against each other one.
std::vector<packages::Package> frontier_by_trying(const packages::Game& game);

}  // namespace truce::testing
