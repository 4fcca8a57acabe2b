// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/read_json.h"

#include <gtest/gtest.h>

namespace truce::packages {
namespace {

constexpr const char* kGame = R"({
  "issues": [{"name": "Monitors", "values": ["none", "unarmed", "armed"]},
             {"name": "Withdrawal", "values": ["7 days", "30 days"]}],
  "parties": [
    {"name": "North", "contrib": [[0, 40, 60], [40, 0]], "reservation": 40,
     "conditional": [{"worth": 10, "when": [{"issue": "Monitors", "options": ["armed"]},
                                            {"issue": 1, "options": [1]}]}]},
    {"contrib": [["50", "30", "0"], ["0", "50"]], "reservation": "81/2",
     "vetoes": [[{"issue": 0, "options": ["none"]}]]}],
  "constraints": [{"text": "time", "must": {"exclude": [
      {"issue": 0, "options": [2]}, {"issue": 1, "options": [0]}]}}]})";

std::string message_of(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  const auto read = read_exact_json("game.json", text);
  return read ? "read" : read.error().message;
}

TEST(ExactJson, IsReadWithEveryPart) {
  const auto game = read_exact_json("game.json", kGame);
  ASSERT_TRUE(game.has_value()) << game.error().message;
  EXPECT_EQ(count_packages(*game), Integer(6));
  EXPECT_EQ(worth(game->parties[0], {2, 1}), Integer(70));
  EXPECT_EQ(worth(game->parties[0], {1, 1}), Integer(40));
  EXPECT_TRUE(is_accepted(game->parties[0], {1, 1}));
  EXPECT_FALSE(is_accepted(game->parties[0], {0, 1}));
  // 81/2 widens the denominator, so that it is met exactly.
  EXPECT_EQ(game->parties[1].denominator, Integer(2));
  EXPECT_EQ(game->parties[1].walk_away, Integer(81));
  EXPECT_FALSE(is_accepted(game->parties[1], {0, 1}));
  EXPECT_TRUE(is_feasible(*game, {2, 1}));
  EXPECT_FALSE(is_feasible(*game, {2, 0}));
}

TEST(ExactJson, NamesThePlaceOfAMistake) {
  EXPECT_EQ(message_of(kGame, "[0, 40, 60]", "[0, 40]"),
            "game.json: North has 2 values for issue `Monitors`, which has 3 options; give each "
            "option its value");
  EXPECT_EQ(message_of(kGame, "\"conditional\"", "\"conditionals\""),
            "game.json: North: nothing is called `conditionals` here; did you mean `conditional`?");
  EXPECT_EQ(
      message_of(kGame, "[\"armed\"]", "[\"amred\"]"),
      "game.json: North: `conditional` 0: `when`: issue `Monitors` has no option `amred`; did "
      "you mean `armed`?");
  EXPECT_EQ(message_of(kGame, "40, 60]", "40.5, 60]"),
            "game.json: North: `contrib` of issue 0, option 1: `40.5` is no whole number");
  EXPECT_EQ(message_of(kGame, "\"options\": [2]", "\"options\": [3]"),
            "game.json: time: `exclude`: issue `Monitors` has no option 3; they are counted from 0 "
            "to 2");
  EXPECT_EQ(
      message_of(kGame, "\"issue\": 1", "\"issue\": 7"),
      "game.json: North: `conditional` 0: `when`: there is no issue 7; they are counted from 0 "
      "to 1");
  EXPECT_EQ(message_of(kGame, "\"contrib\": [[\"50", "\"den\": 0, \"contrib\": [[\"50"),
            "game.json: the denominator of party 2 is 0; it is above zero");
}

TEST(Formulas, AreDefinedAsWritten) {
  const Formula first = Formula::holds({0, {0}});
  const Formula second = Formula::holds({1, {1}});
  const Formula few = Formula::at_most(2, {first, second, first}, {1, 1, 1});
  EXPECT_FALSE(holds(few, {0, 1}));
  EXPECT_TRUE(holds(few, {0, 0}));
  EXPECT_FALSE(holds(Formula::at_most(-1, {}, {}), {0, 0}));
  EXPECT_TRUE(holds(Formula::all({}), {0, 0}));
  EXPECT_FALSE(holds(Formula::any({}), {0, 0}));
  // The sum of these costs wraps in 64 bits.
  const std::int64_t most = std::numeric_limits<std::int64_t>::max();
  EXPECT_FALSE(holds(Formula::at_most(most, {first, second}, {most, most}), {0, 1}));
}

}  // namespace
}  // namespace truce::packages
