// SPDX-License-Identifier: Apache-2.0
#include "truce/talks/rounds.h"

#include <gtest/gtest.h>

namespace truce::talks {
namespace {

const std::string kRounds = "round,from,to,venue,who,text,note\n";
const std::string kDeadlines = "what,set_in,due,met,note\n";
const std::string kAssignments = "bracket,who,set_in,due,note\n";

BracketIssue issue(const std::string& place, const std::string& name,
                   std::vector<std::string> options) {
  return {.bracket = {}, .name = name, .place = place, .options = std::move(options)};
}

TEST(Rounds, AreReadInTheOrderOfTheirDays) {
  const auto rounds =
      read_rounds("r", kRounds +
                           "1,2030-01-01,2030-01-02,Moscow,A|B,a.truce,\n"
                           "2,2030-02-01,2030-02-01,\"Geneva, at night\",A,b.truce,x\n");
  ASSERT_TRUE(rounds.has_value());
  ASSERT_EQ(rounds->size(), 2U);
  EXPECT_EQ((*rounds)[0].who, (std::vector<std::string>{"A", "B"}));
  EXPECT_EQ((*rounds)[1].venue, "Geneva, at night");
}

TEST(Rounds, SayWhatIsWrongAndWhere) {
  const auto fails = [](const std::string& rows) {
    const auto rounds = read_rounds("r", rows);
    return rounds ? std::string("read") : rounds.error().message;
  };
  EXPECT_EQ(fails(""), "r:1: the column round must stand in the first line, once");
  EXPECT_EQ(fails("round,from,to,venue,who,text,note,more\n"),
            "r:1: the columns are round,from,to,venue,who,text,note, and no others");
  EXPECT_EQ(fails(kRounds), "r:1: there is no round yet; add a line for the first one");
  EXPECT_EQ(fails(kRounds + "1,2030-01-32,2030-02-01,V,A,a.truce,\n"),
            "r:2: from is `2030-01-32`; write a day such as 2016-09-09");
  EXPECT_EQ(fails(kRounds + "1,2030-01-03,2030-01-01,V,A,a.truce,\n"),
            "r:2: the round ends before it begins");
  EXPECT_EQ(fails(kRounds + "1,2030-01-01,2030-01-01,V,A,../a.truce,\n"),
            "r:2: text is `../a.truce`; name a draft beside the table");
  EXPECT_EQ(fails(kRounds + "1,2030-01-01,2030-01-01,V,A,a.truce\n"),
            "r:2: 6 fields stand in this row, and there are 7 columns");
  EXPECT_EQ(fails(kRounds + "1,2030-01-02,2030-01-02,V,A,a.truce,\n"
                            "2,2030-01-01,2030-01-02,V,A,a.truce,\n"),
            "r:3: the round begins before the one above it; put them in order");
  EXPECT_EQ(fails(kRounds + "1,2030-01-02,2030-01-02,V,A,a.truce,\n"
                            "1,2030-01-03,2030-01-03,V,A,a.truce,\n"),
            "r:3: there are two rounds `1`");
}

TEST(Rounds, AnAssignmentNamesWhoSettlesWhatByWhen) {
  const auto rounds = read_rounds("r", kRounds + "1,2030-01-01,2030-01-02,V,A,a.truce,\n");
  ASSERT_TRUE(rounds.has_value());
  const auto assignments =
      read_assignments("a", kAssignments + "1.1 bracket 2,A|B,1,2030-01-10,x\n", *rounds);
  ASSERT_TRUE(assignments.has_value());
  ASSERT_EQ(assignments->size(), 1U);
  EXPECT_EQ(assignments->front().bracket, "1.1 bracket 2");
  EXPECT_EQ(assignments->front().who, (std::vector<std::string>{"A", "B"}));
  EXPECT_EQ(assignments->front().line, 2U);
  const auto fails = [&](const std::string& rows) {
    const auto read = read_assignments("a", rows, *rounds);
    return read ? std::string("read") : read.error().message;
  };
  EXPECT_EQ(fails("bracket\n"), "a:1: the column who must stand in the first line, once");
  EXPECT_EQ(fails(kAssignments + "1.1,,1,2030-01-10,\n"),
            "a:2: who is to settle it? name at least one, with a bar between");
  EXPECT_EQ(fails(kAssignments + "1.1,A,2,2030-01-10,\n"), "a:2: there is no round `2`");
  EXPECT_EQ(fails(kAssignments + "1.1,A,1,soon,\n"),
            "a:2: due is `soon`; write a day such as 2016-09-09");
}

TEST(Rounds, AnAssignedBracketIsLateTheDayAfter) {
  AssignedBracket bracket{.given = {.bracket = "1.1",
                                    .who = {"A"},
                                    .set_in = "1",
                                    .due = {2030, 1, 10},
                                    .note = "",
                                    .line = 2},
                          .now = "1.1",
                          .closed_in = "",
                          .closed = {}};
  EXPECT_FALSE(is_missed(bracket, {2030, 1, 10}));
  EXPECT_TRUE(is_missed(bracket, {2030, 1, 11}));
  bracket.closed = base::Date{2030, 1, 10};
  EXPECT_FALSE(is_missed(bracket, {2030, 2, 1}));
  bracket.closed = base::Date{2030, 1, 11};
  EXPECT_TRUE(is_missed(bracket, {2030, 2, 1}));
}

TEST(Rounds, ADeadlineIsMissedTheDayAfter) {
  const auto rounds = read_rounds("r", kRounds + "1,2030-01-01,2030-01-02,V,A,a.truce,\n");
  ASSERT_TRUE(rounds.has_value());
  const auto deadlines = read_deadlines("d",
                                        kDeadlines +
                                            "Maps,1,2030-01-10,,\n"
                                            "Lists,1,2030-01-10,2030-01-10,\n"
                                            "Names,1,2030-01-10,2030-01-11,\n",
                                        *rounds);
  ASSERT_TRUE(deadlines.has_value());
  const auto missed = [&](base::Date day) {
    std::string text;
    for (const TalksDeadline& deadline : *deadlines) {
      text += is_missed(deadline, day) ? deadline.what + " " : "";
    }
    return text;
  };
  EXPECT_EQ(missed({2030, 1, 10}), "");
  EXPECT_EQ(missed({2030, 1, 11}), "Maps Names ");
  EXPECT_EQ(read_deadlines("d", kDeadlines + "Maps,2,2030-01-10,,\n", *rounds).error().message,
            "d:2: there is no round `2`");
}

TEST(Rounds, BracketsArePairedWithinTheirPlace) {
  const std::vector<BracketIssue> before = {
      issue("1.1", "1.1", {"a", "b"}), issue("2.1", "2.1 bracket 1", {"c", "d"}),
      issue("2.1", "2.1 bracket 2", {"e", "f"}), issue("3.1", "3.1", {"g", "h"})};
  // Told apart by what stands before them: of two, the one whose words it took is gone.
  std::vector<BracketIssue> two = {issue("1.1", "1.1 bracket 1", {"a", "b"}),
                                   issue("1.1", "1.1 bracket 2", {"c", "d"})};
  std::vector<BracketIssue> one = {issue("1.1", "1.1", {"c", "d"})};
  two[0].lead = one[0].lead = "for";
  two[1].lead = "renewable for";
  const auto moved = moves_between(two, one, {});
  ASSERT_EQ(moved.size(), 2U);
  EXPECT_EQ(moved[0].what, BracketMove::What::Reworded);
  EXPECT_EQ(moved[0].before, "1.1 bracket 1");
  const std::vector<BracketIssue> after = {
      issue("1.1", "1.1", {"a", "z"}), issue("2.1", "2.1", {"e", "f"}),
      issue("4.1", "4.1", {"g", "h"}), issue("5.1", "5.1", {"i", "j"})};
  const auto told = [&](const std::vector<std::pair<std::string, std::string>>& renumbered) {
    std::string text;
    for (const BracketMove& move : moves_between(before, after, renumbered)) {
      text += std::string(1, "OCRU"[static_cast<int>(move.what)]) + " " + move.before + ">" +
              move.after + "\n";
    }
    return text;
  };
  EXPECT_EQ(told({{"3.1", "4.1"}}),
            "R 1.1>1.1\nU 2.1 bracket 2>2.1\nU 3.1>4.1\nO >5.1\nC 2.1 bracket 1>\n");
  EXPECT_EQ(told({}), "R 1.1>1.1\nU 2.1 bracket 2>2.1\nO >4.1\nO >5.1\nC 2.1 bracket 1>\nC 3.1>\n");
}

}  // namespace
}  // namespace truce::talks
