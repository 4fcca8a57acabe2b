// SPDX-License-Identifier: Apache-2.0
#include "truce/report/phrases.h"

#include "tests/support/sample_record.h"
#include <gtest/gtest.h>

#include "truce/report/clocks.h"
#include "truce/report/marked_text.h"

namespace truce::report {
namespace {

using truce::testing::SampleRecord;

base::Instant at(std::string_view text) {
  return base::parse_instant(text, base::Duration{3 * 3600})->at;
}

std::string when(std::string_view from, std::string_view to) {
  return when_text({at(from), at(to)}, base::Duration{3 * 3600});
}

TEST(Phrases, TimesAreAsShortAsTheyMayBe) {
  EXPECT_EQ(when("2016-09-17T15:55", "2016-09-17T15:55"), "17 September 2016, 15:55");
  EXPECT_EQ(when("2016-09-17", "2016-09-18"), "17 September 2016");
  EXPECT_EQ(when("2016-09-17", "2016-09-20"), "17 to 19 September 2016");
  EXPECT_EQ(when("2016-09-17", "2016-10-02"), "17 September to 1 October 2016");
  EXPECT_EQ(when("2016-12-30", "2017-01-02"), "30 December 2016 to 1 January 2017");
  EXPECT_EQ(when("2016-09-19T19:00", "2016-09-19T23:59"), "19 September 2016, 19:00 to 23:59");
  EXPECT_EQ(when("2016-09-19T19:00", "2016-09-20T08:00"),
            "19 September 2016, 19:00 to 20 September, 08:00");
}

TEST(Phrases, TheLeadSaysWhatHappened) {
  const SampleRecord sample;
  const Record record = sample.record();
  const Overview overview = overview_of(record);
  const std::vector<std::string> sentences = lead(Words::english(), record, overview);
  ASSERT_EQ(sentences.size(), 5U);
  EXPECT_EQ(sentences[0],
            "Clause 1.1 was in force from 12 September 2016, 19:00 to 16 September 2016, 19:00.");
  EXPECT_EQ(sentences[1], "It was renewed once, on 13 September 2016.");
  EXPECT_EQ(sentences[2], "The record holds 2 incidents, told in 3 accounts by 2 sources.");
  EXPECT_EQ(sentences[3], "For clause 1.1, party by party: 1 contested and 3 kept.");
}

TEST(Phrases, AnIncidentCountsByItsMostSeriousVerdict) {
  const SampleRecord sample;
  const Record record = sample.record();
  const Overview overview = overview_of(record);
  EXPECT_EQ(overview.incidents[0].mark, Mark::Contested);
  EXPECT_EQ(overview.incidents[1].mark, Mark::NoClause);
  EXPECT_EQ(overview.incidents[2].mark, Mark::Act);
  EXPECT_EQ(to_text(overview.incidents[0].deaths), "10–21");
  EXPECT_EQ(overview.duties, std::vector<std::size_t>{1});
}

TEST(Phrases, AClockCountsFromItsLastCertainReset) {
  const SampleRecord sample;
  Record record = sample.record();
  // Read when the last incident ends, or at the moment that was asked for.
  EXPECT_EQ(clocks_of(Words::english(), record)[0].state, "Day 1 of 7");
  record.as_known_at = record.evidence.now;
  const std::vector<ClockView> clocks = clocks_of(Words::english(), record);
  ASSERT_EQ(clocks.size(), 1U);
  EXPECT_EQ(clocks[0].state, "Day 4 of 7");
  ASSERT_EQ(clocks[0].resets.size(), 1U);
  EXPECT_EQ(reset_text(Words::english(), record, clocks[0].resets[0]).plain(),
            "Reset: 12 September 2016, 20:00 to 21:00, Ayn");
}

TEST(Phrases, ATimeWithinItsDayIsAsShortAsItMayBe) {
  const auto in_day = [](std::string_view from, std::string_view to) {
    return time_in_day({at(from), at(to)}, base::Duration{3 * 3600});
  };
  EXPECT_EQ(in_day("2016-09-17T15:55", "2016-09-17T15:55"), "15:55");
  EXPECT_EQ(in_day("2016-09-17", "2016-09-18"), "");
  EXPECT_EQ(in_day("2016-09-19T19:00", "2016-09-19T23:59"), "19:00 to 23:59");
  EXPECT_EQ(in_day("2016-09-17", "2016-09-19"), "17 to 18 September 2016");
}

TEST(MarkedText, FoldsTheClauseAndMarksWhatDecided) {
  const SampleRecord sample;
  const std::vector<MarkedPart> parts =
      marked_clause(sample.record(), {0}, sample.replay.explanations[0].reasons[0].deciding_words);
  const std::vector<MarkedPart> expected{{"1.1 each Party shall not ", false},
                                         {"attack", true},
                                         {" Civilians; from D ; for 48 hours.", false}};
  EXPECT_EQ(parts, expected);
}

TEST(MarkedText, ASpanOutsideTheClauseMarksNothing) {
  const SampleRecord sample;
  const std::vector<MarkedPart> parts =
      marked_clause(sample.record(), {0}, {{0, 4000, 4100}, {7, 0, 10}});
  ASSERT_EQ(parts.size(), 1U);
  EXPECT_FALSE(parts[0].is_deciding);
}

}  // namespace
}  // namespace truce::report
