// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "truce/facts/verdict.h"
#include "truce/facts/worlds.h"
#include "truce/monitor/internal/acts.h"
#include "truce/monitor/internal/duties.h"
#include "truce/monitor/internal/prohibitions.h"
#include "truce/monitor/internal/record.h"
#include "truce/monitor/internal/shared.h"

namespace truce::monitor::internal {

class Engine;

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

/// What a search through the worlds of an account gave.
struct Searched {
  enum class End : std::uint8_t {
    Agreed,   // broken in all worlds, or kept in all
    Differs,  // worlds that differ were found
    Open,     // a world leaves it open: something in it cannot be told apart
    TooMany,  // more worlds than are tried
  };
  End end = End::Open;
  facts::Opinion opinion = facts::Opinion::Unknown;
  // What had to be told apart on the way, in order of report.
  std::vector<std::pair<facts::FactId, facts::Doubt>> doubts;
  // How often a part of the worlds was judged.
  std::size_t judged = 0;
};

/// Settles what the joined tests leave unknown, by the worlds of an account: docs/language/
/// meaning.md, "Worlds". The reports an answer can depend on are narrowed, one doubt after the
/// other, only as far as the answer stays open. Method: docs/methods/monitor.md.
class Worlds {
 public:
  Worlds(const Record& record, const Acts& acts, bool are_tried);

  /// Whether the account says that the clause was broken in the incident by one of the bearers;
  /// with `is_point` whether it is a point of a `report when`.
  const Searched& of_incident(agreement::ClauseId clause,
                              const std::vector<agreement::ActorId>& bearers,
                              facts::IncidentId incident, facts::AccountId account);
  const Searched& of_duty(const Instance& instance, facts::AccountId account);
  const Searched& of_phases(const Instance& side_of, std::size_t side, facts::AccountId account);
  /// What was found of an incident, an activation and, of a duty that recurs, a period; null where
  /// nothing was searched.
  [[nodiscard]] const Searched* found(agreement::ClauseId clause,
                                      const std::vector<agreement::ActorId>& bearers,
                                      std::optional<std::size_t> which, facts::AccountId account,
                                      std::optional<std::uint32_t> period = {}) const;

  [[nodiscard]] bool are_tried() const { return are_tried_; }
  /// What engines on a part of the worlds need not find again.
  void share(Shared shared);
  [[nodiscard]] const Shared& shared() const { return shared_; }
  /// The sets of places in which the disc of a report may lie; one where it cannot be told apart.
  const std::vector<std::vector<facts::Located>>& places_of(facts::FactId fact);

 private:
  using Key =
      std::tuple<agreement::ClauseId, std::vector<agreement::ActorId>, std::optional<std::size_t>,
                 facts::AccountId, std::optional<std::uint32_t>>;
  using Judge = std::function<std::optional<facts::Opinion>(Engine& engine)>;

  Searched search(const Cone& cone, std::optional<facts::IncidentId> about,
                  facts::AccountId account, bool with_institutional, const Judge& judge);

  const Record& record_;
  const Acts& acts_;
  bool are_tried_;
  Shared shared_;
  std::map<Key, Searched> known_;
};

/// The opinion that the truth of a breach stands for.
facts::Opinion opinion_of(facts::Truth breach);

}  // namespace truce::monitor::internal
