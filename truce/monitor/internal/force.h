// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "truce/monitor/internal/activations.h"
#include "truce/monitor/internal/clocks.h"
#include "truce/monitor/internal/questions.h"
#include "truce/monitor/internal/record.h"
#include "truce/monitor/internal/timeline.h"
#include "truce/monitor/replay.h"

namespace truce::monitor::internal {

/// When a clause is in force as one account sees it.
struct InForce {
  // Suspensions included.
  Timeline timeline;
  MomentRange from;
  MomentRange until;
  // Every institutional act that spoke of the clause, in the order applied.
  std::vector<ForceHistory::Change> changes;
  // The end that the text states, before any renewal or termination.
  MomentRange stated_end = {};
};

/// Windows of clauses: renewed, suspended and ended by those whom the text names.
class Force {
 public:
  Force(const Record& record, Clocks& clocks, Activations& activations, Questions& questions);

  InForce in_force(agreement::ClauseId clause, facts::AccountId account);
  /// When a clause that amends takes the place of those it amends.
  MomentRange amendment(agreement::ClauseId clause, facts::AccountId account);
  /// Before this the clause is nobody's: its agreement's entry into force, its own amendment.
  MomentRange begins(agreement::ClauseId clause, facts::AccountId account);
  /// When another clause takes the place of this one.
  MomentRange replaced(agreement::ClauseId clause, facts::AccountId account);
  /// When a duty of these bearers ends: with its clause, or by release.
  MomentRange ended(agreement::ClauseId clause, const std::vector<agreement::ActorId>& bearers,
                    facts::AccountId account);
  /// The moment, or the end of the suspension of the clause in which it falls.
  MomentRange unsuspended(agreement::ClauseId clause, MomentRange moment, facts::AccountId account);
  /// As the text and the institutional acts alone have it.
  ForceHistory history(agreement::ClauseId clause);

 private:
  // What lets an `extend` move the end: `renewable`, or a power.
  struct Renewer {
    agreement::Period period;
    std::optional<std::int64_t> at_most;
    std::optional<agreement::ClauseId> power;
    const agreement::Renewable* renewable = nullptr;
    std::int64_t used = 0;
  };

  std::vector<Renewer> renewers(agreement::ClauseId clause) const;
  // Whether the act was made by a holder of the power while the power was in force.
  facts::Truth is_empowered(const InstitutionalRecord& act, agreement::ClauseId power,
                            agreement::PowerVerb verb, agreement::ClauseId clause,
                            facts::AccountId account);
  facts::Truth is_by_holder(const InstitutionalRecord& act, agreement::ClauseId power,
                            agreement::PowerVerb verb, agreement::ClauseId clause,
                            facts::AccountId account);
  MomentRange stated_start(agreement::ClauseId clause, facts::AccountId account);
  MomentRange stated_end(const agreement::Clause& clause, MomentRange start,
                         facts::AccountId account);
  InForce work_out(agreement::ClauseId clause, facts::AccountId account);
  void extend(const InstitutionalRecord& act, agreement::ClauseId clause, facts::AccountId account,
              MomentRange terminated, std::vector<Renewer>& rules, InForce& window);
  void terminate(const InstitutionalRecord& act, agreement::ClauseId clause,
                 facts::AccountId account, MomentRange& terminated, InForce& window);
  Timeline suspended(agreement::ClauseId clause, facts::AccountId account, InForce& window);

  const Record& record_;
  Clocks& clocks_;
  Activations& activations_;
  Questions& questions_;
  std::vector<agreement::ClauseId> powers_;
  // Clauses that amend others.
  std::vector<agreement::ClauseId> amending_;
  std::map<std::pair<agreement::ClauseId, facts::AccountId>, InForce> known_;
  // Of duties.
  std::map<std::pair<agreement::ClauseId, facts::AccountId>, Timeline> known_suspensions_;
};

}  // namespace truce::monitor::internal
