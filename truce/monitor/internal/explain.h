// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "truce/monitor/changes.h"
#include "truce/monitor/internal/engine.h"
#include "truce/monitor/replay.h"

namespace truce::monitor::internal {

/// One test that a prohibition makes of a fact: what came out, and in words what the report says
/// of it or leaves open.
struct Aspect {
  enum class Of : std::uint8_t { Who, What, Where, When, Exception };
  Of of = Of::What;
  facts::Truth truth = facts::Truth::Yes;
  // Where it fails, a sentence without its end: `1.1 was not yet in force: it begins on …`.
  facts::Wording why_not;
  // Where it stays open: `the report says on 12 September 2016, and 1.1 begins on …`.
  facts::Wording open;
  // The words of the clause it rests on.
  base::Span span;
};

/// The smallest changes of fact that would change a verdict. Each is made on the reports that bear
/// on the verdict and judged before it is named.
class Changes {
 public:
  explicit Changes(Engine& engine) : engine_(engine) {}

  /// At most three, those of one fact before those of two; none where none of those tried would.
  std::vector<Change> of(const Judged& judged);

 private:
  // An instant at which something begins, or after which it is over.
  struct Threshold {
    base::Instant at;
    bool is_last = false;
  };

  // What may be tried, nearest first.
  std::vector<Change> candidates(const Judged& judged);
  void of_prohibition(const facts::Verdict& verdict, std::vector<Change>& into);
  void one_side_withdrawn(const facts::Verdict& verdict, const std::vector<facts::FactId>& reports,
                          std::vector<Change>& into);
  void of_duty(const DutyState& state, std::vector<Change>& into);
  // What a report may turn out to say.
  void narrower(facts::FactId fact, const agreement::Clause& clause, agreement::ActorId bearer,
                const std::vector<Threshold>& thresholds, std::vector<Change>& into);
  void who_it_was(facts::FactId fact, agreement::ActorId bearer, std::vector<Change>& into);
  void what_it_was(facts::FactId fact, const agreement::Clause& clause, agreement::ActorId bearer,
                   std::vector<Change>& into);
  void where_it_was(facts::FactId fact, std::vector<Change>& into);
  void when_it_was(facts::FactId fact, const std::vector<Threshold>& thresholds,
                   std::vector<Change>& into);
  // All reports of the incident by these accounts, at another time.
  void moved(const facts::Verdict& verdict, const std::vector<facts::AccountId>& accounts,
             std::vector<Change>& into);
  void other_reports(const facts::Verdict& verdict, std::vector<Change>& into);
  [[nodiscard]] Change withdrawal(const std::vector<facts::AccountId>& accounts,
                                  const std::vector<facts::FactId>& facts) const;
  [[nodiscard]] std::vector<facts::FactId> reports_of(facts::IncidentId incident,
                                                      facts::AccountId account) const;
  void performances(const DutyState& state, std::vector<Change>& into);
  void in_time(const DutyOpinion& opinion, std::vector<Change>& into);
  void silence(const DutyState& state, std::vector<Change>& into);
  void determination(const DutyState& state, std::vector<Change>& into);

  // Judging what was changed.
  struct Part {
    facts::Evidence evidence;
    // By report of the record: its place in the part, where it has one.
    std::vector<std::optional<facts::FactId>> place;
  };
  Part part_of(const Judged& judged);
  // Empty where nobody says that a prohibition was broken, or may have been.
  std::optional<facts::Outcome> outcome_with(const Judged& judged, const Part& part,
                                             const Change& change);
  std::optional<facts::Outcome> outcome_in(Engine& engine, const Judged& judged) const;
  static std::optional<Change> placed(const Change& change, const Part& part);

  [[nodiscard]] const agreement::Agreement& agreement() const {
    return engine_.record().agreement();
  }
  [[nodiscard]] const facts::Evidence& evidence() const { return engine_.record().evidence(); }
  [[nodiscard]] const facts::Fact& fact(facts::FactId id) const { return evidence().fact(id); }
  [[nodiscard]] const std::string& name_of(facts::AccountId account) const {
    return evidence().accounts[account.index].name;
  }

  Engine& engine_;
  // Verdicts on which very many reports bear, so far.
  std::size_t large_count_ = 0;
};

/// Tells in plain words what verdicts rest on.
class Explainer {
 public:
  /// Without `with_changes` it is not looked for what would change a verdict.
  explicit Explainer(Engine& engine, bool with_changes = true);

  Explanation explain(const Judged& judged);
  /// Incidents of harm that none of the verdicts speaks of.
  std::vector<UnderNoClause> under_no_clause(const std::vector<Judged>& judged);

 private:
  // explain_prohibition.cpp
  Explanation explain_prohibition(const facts::Verdict& verdict);
  [[nodiscard]] bool is_another_act(const agreement::Clause& clause, const facts::Fact& fact) const;
  AccountReason reason_of(const facts::Verdict& verdict, const facts::AccountOpinion& opinion);
  // The account's fact that gives its opinion.
  facts::FactId deciding_fact(const facts::Verdict& verdict, facts::AccountId account);
  facts::Wording told(facts::FactId fact) const;

  // aspects.cpp
  std::vector<Aspect> aspects(agreement::ClauseId clause, agreement::ActorId bearer,
                              facts::FactId fact);
  Aspect who(agreement::ClauseId clause, agreement::ActorId bearer, facts::FactId fact);
  // Whether the bearer had acceded by then, where it had to.
  Aspect bound(agreement::ClauseId clause, agreement::ActorId bearer, facts::FactId fact);
  Aspect what(agreement::ClauseId clause, agreement::ActorId bearer, facts::FactId fact);
  Aspect where(agreement::ClauseId clause, agreement::ActorId bearer, facts::FactId fact);
  Aspect when(agreement::ClauseId clause, facts::FactId fact);
  void add_exceptions(agreement::ClauseId clause, agreement::ActorId bearer, facts::FactId fact,
                      std::vector<Aspect>& into);
  Aspect response(agreement::ClauseId clause, agreement::ActorId bearer, facts::FactId fact,
                  const agreement::Particular& particular);
  Aspect condition(agreement::ClauseId clause, agreement::ActorId bearer, facts::FactId fact);
  // Whether a local truce prevails there.
  Aspect displaced(agreement::ClauseId clause, agreement::ActorId bearer, facts::FactId fact);
  Aspect permission(agreement::ClauseId clause, agreement::ActorId bearer, facts::FactId fact);

  // explain_prohibition.cpp, of worlds
  // Puts into the reason what a search through the worlds gave, if there was one.
  void tell_of_worlds(const agreement::Clause& clause, const Searched* found,
                      AccountReason& reason);
  facts::Wording which_place(const agreement::Clause& clause, facts::FactId fact);

  // explain_duty.cpp
  Explanation explain_duty(const Judged& judged);
  [[nodiscard]] facts::Wording how_late(const facts::Wording& account, const facts::Wording& deed,
                                        const DutyOpinion& opinion,
                                        const facts::Wording& due) const;
  AccountReason duty_reason(const DutyState& state, const DutyOpinion& opinion);
  AccountReason phase_reason(const DutyState& state, const PhaseOpinion& opinion);
  facts::Wording awaited(const DutyState& state);
  [[nodiscard]] facts::Wording period_words(const DutyState& state, const DutyTimes& times) const;
  [[nodiscard]] facts::Wording period_reason(const DutyState& state,
                                             const DutyOpinion& opinion) const;
  [[nodiscard]] facts::Wording unowed_words(const DutyState& state) const;
  [[nodiscard]] facts::Wording ended_words(const DutyState& state) const;
  [[nodiscard]] facts::Wording waiting_words(const DutyState& state,
                                             const facts::Wording& bearers) const;
  [[nodiscard]] facts::Wording not_bound_words(const DutyState& state,
                                               const facts::Wording& bearers) const;
  // What is still to be done, and until when.
  [[nodiscard]] std::optional<Awaited> still_awaited(const DutyState& state) const;

  // explain_none.cpp
  facts::Wording why_not(agreement::ClauseId clause, facts::FactId fact);
  void add_why_not(facts::FactId id, std::set<std::string>& said, UnderNoClause& none);
  [[nodiscard]] bool may_be(const facts::Fact& its_fact, agreement::VerbId asked) const;

  [[nodiscard]] const agreement::Agreement& agreement() const {
    return engine_.record().agreement();
  }
  [[nodiscard]] const facts::Fact& fact(facts::FactId id) const {
    return engine_.record().fact(id);
  }
  [[nodiscard]] const std::string& name_of(facts::AccountId account) const;
  [[nodiscard]] std::size_t epoch_of(facts::FactId fact) const;
  // The day of the renewal that had moved the end past `at`; empty where none had.
  facts::Wording renewal_of(agreement::ClauseId clause, base::Instant at);

  Engine& engine_;
  bool with_changes_;
  Changes changes_;
};

}  // namespace truce::monitor::internal
