// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "truce/facts/verdict.h"
#include "truce/monitor/internal/acts.h"
#include "truce/monitor/internal/clocks.h"
#include "truce/monitor/internal/force.h"
#include "truce/monitor/internal/questions.h"
#include "truce/monitor/internal/record.h"

namespace truce::monitor::internal {

class Worlds;

/// Judges every incident by every prohibition.
class Prohibitions {
 public:
  /// What the clauses say of each other, whatever was reported.
  struct Relations {
    // For each prohibition, what may exclude its breach.
    std::vector<std::vector<agreement::ClauseId>> excluding;
    // For each clause, whether it has conditions or exceptions in situations.
    std::vector<bool> is_conditional;
  };
  using Windows = std::map<std::pair<agreement::ClauseId, facts::AccountId>, Timeline>;

  /// A local truce that prevails over a clause, and whether the act lies in its area.
  struct Displaced {
    std::uint32_t local = 0;
    facts::Truth where = facts::Truth::No;
  };
  /// A permission that covers the act, whenever the permission runs.
  struct Permitted {
    agreement::ClauseId clause;
    facts::Truth truth = facts::Truth::No;
    std::vector<Displaced> displaced;
  };
  /// One target and weapon of one alternative: what does not change with time.
  struct Strand {
    facts::Truth is_act = facts::Truth::No;
    facts::Value target;
    std::vector<Permitted> permitted;
    std::vector<Displaced> displaced;
  };
  /// One alternative of what was done; a breach if it is one in any of its strands.
  using Way = std::vector<Strand>;
  /// What a clause says to all facts of one signature in one epoch.
  struct Reach {
    std::vector<Way> ways;
    // No permission and no condition can matter: `constants` says it all.
    bool is_simple = true;
    Tally constants;
  };
  /// By the place of the answer in the record. What was found stays where it is.
  using Reaches = std::map<std::pair<agreement::ClauseId, agreement::ActorId>,
                           std::deque<std::optional<Reach>>>;

  /// `relations` and `reaches`: what is known of the agreement already.
  Prohibitions(const Record& record, const Acts& acts, Clocks& clocks, Force& force,
               Questions& questions, Worlds& worlds,
               std::shared_ptr<const Relations> relations = nullptr,
               std::shared_ptr<Reaches> reaches = nullptr);

  [[nodiscard]] const std::shared_ptr<const Relations>& relations() const { return relations_; }
  [[nodiscard]] const std::shared_ptr<Reaches>& reaches() const { return reaches_; }
  /// Takes windows from there and puts them there: they must be those that this record gives.
  void share_windows(std::shared_ptr<Windows> windows) { windows_ = std::move(windows); }
  /// Judges these incidents only, by position; counts are then not those of the record.
  void limit_to(std::vector<bool> incidents) { judged_ = std::move(incidents); }

  /// Adds the verdicts that are not kept to `into`, and counts all.
  void judge(agreement::ClauseId clause, facts::Verdicts& into);
  /// Adds the points of a `report when`.
  void watch(agreement::ClauseId clause, facts::Verdicts& into);
  /// Whether the fact is a breach of the clause by the bearer.
  facts::Truth breach(agreement::ClauseId clause, agreement::ActorId bearer, facts::FactId fact);
  /// Whether the fact is a breach by any of those bound, whichever it was.
  facts::Truth breach_by_any(agreement::ClauseId clause, facts::FactId fact);
  /// What the account's reports of the incident say: a breach by one of the bearers, or a point of
  /// a `report when`. Joined; not settled by worlds.
  facts::Truth said_of(agreement::ClauseId clause, const std::vector<agreement::ActorId>& bearers,
                       facts::IncidentId incident, facts::AccountId account);
  /// What all accounts of the incident give together.
  facts::Outcome outcome_of(agreement::ClauseId clause, agreement::ActorId bearer,
                            facts::IncidentId incident);
  /// When the clause is in force.
  Timeline window(agreement::ClauseId clause, facts::AccountId account);
  /// When it is in force and binds the bearer.
  Timeline window(agreement::ClauseId clause, agreement::ActorId bearer, facts::AccountId account);
  /// When its conditions hold and no `except in` lifts it, for one target of the fact. Right at the
  /// instants of the fact only.
  Timeline conditions(const agreement::Clause& clause, agreement::ActorId bearer,
                      facts::FactId fact, const facts::Value& target);

  const Reach& reach(agreement::ClauseId clause, agreement::ActorId bearer, facts::FactId fact,
                     std::size_t epoch);

  /// What the clause and its permissions say of one target and weapon.
  Strand strand(agreement::ClauseId clause, agreement::ActorId bearer, const Scene& single);

  /// When the clause gives way to one of the local truces.
  Timeline displacement(const std::vector<Displaced>& displaced, facts::AccountId account);

 private:
  // Whether the fact is an act at which what the clause looks for holds.
  facts::Truth point(agreement::ClauseId clause, facts::FactId fact);
  std::vector<Displaced> displaced_by(agreement::ClauseId clause, const Scene& single) const;
  Timeline breach_at(agreement::ClauseId clause, agreement::ActorId bearer, const Way& way,
                     facts::FactId fact);
  // Over all alternatives but those of who did it.
  Tally breaches(agreement::ClauseId clause, agreement::ActorId bearer, facts::FactId fact);
  // Over all alternatives, whoever of the bearers did it.
  Tally breaches_by_any(agreement::ClauseId clause, facts::FactId fact);
  Tally breaches_by(agreement::ClauseId clause, const std::vector<agreement::ActorId>& bearers,
                    facts::FactId fact);
  [[nodiscard]] bool is_judged(facts::FactId fact) const {
    return !judged_ || (*judged_)[record_.fact(fact).incident.index];
  }
  // Facts that are no institutional acts and may be what the clause speaks of.
  const std::vector<facts::FactId>& candidates(agreement::ClauseId clause);
  // Incidents with at least one fact that is no institutional act.
  std::uint64_t incidents_judged();
  facts::Verdict verdict(agreement::ClauseId clause, agreement::ActorId bearer,
                         facts::IncidentId incident,
                         std::vector<std::pair<facts::AccountId, facts::Truth>> by_account);
  // What the account says once its worlds are asked where the joined answer is maybe.
  facts::Truth settled(facts::Truth joined, agreement::ClauseId clause,
                       const std::vector<agreement::ActorId>& bearers, facts::IncidentId incident,
                       facts::AccountId account);
  // Whether single reports already differ: some alternative is a breach, and in each report one is
  // none.
  bool is_open_both_ways(agreement::ClauseId clause, const std::vector<agreement::ActorId>& bearers,
                         facts::IncidentId incident, facts::AccountId account);
  bool is_broken_by_one_of(agreement::ClauseId clause, facts::IncidentId incident);

  const Record& record_;
  const Acts& acts_;
  Clocks& clocks_;
  Force& force_;
  Questions& questions_;
  Worlds& worlds_;
  // Made when first asked for: those with any verb, and by each verb they may be or imply.
  std::optional<std::vector<facts::FactId>> with_verbs_;
  std::vector<std::optional<std::vector<facts::FactId>>> by_verb_;
  std::optional<std::uint64_t> incidents_judged_;
  std::shared_ptr<const Relations> relations_;
  std::shared_ptr<Windows> windows_;
  // By incident, where not all are judged.
  std::optional<std::vector<bool>> judged_;
  std::shared_ptr<Reaches> reaches_;
};

}  // namespace truce::monitor::internal
