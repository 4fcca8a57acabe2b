// SPDX-License-Identifier: Apache-2.0
// Reciprocal phases: the same work in slices, side by side.
#include <algorithm>

#include "truce/monitor/internal/duties.h"
#include "truce/monitor/internal/worlds.h"

namespace truce::monitor::internal {

using facts::Opinion;
using facts::Outcome;
using facts::Truth;

namespace {

// More slices than this are no plan that anybody could keep.
constexpr std::size_t kMaxSlices = 10000;

bool is_known(MomentRange range) {
  return range.is_exact() && range.latest < base::kAfterTime && range.earliest > base::kBeforeTime;
}

std::vector<agreement::PlaceId> places_within(const agreement::Agreement& agreement,
                                              const agreement::Clause& clause) {
  std::vector<agreement::PlaceId> places;
  for (const agreement::InPlace* in_place : clause.find_all<agreement::InPlace>()) {
    for (const agreement::Noun& noun : in_place->places.items) {
      if (noun.head == agreement::Noun::Head::Place) {
        places.push_back(noun.place);
      }
    }
  }
  const agreement::LocalTruce* local = agreement::local_truce_of(agreement, clause);
  if (local != nullptr && local->within.has_value()) {
    places.push_back(*local->within);
  }
  return places;
}

MomentRange later(MomentRange a, MomentRange b) {
  return {std::max(a.earliest, b.earliest), std::max(a.latest, b.latest)};
}

// How many of the sorted instants lie at or before `due`.
std::size_t count_by(const std::vector<base::Instant>& sorted, base::Instant due) {
  return static_cast<std::size_t>(std::upper_bound(sorted.begin(), sorted.end(), due) -
                                  sorted.begin());
}

}  // namespace

std::vector<std::vector<agreement::ActorId>> sides_of(const agreement::Agreement& agreement,
                                                      const agreement::Clause& clause) {
  std::vector<std::vector<agreement::ActorId>> sides;
  for (const agreement::Phase* phase : clause.find_all<agreement::Phase>()) {
    sides.push_back(actors_of(agreement, phase->agents, {}));
  }
  return sides;
}

// When what the phases wait upon has come: the first of what activates them.
MomentRange Duties::awaited_by(const agreement::Clause& clause, facts::AccountId account) {
  if (!clause.waits()) {
    return kAlways;
  }
  MomentRange first = kNever;
  const auto activations = activations_.activations(clause, account);
  for (const Activation& activation : *activations) {
    first = {std::min(first.earliest, activation.when.earliest),
             std::min(first.latest, activation.when.latest)};
  }
  return first;
}

Duties::Plan Duties::plan_of(agreement::ClauseId id, facts::AccountId account) {
  const agreement::Clause& clause = record_.agreement().clause(id);
  Plan plan;
  DutyTimes times;
  const auto* from = clause.find<agreement::From>();
  const MomentRange awaited = awaited_by(clause, account);
  plan.start = from != nullptr  ? later(clocks_.moment(from->at, account, Edge::Start), awaited)
               : clause.waits() ? awaited
                                : clocks_.with_agreement(account);
  if (const auto* start = clause.find<agreement::Start>()) {
    times.arose = plan.start;
    plan.start = deadline_of(start->deadline, account, times);
  }
  if (const auto* finish = clause.find<agreement::Finish>()) {
    times.arose = plan.start;
    plan.finish = deadline_of(finish->deadline, account, times);
  }
  const auto not_before = [&](MomentRange at) { plan.start = later(plan.start, at); };
  not_before(awaited);
  not_before(force_.begins(id, account));
  for (const auto& side : sides_of(record_.agreement(), clause)) {
    not_before(record_.bound(side, false));
  }
  const auto* interval = clause.find<agreement::Interval>();
  if (interval == nullptr || !is_known(plan.start) || !is_known(plan.finish)) {
    return plan;
  }
  base::Instant due = plan.start.earliest;
  while (due < plan.finish.earliest && plan.due.size() < kMaxSlices) {
    const base::Instant next = clocks_.adding().after(due, interval->period);
    if (next <= due) {
      break;
    }
    due = std::min(next, plan.finish.earliest);
    plan.due.push_back(force_.unsuspended(id, {due, due}, account));
  }
  return plan;
}

std::vector<Performance> Duties::slices_done(const agreement::Clause& clause, std::size_t side,
                                             facts::AccountId account) {
  const agreement::Phase& phase = *clause.find_all<agreement::Phase>()[side];
  const std::vector<agreement::ActorId> bearers = sides_of(record_.agreement(), clause)[side];
  const auto* from = clause.find<agreement::From>();
  const Timeline may = Timeline::since(
      later(from != nullptr ? clocks_.moment(from->at, account, Edge::Start) : kAlways,
            awaited_by(clause, account)));
  std::vector<Performance> found;
  for (const facts::FactId fact_id : candidates(phase.act, account).all) {
    const facts::Fact& fact = record_.fact(fact_id);
    Tally tally;
    for (const auto& [epoch, when] : record_.epochs_of(fact.when)) {
      Tally done;
      for (const facts::Group& group : fact.actors) {
        for (const Alternative& alternative : alternatives_of(fact)) {
          const Scene scene{fact, alternative, epoch};
          Truth is_it = Truth::No;
          for (const agreement::ActorId bearer : bearers) {
            if (std::binary_search(group.begin(), group.end(), bearer)) {
              is_it = is_it || acts_.is_performance(scene, clause, phase.act, bearer);
            }
          }
          done.add(is_it);
        }
      }
      tally.add(Tally::both(done, may.over(when)));
    }
    if (tally.truth() != Truth::No) {
      found.push_back({fact_id, tally.truth(), Truth::No, Truth::No});
    }
  }
  return found;
}

std::vector<Truth> Duties::failures(const agreement::Clause& clause, std::size_t side,
                                    const Plan& plan, const std::vector<Performance>& done,
                                    facts::AccountId account) {
  std::vector<base::Instant> certain;
  std::vector<base::Instant> possible;
  for (const Performance& slice : done) {
    const base::TimeRange when = record_.fact(slice.fact).when;
    possible.push_back(when.from);
    if (slice.is_performed == Truth::Yes) {
      certain.push_back(facts::last_of(when));
    }
  }
  std::sort(certain.begin(), certain.end());
  std::sort(possible.begin(), possible.end());
  const agreement::Act& act = clause.find_all<agreement::Phase>()[side]->act;
  const Timeline covered =
      record_.covered(account, act.verb, places_within(record_.agreement(), clause));
  std::vector<Truth> failed;
  for (std::size_t slice = 1; slice <= plan.due.size(); ++slice) {
    const MomentRange due = plan.due[slice - 1];
    if (count_by(certain, due.earliest) >= slice) {
      failed.push_back(Truth::No);
    } else if (record_.evidence().now <= due.latest || count_by(possible, due.latest) >= slice) {
      failed.push_back(Truth::Maybe);
    } else {
      const base::TimeRange stretch{plan.start.earliest, due.latest + base::Duration{1}};
      failed.push_back(covered.over(stretch).truth() == Truth::Yes ? Truth::Yes : Truth::Maybe);
    }
  }
  return failed;
}

// The slice that completed the work, of those that were certainly done.
facts::FactId Duties::completing_slice(const std::vector<Performance>& slices,
                                       std::size_t due) const {
  std::vector<std::pair<base::Instant, facts::FactId>> done;
  for (const Performance& slice : slices) {
    if (slice.is_performed == Truth::Yes) {
      done.emplace_back(record_.fact(slice.fact).when.from, slice.fact);
    }
  }
  std::sort(done.begin(), done.end());
  return done[due - 1].second;
}

PhaseOpinion Duties::phase_opinion(const agreement::Clause& clause, std::size_t side,
                                   const Slices& slices, facts::AccountId account) {
  PhaseOpinion result;
  result.account = account;
  result.finish = slices.plan.finish;
  result.slices = slices.plan.due.size();
  const std::vector<Performance>& own = slices.done[side];
  result.reported = own.size();
  result.is_too_late = record_.evidence().now > slices.plan.finish.latest &&
                       slices.plan.start.earliest > slices.plan.finish.latest;
  if (slices.plan.due.empty()) {
    return result;
  }
  Truth broken = Truth::No;
  Truth missing = Truth::No;
  Truth released = Truth::No;
  for (std::size_t slice = 0; slice < slices.plan.due.size(); ++slice) {
    missing = missing || slices.failed[side][slice];
    if (record_.evidence().now <= slices.plan.due[slice].latest) {
      continue;
    }
    const auto failed = [&](std::size_t whose) {
      return slices.failed[whose][slice] && !slices.over[whose][slice];
    };
    const Truth broke = failed(side) && !released;
    if (broke == Truth::Yes && broken != Truth::Yes) {
      result.failed_at = slices.plan.due[slice].earliest;
    }
    if (broke != Truth::No && !result.may_have_failed_at) {
      result.may_have_failed_at = slices.plan.due[slice].earliest;
    }
    broken = broken || broke;
    for (std::size_t other = 0; other < slices.failed.size(); ++other) {
      released = released || (other != side ? failed(other) : Truth::No);
    }
  }
  const agreement::Act& act = clause.find_all<agreement::Phase>()[side]->act;
  const base::TimeRange first_slice{slices.plan.start.earliest,
                                    slices.plan.due.front().latest + base::Duration{1}};
  const bool can_tell =
      !own.empty() || record_.covered(account, act.verb, places_within(record_.agreement(), clause))
                              .over(first_slice)
                              .truth() == Truth::Yes;
  if (broken == Truth::Yes) {
    result.opinion = Opinion::Broken;
  } else if (missing == Truth::No) {
    result.opinion = Opinion::Kept;
  } else if (broken == Truth::No &&
             (released == Truth::Yes || slices.over[side].back() == Truth::Yes)) {
    result.is_released = true;
    result.has_ended = released != Truth::Yes;
  } else if (can_tell && broken == Truth::Maybe) {
    result.opinion = Opinion::Unknown;
  }
  if (result.opinion == Opinion::Kept) {
    result.last_slice = completing_slice(own, slices.plan.due.size());
  }
  return result;
}

namespace {

// Where no account has an opinion.
Outcome outcome_of_nobody(bool has_lapsed, bool is_past) {
  if (has_lapsed) {
    return Outcome::Lapsed;
  }
  return is_past ? Outcome::Unknown : Outcome::Pending;
}

}  // namespace

DutyState Duties::judge_side(agreement::ClauseId id, std::size_t side,
                             const std::vector<Slices>& by_account) {
  const agreement::Clause& clause = record_.agreement().clause(id);
  const std::vector<agreement::ActorId> bearers = sides_of(record_.agreement(), clause)[side];
  DutyState state{{id, bearers, true, {}}, {}, {}, {}, {}, false};
  facts::Verdict& verdict = state.verdict;
  verdict.clause = id;
  verdict.bearers = bearers;
  base::Instant finish = base::kAfterTime;
  base::Instant last_finish = base::kBeforeTime;
  base::Instant failed_at = base::kAfterTime;
  bool is_released = false;
  bool is_too_late = true;
  std::vector<Opinion> opinions;
  for (std::size_t i = 0; i < accounts_.size(); ++i) {
    PhaseOpinion said = phase_opinion(clause, side, by_account[i], accounts_[i]);
    finish = std::min(finish, said.finish.earliest);
    last_finish = std::max(last_finish, said.finish.latest);
    is_released = is_released || said.is_released;
    is_too_late = is_too_late && said.is_too_late;
    if (said.opinion == Opinion::Unknown && worlds_.are_tried()) {
      said.opinion = worlds_.of_phases(state.instance, side, accounts_[i]).opinion;
    }
    failed_at = std::min(failed_at, said.failed_at.value_or(base::kAfterTime));
    if (said.opinion) {
      verdict.opinions.push_back({said.account, *said.opinion});
      opinions.push_back(*said.opinion);
    }
    if (said.last_slice && (!state.performance || record_.fact(*said.last_slice).when.from <
                                                      record_.fact(*state.performance).when.from)) {
      state.performance = said.last_slice;
    }
    state.phases.push_back(said);
  }
  verdict.at = finish < base::kAfterTime ? finish : record_.evidence().now;
  if (!opinions.empty()) {
    verdict.outcome = facts::combine(opinions);
  } else {
    verdict.outcome =
        outcome_of_nobody(is_released || is_too_late, record_.evidence().now > last_finish);
  }
  if (verdict.outcome == Outcome::Broken) {
    // Which slice it was that decided may be open although all worlds agree.
    verdict.at = failed_at < base::kAfterTime ? failed_at : verdict.at;
    verdict.blame = blame_of(record_.agreement(), id, bearers);
  } else if (verdict.outcome == Outcome::Kept && state.performance) {
    verdict.incident = record_.fact(*state.performance).incident;
    verdict.at = record_.fact(*state.performance).when.from;
  } else {
    state.is_at_present = finish >= base::kAfterTime;
  }
  return state;
}

Truth Duties::is_over(const agreement::Clause& clause, MomentRange end, MomentRange due,
                      facts::AccountId account) {
  Truth holds = clocks_.conditions_at(clause, account, due.earliest);
  const auto* interval = clause.find<agreement::Interval>();
  if (interval != nullptr && interval->while_condition) {
    holds = holds &&
            clocks_.condition(*interval->while_condition, account, {due.earliest, due.earliest})
                .at(due.earliest);
  }
  return (Timeline::since(end).at(record_.evidence().now) && ends_by(end, due)) || !holds;
}

Duties::Slices Duties::slices_of(agreement::ClauseId id, facts::AccountId account) {
  const agreement::Clause& clause = record_.agreement().clause(id);
  const auto sides = sides_of(record_.agreement(), clause);
  Slices slices{plan_of(id, account), {}, {}, {}};
  for (std::size_t side = 0; side < sides.size(); ++side) {
    slices.done.push_back(slices_done(clause, side, account));
    slices.failed.push_back(failures(clause, side, slices.plan, slices.done.back(), account));
    const MomentRange end = force_.ended(id, sides[side], account);
    slices.over.emplace_back();
    for (const MomentRange due : slices.plan.due) {
      slices.over.back().push_back(is_over(clause, end, due, account));
    }
  }
  return slices;
}

// For each side when it missed a slice.
std::vector<MomentRange> Duties::phases_broken(agreement::ClauseId id, facts::AccountId account) {
  const agreement::Clause& clause = record_.agreement().clause(id);
  const Slices slices = slices_of(id, account);
  std::vector<MomentRange> result;
  for (std::size_t side = 0; side < slices.done.size(); ++side) {
    const PhaseOpinion said = phase_opinion(clause, side, slices, account);
    const bool may_be_broken = said.opinion == Opinion::Broken || said.opinion == Opinion::Unknown;
    result.push_back(may_be_broken ? MomentRange{said.may_have_failed_at.value_or(base::kAfterTime),
                                                 said.failed_at.value_or(base::kAfterTime)}
                                   : kNever);
  }
  return result;
}

std::vector<DutyState> Duties::judge_phases(agreement::ClauseId id) {
  const std::size_t sides = sides_of(record_.agreement(), record_.agreement().clause(id)).size();
  std::vector<Slices> by_account;
  for (const facts::AccountId account : accounts_) {
    by_account.push_back(slices_of(id, account));
  }
  std::vector<DutyState> result;
  for (std::size_t side = 0; side < sides; ++side) {
    result.push_back(judge_side(id, side, by_account));
  }
  return result;
}

MomentRange Duties::phases_performed(agreement::ClauseId id, facts::AccountId account) {
  const agreement::Clause& clause = record_.agreement().clause(id);
  const std::size_t sides = sides_of(record_.agreement(), clause).size();
  const Plan plan = plan_of(id, account);
  MomentRange all = sides == 0 ? kNever : kAlways;
  for (std::size_t side = 0; side < sides; ++side) {
    std::vector<base::Instant> first;
    std::vector<base::Instant> last;
    for (const Performance& slice : slices_done(clause, side, account)) {
      const base::TimeRange when = record_.fact(slice.fact).when;
      first.push_back(when.from);
      if (slice.is_performed == Truth::Yes) {
        last.push_back(facts::last_of(when));
      }
    }
    // The last of the slices that are due.
    const auto completed = [&](std::vector<base::Instant>& done) {
      std::sort(done.begin(), done.end());
      return plan.due.empty() || done.size() < plan.due.size() ? base::kAfterTime
                                                               : done[plan.due.size() - 1];
    };
    all = {std::max(all.earliest, completed(first)), std::max(all.latest, completed(last))};
  }
  return all;
}

}  // namespace truce::monitor::internal
