// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "truce/base/time.h"

namespace truce::agreement {

/// What a day is in this agreement.
enum class DayRule : std::uint8_t { TwentyFourHours, Calendar };

/// What to do where the day of the month does not exist.
enum class Rounding : std::uint8_t { None, Up, Down };

/// A duration as it is written: days and months are not turned into seconds until they are added
/// to a moment on the agreement's clock.
struct Period {
  std::int64_t seconds = 0;
  std::int64_t days = 0;
  std::int64_t months = 0;
  Rounding rounding = Rounding::None;

  friend auto operator<=>(const Period&, const Period&) = default;
};

/// The agreement's declared clock: a fixed distance from UTC.
struct Clock {
  std::string name;
  base::Duration offset;
};

/// `count` times `period` after `at` (before it when negative). Hours and days of 24 hours are
/// exact; calendar days run to the midnight that ends the last of them, counted from the day after
/// `at`, or from `at` itself when it is a midnight; months keep the day, rounded where it is not.
base::Instant add(base::Instant at, const Period& period, std::int64_t count, DayRule rule,
                  const Clock& clock);

/// The whole period in seconds with days of 24 hours and months of 30 days: only for comparing.
base::Duration approximate(const Period& period);

/// For sentences: `48 hours`, `10 days`, `1 month`.
std::string to_words(const Period& period);

}  // namespace truce::agreement
