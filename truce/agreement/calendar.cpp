// SPDX-License-Identifier: Apache-2.0
#include "truce/agreement/calendar.h"

#include <algorithm>
#include <vector>

namespace truce::agreement {
namespace {

using base::Date;
using base::Duration;
using base::Instant;

Instant clamped(std::int64_t seconds) {
  return {std::clamp(seconds, base::kBeforeTime.seconds, base::kAfterTime.seconds)};
}

// `at + count * seconds`, never past the ends of time.
Instant shifted(Instant at, std::int64_t count, std::int64_t seconds) {
  std::int64_t product = 0;
  std::int64_t sum = 0;
  if (__builtin_mul_overflow(count, seconds, &product) ||
      __builtin_add_overflow(at.seconds, product, &sum)) {
    return (count < 0) == (seconds < 0) ? base::kAfterTime : base::kBeforeTime;
  }
  return clamped(sum);
}

Instant local_midnight(Instant at, const Clock& clock) {
  return base::start_of(base::date_of(at, clock.offset)) - clock.offset;
}

bool is_on_calendar(Instant at) { return base::kBeforeTime < at && at < base::kAfterTime; }

Instant add_months(Instant at, std::int64_t months, Rounding rounding, const Clock& clock) {
  const Instant midnight = local_midnight(at, clock);
  const Duration time_of_day = at - midnight;
  const Date date = base::date_of(at, clock.offset);
  const std::int64_t month_index = std::int64_t{date.year} * 12 + (date.month - 1) + months;
  if (month_index < 12) {
    return base::kBeforeTime;
  }
  if (month_index >= std::int64_t{10'000} * 12) {
    return base::kAfterTime;
  }
  Date target{static_cast<int>(month_index / 12), static_cast<int>(month_index % 12) + 1, date.day};
  bool is_shortened = false;
  while (!base::is_valid(target)) {
    --target.day;
    is_shortened = true;
  }
  Instant result = base::start_of(target) - clock.offset + time_of_day;
  if (is_shortened && rounding == Rounding::Up) {
    result = result + base::kDay;
  }
  return result;
}

Instant add_calendar_days(Instant at, std::int64_t days, const Clock& clock) {
  const Instant midnight = local_midnight(at, clock);
  const bool counts_from_next_day = days > 0 && at != midnight;
  return shifted(midnight, days + (counts_from_next_day ? 1 : 0), base::kDay.seconds);
}

void append_count(std::vector<std::string>& words, std::int64_t count, const char* unit) {
  if (count != 0) {
    words.push_back(std::to_string(count) + " " + unit + (count == 1 ? "" : "s"));
  }
}

}  // namespace

Instant add(Instant at, const Period& period, std::int64_t count, DayRule rule,
            const Clock& clock) {
  Instant result = at;
  if (period.months != 0 && count != 0 && is_on_calendar(result)) {
    std::int64_t months = 0;
    if (__builtin_mul_overflow(count, period.months, &months) || std::abs(months) > 240'000) {
      return (count < 0) == (period.months < 0) ? base::kAfterTime : base::kBeforeTime;
    }
    result = add_months(result, months, period.rounding, clock);
  }
  if (period.days != 0 && count != 0 && is_on_calendar(result)) {
    std::int64_t days = 0;
    if (__builtin_mul_overflow(count, period.days, &days) || std::abs(days) > 8'000'000) {
      return (count < 0) == (period.days < 0) ? base::kAfterTime : base::kBeforeTime;
    }
    result = rule == DayRule::Calendar ? add_calendar_days(result, days, clock)
                                       : shifted(result, days, base::kDay.seconds);
  }
  return shifted(result, count, period.seconds);
}

base::Duration approximate(const Period& period) {
  return Duration{period.seconds} + period.days * base::kDay + (30 * period.months) * base::kDay;
}

std::string to_words(const Period& period) {
  std::vector<std::string> words;
  append_count(words, period.months, "month");
  append_count(words, period.days, "day");
  append_count(words, period.seconds / 3600, "hour");
  append_count(words, period.seconds % 3600 / 60, "minute");
  append_count(words, period.seconds % 60, "second");
  if (words.empty()) {
    return "0 seconds";
  }
  std::string text = words[0];
  for (std::size_t i = 1; i < words.size(); ++i) {
    text += " " + words[i];
  }
  if (period.rounding != Rounding::None && period.months != 0) {
    text += period.rounding == Rounding::Up ? " rounded up" : " rounded down";
  }
  return text;
}

}  // namespace truce::agreement
