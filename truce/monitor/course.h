// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/facts/fact.h"
#include "truce/facts/verdict.h"
#include "truce/monitor/replay.h"

namespace truce::monitor {

/// How the streaks of an agreement run and when its clauses were in force.
struct Course {
  std::vector<StreakClock> clocks;
  std::vector<ForceHistory> force;
};

/// As in Replay, without judging anything: of a text with disputed words, in the reading of its
/// first proposer.
Course course_of(const agreement::Agreement& agreement, const facts::Evidence& evidence);

/// A verdict and what it rests on.
struct ExplainedVerdict {
  facts::Verdict verdict;
  Explanation explanation;
  // The proposers in whose readings of a disputed text it is so; empty: in every reading.
  std::vector<agreement::ActorId> readings = {};
};

/// The verdicts of prohibitions on one incident, with what would change them; clauses that are not
/// shown are left out. Where readings of a disputed text differ, a verdict for each. Empty for an
/// incident nobody reported.
std::vector<ExplainedVerdict> explain_incident(const agreement::Agreement& agreement,
                                               const facts::Evidence& evidence,
                                               const std::string& incident);

}  // namespace truce::monitor
