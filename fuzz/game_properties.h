// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "truce/base/check.h"
#include "truce/packages/frontier.h"

namespace truce::fuzz {

/// What holds of any game that was read: it is sound, and each point of its frontier is feasible
/// and worth what the definition says.
inline void check_game(const packages::Game& game) {
  TRUCE_CHECK(packages::check(game).has_value(), "a game that was read is sound");
  const auto frontier = packages::find_frontier(game, {.nodes = 2000, .points = 2000});
  if (!frontier) {
    return;
  }
  for (const packages::Point& point : frontier->points) {
    TRUCE_CHECK(packages::is_feasible(game, point.package), "what is offered is feasible");
    for (std::size_t party = 0; party < game.parties.size(); ++party) {
      TRUCE_CHECK(point.worth[party] == packages::worth(game.parties[party], point.package),
                  "a package is worth what the definition says");
    }
  }
}

}  // namespace truce::fuzz
