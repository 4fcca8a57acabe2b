// SPDX-License-Identifier: Apache-2.0
#include "truce/agreement/calendar.h"

namespace truce::agreement {
namespace {

const Clock kDamascus{"Damascus", base::Duration{3 * 3600}};

base::Instant at(std::string_view text) {
  return base::parse_instant(text, kDamascus.offset).value().at;
}

std::string after(std::string_view start, const Period& period, std::int64_t count, DayRule rule) {
  return base::to_iso(add(at(start), period, count, rule, kDamascus), kDamascus.offset);
}

TEST(Calendar, HoursAndDaysOf24HoursAreExact) {
  EXPECT_EQ(after("2016-09-12 19:00", {.seconds = 48 * 3600}, 1, DayRule::Calendar),
            "2016-09-14T19:00:00+03:00");
  EXPECT_EQ(after("2016-09-12 19:00", {.days = 7}, 1, DayRule::TwentyFourHours),
            "2016-09-19T19:00:00+03:00");
  EXPECT_EQ(after("2016-09-12 19:00", {.days = 7}, -1, DayRule::TwentyFourHours),
            "2016-09-05T19:00:00+03:00");
}

TEST(Calendar, CalendarDaysEndAtTheMidnightThatEndsTheLast) {
  EXPECT_EQ(after("2015-02-15 00:00", {.days = 2}, 1, DayRule::Calendar),
            "2015-02-17T00:00:00+03:00");
  EXPECT_EQ(after("2015-02-15 10:00", {.days = 2}, 1, DayRule::Calendar),
            "2015-02-18T00:00:00+03:00");
  EXPECT_EQ(after("2015-02-15 10:00", {.days = 2}, -1, DayRule::Calendar),
            "2015-02-13T00:00:00+03:00");
}

TEST(Calendar, MonthsKeepTheDayAndAreRoundedWhereThereIsNone) {
  const Period down{.months = 1, .rounding = Rounding::Down};
  const Period up{.months = 1, .rounding = Rounding::Up};
  EXPECT_EQ(after("2015-01-31 12:00", down, 1, DayRule::Calendar), "2015-02-28T12:00:00+03:00");
  EXPECT_EQ(after("2015-01-31 12:00", up, 1, DayRule::Calendar), "2015-03-01T12:00:00+03:00");
  EXPECT_EQ(after("2015-01-30 12:00", down, 13, DayRule::Calendar), "2016-02-29T12:00:00+03:00");
  EXPECT_EQ(after("2015-03-15 12:00", down, -3, DayRule::Calendar), "2014-12-15T12:00:00+03:00");
}

TEST(Calendar, NothingRunsPastTheEndsOfTime) {
  const Period huge{.seconds = 300'000'000'000, .days = 3'000'000, .months = 100'000};
  EXPECT_EQ(add(at("2016-09-12"), huge, 1'000'000, DayRule::Calendar, kDamascus), base::kAfterTime);
  EXPECT_EQ(add(at("2016-09-12"), huge, -1'000'000, DayRule::Calendar, kDamascus),
            base::kBeforeTime);
  EXPECT_EQ(add(base::kAfterTime, huge, 1, DayRule::Calendar, kDamascus), base::kAfterTime);
}

TEST(Calendar, WordsAreThoseThatWereWritten) {
  EXPECT_EQ(to_words(Period{.seconds = 48 * 3600}), "48 hours");
  EXPECT_EQ(to_words(Period{.days = 10}), "10 days");
  EXPECT_EQ(to_words(Period{.months = 1, .rounding = Rounding::Down}), "1 month rounded down");
  EXPECT_EQ(to_words(Period{.seconds = 5400}), "1 hour 30 minutes");
  EXPECT_EQ(to_words(Period{}), "0 seconds");
}

}  // namespace
}  // namespace truce::agreement
