// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/monitor/internal/acts.h"
#include "truce/monitor/internal/histories.h"
#include "truce/monitor/internal/questions.h"
#include "truce/monitor/internal/record.h"
#include "truce/monitor/internal/responses.h"
#include "truce/monitor/internal/streak.h"
#include "truce/monitor/internal/timeline.h"

namespace truce::monitor::internal {

/// A moment that stands for the whole day is its start as a beginning and its end as an end.
enum class Edge : std::uint8_t { Start, End };

/// Moments, streaks and situations as each account lives them. A definition that leads back to
/// itself never comes.
class Clocks {
 public:
  /// When the first performance of a clause began, as an account sees it.
  using Begun = std::function<MomentRange(agreement::ClauseId, facts::AccountId)>;
  /// Whether a fact is an occurrence by its words: by the place of the answer in the record.
  using Said = std::map<const agreement::Occurrence*, std::deque<std::optional<Tally>>>;

  /// How far the clocks of streaks have surely come by what is no part of the record.
  using Reached = std::map<std::pair<const agreement::Streak*, facts::AccountId>, base::Instant>;

  /// `said`: what is known of the agreement already.
  Clocks(const Record& record, const Acts& acts, Responses& responses, Questions& questions,
         Adding adding, Begun begun, std::shared_ptr<Said> said = nullptr,
         std::shared_ptr<const Reached> reached = nullptr);

  [[nodiscard]] const std::shared_ptr<Said>& said() const { return said_; }

  [[nodiscard]] const Adding& adding() const { return adding_; }

  /// `edge`: what a bare date stands for.
  MomentRange moment(const agreement::MomentExpression& expression, facts::AccountId account,
                     Edge edge);
  MomentRange declared(agreement::MomentId moment, facts::AccountId account);
  /// When the agreement itself begins.
  MomentRange with_agreement(facts::AccountId account);
  /// When it enters into force; kAlways where the text does not say.
  MomentRange entry(facts::AccountId account);
  MomentRange streak(const agreement::Streak& streak, facts::AccountId account);
  MomentRange streak_start(const agreement::Streak& streak, facts::AccountId account);
  /// What may have interrupted the streak, in order of time.
  std::vector<Interruption> interruptions(const agreement::Streak& streak,
                                          facts::AccountId account);
  /// When a situation that is no response holds, right at the instants of `when` only. What the
  /// incident `apart` itself does is left out.
  Timeline situation(agreement::SituationId situation, facts::AccountId account,
                     base::TimeRange when, std::optional<facts::IncidentId> apart);
  /// The same for one target that the bearer strikes in the fact; a response is tested too.
  Timeline situation_for(agreement::SituationId situation, agreement::ActorId bearer,
                         facts::FactId fact, const facts::Value& target);
  /// Whether the fact is what the occurrence speaks of, over all its alternatives and instants.
  facts::Truth is_occurrence(const agreement::Occurrence& occurrence, facts::FactId fact);
  /// The facts of the account that may be what the occurrence speaks of, and whether they are.
  std::vector<std::pair<facts::FactId, facts::Truth>> occurrences(
      const agreement::Occurrence& occurrence, facts::AccountId account);
  /// When a condition holds with no act in question, right at the instants of `when` only.
  Timeline condition(const agreement::Condition& condition, facts::AccountId account,
                     base::TimeRange when);
  /// Whether `if`, `while` and `unless` of the clause hold at an instant, with no act in question,
  /// and no `except in` lifts it then.
  facts::Truth conditions_at(const agreement::Clause& clause, facts::AccountId account,
                             base::Instant at);

 private:
  struct Doing {
    facts::FactId fact;
    base::Instant first;
    base::Instant last;
    // The greatest `last` of this and all before it.
    base::Instant last_so_far;
    facts::Truth truth = facts::Truth::No;
  };

  MomentRange base_of(const agreement::MomentExpression& expression, facts::AccountId account,
                      Edge edge);
  // The facts of the account that may be what the occurrence speaks of, in order of time.
  const std::vector<Doing>& doings(const agreement::Occurrence& occurrence,
                                   facts::AccountId account);
  // Whether the fact is it by its words, all but the situations that lift it: over each
  // alternative and each group that may have done it.
  const Tally& words_of(const agreement::Occurrence& occurrence, facts::FactId fact,
                        std::size_t epoch);
  [[nodiscard]] facts::Truth by_words(const agreement::Occurrence& occurrence, const Scene& scene,
                                      agreement::ActorId subject) const;
  template <typename Truths, typename One>
  [[nodiscard]] std::vector<Truths> each_way(const agreement::Occurrence& occurrence,
                                             const facts::Fact& fact, One one) const;
  Timeline occurrence_in(const agreement::Occurrence& occurrence, const Scene& scene,
                         facts::FactId fact, agreement::ActorId subject);
  std::vector<const agreement::Occurrence*> excluded_by(
      const std::vector<agreement::Condition>& holdings) const;

  const Record& record_;
  const Acts& acts_;
  Responses& responses_;
  Questions& questions_;
  Adding adding_;
  Begun begun_;
  std::shared_ptr<Said> said_;
  // Null where the record has everything.
  std::shared_ptr<const Reached> reached_;
  Histories histories_;
  std::map<std::pair<const agreement::Streak*, facts::AccountId>, MomentRange> known_streaks_;
  std::map<std::pair<const agreement::Occurrence*, facts::AccountId>, std::vector<Doing>>
      known_doings_;
  std::map<std::pair<const agreement::Occurrence*, facts::AccountId>, Timeline> known_covered_;
};

/// Every actor a clause or situation binds, each once, in order.
std::vector<agreement::ActorId> subjects_of(const agreement::Agreement& agreement,
                                            const agreement::Subject& subject);
/// All actors these agents stand for when `bearer` bears the clause; sorted.
std::vector<agreement::ActorId> actors_of(const agreement::Agreement& agreement,
                                          const std::vector<agreement::Agent>& agents,
                                          agreement::ActorId bearer);

}  // namespace truce::monitor::internal
