// SPDX-License-Identifier: Apache-2.0
// From what each account says of a duty to one verdict.
#include <algorithm>
#include <map>
#include <tuple>

#include "truce/monitor/internal/duties.h"
#include "truce/monitor/internal/worlds.h"

namespace truce::monitor::internal {

using facts::Outcome;
using facts::Truth;

namespace {

// Performances in time come before certain ones, certain ones before possible ones.
int rank_of(const Performance& performance) {
  if (performance.is_in_time == Truth::Yes) {
    return 3;
  }
  return performance.is_performed == Truth::Yes ? 2 : 1;
}

bool is_moment(base::Instant at) { return at < base::kAfterTime && at > base::kBeforeTime; }

// What the accounts say of one duty, taken together.
struct Summary {
  base::Instant arose = base::kAfterTime;
  base::Instant deadline = base::kAfterTime;
  base::Instant last_deadline = base::kBeforeTime;
  base::Instant determined = base::kAfterTime;
  bool has_lapsed = true;
  bool is_unowed = false;
};

// `counts`: it has an opinion, or nobody has one.
void take_in(const DutyOpinion& one, bool counts, Summary& summary) {
  summary.has_lapsed = summary.has_lapsed && one.has_lapsed;
  summary.is_unowed = summary.is_unowed || one.is_unowed;
  summary.last_deadline = std::max(summary.last_deadline, one.times.deadline.latest);
  if (counts) {
    summary.arose = std::min(summary.arose, one.times.arose.earliest);
    summary.deadline = std::min(summary.deadline, one.times.deadline.earliest);
    summary.determined = std::min(summary.determined, one.determined.earliest);
  }
}

// Of a duty of which no account has an opinion.
Outcome outcome_of_none(const Summary& summary, base::Instant now) {
  if (summary.has_lapsed || summary.is_unowed) {
    return Outcome::Lapsed;
  }
  return now > summary.last_deadline ? Outcome::Unknown : Outcome::Pending;
}

}  // namespace

bool Duties::may_begin(const Instance& instance) {
  return !instance.activation ||
         std::any_of(accounts_.begin(), accounts_.end(), [&](facts::AccountId account) {
           return times(instance, account).arose.earliest < base::kAfterTime;
         });
}

std::vector<Instance> Duties::instances_to_judge(agreement::ClauseId id) {
  std::vector<Instance> found;
  // Accounts differ in how many periods of a duty that recurs have begun: the longest list holds
  // the others.
  std::vector<Instance> all;
  std::map<std::pair<std::vector<agreement::ActorId>, std::optional<std::size_t>>, std::uint32_t>
      periods;
  for (const facts::AccountId account : accounts_) {
    std::vector<Instance> these = instances(id, account);
    for (const Instance& instance : these) {
      if (instance.period == 1U) {
        std::uint32_t& most = periods[{instance.bearers, instance.activation}];
        most = std::max(most, periods_begun(instance, account));
      }
    }
    if (these.size() > all.size()) {
      all = std::move(these);
    }
  }
  for (const Instance& instance : all) {
    const bool is_begun =
        !instance.period || *instance.period <= periods[{instance.bearers, instance.activation}];
    if (is_begun && may_begin(instance)) {
      found.push_back(instance);
    }
  }
  // The bearers of no duty that has begun wait for one all the same.
  const agreement::Subject& subject = record_.agreement().clause(id).subject;
  const bool is_one = subject.mode == agreement::Subject::Mode::Jointly ||
                      subject.mode == agreement::Subject::Mode::Either;
  const std::vector<agreement::ActorId> bearers = subjects_of(record_.agreement(), subject);
  for (const agreement::ActorId bearer : bearers) {
    const std::vector<agreement::ActorId> set =
        is_one ? bearers : std::vector<agreement::ActorId>{bearer};
    const bool has_begun = std::any_of(found.begin(), found.end(), [&](const Instance& instance) {
      return instance.bearers == set;
    });
    if (!has_begun) {
      const bool recurs = record_.agreement().clause(id).recurrence() != nullptr;
      found.push_back({id, set, subject.mode == agreement::Subject::Mode::Either, kNoActivation,
                       recurs ? std::optional(1U) : std::nullopt});
    }
  }
  return found;
}

// The performance that decides: the best of its kind, the first by its beginning among equals.
void Duties::keep_best(const DutyOpinion& opinion, DutyState& state, int& best_rank) const {
  const auto key = [&](facts::FactId fact) {
    return std::make_tuple(record_.fact(fact).when.from, record_.fact(fact).incident);
  };
  for (const Performance& performance : opinion.performances) {
    const int rank = rank_of(performance);
    if (rank > best_rank ||
        (rank == best_rank && key(performance.fact) < key(*state.performance))) {
      best_rank = rank;
      state.performance = performance.fact;
    }
  }
}

// The incident of the act that a duty `whenever` something is done answers.
std::optional<facts::IncidentId> Duties::activating_incident(const Instance& instance) const {
  const bool is_by_act =
      record_.agreement().clause(instance.clause).find<agreement::Whenever>() != nullptr &&
      instance.activation && *instance.activation < record_.evidence().incidents.size();
  return is_by_act ? std::optional(base::id_at<facts::IncidentId>(*instance.activation))
                   : std::nullopt;
}

DutyState Duties::judge_instance(const Instance& instance) {
  DutyState state{instance, {}, {}, {}, {}, false};
  facts::Verdict& verdict = state.verdict;
  verdict.clause = instance.clause;
  verdict.bearers = instance.bearers;
  verdict.period = instance.period;
  verdict.activated_by = activating_incident(instance);
  for (const facts::AccountId account : accounts_) {
    state.opinions.push_back(opinion(instance, account));
    std::optional<facts::Opinion>& said = state.opinions.back().opinion;
    if (said == facts::Opinion::Unknown && worlds_.are_tried()) {
      said = worlds_.of_duty(instance, account).opinion;
    }
  }
  const bool has_opinion =
      std::any_of(state.opinions.begin(), state.opinions.end(),
                  [](const DutyOpinion& one) { return one.opinion.has_value(); });
  const base::Instant now = record_.evidence().now;
  Summary summary;
  int best_rank = 0;
  std::vector<facts::Opinion> said;
  for (const DutyOpinion& one : state.opinions) {
    const bool counts = !has_opinion || one.opinion;
    take_in(one, counts, summary);
    if (one.opinion) {
      verdict.opinions.push_back({one.account, *one.opinion});
      said.push_back(*one.opinion);
    }
    if (counts) {
      keep_best(one, state, best_rank);
    }
  }
  const auto [arose, deadline] = std::pair(summary.arose, summary.deadline);
  const base::Instant determined = summary.determined;
  verdict.at = is_moment(deadline) ? deadline : is_moment(arose) ? arose : now;
  state.is_at_present = !is_moment(deadline) && !is_moment(arose);
  if (has_opinion) {
    verdict.outcome = facts::combine(said);
    if (state.performance) {
      verdict.incident = record_.fact(*state.performance).incident;
      if (verdict.outcome == Outcome::Kept) {
        verdict.at = record_.fact(*state.performance).when.from;
        state.is_at_present = false;
      }
    }
  } else {
    verdict.outcome = outcome_of_none(summary, now);
  }
  if (verdict.outcome == Outcome::Broken) {
    verdict.at = determined < base::kAfterTime ? determined : verdict.at;
    state.is_at_present = state.is_at_present && determined >= base::kAfterTime;
    verdict.blame = blame_of(record_.agreement(), instance.clause, verdict.bearers);
  }
  return state;
}

std::vector<DutyState> Duties::judge(agreement::ClauseId id) {
  std::vector<DutyState> result;
  if (!record_.agreement().clause(id).subject.is_anyone) {
    for (const Instance& instance : instances_to_judge(id)) {
      result.push_back(judge_instance(instance));
    }
  }
  return result;
}

}  // namespace truce::monitor::internal
