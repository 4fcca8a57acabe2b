// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/internal/reaching.h"

#include <algorithm>

#include "truce/packages/internal/branching.h"

namespace truce::packages::internal {
namespace {

// After how many packages in part it is left to the diagram whether one is good enough.
constexpr std::size_t kFewSteps = 100'000;

}  // namespace

std::optional<Package> reach_by_branching(const Game& game, const ScaledValues& scaled,
                                          const std::vector<std::optional<Integer>>& worth,
                                          const SearchLimits& limits, bool& is_decided) {
  std::vector<Row> rows;
  Goal goal;
  goal.kind = Goal::Kind::AtLeast;
  for (std::size_t party = 0; party < worth.size(); ++party) {
    if (worth[party].has_value()) {
      rows.push_back({0, {{party, 1}}, 1});
      goal.least.push_back(least_number(scaled.scales[party], *worth[party]).to_double());
    }
  }
  if (rows.empty()) {
    rows.push_back({});
    goal.least.push_back(0);
  }
  goal.measure = [&](const Package& package) -> std::optional<std::vector<Integer>> {
    for (std::size_t party = 0; party < worth.size(); ++party) {
      if (worth[party].has_value() &&
          packages::worth(game.parties[party], package) < *worth[party]) {
        return std::nullopt;
      }
    }
    return std::vector<Integer>{};
  };
  Space space(game, scaled, rows);
  SearchLimits few = limits;
  few.steps = std::min(limits.steps, kFewSteps);
  Found found = branch(space, goal, few);
  is_decided = found.is_complete;
  return std::move(found.package);
}

}  // namespace truce::packages::internal
