// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

#include "truce/base/time.h"
#include "truce/facts/match.h"

namespace truce::semantics::internal {

/// A moment that is known to lie in `earliest … latest`; kAfterTime: never.
struct MomentRange {
  base::Instant earliest = base::kAfterTime;
  base::Instant latest = base::kAfterTime;

  friend bool operator==(const MomentRange&, const MomentRange&) = default;
};

constexpr MomentRange kNever{};
constexpr MomentRange kBeginning{base::kBeforeTime, base::kBeforeTime};
/// Some moment, nobody knows which.
constexpr MomentRange kWhenever{base::kBeforeTime, base::kAfterTime};

inline MomentRange latest_of(MomentRange a, MomentRange b) {
  return {std::max(a.earliest, b.earliest), std::max(a.latest, b.latest)};
}

inline MomentRange earliest_of(MomentRange a, MomentRange b) {
  return {std::min(a.earliest, b.earliest), std::min(a.latest, b.latest)};
}

/// Whether `at` lies at or after the moment.
inline facts::Truth has_come(MomentRange moment, base::Instant at) {
  return at >= moment.latest    ? facts::Truth::Yes
         : at < moment.earliest ? facts::Truth::No
                                : facts::Truth::Maybe;
}

/// Whether `at` lies at or before the moment.
inline facts::Truth is_by(base::Instant at, MomentRange moment) {
  return at <= moment.earliest ? facts::Truth::Yes
         : at > moment.latest  ? facts::Truth::No
                               : facts::Truth::Maybe;
}

/// Whether what ends at `end`, if it ends, has ended at or before `due`.
inline facts::Truth ends_by(MomentRange end, MomentRange due) {
  return end.earliest >= base::kAfterTime || end.earliest > due.latest ? facts::Truth::No
         : end.latest <= due.earliest                                  ? facts::Truth::Yes
                                                                       : facts::Truth::Maybe;
}

/// The value of a test over alternatives: yes if yes in all, no if no in all, otherwise maybe.
class OverAlternatives {
 public:
  void add(facts::Truth truth) {
    is_all_yes_ = is_all_yes_ && truth == facts::Truth::Yes;
    is_all_no_ = is_all_no_ && truth == facts::Truth::No;
  }
  [[nodiscard]] facts::Truth truth() const {
    return is_all_no_ ? facts::Truth::No : is_all_yes_ ? facts::Truth::Yes : facts::Truth::Maybe;
  }
  /// No further alternative can change it.
  [[nodiscard]] bool is_settled() const { return !is_all_yes_ && !is_all_no_; }

 private:
  bool is_all_yes_ = true;
  bool is_all_no_ = true;
};

}  // namespace truce::semantics::internal
