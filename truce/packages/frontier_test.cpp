// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/frontier.h"

#include <gtest/gtest.h>

#include "truce/packages/solutions.h"

namespace truce::packages {
namespace {

// Two issues; what one side likes, the other does not.
Game small_game() {
  Game game;
  game.issues = {{"Monitors", {"none", "unarmed", "armed"}}, {"Withdrawal", {"7 days", "30 days"}}};
  game.parties.resize(2);
  game.parties[0].name = "North";
  game.parties[0].values = {{0, 40, 60}, {40, 0}};
  game.parties[1].name = "South";
  game.parties[1].values = {{50, 30, 0}, {0, 50}};
  return game;
}

std::string drawn(const Frontier& frontier) {
  std::string text;
  for (const Point& point : frontier.points) {
    for (const std::uint32_t option : point.package) {
      text += std::to_string(option);
    }
    text += ":";
    for (const Integer& worth : point.worth) {
      text += " " + worth.to_text();
    }
    text += "; ";
  }
  return text;
}

TEST(FindFrontier, OfTwoPartiesWithoutConstraints) {
  const auto frontier = find_frontier(small_game());
  ASSERT_TRUE(frontier.has_value());
  EXPECT_EQ(drawn(*frontier), "20: 100 0; 10: 80 30; 21: 60 50; 11: 40 80; 01: 0 100; ");
  EXPECT_EQ(frontier->feasible, Integer(6));
}

TEST(FindFrontier, KeepsConstraintsAndConditionalValues) {
  Game game = small_game();
  game.constraints.push_back(
      {"no armed monitors within 7 days",
       Formula::negation(Formula::all({Formula::holds({0, {2}}), Formula::holds({1, {0}})}))});
  game.parties[1].conditionals.push_back({{{0, {2}}, {1, {1}}}, 45});
  const auto frontier = find_frontier(game);
  ASSERT_TRUE(frontier.has_value());
  EXPECT_EQ(drawn(*frontier), "10: 80 30; 21: 60 95; 01: 0 100; ");
  EXPECT_EQ(frontier->feasible, Integer(5));
}

TEST(FindFrontier, IsEmptyWhereNothingIsFeasible) {
  Game game = small_game();
  game.constraints.push_back({"one", Formula::holds({0, {0}})});
  game.constraints.push_back({"other", Formula::holds({0, {1, 2}})});
  const auto frontier = find_frontier(game);
  ASSERT_TRUE(frontier.has_value());
  EXPECT_TRUE(frontier->points.empty());
  EXPECT_EQ(frontier->feasible, Integer(0));
  EXPECT_FALSE(choose(game, *frontier, GainFrom::Zero).nash.has_value());
}

TEST(FindFrontier, TakesTheSmallestOptionsOfEquals) {
  Game game = small_game();
  game.parties[0].values = {{1, 1, 1}, {0, 0}};
  game.parties[1].values = {{3, 3, 3}, {5, 5}};
  const auto frontier = find_frontier(game);
  ASSERT_TRUE(frontier.has_value());
  EXPECT_EQ(drawn(*frontier), "00: 1 8; ");
}

TEST(FindFrontier, CarriesNumbersBeyondMachineWords) {
  Game game = small_game();
  const Integer large = power(10, 60);
  for (std::vector<Integer>& row : game.parties[0].values) {
    for (Integer& value : row) {
      value = value * large + Integer(1);
    }
  }
  game.parties[0].values[0][1] += Integer(1);
  const auto frontier = find_frontier(game);
  ASSERT_TRUE(frontier.has_value());
  EXPECT_EQ(frontier->points.size(), 5U);
  EXPECT_EQ(frontier->points[1].worth[0], Integer(80) * large + Integer(3));
  game.parties[0].values[0][1] += power(10, 90);
  EXPECT_FALSE(find_frontier(game).has_value());
}

TEST(Choose, GivesWhatEachRuleNames) {
  const Game game = small_game();
  const auto frontier = find_frontier(game);
  ASSERT_TRUE(frontier.has_value());
  const Solutions zero = choose(game, *frontier, GainFrom::Zero);
  EXPECT_EQ(zero.nash, 3U);
  EXPECT_EQ(zero.kalai_smorodinsky, 2U);
  EXPECT_EQ(zero.egalitarian, 2U);
  EXPECT_EQ(zero.utilitarian, 3U);
  EXPECT_EQ(zero.equal_utilities, 2U);
}

TEST(Choose, CountsGainsFromWalkAwayValues) {
  Game game = small_game();
  game.parties[0].walk_away = 40;
  game.parties[1].walk_away = 20;
  const auto frontier = find_frontier(game);
  ASSERT_TRUE(frontier.has_value());
  EXPECT_EQ(choose(game, *frontier, GainFrom::WalkAway).nash, 2U);
  EXPECT_EQ(choose(game, *frontier, GainFrom::Zero).nash, 3U);
  game.parties[0].walk_away = 90;
  EXPECT_FALSE(choose(game, *frontier, GainFrom::WalkAway).nash.has_value());
}

TEST(FindFrontier, OfThreePartiesKeepsWhatTwoOfThemWouldDrop) {
  Game game = small_game();
  Party third;
  third.name = "East";
  third.values = {{0, 0, 0}, {0, 7}};
  game.parties.push_back(third);
  const auto frontier = find_frontier(game);
  ASSERT_TRUE(frontier.has_value());
  EXPECT_EQ(drawn(*frontier), "20: 100 0 0; 10: 80 30 0; 21: 60 50 7; 11: 40 80 7; 01: 0 100 7; ");
}

}  // namespace
}  // namespace truce::packages
