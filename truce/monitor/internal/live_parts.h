// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/facts/live_evidence.h"
#include "truce/monitor/internal/duties.h"
#include "truce/monitor/internal/engine.h"
#include "truce/monitor/internal/fact_index.h"
#include "truce/monitor/internal/footprint.h"

namespace truce::monitor::internal {

/// Some clauses that are to be judged anew, and the part of the record that is enough for it.
struct Rejudgement {
  std::vector<agreement::ClauseId> clauses;
  // Whose verdicts may be others now; empty: all of the clauses'.
  std::optional<std::set<std::string>> incidents;
  // The part of the record.
  std::set<std::string> needed;
  // When the clauses are in force depends on institutional acts alone.
  bool has_fixed_windows = false;
};

/// Finds what a change of the record can touch, for an agreement without brackets.
class LiveParts {
 public:
  LiveParts(const agreement::Agreement& agreement, const facts::LiveEvidence& evidence);

  /// Puts the facts of a change in and out.
  void take(const facts::EvidenceChange& change);
  /// All facts are others, or have other accounts.
  void rebuild(const facts::Evidence& whole);
  /// When the verdicts of these duties may change because time passes.
  void note_times(Engine& engine, const std::vector<agreement::ClauseId>& judged,
                  const Engine::Result& result, base::Instant present);

  /// What is to be judged anew when the present moves from `before` to `present`; empty: all of
  /// the record by all clauses.
  std::optional<std::vector<Rejudgement>> touched(const std::vector<facts::EvidenceChange>& changes,
                                                  base::Instant before, base::Instant present);

 private:
  // Clauses that need the same of the record.
  struct Part {
    Footprint needs;
    std::vector<agreement::ClauseId> clauses;
    // By all of them.
    VerbSet acts;
    bool is_restless = false;
  };
  // A fact that came or went.
  struct Moved {
    const facts::Fact* fact = nullptr;
    VerbSet verbs;
  };

  [[nodiscard]] bool concerns_all(const std::vector<facts::EvidenceChange>& changes) const;
  bool are_decisions_same(base::Instant present);
  void touch_prohibitions(const Part& part, const std::vector<facts::EvidenceChange>& changes,
                          const std::vector<Moved>& moved, bool has_time_passed,
                          std::vector<Rejudgement>& into) const;
  void touch_duties(const std::vector<Moved>& moved, base::Instant before, base::Instant present,
                    std::vector<Rejudgement>& into) const;
  void add_context(const Part& part, const std::set<std::string>& incidents,
                   std::set<std::string>& into) const;

  const agreement::Agreement& agreement_;
  const facts::LiveEvidence& evidence_;
  Footprints footprints_;
  FactIndex index_;
  std::vector<Part> prohibitions_;
  std::vector<Part> duties_;
  // By duty: the instants at which its verdicts may change.
  std::map<agreement::ClauseId, std::set<base::Instant>> times_;
  bool has_deciding_bodies_ = false;
  // What bodies had decided when all was judged.
  std::vector<InstitutionalRecord> decisions_;
};

}  // namespace truce::monitor::internal
