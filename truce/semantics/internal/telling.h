// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/facts/fact.h"
#include "truce/facts/match.h"
#include "truce/facts/verdict.h"
#include "truce/semantics/internal/ranges.h"
#include "truce/semantics/internal/record.h"

namespace truce::semantics::internal {

/// One alternative of a fact at one instant. The values are struck or used together.
struct Scene {
  const facts::Fact* fact = nullptr;
  facts::Group group;
  agreement::VerbId verb;
  std::vector<facts::Value> objects;
  std::vector<facts::Value> weapons;
  base::Instant at;
};

/// One thing that makes a clause that waits `upon` something begin.
struct Activation {
  MomentRange when;
  std::vector<agreement::ActorId> accused;
  // Of `whenever`: what the activating reports are about, by its key; an empty key where a report
  // has none.
  std::vector<std::string> keys = {};
};

/// When a clause is in force, suspensions apart.
struct Force {
  MomentRange start;
  MomentRange end;
};

/// When a duty is to be performed.
struct DutyTimes {
  MomentRange arose;
  MomentRange deadline;
  // Of the deadlines that do not count from when the duty arose; never where there is none.
  MomentRange absolute_deadline;
  bool has_deadline = false;
  std::optional<MomentRange> begun_by;
  // It cannot be performed before any of these.
  std::vector<MomentRange> not_before;
};

/// A duty of somebody, activated by something.
struct Instance {
  agreement::ClauseId clause;
  std::vector<agreement::ActorId> bearers;
  // Any of the bearers may perform; otherwise all of them in one act.
  bool is_any = false;
  // Position among the activations; empty for a clause without `upon`.
  std::optional<std::size_t> activation;
  // Of a duty that recurs: the number of the period, from 1.
  std::optional<std::uint32_t> period = {};
};

/// How a fact performs a duty.
struct Performance {
  facts::FactId fact;
  facts::Truth is_performed = facts::Truth::No;
  facts::Truth is_in_time = facts::Truth::No;
  facts::Truth is_begun = facts::Truth::No;
};

/// What an account says of a duty.
struct DutyOpinion {
  // Empty: it says nothing.
  std::optional<facts::Opinion> opinion;
  std::vector<Performance> performances;
  DutyTimes times;
  // The deadline passed before the duty arose, or it ended before its deadline.
  bool has_lapsed = false;
  // Of a period of a duty that recurs: it was certainly not owed.
  bool is_unowed = false;
  // Of an effort: when its breach was determined, if it was.
  MomentRange determined;
};

/// What an account says of one side of reciprocal phases.
struct PhaseOpinion {
  std::optional<facts::Opinion> opinion;
  bool is_released = false;
  // The finish passed before the phases could start.
  bool is_too_late = false;
  MomentRange finish;
  // When the first missing slice was due, and the first that was possibly missing.
  std::optional<base::Instant> failed_at;
  std::optional<base::Instant> may_have_failed_at;
  std::optional<facts::FactId> last_slice;
};

/// What may be asked on the way to an answer.
enum class Topic : std::uint8_t { Moment, Streak, Force, Situation, Performed, Phases, Breach };

/// Something that lets an `extend` move the end: `renewable`, or a power.
struct Renewer {
  agreement::Period period;
  std::optional<std::int64_t> at_most;
  std::optional<agreement::ClauseId> power;
  const agreement::Renewable* renewable = nullptr;
  std::int64_t used_possibly = 0;

  [[nodiscard]] bool has_left() const { return !at_most.has_value() || used_possibly < *at_most; }
};

/// An agreement as one account lives it: its moments, what was in force, what was done. Without an
/// account it is the telling of somebody who says nothing and saw nothing. A definition that leads
/// back to itself is never.
class Telling {
 public:
  Telling(const agreement::Agreement& agreement, const facts::Evidence& evidence,
          const std::vector<OfficialAct>& acts, std::optional<facts::AccountId> account);

  [[nodiscard]] std::optional<facts::AccountId> account() const { return account_; }

  // moments.cpp
  /// As a beginning, or with `is_end` as an end: they differ for a date without a time.
  MomentRange moment(const agreement::MomentExpression& expression, bool is_end);
  MomentRange declared(agreement::MomentId id);
  [[nodiscard]] MomentRange shifted(MomentRange range, const agreement::Period& period,
                                    std::int64_t sign) const;
  [[nodiscard]] base::Instant shifted(base::Instant at, const agreement::Period& period,
                                      std::int64_t sign) const;

  // entry.cpp
  MomentRange with_agreement();
  /// When the agreement enters into force; the beginning of time where the text does not say.
  MomentRange entry();
  /// When all of these have signed.
  [[nodiscard]] MomentRange signature(const std::vector<agreement::Agent>& agents) const;
  /// From when the actor is bound: a party may have acceded.
  [[nodiscard]] MomentRange bound(agreement::ActorId actor) const;
  /// From when any of the bearers is bound, or all of them are.
  [[nodiscard]] MomentRange bound(const std::vector<agreement::ActorId>& bearers,
                                  bool is_any) const;

  // streak.cpp
  MomentRange streak_end(const agreement::Streak& streak);
  /// Whether the account would have reported such an act at every instant of `first … last`.
  [[nodiscard]] bool has_coverage(base::Instant first, base::Instant last,
                                  const std::vector<const agreement::Act*>& acts,
                                  const std::vector<agreement::PlaceId>& places) const;

  // scenes.cpp
  /// Calls `test` for every alternative of the fact, at every instant at which it, or one of
  /// `thresholds`, makes a difference.
  facts::Truth over(const facts::Fact& fact, const std::vector<MomentRange>& thresholds,
                    const std::function<facts::Truth(const Scene&)>& test);
  facts::Truth is_act(const Scene& scene, const agreement::Act& act, agreement::ActorId bearer,
                      bool needs_all_nouns);
  facts::Truth is_in(const Scene& scene, const agreement::Clause& clause,
                     agreement::ActorId bearer);
  /// Whether the scene performs the act of a duty, or a slice of phases: what is excepted does not.
  facts::Truth is_performance(const Scene& scene, const agreement::Clause& clause,
                              const agreement::Act& act, agreement::ActorId bearer);
  facts::Truth is_excepted(const Scene& scene,
                           const std::vector<const agreement::Exception*>& exceptions,
                           agreement::ActorId bearer);

  // situations.cpp
  /// At `at`; `scene` is the act in question, if there is one.
  facts::Truth holds(agreement::SituationId situation, base::Instant at, const Scene* scene,
                     agreement::ActorId bearer);
  facts::Truth conditions_hold(const agreement::Clause& clause, base::Instant at,
                               const Scene* scene, agreement::ActorId bearer);
  facts::Truth condition_holds(const agreement::Condition& condition, base::Instant at,
                               const Scene* scene, agreement::ActorId bearer);
  facts::Truth is_occurrence(const facts::Fact& fact, const agreement::Occurrence& occurrence);
  /// Whether the fact is an act at which what the clause looks for holds.
  facts::Truth is_point(const facts::Fact& fact, agreement::ClauseId clause);

  // force.cpp
  Force force(agreement::ClauseId clause);
  facts::Truth is_in_force(agreement::ClauseId clause, base::Instant at);
  /// When a clause that amends takes the place of those it amends.
  MomentRange amendment(agreement::ClauseId clause);
  /// Before this the clause is nobody's: its agreement's entry into force, its own amendment.
  MomentRange begins(agreement::ClauseId clause);
  /// When another clause takes the place of this one.
  MomentRange replaced(agreement::ClauseId clause);
  /// When a duty of these bearers ends: with its clause, or by release.
  MomentRange ended(agreement::ClauseId clause, const std::vector<agreement::ActorId>& bearers);
  /// The moment, or the end of the suspension in which it falls.
  MomentRange unsuspended(agreement::ClauseId clause, MomentRange moment);

  // activation.cpp
  std::vector<Activation> activations(const agreement::Clause& clause);

  // prohibition.cpp
  /// Whether the fact breaks the prohibition; of `bearers` any.
  facts::Truth is_breach(const facts::Fact& fact, agreement::ClauseId clause,
                         const std::vector<agreement::ActorId>& bearers);

  // duty.cpp
  std::vector<Instance> instances(agreement::ClauseId clause);
  DutyTimes times(const Instance& instance);
  DutyOpinion duty_opinion(const Instance& instance);
  /// Whether a period of a duty that recurs has begun, before the duty ended; true of every first.
  bool has_period(const Instance& instance);
  /// When all of the clause's duties were performed, even late.
  MomentRange performed(agreement::ClauseId clause);
  /// When the first performance of the clause began.
  MomentRange begun(agreement::ClauseId clause);

  // phases.cpp
  std::vector<std::vector<agreement::ActorId>> sides(agreement::ClauseId clause);
  PhaseOpinion phase_opinion(agreement::ClauseId clause, std::size_t side);

 private:
  [[nodiscard]] std::vector<facts::FactId> own_facts() const;

  // moments.cpp
  MomentRange base_of(const agreement::MomentExpression& expression, bool is_end);
  [[nodiscard]] bool is_valid_fixing(const std::optional<agreement::Fixing>& fixing,
                                     const OfficialAct& act) const;

  // entry.cpp
  [[nodiscard]] bool is_entry_stated() const;
  [[nodiscard]] MomentRange start_of_date() const;
  [[nodiscard]] MomentRange first_by(facts::InstitutionalAct kind, agreement::ActorId actor) const;

  // scenes.cpp
  [[nodiscard]] std::vector<base::Instant> instants(
      const facts::Fact& fact, const std::vector<MomentRange>& thresholds) const;
  facts::Truth is_at(const Scene& scene, agreement::PlaceId place);
  facts::Truth is_fixed(agreement::PlaceId place, base::Instant at);
  facts::Truth is_noun(const Scene& scene, const facts::Value& value, const agreement::Noun& noun,
                       agreement::VerbId verb, agreement::ActorId bearer);
  facts::Truth has_objects(const Scene& scene, const std::vector<facts::Value>& objects,
                           const agreement::Nouns& nouns, agreement::VerbId verb,
                           agreement::ActorId bearer, bool needs_all_nouns);
  facts::Truth has_complement(const Scene& scene, const agreement::Complement& complement,
                              agreement::VerbId verb, agreement::ActorId bearer);
  facts::Truth is_excepted_thing(const Scene& scene, const agreement::Noun& noun,
                                 agreement::ActorId bearer);

  // situations.cpp
  facts::Truth is_response(const agreement::Response& response, const Scene& scene,
                           agreement::ActorId bearer);
  facts::Truth provokes(const facts::Fact& attack, const agreement::Response& response,
                        const Scene& scene, agreement::ActorId bearer);
  facts::Truth occurs(const agreement::Occurrence& occurrence, base::Instant at,
                      const Scene* scene);
  facts::Truth has_occurred(const agreement::Occurrence& occurrence, base::Instant at,
                            const Scene* scene);
  facts::Truth is_frequent(const agreement::Frequency& frequency, base::Instant at,
                           const Scene* scene);
  facts::Truth is_quiet(const agreement::StandingStreak& streak, base::Instant at,
                        const Scene* scene);
  facts::Truth is_related(const facts::Fact& fact, const std::optional<agreement::Nearness>& near,
                          const Scene* scene) const;
  MomentRange standing_start(const agreement::StandingStreak& streak);
  std::vector<MomentRange> standing_thresholds();

  // force.cpp
  Force stated_force(agreement::ClauseId clause);
  void apply_renewals(agreement::ClauseId clause, Force& force);
  void apply_termination(const OfficialAct& act, agreement::ClauseId clause,
                         MomentRange& terminated);
  void apply_renewal(const OfficialAct& act, agreement::ClauseId clause, MomentRange terminated,
                     std::vector<Renewer>& rules, Force& force);
  facts::Truth is_empowered(const OfficialAct& act, agreement::ClauseId power,
                            agreement::PowerVerb verb, agreement::ClauseId clause);
  facts::Truth is_by_holder(const OfficialAct& act, agreement::ClauseId power,
                            agreement::PowerVerb verb, agreement::ClauseId clause);
  facts::Truth is_suspended(agreement::ClauseId clause, base::Instant at);

  // activation.cpp
  std::vector<Activation> activations_of(const agreement::Upon& upon);
  std::vector<Activation> breaches_of(agreement::ClauseId clause);
  std::vector<Activation> by_acts(const std::function<bool(const OfficialAct&)>& is_it) const;
  std::vector<Activation> occurrences_of(agreement::SituationId situation);
  std::vector<Activation> occurrences_of(const agreement::Occurrence& occurrence);

  // prohibition.cpp
  facts::Truth is_breach_in(const Scene& scene, agreement::ClauseId clause,
                            agreement::ActorId bearer);
  facts::Truth is_permitted(const Scene& scene, agreement::ClauseId prohibition,
                            agreement::ActorId bearer);
  facts::Truth is_displaced(const Scene& scene, agreement::ClauseId clause);
  std::vector<MomentRange> thresholds_of(agreement::ClauseId clause);

  // duty.cpp
  DutyTimes own_times(const Instance& instance);
  void add_deadlines(const Instance& instance, DutyTimes& times);
  void set_period(const Instance& instance, DutyTimes& times);
  // Whether the period of a duty that recurs was owed: all of it, as far as it has passed.
  facts::Truth is_owed(const Instance& instance, const DutyTimes& times);
  bool is_conditional(const Instance& instance);
  std::vector<Performance> performances(const Instance& instance, const DutyTimes& times);
  std::optional<facts::Opinion> opinion_of_silence(const Instance& instance,
                                                   const DutyTimes& times) const;
  MomentRange performed(const Instance& instance);
  MomentRange determined(const Instance& instance, MomentRange arose);
  void judge_performances(const Instance& instance, DutyOpinion& result);

  // phases.cpp
  struct Slices {
    MomentRange start;
    MomentRange finish;
    std::vector<MomentRange> due;
  };
  Slices slices(agreement::ClauseId clause);
  MomentRange awaited_by(const agreement::Clause& clause);
  std::vector<Performance> phase_performances(agreement::ClauseId clause, std::size_t side);
  std::optional<facts::FactId> completing_slice(const std::vector<Performance>& slices_made,
                                                std::size_t needed) const;
  // Whether slices due at `due` are not owed: any more, or then.
  facts::Truth is_over(agreement::ClauseId clause, std::size_t side, MomentRange due);
  facts::Truth has_failed(agreement::ClauseId clause, std::size_t side, const Slices& slices,
                          std::size_t slice);

  const agreement::Agreement& agreement_;
  const facts::Evidence& evidence_;
  const std::vector<OfficialAct>& acts_;
  std::optional<facts::AccountId> account_;
  // Instants at which something may change whatever is tested.
  std::vector<base::Instant> changes_;

  // What is being worked out at the moment, to notice a definition that leads back to itself.
  using Question = std::pair<Topic, const void*>;
  friend class Asking;
  std::set<Question> open_;
  // Answers found with no other question open; only to save time.
  std::map<std::uint32_t, Force> forces_;
  std::map<const void*, MomentRange> streak_ends_;
};

/// The acts that `no X does A` excludes, one for each holding.
std::vector<const agreement::Occurrence*> excluded_acts(
    const agreement::Agreement& agreement, const std::vector<agreement::Condition>& holdings);

/// Keeps a question open while it is being worked out.
class Asking {
 public:
  Asking(Telling& telling, Topic topic, const void* subject)
      : telling_(telling),
        question_(topic, subject),
        is_new_(telling.open_.insert(question_).second) {}
  ~Asking() {
    if (is_new_) {
      telling_.open_.erase(question_);
    }
  }
  Asking(const Asking&) = delete;
  Asking& operator=(const Asking&) = delete;
  /// The question is not being worked out already.
  [[nodiscard]] bool is_new() const { return is_new_; }
  /// No other question is open.
  [[nodiscard]] bool is_first() const { return is_new_ && telling_.open_.size() == 1; }

 private:
  Telling& telling_;
  Telling::Question question_;
  bool is_new_;
};

}  // namespace truce::semantics::internal
