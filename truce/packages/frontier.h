// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "truce/packages/game.h"

namespace truce::packages {

/// A package and what it is worth to each party, over the party's denominator.
struct Point {
  Package package;
  std::vector<Integer> worth;
};

/// What a search may cost. Counted, not timed, so that a result repeats.
struct SearchLimits {
  // Remainders of constraints and conditional values that are told apart.
  std::size_t nodes = 200'000;
  // Packages in part that are compared at one time.
  std::size_t points = 4'000'000;
  // Of branch and bound: packages in part that are looked at.
  std::size_t steps = 2'000'000;
  // Packages in part that are compared with each other, over the whole search.
  std::size_t comparisons = 400'000'000'000;
  // Asked now and then: whether to stop with what was found so far.
  std::function<bool()> is_stopped = {};
};

/// The feasible packages that no other feasible one betters: none is worth as much to everybody and
/// more to somebody. One for each worth that occurs, that with the smallest options; those worth
/// most to the first party first.
struct Frontier {
  std::vector<Point> points;
  // How many packages are feasible; none where they were not counted.
  std::optional<Integer> feasible;
  // Whether the search went to the end. Where not, a point may be bettered by a package that was
  // not looked at.
  bool is_complete = true;
  // Where it is not complete, and not empty: each feasible package is worth to every party at most
  // so much more than one of the points, over the party's denominator.
  std::vector<Integer> within;
};

/// Fails with InvalidArgument where values need more binary digits than the engine carries, and
/// with Unsupported where a limit is met; the message says which, and what helps. `game` has been
/// checked.
base::Result<Frontier> find_frontier(const Game& game, const SearchLimits& limits = {});

/// Some feasible packages, near which all others lie: `within` of the answer says how near, and
/// no package that the points better is among them. From each remainder of the constraints about
/// `most_points` are kept, those that lie in one cell of a grid as one; the grid is as fine as
/// that lets it be. Fails as find_frontier() does, and with Unsupported where values need more than
/// machine words.
base::Result<Frontier> find_frontier_within(const Game& game, std::size_t most_points,
                                            const SearchLimits& limits = {});

/// A feasible package that is worth at least so much to each party, over its denominator, where a
/// number is given; none where there is none. Vetoes are not looked at. Fails as find_frontier().
base::Result<std::optional<Package>> find_reaching(const Game& game,
                                                   const std::vector<std::optional<Integer>>& worth,
                                                   const SearchLimits& limits = {});

}  // namespace truce::packages
