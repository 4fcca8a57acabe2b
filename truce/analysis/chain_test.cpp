// SPDX-License-Identifier: Apache-2.0
#include "truce/analysis/internal/chain.h"

#include <algorithm>

#include "tests/support/dice.h"
#include "tests/support/small_truce.h"
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace truce::analysis::internal {
namespace {

using testing::Dice;

std::string hour(std::size_t hours) {
  return hours == 0 ? "D" : fmt::format("D + {} hours", hours);
}

// One duty and bars of which the calendar gives beginning and end: what playing decides by itself.
std::string text_of(Dice& dice) {
  const std::size_t start = dice.below(6);
  std::string text = fmt::format(
      "truce \"T\"; of 2029-12-31; clock C at UTC+00:00; days of 24 hours; vocabulary "
      "\"truce/ceasefire-1\".\nparties North; South.\nplaces Country = annex A area.\nmoments D = "
      "2030-01-01 00:00.\n1.1 {} shall move {}; in Country; from {}; not later than {}; "
      "consequence none stated.\n",
      dice.any({"North", "North or South", "North and South jointly", "each Party"}),
      dice.any({"Tanks", "Tanks or Artillery", "Forces"}), hour(start),
      hour(start + dice.below(8)));
  const std::size_t bars = 1 + dice.below(3);
  for (std::size_t i = 1; i <= bars; ++i) {
    const std::size_t from = dice.below(8);
    text += fmt::format(
        "2.{} {} shall not move {}; in Country; from {}{}{}; consequence none stated.\n", i,
        dice.any({"each Party", "North", "South"}),
        dice.any({"Tanks", "Weapons", "Forces", "Artillery"}), hour(from),
        dice.one_in(3) ? "" : "; until " + hour(from + 1 + dice.below(8)),
        dice.one_in(4) ? "; except for Tanks" : "");
  }
  return text;
}

struct Reading {
  explicit Reading(const std::string& text) : agreement(testing::agreement_of(text)) {}

  std::vector<std::vector<ClauseId>> found_by(void (*find)(Search&)) {
    Search search{
        .draft = draft, .time = time, .sink = sink, .matching = matching, .answers = answers};
    find(search);
    std::vector<std::vector<ClauseId>> clauses;
    for (const Finding& finding : search.findings) {
      clauses.push_back(finding.clauses);
    }
    std::sort(clauses.begin(), clauses.end());
    return clauses;
  }

  Agreement agreement;
  diagnostics::Sink sink;
  Draft draft{agreement};
  Matching matching{draft};
  smt::KnownAnswers answers;
  TimeNetwork time{draft, {}};
};

TEST(Chain, SaysOfASingleDutyWhatPlayingSays) {
  int contradictions = 0;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    Dice dice(seed);
    const std::string text = text_of(dice);
    Reading reading(text);
    const auto played = reading.found_by(find_contradictions);
    const auto asked = reading.found_by(find_contradictions_of_chains);
    ASSERT_EQ(played.empty(), asked.empty()) << "seed " << seed << "\n" << text;
    // One core is asked for; it is one of the smallest that playing finds.
    for (const std::vector<ClauseId>& core : asked) {
      EXPECT_NE(played.end(), std::find(played.begin(), played.end(), core)) << text;
    }
    contradictions += asked.empty() ? 0 : 1;
  }
  EXPECT_GT(contradictions, 20);
}

TEST(Chain, HasOneNamedSlotForEachPerformance) {
  Reading reading(
      "truce \"T\"; of 2029-12-31; clock C at UTC+00:00; days of 24 hours; vocabulary "
      "\"truce/ceasefire-1\".\nparties North; South.\nplaces Country = annex A area.\nmoments D = "
      "2030-01-01 00:00; Later, to be fixed by North.\n"
      "1.1 each Party shall release Prisoners; from D; within 2 days of D; consequence none "
      "stated.\n"
      "1.2 North or South shall move Tanks or Artillery; in Country; upon fulfilment of 1.1; "
      "within "
      "1 day; consequence none stated.\n"
      "1.3 North shall deliver Food; from Later; within 1 day; consequence none stated.\n");
  Search search{.draft = reading.draft,
                .time = reading.time,
                .sink = reading.sink,
                .matching = reading.matching,
                .answers = reading.answers};
  Matching& matching = reading.matching;
  const Chain chain(search, matching, base::id_at<ClauseId>(1), 0);
  ASSERT_EQ(3U, chain.slots().size());
  EXPECT_EQ(0U, chain.slots()[0].clause.index);
  EXPECT_EQ(0U, chain.slots()[1].clause.index);
  EXPECT_EQ(1U, chain.last().clause.index);
  // By either side, of either kind.
  EXPECT_EQ(4U, chain.last().ways.size());
  EXPECT_TRUE(chain.is_whole());
  EXPECT_TRUE(chain.is_closed());
  // A moment that is still to be fixed is nobody's performance.
  const Chain open(search, matching, base::id_at<ClauseId>(2), 0);
  EXPECT_FALSE(open.is_closed());
}

}  // namespace
}  // namespace truce::analysis::internal
