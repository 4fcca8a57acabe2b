// SPDX-License-Identifier: Apache-2.0
#include "tests/properties/packages_property.h"

#include <algorithm>
#include <cmath>
#include <random>

#include "tests/properties/packages_proofs.h"
#include "tests/support/random_games.h"
#include <gtest/gtest.h>

#include "truce/packages/closeness.h"
#include "truce/packages/conflicts.h"
#include "truce/packages/frontier.h"
#include "truce/packages/optimum.h"
#include "truce/packages/solutions.h"

namespace truce::testing {
namespace {

using packages::Fraction;
using packages::Frontier;
using packages::GainFrom;
using packages::Game;
using packages::Integer;
using packages::Package;
using packages::Party;

// What a rule compares, by its definition in fractions; the largest is chosen.
using Measure = std::vector<Fraction>;

std::vector<Fraction> gains(const Game& game, const Package& package, GainFrom from) {
  std::vector<Fraction> gains;
  for (const Party& party : game.parties) {
    const Integer zero = from == GainFrom::WalkAway ? party.walk_away.value_or(0) : Integer(0);
    gains.push_back({packages::worth(party, package) - zero, party.denominator});
  }
  return gains;
}

std::optional<Measure> product(const std::vector<Fraction>& gains) {
  Fraction product = {1, 1};
  for (const Fraction& gain : gains) {
    if (gain.numerator.is_negative()) {
      return std::nullopt;
    }
    product = product * gain;
  }
  return Measure{product};
}

Measure sorted(Measure measure) {
  std::sort(measure.begin(), measure.end());
  return measure;
}

// The most that each could gain.
std::vector<Fraction> ideals(const Game& game, GainFrom from) {
  std::vector<Fraction> ideals(game.parties.size());
  for (const Package& package : all_packages(game)) {
    if (packages::is_feasible(game, package)) {
      const std::vector<Fraction> here = gains(game, package, from);
      for (std::size_t party = 0; party < ideals.size(); ++party) {
        ideals[party] = std::max(ideals[party], here[party]);
      }
    }
  }
  return ideals;
}

std::optional<Measure> shares(const std::vector<Fraction>& gains,
                              const std::vector<Fraction>& ideals) {
  Measure shares;
  for (std::size_t party = 0; party < gains.size(); ++party) {
    if (ideals[party].numerator.sign() > 0) {
      shares.push_back(gains[party] / ideals[party]);
    }
  }
  return shares.empty() ? std::nullopt : std::optional(sorted(shares));
}

template <typename Function>
void expect_chosen(const char* rule, const Frontier& frontier,
                   const std::optional<std::size_t>& got, const Function& measure) {
  std::optional<Package> chosen;
  std::optional<Measure> largest;
  for (const packages::Point& point : frontier.points) {
    const std::optional<Measure> here = measure(point.package);
    if (here.has_value() && (!largest.has_value() || *largest < *here ||
                             (*largest == *here && point.package < *chosen))) {
      largest = here;
      chosen = point.package;
    }
  }
  ASSERT_EQ(got.has_value(), chosen.has_value()) << rule;
  if (got.has_value()) {
    EXPECT_EQ(frontier.points[*got].package, *chosen) << rule;
  }
}

void expect_solutions(const Game& game, const Frontier& frontier, GainFrom from) {
  const std::vector<Fraction> most = ideals(game, from);
  const packages::Solutions got = packages::choose(game, frontier, from);
  expect_chosen("nash", frontier, got.nash,
                [&](const Package& package) { return product(gains(game, package, from)); });
  expect_chosen("ks", frontier, got.kalai_smorodinsky,
                [&](const Package& package) { return shares(gains(game, package, from), most); });
  expect_chosen("egalitarian", frontier, got.egalitarian, [&](const Package& package) {
    return std::optional(sorted(gains(game, package, GainFrom::Zero)));
  });
  expect_chosen("utilitarian", frontier, got.utilitarian, [&](const Package& package) {
    Fraction sum;
    for (const Fraction& gain : gains(game, package, GainFrom::Zero)) {
      sum = sum + gain;
    }
    return std::optional(Measure{sum});
  });
}

// The demands that each feasible package fulfils.
std::vector<std::vector<bool>> fulfilled_by_trying(const Game& game) {
  const std::vector<packages::Demand> demands = packages::demands_of(game);
  std::vector<std::vector<bool>> fulfilled;
  for (const Package& package : all_packages(game)) {
    if (packages::is_feasible(game, package)) {
      fulfilled.emplace_back();
      for (const packages::Demand& demand : demands) {
        fulfilled.back().push_back(packages::is_fulfilled(game, demand, package));
      }
    }
  }
  return fulfilled;
}

// Every set of demands is tried.
void expect_conflicts(const Game& game) {
  const std::size_t count = packages::demands_of(game).size();
  const auto fulfilled = fulfilled_by_trying(game);
  const auto can_keep = [&](std::size_t set) {
    return std::any_of(fulfilled.begin(), fulfilled.end(), [&](const std::vector<bool>& by) {
      for (std::size_t at = 0; at < count; ++at) {
        if ((set >> at & 1U) != 0 && !by[at]) {
          return false;
        }
      }
      return true;
    });
  };
  const std::size_t all = (std::size_t{1} << count) - 1;
  std::vector<std::size_t> conflicts;
  std::vector<std::size_t> relaxations;
  for (std::size_t set = 0; set < std::size_t{1} << count; ++set) {
    const bool can = can_keep(set);
    bool is_minimal = !can;
    bool is_largest = can;
    for (std::size_t at = 0; at < count; ++at) {
      const std::size_t other = set ^ std::size_t{1} << at;
      is_minimal = is_minimal && (other > set || can_keep(other));
      is_largest = is_largest && (other < set || !can_keep(other));
    }
    if (is_minimal) {
      conflicts.push_back(set);
    }
    if (is_largest) {
      relaxations.push_back(all & ~set);
    }
  }
  const auto got = packages::find_demand_conflicts(game);
  ASSERT_TRUE(got.has_value());
  EXPECT_TRUE(got->is_complete);
  const auto as_numbers = [](const std::vector<std::vector<std::size_t>>& sets) {
    std::vector<std::size_t> numbers;
    for (const std::vector<std::size_t>& set : sets) {
      numbers.push_back(0);
      for (const std::size_t at : set) {
        numbers.back() |= std::size_t{1} << at;
      }
    }
    std::sort(numbers.begin(), numbers.end());
    return numbers;
  };
  std::sort(relaxations.begin(), relaxations.end());
  EXPECT_EQ(conflicts, as_numbers(got->sets));
  EXPECT_EQ(relaxations, as_numbers(got->relaxations));
}

void expect_closeness(const Game& game) {
  const packages::Closeness got = packages::find_closeness(game);
  EXPECT_TRUE(got.not_found.empty());
  std::int64_t accepted = 0;
  std::optional<Measure> least;
  std::optional<std::size_t> fewest;
  for (const Package& package : all_packages(game)) {
    if (!packages::is_feasible(game, package)) {
      continue;
    }
    bool is_accepted = true;
    bool is_vetoed = false;
    for (const Party& party : game.parties) {
      is_accepted = is_accepted && packages::is_accepted(party, package);
      for (const packages::Conjunction& veto : party.vetoes) {
        is_vetoed = is_vetoed || packages::holds(veto, package);
      }
    }
    accepted += is_accepted ? 1 : 0;
    if (!is_vetoed) {
      Measure measure = sorted(packages::concessions(game, package));
      std::reverse(measure.begin(), measure.end());
      least = least.has_value() ? std::min(*least, measure) : measure;
    }
    std::size_t failed = 0;
    for (const packages::Demand& demand : packages::demands_of(game)) {
      failed += packages::is_fulfilled(game, demand, package) ? 0 : 1;
    }
    fewest = fewest.has_value() ? std::min(*fewest, failed) : failed;
  }
  EXPECT_EQ(got.accepted, Integer(accepted));
  const auto alone = packages::find_least_shortfall(packages::with_vetoes_as_constraints(game));
  ASSERT_TRUE(alone.has_value()) << alone.error().message;
  ASSERT_EQ(alone->point.has_value(), least.has_value());
  if (least.has_value()) {
    EXPECT_TRUE(alone->is_complete);
    Measure measure = sorted(packages::concessions(game, alone->point->package));
    std::reverse(measure.begin(), measure.end());
    EXPECT_EQ(measure, *least);
  }
  EXPECT_EQ(got.demands_to_relax, fewest);
  ASSERT_EQ(got.least_concession.has_value(), least.has_value());
  if (least.has_value()) {
    Measure measure = sorted(got.least_concession->concessions);
    std::reverse(measure.begin(), measure.end());
    EXPECT_EQ(measure, *least);
  }
}

// Branch and bound finds the same, wherever numbers are small enough for it.
void expect_bounded(const Game& game, const Frontier& frontier) {
  const auto got = packages::find_frontier(game, {.nodes = 0});
  if (!got) {
    return;
  }
  EXPECT_TRUE(got->is_complete);
  ASSERT_EQ(got->points.size(), frontier.points.size());
  for (std::size_t at = 0; at < got->points.size(); ++at) {
    EXPECT_EQ(got->points[at].worth, frontier.points[at].worth);
    EXPECT_TRUE(packages::is_feasible(game, got->points[at].package));
    for (std::size_t party = 0; party < game.parties.size(); ++party) {
      EXPECT_EQ(got->points[at].worth[party],
                packages::worth(game.parties[party], got->points[at].package));
    }
  }
}

// Some points, near which every feasible package lies.
void expect_within(const Game& game, const Frontier& frontier) {
  const auto some = packages::find_frontier_within(game, 3);
  if (!some) {
    EXPECT_EQ(some.error().code, base::ErrorCode::Unsupported);
    return;
  }
  expect_near(game, *some, frontier);
}

// What a rule chooses is the same when it is asked directly, and a search that is stopped says how
// much more there could be.
void expect_optima(const Game& game, const Frontier& frontier, GainFrom from) {
  using packages::Rule;
  const packages::Solutions chosen = packages::choose(game, frontier, from);
  const std::vector<std::pair<Rule, std::optional<std::size_t>>> rules = {
      {Rule::Nash, chosen.nash},
      {Rule::KalaiSmorodinsky, chosen.kalai_smorodinsky},
      {Rule::Egalitarian, chosen.egalitarian},
      {Rule::Utilitarian, chosen.utilitarian}};
  for (const auto& [rule, place] : rules) {
    SCOPED_TRACE(static_cast<int>(rule));
    const auto got = packages::find_optimum(game, rule, from);
    if (!got) {
      EXPECT_EQ(got.error().code, base::ErrorCode::Unsupported);
      continue;
    }
    EXPECT_TRUE(got->is_complete);
    ASSERT_EQ(got->point.has_value(), place.has_value());
    if (place.has_value()) {
      EXPECT_EQ(got->point->package, frontier.points[*place].package);
      EXPECT_EQ(got->point->worth, frontier.points[*place].worth);
    }
    const auto stopped = packages::find_optimum(game, rule, from, {.steps = 1});
    ASSERT_TRUE(stopped.has_value());
    EXPECT_FALSE(stopped->is_complete && stopped->most.has_value());
    if (stopped->most.has_value() && place.has_value()) {
      EXPECT_GE(*stopped->most, got->reached);
    }
    if (stopped->point.has_value()) {
      EXPECT_LE(stopped->reached, got->reached + 1e-12 * std::abs(got->reached));
    }
  }
}

// Too many packages to try each: every other one with small numbers, so that ties are frequent, and
// every third one with conditional values.
Game large_game(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  const auto below = [&](std::uint64_t count) {
    return static_cast<std::uint32_t>(random() % count);
  };
  const std::size_t parties = 3 + below(2);
  // Of 10^16 packages not all that is open is tried at once.
  const std::size_t issues = seed % 4 == 0 ? 21 : 9;
  const std::size_t options = 6;
  const std::uint64_t most = seed % 2 == 0 ? 6 : 101;
  Game game;
  for (std::size_t issue = 0; issue < issues; ++issue) {
    game.issues.push_back({std::to_string(issue), {"a", "b", "c", "d", "e", "f"}});
  }
  const auto some_options = [&](std::size_t count) {
    packages::Conjunction conjunction;
    for (std::size_t at = 0; at < count; ++at) {
      conjunction.push_back({below(3) + 3 * at, {below(options)}});
    }
    return conjunction;
  };
  for (std::size_t party = 0; party < parties; ++party) {
    packages::Party& made = game.parties.emplace_back();
    made.name = std::to_string(party);
    made.values.resize(issues);
    for (auto& row : made.values) {
      for (std::size_t option = 0; option < options; ++option) {
        row.emplace_back(static_cast<std::int64_t>(below(most)));
      }
    }
    for (std::size_t at = 0; at < 3 && seed % 3 == 0; ++at) {
      made.conditionals.push_back({some_options(2), static_cast<std::int64_t>(below(most))});
    }
  }
  for (std::size_t at = 0; at < 15; ++at) {
    game.constraints.push_back(
        {"exclusion", packages::Formula::negation(
                          packages::Formula::from_conjunction(some_options(at % 5 == 0 ? 3 : 2)))});
  }
  return game;
}

}  // namespace

void expect_alone_as_of_frontier(std::uint64_t seed) {
  const Game game = large_game(seed);
  const auto frontier = packages::find_frontier(game);
  ASSERT_TRUE(frontier.has_value()) << frontier.error().message;
  expect_optima(game, *frontier, GainFrom::Zero);
}

void expect_as_by_trying(std::uint64_t seed) {
  const Game game = random_game(seed);
  ASSERT_TRUE(packages::check(game).has_value());
  const auto frontier = packages::find_frontier(game);
  ASSERT_TRUE(frontier.has_value()) << frontier.error().message;
  std::vector<Package> got;
  for (const packages::Point& point : frontier->points) {
    got.push_back(point.package);
    for (std::size_t party = 0; party < game.parties.size(); ++party) {
      EXPECT_EQ(point.worth[party], packages::worth(game.parties[party], point.package));
    }
  }
  ASSERT_EQ(got, frontier_by_trying(game));
  std::int64_t feasible = 0;
  for (const Package& package : all_packages(game)) {
    feasible += packages::is_feasible(game, package) ? 1 : 0;
  }
  EXPECT_EQ(frontier->feasible, Integer(feasible));
  if (packages::demands_of(game).size() <= 8) {
    expect_conflicts(game);
  }
  expect_closeness(game);
  expect_proof_of_frontier(game, *frontier, seed);
  if (game.parties.size() == 2) {
    expect_bounded(game, *frontier);
  }
  const GainFrom from = seed % 2 == 0 ? GainFrom::Zero : GainFrom::WalkAway;
  expect_solutions(game, *frontier, from);
  expect_optima(game, *frontier, from);
  expect_within(game, *frontier);
}

}  // namespace truce::testing
