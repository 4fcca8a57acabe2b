// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "truce/facts/verdict.h"
#include "truce/monitor/internal/activations.h"
#include "truce/monitor/internal/acts.h"
#include "truce/monitor/internal/clocks.h"
#include "truce/monitor/internal/force.h"
#include "truce/monitor/internal/questions.h"
#include "truce/monitor/internal/record.h"

namespace truce::monitor::internal {

/// A duty of somebody, activated by something.
struct Instance {
  agreement::ClauseId clause;
  std::vector<agreement::ActorId> bearers;
  // Any of the bearers may perform; otherwise all of them in one act.
  bool is_any = false;
  // Position among the activations; empty for a clause without `upon`, kNoActivation where what it
  // waits upon is not on record.
  std::optional<std::size_t> activation;
  // Of a duty that recurs: the number of the period, from 1.
  std::optional<std::uint32_t> period = {};
};
constexpr auto kNoActivation = static_cast<std::size_t>(-1);

/// When a duty is to be performed.
struct DutyTimes {
  MomentRange arose = kNever;
  MomentRange deadline = kNever;
  // Of the deadlines that do not count from when the duty arose.
  MomentRange absolute_deadline = kNever;
  bool has_deadline = false;
  std::optional<MomentRange> begun_by;
  // It cannot be performed before any of these.
  std::vector<MomentRange> not_before;
};

/// A fact that may perform a duty.
struct Performance {
  facts::FactId fact;
  facts::Truth is_performed = facts::Truth::No;
  facts::Truth is_in_time = facts::Truth::No;
  facts::Truth is_begun = facts::Truth::No;
};

/// What one account says of a duty.
struct DutyOpinion {
  facts::AccountId account;
  std::optional<facts::Opinion> opinion;
  std::vector<Performance> performances;
  DutyTimes times;
  // Nothing reported although the account would have seen it.
  bool is_silent = false;
  bool has_lapsed = false;
  // Of a period of a duty that recurs: it was certainly not owed.
  bool is_unowed = false;
  // It lapsed because it was ended, then.
  MomentRange ended = kNever;
  // Of an effort: when its breach was determined, if it was.
  MomentRange determined = kNever;
};

/// What one account says of one side of reciprocal phases.
struct PhaseOpinion {
  facts::AccountId account;
  std::optional<facts::Opinion> opinion;
  bool is_released = false;
  // The finish passed before the phases could start.
  bool is_too_late = false;
  // Because the phases were ended.
  bool has_ended = false;
  MomentRange finish = kNever;
  std::size_t slices = 0;
  std::size_t reported = 0;
  // When the first missing slice was due, and the first that was possibly missing.
  std::optional<base::Instant> failed_at;
  std::optional<base::Instant> may_have_failed_at;
  std::optional<facts::FactId> last_slice;
};

/// One instance of a duty, or one side of phases, with what every account makes of it.
struct DutyState {
  Instance instance;
  facts::Verdict verdict;
  std::vector<DutyOpinion> opinions;
  std::vector<PhaseOpinion> phases;
  std::optional<facts::FactId> performance;
  // No moment is known for it: its time is the present, and moves with it.
  bool is_at_present = false;
};

class Worlds;

/// Judges duties at the present time.
class Duties {
 public:
  /// Whether a fact performs the duty of the clause for these bearers, any or all of them, over all
  /// but the instants: by the place of the answer in the record.
  using Done = std::map<std::tuple<agreement::ClauseId, std::vector<agreement::ActorId>, bool>,
                        std::vector<std::optional<Tally>>>;

  /// `done`: what is known of the agreement already.
  Duties(const Record& record, const Acts& acts, Clocks& clocks, Activations& activations,
         Force& force, Questions& questions, Worlds& worlds, std::shared_ptr<Done> done = nullptr);

  [[nodiscard]] const std::shared_ptr<Done>& done() const { return done_; }

  /// Every instance of the clause, a duty or a duty of effort.
  std::vector<DutyState> judge(agreement::ClauseId clause);
  /// Every side of reciprocal phases.
  std::vector<DutyState> judge_phases(agreement::ClauseId clause);

  /// When all of the clause's duties were performed, even late.
  MomentRange performed(agreement::ClauseId clause, facts::AccountId account);
  /// When the first performance of the clause began.
  MomentRange begun(agreement::ClauseId clause, facts::AccountId account);
  /// For each duty, or side of phases, of the clause when it was broken; kNever where it was not.
  std::vector<MomentRange> broken(agreement::ClauseId clause, facts::AccountId account);
  [[nodiscard]] const std::vector<facts::AccountId>& accounts() const { return accounts_; }
  DutyState judge_instance(const Instance& instance);
  /// What the act that activated the instance was about; empty where it does not wait for an act.
  std::vector<std::string> keys_of(const Instance& instance, facts::AccountId account);
  /// What the account says of a duty. Joined; not settled by worlds.
  DutyOpinion opinion(const Instance& instance, facts::AccountId account);

 private:
  // duties.cpp
  std::vector<Instance> instances(agreement::ClauseId clause, facts::AccountId account);
  // What a duty waits for, without the numbers of its periods.
  std::vector<Instance> first_instances(agreement::ClauseId clause, facts::AccountId account);
  // How many periods of a duty that recurs have begun, before it ended; at least one.
  std::uint32_t periods_begun(const Instance& first, facts::AccountId account);
  DutyTimes own_times(const Instance& instance, facts::AccountId account);
  void set_period(const Instance& instance, facts::AccountId account, DutyTimes& times);
  void add_deadlines(const Instance& instance, facts::AccountId account, DutyTimes& times);
  // Whether all of the period was owed, as far as it has passed.
  facts::Truth is_owed(const Instance& instance, const DutyOpinion& opinion);
  DutyTimes times(const Instance& instance, facts::AccountId account);
  MomentRange deadline_of(const agreement::Deadline& deadline, facts::AccountId account,
                          DutyTimes& times);
  std::vector<Performance> performances(const Instance& instance, const DutyTimes& times,
                                        facts::AccountId account);
  // Whether somebody of the bearers, or all, did the act, over all but the instants.
  Tally is_done(const Instance& instance, facts::FactId fact, std::size_t epoch);
  [[nodiscard]] Tally does(const Instance& instance, facts::FactId fact, std::size_t epoch) const;
  void add_silence(const Instance& instance, DutyOpinion& opinion);
  // What performance or silence say, once times and performances are known.
  void weigh(const Instance& instance, DutyOpinion& opinion);
  MomentRange determined(const Instance& instance, MomentRange arose) const;
  MomentRange performed(const Instance& instance, facts::AccountId account);
  // The facts of an account that may be an act, in order of fact, all and by what they are about.
  struct Candidates {
    std::vector<facts::FactId> all;
    std::unordered_map<std::string, std::vector<facts::FactId>> by_key;
    // In order of their beginnings, each with the greatest end of it and all before it.
    std::vector<std::pair<facts::FactId, base::Instant>> by_time;
  };
  const Candidates& candidates(const agreement::Act& act, facts::AccountId account);
  // Those that may be about what one of the keys names.
  static std::vector<facts::FactId> answering(const Candidates& candidates,
                                              const std::vector<std::string>& keys);
  // Those of `answering` that may lie in the period of a duty that recurs.
  std::vector<facts::FactId> within(const Candidates& candidates,
                                    const std::vector<std::string>& keys, const DutyTimes& period);

  // duty_outcome.cpp
  std::vector<Instance> instances_to_judge(agreement::ClauseId clause);
  bool may_begin(const Instance& instance);
  [[nodiscard]] std::optional<facts::IncidentId> activating_incident(
      const Instance& instance) const;
  void keep_best(const DutyOpinion& opinion, DutyState& state, int& best_rank) const;

  // phases.cpp
  struct Plan {
    MomentRange start = kNever;
    MomentRange finish = kNever;
    std::vector<MomentRange> due;
  };
  struct Slices {
    Plan plan;
    // By side, in order of report.
    std::vector<std::vector<Performance>> done;
    // By side and slice: whether fewer than that many were done when it was due.
    std::vector<std::vector<facts::Truth>> failed;
    // By side and slice: whether it is not owed any more.
    std::vector<std::vector<facts::Truth>> over;
  };
  MomentRange awaited_by(const agreement::Clause& clause, facts::AccountId account);
  // Whether slices due then are not owed: any more, or under its conditions.
  facts::Truth is_over(const agreement::Clause& clause, MomentRange end, MomentRange due,
                       facts::AccountId account);
  Slices slices_of(agreement::ClauseId clause, facts::AccountId account);
  Plan plan_of(agreement::ClauseId clause, facts::AccountId account);
  std::vector<Performance> slices_done(const agreement::Clause& clause, std::size_t side,
                                       facts::AccountId account);
  std::vector<facts::Truth> failures(const agreement::Clause& clause, std::size_t side,
                                     const Plan& plan, const std::vector<Performance>& done,
                                     facts::AccountId account);
  [[nodiscard]] facts::FactId completing_slice(const std::vector<Performance>& slices,
                                               std::size_t due) const;
  PhaseOpinion phase_opinion(const agreement::Clause& clause, std::size_t side,
                             const Slices& slices, facts::AccountId account);
  DutyState judge_side(agreement::ClauseId clause, std::size_t side,
                       const std::vector<Slices>& by_account);
  std::vector<MomentRange> phases_broken(agreement::ClauseId clause, facts::AccountId account);
  MomentRange phases_performed(agreement::ClauseId clause, facts::AccountId account);

  const Record& record_;
  const Acts& acts_;
  Clocks& clocks_;
  Activations& activations_;
  Force& force_;
  Questions& questions_;
  Worlds& worlds_;
  std::shared_ptr<Done> done_;
  // Those whose opinion counts: all, or nobody where there are none.
  std::vector<facts::AccountId> accounts_;
  std::map<std::pair<const agreement::Act*, facts::AccountId>, Candidates> candidates_;
};

/// Whom each `phase` of a clause binds.
std::vector<std::vector<agreement::ActorId>> sides_of(const agreement::Agreement& agreement,
                                                      const agreement::Clause& clause);
/// Yes at and before the moment, No after it.
Timeline is_by(MomentRange moment);
/// The places at which an account must have looked for its silence to count.
std::vector<agreement::PlaceId> places_of(const agreement::Agreement& agreement,
                                          const agreement::Clause& clause);

}  // namespace truce::monitor::internal
