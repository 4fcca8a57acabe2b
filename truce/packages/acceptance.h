// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "truce/packages/frontier.h"

namespace truce::packages {

/// What a party insists on: its walk-away value, or that one of its vetoes does not hold.
struct Demand {
  std::size_t party = 0;
  // The number of the veto; none for the walk-away value.
  std::optional<std::size_t> veto;
};

/// All demands, party by party, the walk-away value first.
std::vector<Demand> demands_of(const Game& game);

/// How it is named to a person: "North: worth at least 40", "South: no veto 1 (Monitors: none)".
std::string to_text(const Game& game, const Demand& demand);

/// Whether the package fulfils the demand.
bool is_fulfilled(const Game& game, const Demand& demand, const Package& package);

/// A feasible package that fulfils all these demands, or none. Fails as find_frontier().
base::Result<std::optional<Package>> find_fulfilling(const Game& game,
                                                     const std::vector<Demand>& demands,
                                                     const SearchLimits& limits = {});

/// The game with the vetoes of all parties as constraints.
Game with_vetoes_as_constraints(const Game& game);

/// The game as if everybody got the best for themselves on these issues at once: no real package,
/// but what can be reached only so cannot be reached at all.
Game with_ideal_issues(const Game& game, const std::vector<bool>& is_ideal);

/// How many feasible packages everybody accepts. Fails with Unsupported where more than
/// `limits.points` sums would have to be told apart, and as find_frontier() does.
base::Result<Integer> count_accepted(const Game& game, const SearchLimits& limits = {});

}  // namespace truce::packages
