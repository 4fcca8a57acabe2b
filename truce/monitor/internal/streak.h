// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "truce/agreement/calendar.h"
#include "truce/facts/fact.h"
#include "truce/monitor/internal/timeline.h"

namespace truce::monitor::internal {

/// An act that denies what a streak asks for.
struct Interruption {
  base::TimeRange when;
  bool is_certain = false;
  facts::FactId fact;
};

/// How a period is added to an instant: by which day rule and on which clock.
struct Adding {
  agreement::DayRule rule = agreement::DayRule::TwentyFourHours;
  agreement::Clock clock;

  [[nodiscard]] base::Instant after(base::Instant at, const agreement::Period& period,
                                    std::int64_t count = 1) const;
};

/// When the first stretch of `period` without interruption ends: least and greatest over every
/// choice of an instant for each interruption, and of which uncertain ones happened.
/// O(n log n). Method: docs/methods/monitor.md, "Streaks".
MomentRange streak_end(MomentRange start, const agreement::Period& period, const Adding& adding,
                       std::vector<Interruption> interruptions);

}  // namespace truce::monitor::internal
