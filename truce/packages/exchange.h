// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include "truce/packages/acceptance.h"

namespace truce::packages {

/// Two sides do with less than their walk-away values, and there is a deal.
struct DemandPair {
  Package package;
  // For each party, how much less; zero for all but two.
  std::vector<Fraction> concessions;
};

/// Where no package is accepted by all: of the packages in which no veto holds and that nobody
/// could better, one that at most two parties do not accept, whose larger concession is least, then
/// the other one. None where more than two would have to concede, or where a package is accepted by
/// all. Utilities of two parties are compared as they were given. Fails as find_frontier() does,
/// and with Unsupported where its search met a limit.
base::Result<std::optional<DemandPair>> find_demand_pair(const Game& game,
                                                         const SearchLimits& limits = {});

/// One side takes another option, which alone costs it so much.
struct Step {
  std::size_t party = 0;
  std::size_t issue = 0;
  std::uint32_t option = 0;
  Fraction gives;
};

/// Two steps of two sides, on two issues.
struct Exchange {
  std::array<Step, 2> steps;
  Package package;
};

/// From a package that all accept: the exchange after which both are better off, nobody is worse
/// off, and all accept. From any other one: after which all accept. Each step alone makes the side
/// that takes it worse off. Of several, that whose larger step is least, then the other one, then
/// the smallest options. None where there is none. Utilities of two parties are compared as they
/// were given. Grows with the square of the number of options.
std::optional<Exchange> find_exchange(const Game& game, const Package& on_table);

}  // namespace truce::packages
