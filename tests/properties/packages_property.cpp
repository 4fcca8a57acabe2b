// SPDX-License-Identifier: Apache-2.0
#include "tests/properties/packages_property.h"

#include <algorithm>

#include "tests/support/random_games.h"
#include <gtest/gtest.h>

#include "truce/packages/frontier.h"
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

}  // namespace

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
  expect_solutions(game, *frontier, seed % 2 == 0 ? GainFrom::Zero : GainFrom::WalkAway);
}

}  // namespace truce::testing
