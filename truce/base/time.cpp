// SPDX-License-Identifier: Apache-2.0
#include "truce/base/time.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include <fmt/format.h>

#include "truce/base/check.h"

namespace truce::base {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int days_in(int year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

// Days from 1970-01-01, by eras of 400 years that begin in March, so that the leap day is last.
std::int64_t days_from_epoch(Date date) {
  const std::int64_t year = date.month <= 2 ? date.year - 1 : date.year;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t shifted_month = (date.month + 9) % 12;
  const std::int64_t day_of_year = (153 * shifted_month + 2) / 5 + date.day - 1;
  const std::int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

Date date_from_days(std::int64_t days) {
  days += 719468;
  const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const std::int64_t day_of_era = days - era * 146097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
  const auto day = static_cast<int>(day_of_year - (153 * shifted_month + 2) / 5 + 1);
  const auto month = static_cast<int>(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
  const auto year = static_cast<int>(year_of_era + era * 400 + (month <= 2 ? 1 : 0));
  return {year, month, day};
}

std::int64_t floor_divide(std::int64_t value, std::int64_t by) {
  const std::int64_t quotient = value / by;
  return value % by < 0 ? quotient - 1 : quotient;
}

// What a clock shows, kept to the years that can be written.
std::int64_t seconds_on_clock(Instant at, Duration offset) {
  const Instant first = kBeforeTime + kDay;
  const Instant last = kAfterTime - kDay - Duration{1};
  return std::clamp(at + offset, first, last).seconds;
}

// Reads exactly `count` digits from the front of `text` and drops them.
std::optional<int> take_digits(std::string_view& text, std::size_t count) {
  if (text.size() < count) {
    return std::nullopt;
  }
  int value = 0;
  for (std::size_t at = 0; at < count; ++at) {
    if (text[at] < '0' || text[at] > '9') {
      return std::nullopt;
    }
    value = value * 10 + (text[at] - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, char wanted) {
  if (text.empty() || text.front() != wanted) {
    return false;
  }
  text.remove_prefix(1);
  return true;
}

std::optional<Date> take_date(std::string_view& text) {
  const auto year = take_digits(text, 4);
  if (!year || !take(text, '-')) {
    return std::nullopt;
  }
  const auto month = take_digits(text, 2);
  if (!month || !take(text, '-')) {
    return std::nullopt;
  }
  const auto day = take_digits(text, 2);
  if (!day || !is_valid({*year, *month, *day})) {
    return std::nullopt;
  }
  return Date{*year, *month, *day};
}

// HH:MM, with seconds and fractions when they are there.
std::optional<Duration> take_time_of_day(std::string_view& text) {
  const auto hour = take_digits(text, 2);
  if (!hour || !take(text, ':')) {
    return std::nullopt;
  }
  const auto minute = take_digits(text, 2);
  if (!minute || *hour > 24 || *minute > 59 || (*hour == 24 && *minute != 0)) {
    return std::nullopt;
  }
  int second = 0;
  if (take(text, ':')) {
    const auto read = take_digits(text, 2);
    if (!read || *read > 59 || (*hour == 24 && *read != 0)) {
      return std::nullopt;
    }
    second = *read;
    if (take(text, '.')) {
      if (!take_digits(text, 1)) {
        return std::nullopt;
      }
      while (take_digits(text, 1)) {
      }
    }
  }
  return Duration{*hour * 3600 + *minute * 60 + second};
}

// `Z`, or `±HH:MM`, or `±HH`, or nothing, which is the default.
std::optional<Duration> take_offset(std::string_view& text, Duration default_offset) {
  if (text.empty()) {
    return default_offset;
  }
  if (take(text, 'Z')) {
    return Duration{0};
  }
  const bool is_ahead = text.front() == '+';
  if (!is_ahead && text.front() != '-') {
    return std::nullopt;
  }
  text.remove_prefix(1);
  const auto hour = take_digits(text, 2);
  const bool is_whole_hour = text.empty();
  take(text, ':');
  const auto minute = is_whole_hour ? std::optional(0) : take_digits(text, 2);
  if (!hour || !minute || *hour > 18 || *minute > 59) {
    return std::nullopt;
  }
  const Duration offset{*hour * 3600 + *minute * 60};
  return is_ahead ? offset : Duration{-offset.seconds};
}

}  // namespace

bool is_valid(Date date) {
  return date.year >= 1 && date.year <= 9999 && date.month >= 1 && date.month <= 12 &&
         date.day >= 1 && date.day <= days_in(date.year, date.month);
}

Instant start_of(Date date) {
  TRUCE_CHECK(is_valid(date), "only a day that exists has a start");
  return {days_from_epoch(date) * kDay.seconds};
}

Date date_of(Instant at, Duration offset) {
  return date_from_days(floor_divide(seconds_on_clock(at, offset), kDay.seconds));
}

std::optional<Date> parse_date(std::string_view text) {
  const auto date = take_date(text);
  return text.empty() ? date : std::nullopt;
}

std::optional<ParsedInstant> parse_instant(std::string_view text, Duration default_offset) {
  const auto date = take_date(text);
  if (!date) {
    return std::nullopt;
  }
  if (text.empty()) {
    return ParsedInstant{start_of(*date) - default_offset, true};
  }
  if (!take(text, 'T') && !take(text, ' ')) {
    return std::nullopt;
  }
  const auto time_of_day = take_time_of_day(text);
  if (!time_of_day) {
    return std::nullopt;
  }
  const auto offset = take_offset(text, default_offset);
  if (!offset || !text.empty()) {
    return std::nullopt;
  }
  return ParsedInstant{start_of(*date) + *time_of_day - *offset, false};
}

std::string to_iso(Date date) {
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

std::string to_iso(Instant at, Duration offset) {
  const Date date = date_of(at, offset);
  const std::int64_t second = seconds_on_clock(at, offset) - start_of(date).seconds;
  const std::string local = fmt::format("{}T{:02}:{:02}:{:02}", to_iso(date), second / 3600,
                                        second / 60 % 60, second % 60);
  if (offset.seconds == 0) {
    return local + "Z";
  }
  const std::int64_t minutes = std::abs(offset.seconds) / 60;
  return fmt::format("{}{}{:02}:{:02}", local, offset.seconds < 0 ? '-' : '+', minutes / 60,
                     minutes % 60);
}

std::string to_words(Date date) {
  return fmt::format("{} {} {}", date.day, kMonths[static_cast<std::size_t>(date.month - 1)],
                     date.year);
}

std::string to_words(Instant at, Duration offset) {
  const Date date = date_of(at, offset);
  const std::int64_t second = seconds_on_clock(at, offset) - start_of(date).seconds;
  std::string words =
      fmt::format("{}, {:02}:{:02}", to_words(date), second / 3600, second / 60 % 60);
  if (second % 60 != 0) {
    words += fmt::format(":{:02}", second % 60);
  }
  return words;
}

std::string to_words(Duration length) {
  struct Unit {
    std::int64_t seconds;
    std::string_view name;
  };
  // Treaties say "48 hours" and "10 days": days only from three on and when nothing is left over.
  constexpr std::array<Unit, 3> kUnits = {Unit{3600, "hour"}, {60, "minute"}, {1, "second"}};
  std::int64_t left = std::abs(length.seconds);
  std::string words = length.seconds < 0 ? "minus " : "";
  if (left >= 3 * kDay.seconds && left % kDay.seconds == 0) {
    return words + fmt::format("{} days", left / kDay.seconds);
  }
  if (left == 0) {
    return "0 seconds";
  }
  bool is_first = true;
  for (const Unit& unit : kUnits) {
    const std::int64_t count = left / unit.seconds;
    left %= unit.seconds;
    if (count != 0) {
      words +=
          fmt::format("{}{} {}{}", is_first ? "" : " ", count, unit.name, count == 1 ? "" : "s");
      is_first = false;
    }
  }
  return words;
}

}  // namespace truce::base
