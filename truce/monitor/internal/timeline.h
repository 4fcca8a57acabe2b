// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "truce/base/time.h"
#include "truce/facts/fact.h"
#include "truce/facts/match.h"

namespace truce::monitor::internal {

/// A moment known only as a range: some instant of [earliest, latest].
struct MomentRange {
  base::Instant earliest;
  base::Instant latest;

  [[nodiscard]] bool is_exact() const { return earliest == latest; }
  friend auto operator<=>(const MomentRange&, const MomentRange&) = default;
};

constexpr MomentRange kNever{base::kAfterTime, base::kAfterTime};
constexpr MomentRange kAlways{base::kBeforeTime, base::kBeforeTime};
/// Some moment, nobody knows which.
constexpr MomentRange kWhenever{base::kBeforeTime, base::kAfterTime};

/// Whether what ends at `end`, if it ends, has ended at or before `due`.
constexpr facts::Truth ends_by(MomentRange end, MomentRange due) {
  if (end.earliest >= base::kAfterTime || end.earliest > due.latest) {
    return facts::Truth::No;
  }
  return end.latest <= due.earliest ? facts::Truth::Yes : facts::Truth::Maybe;
}

/// Which truths occur among the alternatives of a fact.
struct Tally {
  bool has_no = false;
  bool has_maybe = false;
  bool has_yes = false;

  void add(facts::Truth truth);
  void add(const Tally& other);
  /// Yes if only yes occurs, No if only no does, otherwise Maybe. Must not be empty.
  [[nodiscard]] facts::Truth truth() const;
  /// The truths of `a && b` over every pair.
  static Tally both(const Tally& one, const Tally& other);
};

/// A truth that changes with time: constant between steps. Immutable after construction.
class Timeline {
 public:
  /// The same truth always.
  explicit Timeline(facts::Truth always);
  /// No before the moment, Yes from it on, Maybe while it may or may not have come.
  static Timeline since(MomentRange moment);
  /// Yes before the moment, No from it on.
  static Timeline before(MomentRange moment);
  /// `truth` in [from, to), No outside.
  static Timeline within(base::Instant from, base::Instant to, facts::Truth truth);

  /// O(log steps).
  [[nodiscard]] facts::Truth at(base::Instant instant) const;
  /// Which truths it takes at the instants a range stands for. O(log steps + steps inside).
  [[nodiscard]] Tally over(base::TimeRange range) const;
  [[nodiscard]] bool is_always(facts::Truth truth) const;

  friend Timeline operator&&(const Timeline& a, const Timeline& b);
  friend Timeline operator||(const Timeline& a, const Timeline& b);
  friend Timeline operator!(const Timeline& a);

  /// The disjunction of many, in O(n log n) for n short ones.
  static Timeline any_of(std::vector<Timeline> parts);

  struct Step {
    base::Instant from;
    facts::Truth truth = facts::Truth::No;

    friend bool operator==(const Step&, const Step&) = default;
  };
  [[nodiscard]] const std::vector<Step>& steps() const { return steps_; }
  /// Each truth from its step on, the first also before it. `steps`: in order of time, not empty.
  static Timeline of_steps(const std::vector<Step>& steps);

 private:
  template <typename Join>
  static Timeline joined(const Timeline& a, const Timeline& b, Join join);
  void push(base::Instant from, facts::Truth truth);

  // Invariant: never empty, in order of time, the first from kBeforeTime, neighbours differ.
  std::vector<Step> steps_;
};

}  // namespace truce::monitor::internal
