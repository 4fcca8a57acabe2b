// SPDX-License-Identifier: Apache-2.0
#include "truce/report/story.h"

#include "tests/support/sample_record.h"
#include <gtest/gtest.h>

#include "truce/report/day_story.h"

namespace truce::report {
namespace {

using truce::testing::SampleRecord;

class StoryTest : public ::testing::Test {
 protected:
  // What is told under a title; empty where the part is left out.
  std::string told(const std::string& key) {
    const Record record = sample_.record();
    const Overview overview = overview_of(record);
    std::string text;
    for (const StoryPart& part : story_of(words_, record, overview)) {
      if (part.key == key) {
        text = part.text.plain();
        for (const RichText& point : part.points) {
          text += "\n" + point.plain();
        }
      }
    }
    return text;
  }
  std::vector<DayStory> days() {
    const Record record = sample_.record();
    return days_of(words_, record, overview_of(record));
  }

  SampleRecord sample_;
  const Words words_ = Words::english();
};

TEST_F(StoryTest, SaysWhatTheTruceWas) {
  sample_.agreement.actors[0].role = agreement::Actor::Role::Party;
  sample_.agreement.actors[1].role = agreement::Actor::Role::Guarantor;
  sample_.agreement.actors[1].ensures = {{0}};
  sample_.agreement.date = base::Date{2016, 9, 9};
  EXPECT_EQ(
      told("truce"),
      "The agreement of 9 September 2016 binds North. Ayn answers for North. Its clause 1.1, "
      "“each Party shall not attack Civilians”, was in force from 12 September 2016, 19:00 to "
      "16 September 2016, 19:00, 4 days in all. It was renewed once, on 13 September 2016.");
}

TEST_F(StoryTest, SaysWhoSaysWhatOfAContestedIncident) {
  EXPECT_EQ(told("contested"),
            "1 incident is contested: one account reports a breach, another rules it out.\n"
            "Ayn, 12 September 2016, 20:00 to 21:00, 10–21 dead: Ayn says that North or Ayn "
            "attacked something unnamed; UCDP says that North or Ayn attacked something unnamed.");
  EXPECT_EQ(told("broken"), "No incident is a breach in every way the reports can be read.");
}

TEST_F(StoryTest, SaysByWhomAccordingToWhomAndOnHowManyAccounts) {
  facts::Verdict& strike = sample_.replay.verdicts.verdicts[0];
  strike.outcome = facts::Outcome::Broken;
  strike.opinions[1].opinion = facts::Opinion::Broken;
  EXPECT_EQ(told("broken"),
            "1 incident broke a clause, and no account leaves that open or says otherwise.\n"
            "By North: once, according to Ayn (1) and UCDP (1).");
  sample_.evidence.incidents[0].facts.pop_back();
  strike.opinions.pop_back();
  EXPECT_EQ(told("broken"),
            "1 incident broke a clause, and no account leaves that open or says otherwise. It "
            "rests on one account alone.\nBy North: once, according to Ayn.");
}

TEST_F(StoryTest, ADutyThatWasNotDoneIsABreachWithoutAnIncident) {
  sample_.replay.verdicts.verdicts[1].outcome = facts::Outcome::Broken;
  EXPECT_NE(told("broken").find("By North: the duty of clause 2.1 was not done by 13 September"),
            std::string::npos)
      << told("broken");
}

TEST_F(StoryTest, SaysHowItEnded) {
  EXPECT_EQ(told("end"),
            "No end is on record: clause 1.1 was still in force at the last incident on record, on "
            "12 September 2016.");
  sample_.replay.force[0].until = sample_.evidence.facts[0].when.to;
  sample_.replay.force[0].until_at_least = sample_.replay.force[0].until;
  sample_.replay.force[0].changes.push_back({{2},
                                             facts::InstitutionalAct::Terminate,
                                             sample_.evidence.facts[0].when.from,
                                             std::nullopt,
                                             "nobody gave it that power"});
  EXPECT_EQ(told("end"),
            "On 12 September 2016, 20:00, North or Ayn declared an end. It had no effect on clause "
            "1.1: nobody gave it that power. Clause 1.1 ran out on 12 September 2016, 21:00; no "
            "later renewal is on record.");
}

TEST_F(StoryTest, AnEmptyRecordHasNothingToTell) {
  sample_.evidence = {};
  sample_.replay = {};
  EXPECT_EQ(told("record"), "0 incidents are on record, told in 0 accounts by 0 sources.");
  EXPECT_EQ(told("broken"), "");
  EXPECT_EQ(told("end"), "");
  EXPECT_TRUE(days().empty());
}

TEST_F(StoryTest, ADayTellsItsEventsAndItsIncidents) {
  const std::vector<DayStory> all = days();
  ASSERT_EQ(all.size(), 1U);
  ASSERT_EQ(all[0].events.size(), 1U);
  EXPECT_EQ(all[0].events[0].plain(), "Clause 1.1 comes into force at 19:00.");
  ASSERT_EQ(all[0].incidents.size(), 2U);
  EXPECT_EQ(all[0].incidents[0].mark, Mark::Contested);
  const std::string text = all[0].incidents[0].text.plain();
  EXPECT_TRUE(text.starts_with("Ayn, 20:00 to 21:00, 10–21 dead: Ayn says that")) << text;
  EXPECT_TRUE(text.ends_with("Contested: clause 1.1 by North.")) << text;
  EXPECT_EQ(all[0].incidents[0].text.pieces()[0].link, "incident=a-strike");
  EXPECT_NE(all[0].incidents[1].text.plain().find("No clause covers it: 1.1 does not reach Ayn."),
            std::string::npos);
}

TEST_F(StoryTest, QuietDaysStandTogether) {
  // The toll is too low to be told, and the day is days before the truce.
  for (const std::size_t fact : {2U}) {
    const base::TimeRange when{sample_.evidence.facts[fact].when.from - 5 * base::kDay,
                               sample_.evidence.facts[fact].when.to - 5 * base::kDay};
    sample_.evidence.facts[fact].when = when;
  }
  const std::vector<DayStory> all = days();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_TRUE(all[0].is_quiet);
  EXPECT_EQ(all[0].first, (base::Date{2016, 9, 7}));
  EXPECT_EQ(all[0].last, (base::Date{2016, 9, 11}));
  EXPECT_EQ(all[0].rest.plain(), "Nothing broken or contested. On record: 1 under no clause.");
  EXPECT_EQ(all[0].rest.pieces()[1].link, "from=2016-09-07&to=2016-09-11&verdict=none");
  EXPECT_FALSE(all[1].is_quiet);
}

TEST_F(StoryTest, WhatBothBrokeIsSaidOfBothAndAnActAloneIsNotNothing) {
  facts::Verdict& strike = sample_.replay.verdicts.verdicts[0];
  strike.outcome = facts::Outcome::Broken;
  facts::Verdict other = strike;
  other.bearers = {{1}};
  sample_.replay.verdicts.verdicts.push_back(other);
  sample_.replay.explanations.emplace_back();
  const std::string text = days()[0].incidents[0].text.plain();
  EXPECT_TRUE(text.ends_with("Broken: clause 1.1 by North and Ayn.")) << text;

  facts::Fact& act = sample_.evidence.facts[3];
  act.when = {act.when.from + 2 * base::kDay, act.when.to + 2 * base::kDay};
  const std::vector<DayStory> all = days();
  // The day between is that of the renewal.
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[2].rest.plain(),
            "Nothing broken or contested. On record: 1 act under the agreement.");
}

TEST_F(StoryTest, ADaySaysWhatWasDeclaredByWhomAndWhetherItHadEffect) {
  std::vector<monitor::ForceHistory::Change>& changes = sample_.replay.force[0].changes;
  changes[0].at = sample_.evidence.facts[0].when.from;
  EXPECT_EQ(days()[0].events.at(1).plain(),
            "20:00: North or Ayn declared a renewal of clause 1.1: renewed to 16 September 2016, "
            "19:00; Extended by Ayn.");
  changes[0].new_end.reset();
  EXPECT_EQ(
      days()[0].events.at(1).plain(),
      "20:00: North or Ayn declared a renewal of clause 1.1, without effect: Extended by Ayn.");
}

}  // namespace
}  // namespace truce::report
