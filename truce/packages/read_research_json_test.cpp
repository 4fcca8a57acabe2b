// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/read_research_json.h"

#include <gtest/gtest.h>

namespace truce::packages {
namespace {

constexpr const char* kWeb = R"({"LinearAdditiveUtilitySpace": {
 "issueUtilities": {
  "Fish": {"DiscreteValueSetUtilities": {"valueUtilities": {"few": 0.1, "many": 1}}},
  "Depth": {"NumberValueSetUtilities":
    {"lowValue": 2, "highValue": 3, "lowUtility": 0.30000000000000000001, "highUtility": 0.6}}},
 "issueWeights": {"Fish": 0.75, "Depth": 0.25},
 "domain": {"name": "pond", "issuesValues": {
  "Depth": {"range": ["2", "3", 0.4]}, "Fish": {"values": ["few", "many"]}}},
 "name": "heron", "reservationBid": {"issuevalues": {"Fish": "few"}}}})";

constexpr const char* kLog = R"({"reservationValue": 0.35,
 "issueWeights": {"Fish": 0.75, "Depth": 0.25},
 "issues": {"Depth": {"2": 0.5, "3": 1e-1}, "Fish": {"few": 1, "many": 0}}})";

std::string changed(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

std::string utility(const Game& game, std::size_t party, const Package& package) {
  return Fraction{worth(game.parties[party], package), game.parties[party].denominator}.to_text();
}

std::string web_error(const std::string& from, const std::string& to) {
  const auto read = read_geniusweb({{"a/heron.json", changed(kWeb, from, to)}});
  return read ? std::string() : read.error().message;
}

std::string log_error(const std::string& from, const std::string& to) {
  const auto read =
      read_negolog({{"a/heron.json", kLog}, {"a/otter.json", changed(kLog, from, to)}});
  return read ? std::string() : read.error().message;
}

TEST(GeniusWebJson, IsReadExactly) {
  const std::string other = changed(kWeb, R"("DiscreteValueSetUtilities")", R"("discreteutils")");
  const auto read = read_geniusweb(
      {{"a/heron.json", kWeb},
       {"b/otter.json",
        changed(changed(other, R"("values": ["few", "many"])", R"("values": ["many", "few"])"),
                R"(, "reservationBid": {"issuevalues": {"Fish": "few"}})", "")}});
  ASSERT_TRUE(read.has_value()) << read.error().message;
  const Game& game = read->game;
  EXPECT_EQ(game.parties[1].name, "otter");
  EXPECT_EQ(game.issues[0].name, "Depth");
  EXPECT_EQ(game.issues[0].options, (std::vector<std::string>{"2", "2.4", "2.8"}));
  EXPECT_EQ(game.issues[1].options, (std::vector<std::string>{"few", "many"}));
  // 0.25 * 0.30000000000000000001 + 0.75 * 0.1: the last digit is not lost.
  EXPECT_EQ(utility(game, 0, {0, 0}), "60000000000000000001/400000000000000000000");
  EXPECT_EQ(utility(game, 1, {0, 1}), "330000000000000000001/400000000000000000000");
  // The bid that stands for no deal names one issue of two.
  EXPECT_EQ((Fraction{*game.parties[0].walk_away, game.parties[0].denominator}), (Fraction{3, 40}));
  EXPECT_FALSE(game.parties[1].walk_away.has_value());
}

TEST(GeniusWebJson, NamesThePlaceOfAMistake) {
  EXPECT_EQ(web_error("\"many\": 1}", "\"many\": \"much\"}"),
            "a/heron.json: `issueUtilities`: `Fish`: `many`: `much` is no number; write 7, 0.25 or "
            "\"1/4\"");
  EXPECT_EQ(
      web_error(", \"many\": 1", ""),
      "a/heron.json: `issueUtilities`: `Fish`: `valueUtilities`: value `many` is missing; add "
      "it");
  EXPECT_EQ(web_error("\"few\": 0.1", "\"some\": 0, \"few\": 0.1"),
            "a/heron.json: `issueUtilities`: `Fish`: `valueUtilities`: there is no value `some`");
  EXPECT_EQ(web_error("{\"Fish\": 0.75, ", "{"),
            "a/heron.json: `issueWeights`: issue `Fish` is missing; add it");
  EXPECT_EQ(
      web_error("\"highValue\": 3", "\"highValue\": 4"),
      "a/heron.json: `issueUtilities`: `Depth`: `lowValue` and `highValue` are not the ends of "
      "the range in the domain");
  EXPECT_EQ(web_error("0.4]", "0]"),
            "a/heron.json: `issuesValues`: `Depth`: `range`: from 2 to 3 in steps of 0; from 1 to "
            "10000 options are read");
  EXPECT_EQ(
      web_error("\"3\", 0.4]", "0.4]"),
      "a/heron.json: `issuesValues`: `Depth`: `range`: the least and the greatest value and a "
      "step stand here");
  EXPECT_EQ(web_error("NumberValueSetUtilities", "Spline"),
            "a/heron.json: `issueUtilities`: `Depth`: `Spline` is not read; "
            "DiscreteValueSetUtilities and NumberValueSetUtilities are");
  EXPECT_EQ(web_error("{\"Fish\": \"few\"}", "{\"Fish\": \"none\"}"),
            "a/heron.json: `reservationBid`: `Fish`: `none` is no value of this issue");
  EXPECT_EQ(
      web_error("LinearAdditive", "SumOfGroups"),
      "a/heron.json: the profile: `LinearAdditiveUtilitySpace` is missing; it is an object, in "
      "braces");
  EXPECT_NE(web_error("\"few\": 0.1", "\"few\" 0.1").find("a/heron.json:3"), std::string::npos);
}

TEST(NegoLogJson, IsReadExactly) {
  const auto read = read_negolog({{"heron.json", kLog}, {"otter.json", kLog}});
  ASSERT_TRUE(read.has_value()) << read.error().message;
  EXPECT_EQ(read->game.issues[0].options, (std::vector<std::string>{"2", "3"}));
  // 0.25 * 0.1 + 0.75.
  EXPECT_EQ(utility(read->game, 1, {1, 0}), "31/40");
  EXPECT_TRUE(is_accepted(read->game.parties[0], {1, 0}));
  EXPECT_FALSE(is_accepted(read->game.parties[0], {1, 1}));
}

TEST(NegoLogJson, NamesThePlaceOfAMistake) {
  EXPECT_EQ(log_error("\"few\": 1", "\"few\": true"),
            "a/otter.json: `issues`: `Fish`: `few`: a number stands here");
  EXPECT_EQ(log_error("\"reservationValue\": 0.35,", ""),
            "a/otter.json: `reservationValue`: is missing; it is a number");
  EXPECT_EQ(log_error("\"Depth\": 0.25", "\"Width\": 0.25"),
            "a/otter.json: `issueWeights`: `Depth`: is missing; it is a number");
  EXPECT_EQ(log_error("\"few\": 1", "\"some\": 1"),
            "a/otter.json: value `few` of issue `Fish` is not as in the first profile; profiles of "
            "one domain go together");
  EXPECT_EQ(log_error("\"issues\"", "\"issue\""),
            "a/otter.json: the profile: nothing is called `issue` here; did you mean `issues`?");
}

TEST(ResearchJson, IsToldApart) {
  EXPECT_EQ(origin_of_json(kWeb), JsonOrigin::GeniusWeb);
  EXPECT_EQ(origin_of_json(kLog), JsonOrigin::NegoLog);
  EXPECT_EQ(origin_of_json(R"({"issues": [], "parties": []})"), JsonOrigin::Other);
  EXPECT_EQ(origin_of_json("[1"), JsonOrigin::Other);
}

}  // namespace
}  // namespace truce::packages
