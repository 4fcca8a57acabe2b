// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/internal/remainder.h"

#include <algorithm>
#include <map>
#include <random>

#include <gtest/gtest.h>

#include "truce/packages/internal/scaled.h"

namespace truce::packages::internal {
namespace {

Game random_game(std::mt19937& random, std::size_t parties) {
  Game game;
  for (std::size_t issue = 0; issue < 4; ++issue) {
    game.issues.push_back({std::to_string(issue), {"a", "b", "c", "d", "e"}});
  }
  for (std::size_t party = 0; party < parties; ++party) {
    Party& made = game.parties.emplace_back();
    made.name = std::to_string(party);
    made.values.resize(game.issues.size());
    for (auto& row : made.values) {
      for (std::size_t option = 0; option < 5; ++option) {
        row.emplace_back(static_cast<std::int64_t>(random() % 50));
      }
    }
  }
  return game;
}

// Every package of the part whose rows reach the needs, and whose weighted sum does.
std::vector<Package> by_trying(const Space& space, const Part& part,
                               const std::vector<double>& weights,
                               const std::vector<Remainder::Need>& needs) {
  std::vector<Package> found;
  Package package(4, 0);
  for (std::uint32_t number = 0; number < 625; ++number) {
    std::uint32_t left = number;
    bool is_open = true;
    for (std::size_t issue = 0; issue < 4; ++issue) {
      package[issue] = left % 5;
      left /= 5;
      const auto begin = part.options.begin() + static_cast<std::ptrdiff_t>(space.begin(issue));
      is_open = is_open && std::find(begin, begin + part.counts[issue], package[issue]) !=
                               begin + part.counts[issue];
    }
    std::vector<double> sums;
    space.measure(package, sums);
    double sum = 0;
    for (std::size_t row = 0; row < sums.size(); ++row) {
      sum += weights[row] * sums[row];
      is_open = is_open && sums[row] >= needs[row + 1].sum;
    }
    if (is_open && sum >= needs[0].sum) {
      found.push_back(package);
    }
  }
  return found;
}

// So many parties that one, two and three blocks of numbers are needed for each option.
TEST(Remainder, FindsAllThatReachesTheNeedsOnceEach) {
  std::mt19937 random(3);
  std::size_t all = 0;
  for (int round = 0; round < 200; ++round) {
    const std::size_t parties = std::vector<std::size_t>{2, 7, 8, 15, 17}[random() % 5];
    const Game game = random_game(random, parties);
    const ScaledValues scaled = scale(game);
    std::vector<Row> rows;
    for (std::size_t party = 0; party < parties; ++party) {
      rows.push_back({0, {{party, 1}}, 1});
    }
    Space space(game, scaled, rows);
    bool is_possible = false;
    Part part = space.everything(is_possible);
    ASSERT_TRUE(is_possible &&
                space.choose(part, random() % 4, static_cast<std::uint32_t>(random() % 5)));
    std::vector<double> weights;
    std::vector<Remainder::Need> needs = {{0, 1e-9}};
    for (std::size_t party = 0; party < parties; ++party) {
      weights.push_back(static_cast<double>(random() % 100) / 100 / static_cast<double>(parties));
      needs.push_back({static_cast<double>(random() % 70), 1e-9});
      needs[0].sum += weights.back() * 60;
    }
    std::map<Package, int> found;
    Remainder remainder;
    remainder.read(space, part, {&weights});
    remainder.restrict(needs);
    Package package = space.package(part);
    while (remainder.next(package)) {
      ++found[package];
      std::vector<double> sums;
      space.measure(package, sums);
      for (std::size_t row = 0; row < sums.size(); ++row) {
        EXPECT_GE(sums[row], needs[row + 1].sum);
      }
    }
    EXPECT_FALSE(remainder.is_spent());
    for (const Package& each : by_trying(space, part, weights, needs)) {
      EXPECT_EQ(found[each], 1);
      ++all;
    }
  }
  EXPECT_GT(all, 500U);
}

}  // namespace
}  // namespace truce::packages::internal
