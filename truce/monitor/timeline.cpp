// SPDX-License-Identifier: Apache-2.0
#include "truce/monitor/internal/timeline.h"

#include <algorithm>
#include <utility>

#include "truce/base/check.h"

namespace truce::monitor::internal {

using facts::Truth;

void Tally::add(Truth truth) {
  has_no = has_no || truth == Truth::No;
  has_maybe = has_maybe || truth == Truth::Maybe;
  has_yes = has_yes || truth == Truth::Yes;
}

void Tally::add(const Tally& other) {
  has_no = has_no || other.has_no;
  has_maybe = has_maybe || other.has_maybe;
  has_yes = has_yes || other.has_yes;
}

Truth Tally::truth() const {
  TRUCE_CHECK(has_no || has_maybe || has_yes, "a fact has alternatives");
  if (!has_no && !has_maybe) {
    return Truth::Yes;
  }
  return has_maybe || has_yes ? Truth::Maybe : Truth::No;
}

Tally Tally::both(const Tally& one, const Tally& other) {
  const bool one_any = one.has_no || one.has_maybe || one.has_yes;
  const bool other_any = other.has_no || other.has_maybe || other.has_yes;
  Tally result;
  result.has_no = (one.has_no && other_any) || (other.has_no && one_any);
  result.has_yes = one.has_yes && other.has_yes;
  result.has_maybe =
      (one.has_maybe && (other.has_maybe || other.has_yes)) || (other.has_maybe && one.has_yes);
  return result;
}

Timeline::Timeline(Truth always) : steps_{{base::kBeforeTime, always}} {}

void Timeline::push(base::Instant from, Truth truth) {
  if (!steps_.empty() && steps_.back().from == from) {
    steps_.pop_back();
  }
  if (steps_.empty() || steps_.back().truth != truth) {
    steps_.push_back({from, truth});
  }
}

Timeline Timeline::since(MomentRange moment) {
  Timeline result(Truth::No);
  if (moment.earliest < moment.latest) {
    result.push(std::max(moment.earliest, base::kBeforeTime), Truth::Maybe);
  }
  if (moment.latest < base::kAfterTime) {
    result.push(std::max(moment.latest, base::kBeforeTime), Truth::Yes);
  }
  return result;
}

Timeline Timeline::before(MomentRange moment) { return !since(moment); }

Timeline Timeline::within(base::Instant from, base::Instant to, Truth truth) {
  Timeline result(Truth::No);
  if (from < to) {
    result.push(std::max(from, base::kBeforeTime), truth);
    if (to < base::kAfterTime) {
      result.push(to, Truth::No);
    }
  }
  return result;
}

Timeline Timeline::of_steps(const std::vector<Step>& steps) {
  Timeline result(steps.front().truth);
  for (const Step& step : steps) {
    result.push(step.from, step.truth);
  }
  return result;
}

Truth Timeline::at(base::Instant instant) const {
  const auto after =
      std::upper_bound(steps_.begin() + 1, steps_.end(), instant,
                       [](base::Instant left, const Step& step) { return left < step.from; });
  return std::prev(after)->truth;
}

Tally Timeline::over(base::TimeRange range) const {
  const base::Instant last = facts::last_of(range);
  auto step = std::prev(
      std::upper_bound(steps_.begin() + 1, steps_.end(), range.from,
                       [](base::Instant left, const Step& right) { return left < right.from; }));
  Tally tally;
  tally.add(step->truth);
  for (++step; step != steps_.end() && step->from <= last; ++step) {
    tally.add(step->truth);
  }
  return tally;
}

bool Timeline::is_always(Truth truth) const {
  return steps_.size() == 1 && steps_.front().truth == truth;
}

template <typename Join>
Timeline Timeline::joined(const Timeline& a, const Timeline& b, Join join) {
  Timeline result(join(a.steps_.front().truth, b.steps_.front().truth));
  std::size_t of_a = 0;
  std::size_t of_b = 0;
  while (of_a + 1 < a.steps_.size() || of_b + 1 < b.steps_.size()) {
    const base::Instant next_a =
        of_a + 1 < a.steps_.size() ? a.steps_[of_a + 1].from : base::kAfterTime;
    const base::Instant next_b =
        of_b + 1 < b.steps_.size() ? b.steps_[of_b + 1].from : base::kAfterTime;
    of_a += next_a <= next_b && of_a + 1 < a.steps_.size() ? 1 : 0;
    of_b += next_b <= next_a && of_b + 1 < b.steps_.size() ? 1 : 0;
    result.push(std::min(next_a, next_b), join(a.steps_[of_a].truth, b.steps_[of_b].truth));
  }
  return result;
}

Timeline operator&&(const Timeline& a, const Timeline& b) {
  return Timeline::joined(a, b, [](Truth x, Truth y) { return x && y; });
}

Timeline operator||(const Timeline& a, const Timeline& b) {
  return Timeline::joined(a, b, [](Truth x, Truth y) { return x || y; });
}

Timeline operator!(const Timeline& a) {
  Timeline result = a;
  for (Timeline::Step& step : result.steps_) {
    step.truth = !step.truth;
  }
  return result;
}

Timeline Timeline::any_of(std::vector<Timeline> parts) {
  if (parts.empty()) {
    return Timeline(Truth::No);
  }
  // Joining in pairs keeps the work at n log n, where one after the other would be n squared.
  for (std::size_t width = 1; width < parts.size(); width *= 2) {
    for (std::size_t i = 0; i + width < parts.size(); i += 2 * width) {
      parts[i] = parts[i] || parts[i + width];
    }
  }
  return std::move(parts.front());
}

}  // namespace truce::monitor::internal
