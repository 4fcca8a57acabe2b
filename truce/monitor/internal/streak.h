// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
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

/// How far a streak's clock has surely come, and the interruptions on which that rests.
struct Progress {
  // No stretch ends before, and the clock stands here once the chain is over; the earliest start
  // while the chain is empty.
  base::Instant reached;
  // Certain ones, each so soon after the one before, the first after the start, that no stretch
  // ends in between: by their place in what was given, as few as can be.
  std::vector<std::size_t> chain;
  // Those that may have happened then or later.
  std::vector<std::size_t> later;
};

/// With `later` alone, and none but the latest start moved to `reached`, streak_end() is what it is
/// with all; and stays so while the chain stands, whatever else comes, goes or changes before.
/// O(n log n).
Progress progress_of(MomentRange start, const agreement::Period& period, const Adding& adding,
                     const std::vector<Interruption>& interruptions);
/// The start of a streak whose clock has come so far.
MomentRange started_at(MomentRange start, base::Instant reached);

}  // namespace truce::monitor::internal
