// SPDX-License-Identifier: Apache-2.0
#include "truce/monitor/internal/streak.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <queue>

namespace truce::monitor::internal {

base::Instant Adding::after(base::Instant at, const agreement::Period& period,
                            std::int64_t count) const {
  if (at >= base::kAfterTime) {
    return base::kAfterTime;
  }
  if (at <= base::kBeforeTime) {
    return base::kBeforeTime;
  }
  return std::min(agreement::add(at, period, count, rule, clock), base::kAfterTime);
}

namespace {

// A certain interruption that cannot be placed outside the stretch moves its start to its own first
// instant, the least start that leaves it outside.
base::Instant least_end(base::Instant start, const agreement::Period& period, const Adding& adding,
                        const std::vector<Interruption>& sorted) {
  base::Instant end = adding.after(start, period);
  for (const Interruption& interruption : sorted) {
    if (interruption.when.from >= end) {
      break;
    }
    if (interruption.is_certain && start < interruption.when.from &&
        facts::last_of(interruption.when) < end) {
      start = interruption.when.from;
      end = adding.after(start, period);
    }
  }
  return end;
}

// Each interruption is placed as late as the running stretch allows, the one that expires first
// before the others: none is wasted that could carry the clock further.
base::Instant greatest_end(base::Instant start, const agreement::Period& period,
                           const Adding& adding, const std::vector<Interruption>& sorted) {
  std::priority_queue<base::Instant, std::vector<base::Instant>, std::greater<>> open;
  base::Instant end = adding.after(start, period);
  std::size_t next = 0;
  while (true) {
    for (; next < sorted.size() && sorted[next].when.from < end; ++next) {
      open.push(facts::last_of(sorted[next].when));
    }
    while (!open.empty() && open.top() <= start) {
      open.pop();
    }
    if (open.empty()) {
      return end;
    }
    start = std::min(open.top(), end - base::Duration{1});
    open.pop();
    end = adding.after(start, period);
  }
}

}  // namespace

MomentRange streak_end(MomentRange start, const agreement::Period& period, const Adding& adding,
                       std::vector<Interruption> interruptions) {
  std::sort(interruptions.begin(), interruptions.end(),
            [](const Interruption& a, const Interruption& b) {
              return a.when.from != b.when.from ? a.when.from < b.when.from
                                                : facts::last_of(a.when) < facts::last_of(b.when);
            });
  return {least_end(start.earliest, period, adding, interruptions),
          greatest_end(start.latest, period, adding, interruptions)};
}

Progress progress_of(MomentRange start, const agreement::Period& period, const Adding& adding,
                     const std::vector<Interruption>& interruptions) {
  std::vector<std::size_t> sorted(interruptions.size());
  std::iota(sorted.begin(), sorted.end(), std::size_t{0});
  std::sort(sorted.begin(), sorted.end(), [&](std::size_t a, std::size_t b) {
    return facts::last_of(interruptions[a].when) < facts::last_of(interruptions[b].when);
  });
  Progress progress{start.earliest, {}, {}};
  auto next = sorted.begin();
  while (true) {
    const base::Instant end = adding.after(progress.reached, period);
    std::optional<std::size_t> link;
    for (; next != sorted.end() && facts::last_of(interruptions[*next].when) < end; ++next) {
      const Interruption& one = interruptions[*next];
      if (one.is_certain && one.when.from > progress.reached &&
          (!link || one.when.from > interruptions[*link].when.from)) {
        link = *next;
      }
    }
    if (!link) {
      break;
    }
    progress.reached = interruptions[*link].when.from;
    progress.chain.push_back(*link);
  }
  for (const std::size_t one : sorted) {
    if (facts::last_of(interruptions[one].when) >= progress.reached) {
      progress.later.push_back(one);
    }
  }
  return progress;
}

MomentRange started_at(MomentRange start, base::Instant reached) {
  return {std::max(start.earliest, reached), std::max(start.latest, reached)};
}

}  // namespace truce::monitor::internal
