// SPDX-License-Identifier: Apache-2.0
// Reciprocal phases: the same work in slices, side by side.
#include <algorithm>

#include "truce/semantics/internal/telling.h"

namespace truce::semantics::internal {
namespace {

using agreement::Clause;
using agreement::ClauseId;
using facts::Opinion;
using facts::Truth;

// More slices than this are no plan that anybody could keep.
constexpr std::size_t kMaxSlices = 10000;

bool is_known(MomentRange range) {
  return range.earliest == range.latest && range.latest < base::kAfterTime &&
         range.earliest > base::kBeforeTime;
}

// Remembers the first slice that was missed, and the first that possibly was.
void note_failure(Truth broke, base::Instant due, PhaseOpinion& into) {
  if (broke == Truth::Yes && !into.failed_at.has_value()) {
    into.failed_at = due;
  }
  if (broke != Truth::No && !into.may_have_failed_at.has_value()) {
    into.may_have_failed_at = due;
  }
}

std::vector<agreement::PlaceId> places_of(const agreement::Agreement& agreement,
                                          const Clause& clause) {
  std::vector<agreement::PlaceId> places;
  for (const auto* in_place : clause.find_all<agreement::InPlace>()) {
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

}  // namespace

std::vector<std::vector<agreement::ActorId>> Telling::sides(ClauseId clause) {
  std::vector<std::vector<agreement::ActorId>> found;
  for (const auto* phase : agreement_.clause(clause).find_all<agreement::Phase>()) {
    agreement::Subject subject;
    subject.agents = phase->agents;
    found.push_back(bearers_of(agreement_, subject));
  }
  return found;
}

Telling::Slices Telling::slices(ClauseId id) {
  const Clause& clause = agreement_.clause(id);
  Slices plan;
  const auto read = [&](const agreement::Deadline& deadline, MomentRange arose) {
    if (!deadline.moment.has_value()) {
      return deadline.within.has_value() ? shifted(arose, *deadline.within, 1) : kNever;
    }
    return deadline.within.has_value()
               ? shifted(moment(*deadline.moment, false), *deadline.within, 1)
               : moment(*deadline.moment, true);
  };
  const auto* from = clause.find<agreement::From>();
  const MomentRange awaited = awaited_by(clause);
  if (from != nullptr) {
    plan.start = latest_of(moment(from->at, false), awaited);
  } else {
    plan.start = clause.waits() ? awaited : with_agreement();
  }
  if (const auto* start = clause.find<agreement::Start>()) {
    plan.start = read(start->deadline, plan.start);
  }
  if (const auto* finish = clause.find<agreement::Finish>()) {
    plan.finish = read(finish->deadline, plan.start);
  }
  plan.start = latest_of(latest_of(plan.start, begins(id)), awaited);
  for (const auto* phase : clause.find_all<agreement::Phase>()) {
    agreement::Subject side;
    side.agents = phase->agents;
    plan.start = latest_of(plan.start, bound(bearers_of(agreement_, side), false));
  }
  const auto* interval = clause.find<agreement::Interval>();
  if (interval == nullptr || !is_known(plan.start) || !is_known(plan.finish)) {
    return plan;
  }
  base::Instant due = plan.start.earliest;
  while (due < plan.finish.earliest && plan.due.size() < kMaxSlices) {
    const base::Instant next = shifted(due, interval->period, 1);
    if (next <= due) {
      break;
    }
    due = std::min(next, plan.finish.earliest);
    plan.due.push_back(unsuspended(id, {due, due}));
  }
  return plan;
}

// When what the phases wait upon has come: the first of what activates them.
MomentRange Telling::awaited_by(const Clause& clause) {
  if (!clause.waits()) {
    return kBeginning;
  }
  MomentRange first = kNever;
  for (const Activation& activation : activations(clause)) {
    first = earliest_of(first, activation.when);
  }
  return first;
}

std::vector<Performance> Telling::phase_performances(ClauseId clause, std::size_t side) {
  const Clause& text = agreement_.clause(clause);
  const agreement::Phase& phase = *text.find_all<agreement::Phase>()[side];
  const std::vector<agreement::ActorId> bearers = sides(clause)[side];
  const auto* from = text.find<agreement::From>();
  const MomentRange first =
      latest_of(from != nullptr ? moment(from->at, false) : kBeginning, awaited_by(text));
  std::vector<Performance> found;
  for (facts::FactId id : own_facts()) {
    Performance slice;
    slice.fact = id;
    slice.is_performed = over(evidence_.fact(id), {first}, [&](const Scene& scene) {
      Truth result = Truth::No;
      for (agreement::ActorId bearer : bearers) {
        if (contains(scene.group, bearer)) {
          result = result || is_performance(scene, text, phase.act, bearer);
        }
      }
      return result && has_come(first, scene.at);
    });
    if (slice.is_performed != Truth::No) {
      found.push_back(slice);
    }
  }
  return found;
}

Truth Telling::is_over(ClauseId clause, std::size_t side, MomentRange due) {
  const std::vector<agreement::ActorId> bearers = sides(clause)[side];
  const Clause& text = agreement_.clause(clause);
  const MomentRange end = ended(clause, bearers);
  const agreement::ActorId bearer = bearers.empty() ? agreement::ActorId{} : bearers.front();
  Truth holds = conditions_hold(text, due.earliest, nullptr, bearer);
  const auto* interval = text.find<agreement::Interval>();
  if (interval != nullptr && interval->while_condition.has_value()) {
    holds = holds && condition_holds(*interval->while_condition, due.earliest, nullptr, bearer);
  }
  return (has_come(end, evidence_.now) && ends_by(end, due)) || !holds;
}

// Whether the side had done fewer than `slice` slices when that slice was due.
Truth Telling::has_failed(ClauseId clause, std::size_t side, const Slices& plan,
                          std::size_t slice) {
  const Clause& text = agreement_.clause(clause);
  const MomentRange due = plan.due[slice - 1];
  std::size_t done_certainly = 0;
  std::size_t done_possibly = 0;
  for (const Performance& performance : phase_performances(clause, side)) {
    const base::TimeRange range = evidence_.fact(performance.fact).when;
    if (performance.is_performed == Truth::Yes && facts::last_of(range) <= due.earliest) {
      ++done_certainly;
    }
    if (range.from <= due.latest) {
      ++done_possibly;
    }
  }
  if (done_certainly >= slice) {
    return Truth::No;
  }
  if (evidence_.now <= due.latest || done_possibly >= slice) {
    return Truth::Maybe;
  }
  const agreement::Act& act = text.find_all<agreement::Phase>()[side]->act;
  return has_coverage(plan.start.earliest, due.latest, {&act}, places_of(agreement_, text))
             ? Truth::Yes
             : Truth::Maybe;
}

// The slice that completed the work, where at least `needed` were certainly made.
std::optional<facts::FactId> Telling::completing_slice(const std::vector<Performance>& slices_made,
                                                       std::size_t needed) const {
  std::vector<std::pair<base::Instant, facts::FactId>> done;
  for (const Performance& slice : slices_made) {
    if (slice.is_performed == Truth::Yes) {
      done.emplace_back(evidence_.fact(slice.fact).when.from, slice.fact);
    }
  }
  std::sort(done.begin(), done.end());
  return done.size() < needed ? std::nullopt : std::optional(done[needed - 1].second);
}

PhaseOpinion Telling::phase_opinion(ClauseId clause, std::size_t side) {
  const Clause& text = agreement_.clause(clause);
  PhaseOpinion result;
  const Slices plan = slices(clause);
  result.finish = plan.finish;
  // What has not come when the phases are to be finished comes too late for them.
  result.is_too_late =
      evidence_.now > plan.finish.latest && plan.start.earliest > plan.finish.latest;
  if (plan.due.empty()) {
    return result;
  }
  const std::vector<Performance> own = phase_performances(clause, side);
  Truth broken = Truth::No;
  Truth is_missing = Truth::No;
  Truth is_released = Truth::No;
  for (std::size_t slice = 1; slice <= plan.due.size(); ++slice) {
    const MomentRange due = plan.due[slice - 1];
    const Truth failed = has_failed(clause, side, plan, slice);
    is_missing = is_missing || failed;
    if (evidence_.now <= due.latest) {
      continue;
    }
    const Truth broke = failed && !is_released && !is_over(clause, side, due);
    note_failure(broke, due.earliest, result);
    broken = broken || broke;
    for (std::size_t other = 0; other < sides(clause).size(); ++other) {
      if (other != side) {
        is_released =
            is_released || (has_failed(clause, other, plan, slice) && !is_over(clause, other, due));
      }
    }
  }
  const Truth has_ended = is_over(clause, side, plan.due.back());
  const bool can_tell =
      !own.empty() ||
      has_coverage(plan.start.earliest, plan.due.front().latest,
                   {&text.find_all<agreement::Phase>()[side]->act}, places_of(agreement_, text));
  if (broken == Truth::Yes) {
    result.opinion = Opinion::Broken;
  } else if (is_missing == Truth::No) {
    result.opinion = Opinion::Kept;
  } else if (broken == Truth::No && (is_released == Truth::Yes || has_ended == Truth::Yes)) {
    result.is_released = true;
  } else if (can_tell && broken == Truth::Maybe) {
    result.opinion = Opinion::Unknown;
  }
  if (result.opinion == Opinion::Kept) {
    result.last_slice = completing_slice(own, plan.due.size());
  }
  return result;
}

}  // namespace truce::semantics::internal
