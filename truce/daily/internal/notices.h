// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "truce/daily/daily.h"

namespace truce::daily::internal {

/// Who bears the clause of a verdict.
Side side_of(const agreement::Agreement& agreement, const facts::Verdict& verdict);

/// The acts of the period that moved a clause, or failed to, in order of clause.
std::vector<ForceNotice> force_notices(const Input& input, base::TimeRange period);

/// What became known in the period of the time before it, and which verdicts on that time differ.
std::vector<Notice> notices_of(const Input& input, base::TimeRange period);

}  // namespace truce::daily::internal
