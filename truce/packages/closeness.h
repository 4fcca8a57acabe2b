// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "truce/packages/acceptance.h"

namespace truce::packages {

/// How much less than its walk-away value each party would get, zero where none: exact utilities.
std::vector<Fraction> concessions(const Game& game, const Package& package);

/// The package that reaches a deal with the least largest concession: among feasible packages in
/// which no veto holds, that whose largest concession is least, then the next largest, and so on.
struct LeastConcession {
  Package package;
  std::vector<Fraction> concessions;
};

/// How far the parties are from a deal.
struct Closeness {
  // None where vetoes and constraints leave no package.
  std::optional<LeastConcession> least_concession;
  // How many demands must go at least for the others to be met; none where constraints alone leave
  // no package, or where the search met its limit.
  std::optional<std::size_t> demands_to_relax;
  // How many packages are feasible, and how many of them all accept; none where they were not
  // counted.
  std::optional<Integer> feasible;
  std::optional<Integer> accepted;
  // Why something was not found, one line each.
  std::vector<std::string> not_found;
};

/// `known` is the frontier of the game where it was found already.
Closeness find_closeness(const Game& game, const SearchLimits& limits = {},
                         const Frontier* known = nullptr);

}  // namespace truce::packages
