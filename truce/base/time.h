// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace truce::base {

/// A length of time in whole seconds; may be negative.
struct Duration {
  std::int64_t seconds = 0;

  friend auto operator<=>(const Duration&, const Duration&) = default;
  friend Duration operator+(Duration a, Duration b) { return {a.seconds + b.seconds}; }
  friend Duration operator-(Duration a, Duration b) { return {a.seconds - b.seconds}; }
  friend Duration operator*(std::int64_t n, Duration d) { return {n * d.seconds}; }
};

constexpr Duration kMinute{60};
constexpr Duration kHour{3600};
constexpr Duration kDay{86400};

/// A moment in whole seconds from 1970-01-01 00:00:00 UTC, in the proleptic Gregorian calendar.
struct Instant {
  std::int64_t seconds = 0;

  friend auto operator<=>(const Instant&, const Instant&) = default;
  friend Instant operator+(Instant at, Duration by) { return {at.seconds + by.seconds}; }
  friend Instant operator-(Instant at, Duration by) { return {at.seconds - by.seconds}; }
  friend Duration operator-(Instant a, Instant b) { return {a.seconds - b.seconds}; }
};

/// Before and after every moment that can be written (years 0001 to 9999).
constexpr Instant kBeforeTime{-62135596800 - 86400};
constexpr Instant kAfterTime{253402300800 + 86400};

/// A half-open stretch of time. `from == to` stands for the one instant `from`.
struct TimeRange {
  Instant from;
  Instant to;

  friend auto operator<=>(const TimeRange&, const TimeRange&) = default;
};

/// A day of the calendar.
struct Date {
  int year = 1970;
  int month = 1;
  int day = 1;

  friend auto operator<=>(const Date&, const Date&) = default;
};

/// Whether the day exists, in years 1 to 9999.
bool is_valid(Date date);
/// 00:00 UTC of `date`, which must be valid.
Instant start_of(Date date);
/// The day of `at` on a clock `offset` ahead of UTC; the first or last there is, for what lies
/// beyond.
Date date_of(Instant at, Duration offset);

/// `YYYY-MM-DD`; empty when it is anything else or no such day.
std::optional<Date> parse_date(std::string_view text);

/// An instant as read: a bare date has no time of day and stands for a whole day.
struct ParsedInstant {
  Instant at;
  bool is_whole_day = false;
};

/// ISO 8601: `YYYY-MM-DD`, or with `T` or a space and `HH:MM[:SS[.fff]]` and `Z` or `±HH[:MM]`.
/// Without an offset the text is read on a clock that is `default_offset` ahead of UTC. Fractions
/// of a second are dropped. Empty when it is anything else.
std::optional<ParsedInstant> parse_instant(std::string_view text, Duration default_offset);

/// `YYYY-MM-DDTHH:MM:SS±HH:MM` on a clock `offset` ahead of UTC (`Z` for UTC), within years 1 to
/// 9999.
std::string to_iso(Instant at, Duration offset);
/// `YYYY-MM-DD`.
std::string to_iso(Date date);
/// For sentences: `17 September 2016, 15:55`; seconds only when there are any.
std::string to_words(Instant at, Duration offset);
/// For sentences: `17 September 2016`.
std::string to_words(Date date);
/// For sentences: `48 hours`, `10 days`, `1 hour 30 minutes`; `0 seconds` when none.
std::string to_words(Duration length);

}  // namespace truce::base
