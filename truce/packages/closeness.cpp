// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/closeness.h"

#include <algorithm>

#include "truce/packages/conflicts.h"
#include "truce/packages/internal/diagram.h"
#include "truce/packages/optimum.h"

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

namespace {

void find_least_concession(const Game& game, const SearchLimits& limits, const Frontier* known,
                           Closeness& closeness) {
  const bool has_vetoes = std::any_of(game.parties.begin(), game.parties.end(),
                                      [](const Party& party) { return !party.vetoes.empty(); });
  if (!has_vetoes && known != nullptr && known->is_complete) {
    closeness.least_concession = least_on(game, *known);
    return;
  }
  const Game strict = with_vetoes_as_constraints(game);
  if (const auto frontier = find_frontier(strict, limits); frontier && frontier->is_complete) {
    closeness.least_concession = least_on(game, *frontier);
    return;
  }
  // Where the frontier is not found, it alone is sought.
  const auto least = find_least_shortfall(strict, limits);
  if (!least) {
    closeness.not_found.push_back("least concession: " + least.error().message);
  } else if (!least->is_complete) {
    closeness.not_found.emplace_back("least concession: the search met its limit");
  } else if (least->point.has_value()) {
    closeness.least_concession =
        LeastConcession{least->point->package, concessions(game, least->point->package)};
  }
}

void count_shares(const Game& game, const SearchLimits& limits, const Frontier* known,
                  Closeness& closeness) {
  if (known != nullptr && known->feasible.has_value()) {
    closeness.feasible = known->feasible;
  } else if (const auto diagram = internal::make_diagram(game, limits)) {
    closeness.feasible = internal::count_paths(*diagram);
  }
  if (demands_of(game).empty() && closeness.feasible.has_value()) {
    closeness.accepted = closeness.feasible;
  } else if (const auto accepted = count_accepted(game, limits)) {
    closeness.accepted = *accepted;
  } else {
    closeness.not_found.push_back("share accepted by all: " + accepted.error().message);
  }
}

}  // namespace

Closeness find_closeness(const Game& game, const SearchLimits& limits, const Frontier* known) {
  Closeness closeness;
  find_least_concession(game, limits, known, closeness);
  const bool is_met = closeness.least_concession.has_value() &&
                      std::all_of(closeness.least_concession->concessions.begin(),
                                  closeness.least_concession->concessions.end(),
                                  [](const Fraction& each) { return each.numerator.is_zero(); });
  if (is_met) {
    closeness.demands_to_relax = 0;
  } else if (const auto conflicts = find_demand_conflicts(game, limits); !conflicts) {
    closeness.not_found.push_back("demands to relax: " + conflicts.error().message);
  } else if (!conflicts->relaxations.empty()) {
    closeness.demands_to_relax = conflicts->relaxations[0].size();
  }
  count_shares(game, limits, known, closeness);
  return closeness;
}

}  // namespace truce::packages
