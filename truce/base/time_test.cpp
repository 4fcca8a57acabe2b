// SPDX-License-Identifier: Apache-2.0
#include "truce/base/time.h"

#include <ctime>

#include <gtest/gtest.h>

namespace truce::base {
namespace {

constexpr Duration kDamascus{3 * 3600};

TEST(Time, KnowsTheEpochAndDaysBeforeIt) {
  EXPECT_EQ(start_of({1970, 1, 1}).seconds, 0);
  EXPECT_EQ(start_of({1969, 12, 31}).seconds, -86400);
  EXPECT_EQ(date_of({-1}, {0}), (Date{1969, 12, 31}));
}

TEST(Time, AgreesWithTheSystemsCalendar) {
  for (std::int64_t seconds = -60LL * 365 * 86400; seconds < 300LL * 365 * 86400;
       seconds += 86400LL * 13 + 7919) {
    const std::time_t time = seconds;
    std::tm parts{};
    ASSERT_NE(gmtime_r(&time, &parts), nullptr);
    const Date expected{parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday};
    ASSERT_EQ(date_of({seconds}, {0}), expected);
    ASSERT_LE(start_of(expected).seconds, seconds);
    ASSERT_GT(start_of(expected).seconds + 86400, seconds);
  }
}

TEST(Time, KnowsWhichDaysExist) {
  EXPECT_TRUE(is_valid({2016, 2, 29}));
  EXPECT_FALSE(is_valid({2015, 2, 29}));
  EXPECT_FALSE(is_valid({1900, 2, 29}));
  EXPECT_TRUE(is_valid({2000, 2, 29}));
  EXPECT_FALSE(is_valid({2016, 13, 1}));
  EXPECT_FALSE(is_valid({2016, 9, 0}));
  EXPECT_FALSE(is_valid({0, 1, 1}));
}

TEST(Time, ReadsDatesAndInstants) {
  EXPECT_EQ(parse_date("2016-09-12"), (Date{2016, 9, 12}));
  EXPECT_EQ(parse_date("2016-02-30"), std::nullopt);
  EXPECT_EQ(parse_date("2016-9-12"), std::nullopt);
  EXPECT_EQ(parse_date("2016-09-12x"), std::nullopt);

  const auto day = parse_instant("2016-09-12", kDamascus);
  ASSERT_TRUE(day);
  EXPECT_TRUE(day->is_whole_day);
  EXPECT_EQ(to_iso(day->at, {0}), "2016-09-11T21:00:00Z");

  for (const char* text : {"2016-09-12T19:00", "2016-09-12 19:00", "2016-09-12T19:00:00",
                           "2016-09-12T16:00Z", "2016-09-12T16:00:00.250Z", "2016-09-12T19:00+03",
                           "2016-09-12T11:00-05:00", "2016-09-12T19:00+0300"}) {
    const auto instant = parse_instant(text, kDamascus);
    ASSERT_TRUE(instant) << text;
    EXPECT_FALSE(instant->is_whole_day) << text;
    EXPECT_EQ(to_iso(instant->at, kDamascus), "2016-09-12T19:00:00+03:00") << text;
  }
}

TEST(Time, MidnightMayEndADay) {
  const auto instant = parse_instant("2016-09-12T24:00", {0});
  ASSERT_TRUE(instant);
  EXPECT_EQ(to_iso(instant->at, {0}), "2016-09-13T00:00:00Z");
}

TEST(Time, RefusesWhatIsNoInstant) {
  for (const char* text :
       {"", "now", "2016-09-12T", "2016-09-12T25:00", "2016-09-12T24:01", "2016-09-12T12:60",
        "2016-09-12T12:00:60", "2016-09-12T12:00+3", "2016-09-12T12:00.5", "2016-09-12T12:00:00.",
        "2016-09-12T12:00 Z", "2016-09-12T12:00+19:00", "12/09/2016"}) {
    EXPECT_FALSE(parse_instant(text, {0})) << text;
  }
}

TEST(Time, WritesWhatItReads) {
  for (std::int64_t seconds = -3000000000; seconds < 9000000000; seconds += 123456789) {
    for (const Duration offset : {Duration{0}, kDamascus, Duration{-5 * 3600 - 1800}}) {
      const auto read = parse_instant(to_iso(Instant{seconds}, offset), {0});
      ASSERT_TRUE(read);
      ASSERT_EQ(read->at.seconds, seconds);
    }
  }
}

TEST(Time, StaysWithinTheYearsThatCanBeWritten) {
  const Duration ahead{5 * 3600};
  EXPECT_EQ(to_iso(kBeforeTime, ahead), "0001-01-01T00:00:00+05:00");
  EXPECT_EQ(to_iso(kAfterTime, {0}), "9999-12-31T23:59:59Z");
  EXPECT_EQ(to_words(kAfterTime, ahead), "31 December 9999, 23:59:59");
  EXPECT_EQ(to_iso(parse_instant("0001-01-01T00:00", ahead)->at, {0}), "0001-01-01T00:00:00Z");
  EXPECT_EQ(date_of(start_of({9999, 12, 31}) + kDay, {0}), (Date{9999, 12, 31}));
  EXPECT_EQ(to_iso(start_of({9999, 12, 31}), ahead), "9999-12-31T05:00:00+05:00");
}

TEST(Time, SpeaksInWords) {
  const Instant at = parse_instant("2016-09-17T15:55", kDamascus)->at;
  EXPECT_EQ(to_words(at, kDamascus), "17 September 2016, 15:55");
  EXPECT_EQ(to_words(at + Duration{5}, kDamascus), "17 September 2016, 15:55:05");
  EXPECT_EQ(to_words(Date{2016, 9, 1}), "1 September 2016");
  EXPECT_EQ(to_words(48 * kHour), "48 hours");
  EXPECT_EQ(to_words(kDay), "24 hours");
  EXPECT_EQ(to_words(10 * kDay), "10 days");
  EXPECT_EQ(to_words(kHour + 30 * kMinute), "1 hour 30 minutes");
  EXPECT_EQ(to_words(Duration{0}), "0 seconds");
  EXPECT_EQ(to_words(Duration{-60}), "minus 1 minute");
}

}  // namespace
}  // namespace truce::base
