// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/monitor/internal/acts.h"
#include "truce/monitor/internal/record.h"

namespace truce::monitor::internal {

/// Which reports beside its own an answer about a clause can depend on: found from the words of the
/// clause and of all that it leads to. Never too few.
class Cone {
 public:
  explicit Cone(const agreement::Agreement& agreement) : agreement_(agreement) {}

  /// Of a prohibition or a `report when`: what it looks at lies around the act in question.
  void look_around(agreement::ClauseId clause);
  /// Of a duty or phases: every report of such an act, whenever it was.
  void look_at_all(agreement::ClauseId clause);

  /// Whether the fact of the account in question may matter where the act in question was done in
  /// `when`.
  [[nodiscard]] bool holds(const Acts& acts, const facts::Fact& fact, base::TimeRange when) const;

 private:
  // How long before the act in question something still matters; empty: always.
  using Back = std::optional<base::Duration>;

  void add(const agreement::Act& act, Back back);
  void visit_force(agreement::ClauseId clause);
  void visit_conditions(const agreement::Clause& clause, Back back);
  void visit_clause(agreement::ClauseId clause);
  void visit(const agreement::Upon& upon);
  void visit(agreement::SituationId situation, Back back);
  void visit(const agreement::Occurrence& occurrence, Back back);
  void visit(const agreement::MomentExpression& expression);
  void visit(const std::optional<agreement::MomentExpression>& expression);
  void visit(const agreement::Deadline& deadline);
  void visit(agreement::MomentId moment);
  void visit(const agreement::Streak& streak);
  void visit_holdings(const std::vector<agreement::Condition>& holdings, Back back);

  const agreement::Agreement& agreement_;
  // By verb: how far back; no verb: any act.
  std::vector<std::pair<const agreement::Act*, Back>> looked_for_;
  std::set<agreement::ClauseId> clauses_;
  std::set<agreement::ClauseId> forces_;
  std::set<std::pair<agreement::SituationId, Back>> situations_;
  std::set<agreement::MomentId> moments_;
  bool has_attacks_ = false;
  Back attacks_back_ = base::Duration{0};
};

}  // namespace truce::monitor::internal
