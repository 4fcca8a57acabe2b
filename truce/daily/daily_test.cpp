// SPDX-License-Identifier: Apache-2.0
#include "truce/daily/daily.h"

#include <algorithm>

#include "tests/support/small_truce.h"
#include <gtest/gtest.h>

#include "truce/daily/internal/embedded.h"
#include "truce/daily/pdf.h"
#include "truce/facts/resolve.h"
#include "truce/incidents/read.h"
#include "truce/monitor/replay.h"
#include "truce/report/words.h"

namespace truce::daily {
namespace {

constexpr std::string_view kHeader =
    "incident,account,according_to,reported_at,from,to,kind,actor,target,weapon,place,deaths_best,"
    "source\n";

base::Instant at(std::string_view text) {
  const auto parsed = base::parse_instant(text, {});
  return parsed ? parsed->at : base::Instant{};
}

// The report of the day that ends at `cut_off`, of rows with the header above.
Report report_at(std::string_view cut_off, const std::string& rows) {
  const agreement::Agreement agreement = testing::agreement_of(
      testing::northland("", "1.1 each Party shall not attack Civilians with Weapons; from D.\n"));
  incidents::Reading reading;
  const bool is_read{incidents::read_reports("rows.csv", std::string(kHeader) + rows, {}, reading)};
  EXPECT_TRUE(is_read);
  EXPECT_TRUE(reading.skipped.empty());
  const auto known = [&](base::Instant when, facts::Evidence& evidence, monitor::Replay& replay) {
    std::vector<std::string> warnings;
    evidence = facts::resolve(agreement, incidents::current_accounts(reading, when, warnings), {},
                              reading.coverage, when);
    replay = monitor::replay(agreement, evidence, {});
  };
  facts::Evidence now;
  facts::Evidence before;
  monitor::Replay now_replay;
  monitor::Replay before_replay;
  known(at(cut_off), now, now_replay);
  known(at(cut_off) - base::kDay, before, before_replay);
  return report_of({.agreement = agreement,
                    .reading = reading,
                    .now = {now, now_replay},
                    .before = {before, before_replay},
                    .cut_off = at(cut_off)});
}

const std::string kMarket =
    "market,m,Mission,2030-01-05T12:00Z,2030-01-05T09:00Z,2030-01-05T09:10Z,attack,North,Civilians,"
    "Artillery,Country,3,log 5\n";

TEST(DailyTest, ADayIsCountedBesideTheDayBeforeAsItsOwnReportHadIt) {
  const Report day = report_at("2030-01-06", kMarket);
  EXPECT_EQ(day.day.broken, 1U);
  EXPECT_EQ(day.before.broken, 0U);
  EXPECT_EQ(day.incidents, 1U);
  ASSERT_EQ(day.annex.size(), 1U);
  EXPECT_EQ(day.annex[0].accounts[0].who, "Mission");
  EXPECT_EQ(day.annex[0].accounts[0].deaths, "3");
  ASSERT_EQ(day.annex[0].verdicts.size(), 1U);
  EXPECT_EQ(day.annex[0].verdicts[0].side.names, std::vector<std::string>{"North"});
  EXPECT_TRUE(day.notices.empty());

  const Report next = report_at("2030-01-07", kMarket);
  EXPECT_EQ(next.day.broken, 0U);
  EXPECT_EQ(next.before.broken, 1U);
  EXPECT_TRUE(next.annex.empty());
  EXPECT_TRUE(next.notices.empty());
}

TEST(DailyTest, WhatIsReportedLateIsANoticeAndNeverCountedInADayThatIsOver) {
  std::string late = kMarket;
  late.replace(late.find("2030-01-05T12:00Z"), 17, "2030-01-06T12:00Z");
  EXPECT_EQ(report_at("2030-01-06", late).day.broken, 0U);
  const Report next = report_at("2030-01-07", late);
  EXPECT_EQ(next.before.broken, 0U);
  ASSERT_EQ(next.notices.size(), 2U);
  EXPECT_EQ(next.notices[0].what, Notice::What::Late);
  EXPECT_EQ(next.notices[1].what, Notice::What::Verdict);
  EXPECT_EQ(next.notices[1].was, std::nullopt);
  EXPECT_EQ(next.notices[1].is, facts::Outcome::Broken);
}

TEST(DailyTest, ACorrectionSaysWhatBecameOfWhatAndWhichVerdictItChanged) {
  const std::string rows =
      kMarket +
      "market,m,Mission,2030-01-06T12:00Z,2030-01-05T09:00Z,2030-01-05T09:10Z,attack,South,"
      "Civilians,Artillery,Country,4,log 6\n";
  const Report next = report_at("2030-01-07", rows);
  ASSERT_EQ(next.notices.size(), 3U);
  EXPECT_EQ(next.notices[0].what, Notice::What::Corrected);
  ASSERT_EQ(next.notices[0].fields.size(), 2U);
  EXPECT_EQ(next.notices[0].fields[0].field, "actor");
  EXPECT_EQ(next.notices[0].fields[0].is, "South");
  EXPECT_EQ(next.notices[0].fields[1].field, "deaths");
  EXPECT_EQ(next.notices[1].was, facts::Outcome::Broken);
  EXPECT_EQ(next.notices[1].is, facts::Outcome::Kept);
  EXPECT_EQ(next.notices[2].was, facts::Outcome::Kept);
  EXPECT_EQ(next.notices[2].is, facts::Outcome::Broken);
}

TEST(DailyTest, AWithdrawalIsANotice) {
  const std::string rows =
      kMarket +
      "market,m,Mission,2030-01-06T12:00Z,2030-01-05T09:00Z,2030-01-05T09:10Z,withdrawn,,,,,,\n";
  const Report next = report_at("2030-01-07", rows);
  ASSERT_GE(next.notices.size(), 1U);
  EXPECT_EQ(next.notices[0].what, Notice::What::Withdrawn);
}

TEST(DailyTest, BeforeItBeginsTheTruceIsNotInForce) {
  EXPECT_FALSE(report_at("2029-12-30", "").is_in_force);
  EXPECT_TRUE(report_at("2030-01-06", "").is_in_force);
}

// The holes of a text, sorted: the same in every language, in whatever order.
std::vector<std::string> holes_in(const std::string& text) {
  std::vector<std::string> holes;
  for (std::size_t at = text.find('{'); at != std::string::npos; at = text.find('{', at + 1)) {
    holes.push_back(text.substr(at, text.find('}', at) - at + 1));
  }
  std::sort(holes.begin(), holes.end());
  return holes;
}

TEST(DailyTest, EveryLanguageHasEveryWord) {
  const report::Words english(internal::words_of("en"));
  for (const std::string& code : languages()) {
    const report::Words words(internal::words_of(code));
    EXPECT_EQ(words.all().size(), english.all().size()) << code;
    for (const auto& [key, text] : english.all()) {
      ASSERT_TRUE(words.has(key)) << code << " lacks " << key;
      EXPECT_EQ(holes_in(words(key)), holes_in(text)) << code << ' ' << key;
    }
  }
}

TEST(DailyTest, EqualReportsAreEqualBytes) {
  const Report report = report_at("2030-01-06", kMarket);
  const auto names = Names::read("names.csv", "name,ar\nNorth,الشمال\n", "ar");
  ASSERT_TRUE(names);
  const auto first = to_pdf(report, "ar", *names);
  const auto second = to_pdf(report, "ar", *names);
  ASSERT_TRUE(first && second);
  EXPECT_TRUE(first->starts_with("%PDF-"));
  EXPECT_TRUE(*first == *second);
  const auto unnamed = to_pdf(report, "ar", Names());
  ASSERT_TRUE(unnamed);
  EXPECT_FALSE(*first == *unnamed);
}

TEST(DailyTest, NoWordOfARecordBreaksAPage) {
  Report report = report_at("2030-01-06", kMarket);
  report.annex[0].accounts[0].source = "\n\t\x01 <b>&amp;</b>";
  report.annex[0].accounts[0].source.append(20000, 'x');
  report.annex[0].id = "\u202e";
  report.annex[0].id.append(3000, 'y');
  const auto pdf = to_pdf(report, "ru", Names());
  ASSERT_TRUE(pdf);
  EXPECT_TRUE(pdf->ends_with("%%EOF\n"));
}

TEST(DailyTest, ATableOfNamesIsRefusedWithItsPlace) {
  const auto twice = Names::read("names.csv", "name,ar\nNorth,a\nNorth,b\n", "ar");
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().message, "names.csv:3: `North` stands here a second time");
  EXPECT_FALSE(Names::read("names.csv", "word,ar\n", "ar"));
  EXPECT_TRUE(Names::read("names.csv", "name,ar\n", "fr"));
}

}  // namespace
}  // namespace truce::daily
