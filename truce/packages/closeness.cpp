// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/closeness.h"

#include <algorithm>

#include "truce/packages/conflicts.h"
#include "truce/packages/internal/diagram.h"

namespace truce::packages {
namespace {

std::vector<Fraction> largest_first(std::vector<Fraction> concessions) {
  std::sort(concessions.begin(), concessions.end(),
            [](const Fraction& left, const Fraction& right) { return right < left; });
  return concessions;
}

// What is worth less to nobody demands no larger concession of anybody, so the frontier is enough.
std::optional<LeastConcession> least_on(const Game& game, const Frontier& frontier) {
  std::optional<LeastConcession> least;
  std::vector<Fraction> measure;
  for (const Point& point : frontier.points) {
    std::vector<Fraction> here = concessions(game, point.package);
    std::vector<Fraction> sorted = largest_first(here);
    if (!least.has_value() || sorted < measure ||
        (sorted == measure && point.package < least->package)) {
      least = LeastConcession{point.package, std::move(here)};
      measure = std::move(sorted);
    }
  }
  return least;
}

}  // namespace

std::vector<Fraction> concessions(const Game& game, const Package& package) {
  std::vector<Fraction> concessions;
  for (const Party& party : game.parties) {
    const Integer short_of =
        party.walk_away.has_value() ? *party.walk_away - worth(party, package) : Integer(0);
    concessions.push_back({std::max(short_of, Integer(0)), party.denominator});
  }
  return concessions;
}

Closeness find_closeness(const Game& game, const SearchLimits& limits) {
  Closeness closeness;
  const auto frontier = find_frontier(with_vetoes_as_constraints(game), limits);
  if (frontier) {
    closeness.least_concession = least_on(game, *frontier);
  } else {
    closeness.not_found.push_back("least concession: " + frontier.error().message);
  }
  const auto conflicts = find_demand_conflicts(game, limits);
  if (conflicts && !conflicts->relaxations.empty()) {
    closeness.demands_to_relax = conflicts->relaxations[0].size();
  }
  if (!conflicts) {
    closeness.not_found.push_back("demands to relax: " + conflicts.error().message);
  }
  if (const auto diagram = internal::make_diagram(game, limits.nodes)) {
    closeness.feasible = internal::count_paths(*diagram);
  }
  if (const auto accepted = count_accepted(game, limits)) {
    closeness.accepted = *accepted;
  } else {
    closeness.not_found.push_back("share accepted by all: " + accepted.error().message);
  }
  return closeness;
}

}  // namespace truce::packages
