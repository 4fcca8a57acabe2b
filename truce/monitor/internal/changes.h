// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "truce/monitor/changes.h"
#include "truce/monitor/internal/engine.h"

namespace truce::monitor::internal {

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

  // change_candidates.cpp: what may be tried, nearest first.
  std::vector<Change> candidates(const Judged& judged);
  void of_prohibition(const facts::Verdict& verdict, std::vector<Change>& into);
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

  // changes.cpp: judging what was changed.
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
};

}  // namespace truce::monitor::internal
