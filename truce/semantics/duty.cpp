// SPDX-License-Identifier: Apache-2.0
// Section "Duties" of docs/language/meaning.md.
#include <algorithm>

#include "truce/semantics/internal/telling.h"

namespace truce::semantics::internal {
namespace {

using agreement::Clause;
using agreement::ClauseId;
using agreement::Deadline;
using facts::Opinion;
using facts::Truth;

// Whom each duty of the clause binds: each alone, or all in one.
std::vector<std::vector<agreement::ActorId>> bearer_sets(const agreement::Agreement& agreement,
                                                         const Clause& clause) {
  const std::vector<agreement::ActorId> bearers = bearers_of(agreement, clause.subject);
  std::vector<std::vector<agreement::ActorId>> sets;
  switch (clause.subject.mode) {
    case agreement::Subject::Mode::Single:
    case agreement::Subject::Mode::Each:
      for (agreement::ActorId bearer : bearers) {
        sets.push_back({bearer});
      }
      break;
    case agreement::Subject::Mode::Jointly:
    case agreement::Subject::Mode::Either:
      if (!bearers.empty()) {
        sets.push_back(bearers);
      }
      break;
  }
  return sets;
}

// A remedy of `each Guarantor` is for those who ensure one of the accused.
bool is_concerned(const agreement::Agreement& agreement, const Clause& clause,
                  const std::vector<agreement::ActorId>& bearers, const Activation& activation) {
  const bool is_each_guarantor =
      std::any_of(clause.subject.agents.begin(), clause.subject.agents.end(),
                  [](const agreement::Agent& agent) {
                    return agent.who == agreement::Agent::Who::EachGuarantor;
                  });
  if (!is_each_guarantor || activation.accused.empty()) {
    return true;
  }
  return std::any_of(bearers.begin(), bearers.end(), [&](agreement::ActorId bearer) {
    const auto& ensured = agreement.actor(bearer).ensures;
    return std::any_of(ensured.begin(), ensured.end(), [&](agreement::ActorId party) {
      return contains(activation.accused, party);
    });
  });
}

std::vector<agreement::PlaceId> places_of(const agreement::Agreement& agreement,
                                          const Clause& clause) {
  std::vector<agreement::PlaceId> places;
  const auto add = [&](const agreement::Nouns& nouns) {
    for (const agreement::Noun& noun : nouns.items) {
      if (noun.head == agreement::Noun::Head::Place) {
        places.push_back(noun.place);
      }
    }
  };
  for (const auto* in_place : clause.find_all<agreement::InPlace>()) {
    add(in_place->places);
  }
  for (const agreement::Complement& complement : clause.act.complements) {
    add(complement.nouns);
  }
  const agreement::LocalTruce* local = agreement::local_truce_of(agreement, clause);
  if (local != nullptr && local->within.has_value()) {
    places.push_back(*local->within);
  }
  return places;
}

bool is_done(const std::vector<agreement::ActorId>& bearers, bool is_any,
             const facts::Group& group) {
  const auto is_among = [&](agreement::ActorId bearer) { return contains(group, bearer); };
  return is_any ? std::any_of(bearers.begin(), bearers.end(), is_among)
                : std::all_of(bearers.begin(), bearers.end(), is_among);
}

Opinion weaker(Opinion opinion, Truth condition) {
  return opinion == Opinion::Broken && condition != Truth::Yes ? Opinion::Unknown : opinion;
}

}  // namespace

// A duty that recurs has one for each period: the first periods of all, then the second ones, so
// that accounts by which there are fewer give the first of them in the same order.
std::vector<Instance> Telling::instances(ClauseId clause) {
  const Clause& text = agreement_.clause(clause);
  std::vector<Instance> found;
  const bool is_any = text.subject.mode == agreement::Subject::Mode::Either;
  const bool waits = text.waits();
  const std::vector<Activation> begun_by =
      waits ? activations(text) : std::vector<Activation>{{kBeginning, {}, {}}};
  for (const std::vector<agreement::ActorId>& bearers : bearer_sets(agreement_, text)) {
    for (std::size_t i = 0; i < begun_by.size(); ++i) {
      if (is_concerned(agreement_, text, bearers, begun_by[i])) {
        found.push_back(
            {clause, bearers, is_any, waits ? std::optional<std::size_t>(i) : std::nullopt});
      }
    }
  }
  if (text.recurrence() == nullptr) {
    return found;
  }
  const std::vector<Instance> first = std::move(found);
  found.clear();
  bool goes_on = true;
  for (std::uint32_t period = 1; goes_on && period <= agreement::kMostPeriods; ++period) {
    std::vector<Instance> these = first;
    goes_on = false;
    for (Instance& instance : these) {
      instance.period = period;
      goes_on = goes_on || has_period(instance);
    }
    if (period == 1 || goes_on) {
      found.insert(found.end(), these.begin(), these.end());
    }
  }
  return found;
}

bool Telling::has_period(const Instance& instance) {
  if (instance.period.value_or(1) == 1) {
    return true;
  }
  const base::Instant arose = own_times(instance).arose.earliest;
  const MomentRange end = ended(instance.clause, instance.bearers);
  return arose > base::kBeforeTime && arose <= evidence_.now && arose < end.latest;
}

DutyTimes Telling::own_times(const Instance& instance) {
  const Clause& clause = agreement_.clause(instance.clause);
  DutyTimes times;
  const bool waits = clause.waits();
  times.arose = with_agreement();
  if (const auto* from = clause.find<agreement::From>()) {
    times.arose = moment(from->at, false);
    times.not_before.push_back(times.arose);
  }
  if (waits) {
    const std::vector<Activation> all = activations(clause);
    const MomentRange activated =
        instance.activation.has_value() && *instance.activation < all.size()
            ? all[*instance.activation].when
            : kNever;
    const bool has_from = clause.find<agreement::From>() != nullptr;
    times.arose = has_from ? latest_of(times.arose, activated) : activated;
    times.not_before.push_back(times.arose);
  }
  times.arose = latest_of(times.arose, begins(instance.clause));
  times.arose = latest_of(times.arose, bound(instance.bearers, instance.is_any));
  if (clause.recurrence() != nullptr) {
    set_period(instance, times);
  } else {
    add_deadlines(instance, times);
  }
  return times;
}

// The periods follow one another from when the duty arose; a streak that it asks for comes first.
void Telling::set_period(const Instance& instance, DutyTimes& times) {
  const agreement::Interval& interval = *agreement_.clause(instance.clause).recurrence();
  MomentRange first = times.arose;
  if (const auto& condition = interval.while_condition;
      condition.has_value() && condition->situation.has_value() && !condition->is_negated) {
    const agreement::Situation& situation = agreement_.situations[condition->situation->index];
    if (const auto* streak = std::get_if<agreement::Streak>(&situation.what)) {
      first = latest_of(first, streak_end(*streak));
    }
  }
  const std::int64_t number = instance.period.value_or(1);
  times.arose = shifted(first, interval.period, number - 1);
  times.not_before = {times.arose};
  // From the beginning of time no periods can be counted.
  if (first.earliest > base::kBeforeTime) {
    times.deadline = shifted(first, interval.period, number);
    times.has_deadline = true;
  }
}

void Telling::add_deadlines(const Instance& instance, DutyTimes& times) {
  const Clause& clause = agreement_.clause(instance.clause);
  const auto read = [&](const Deadline& deadline) {
    if (!deadline.moment.has_value()) {
      return deadline.within.has_value() ? shifted(times.arose, *deadline.within, 1) : kNever;
    }
    if (!deadline.within.has_value()) {
      return moment(*deadline.moment, true);
    }
    const MomentRange counted_from = moment(*deadline.moment, false);
    times.not_before.push_back(counted_from);
    return shifted(counted_from, *deadline.within, 1);
  };
  const auto add = [&](const Deadline& deadline) {
    const MomentRange due = read(deadline);
    times.deadline = earliest_of(times.deadline, due);
    times.has_deadline = true;
    if (deadline.moment.has_value()) {
      times.absolute_deadline = earliest_of(times.absolute_deadline, due);
    }
  };
  for (const auto* due : clause.find_all<agreement::Due>()) {
    add(due->deadline);
  }
  for (const auto* finish : clause.find_all<agreement::Finish>()) {
    add(finish->deadline);
  }
  if (const auto* start = clause.find<agreement::Start>()) {
    if (times.has_deadline) {
      times.begun_by = read(start->deadline);
    } else {
      add(start->deadline);
    }
  }
}

DutyTimes Telling::times(const Instance& instance) {
  DutyTimes result = own_times(instance);
  // Reciprocal duties share the deadline of the last of them.
  for (const auto* reciprocal :
       agreement_.clause(instance.clause).find_all<agreement::Reciprocally>()) {
    for (const agreement::ClauseRef& partner : reciprocal->clauses) {
      const DutyTimes other = own_times({partner.clause, {}, false, 0});
      if (other.has_deadline) {
        result.deadline =
            result.has_deadline ? latest_of(result.deadline, other.deadline) : other.deadline;
        result.has_deadline = true;
      }
    }
  }
  if (agreement_.clause(instance.clause).recurrence() == nullptr) {
    result.deadline = unsuspended(instance.clause, result.deadline);
  }
  if (result.begun_by.has_value()) {
    result.begun_by = unsuspended(instance.clause, *result.begun_by);
  }
  return result;
}

// Whether there may be a time at which the duty is not yet anybody's.
bool Telling::is_conditional(const Instance& instance) {
  return !(begins(instance.clause) == kBeginning) ||
         !(bound(instance.bearers, instance.is_any) == kBeginning);
}

std::vector<Performance> Telling::performances(const Instance& instance, const DutyTimes& times) {
  const Clause& clause = agreement_.clause(instance.clause);
  std::vector<MomentRange> thresholds = times.not_before;
  thresholds.push_back(times.deadline);
  if (times.begun_by.has_value()) {
    thresholds.push_back(*times.begun_by);
  }
  std::vector<std::string> keys;
  if (clause.find<agreement::Whenever>() != nullptr) {
    const std::vector<Activation> all = activations(clause);
    if (instance.activation.has_value() && *instance.activation < all.size()) {
      keys = all[*instance.activation].keys;
    }
  }
  const auto test = [&](const Scene& scene) {
    Truth result = is_done(instance.bearers, instance.is_any, scene.group) ? Truth::Yes : Truth::No;
    if (result == Truth::No) {
      return result;
    }
    // What is relative in the act is so to any of those who perform it together.
    Truth is_it = Truth::No;
    for (agreement::ActorId bearer : instance.bearers) {
      if (contains(scene.group, bearer)) {
        is_it = is_it || is_performance(scene, clause, clause.act, bearer);
      }
    }
    result = is_it;
    if (!keys.empty()) {
      result = result && facts::is_same_key(keys, scene.fact->key);
    }
    for (const MomentRange& first : times.not_before) {
      result = result && has_come(first, scene.at);
    }
    // What is done after the end of a period belongs to a later one.
    if (clause.recurrence() != nullptr) {
      result = result && is_by(scene.at, times.deadline);
    }
    return result;
  };
  std::vector<Performance> found;
  for (facts::FactId id : own_facts()) {
    const facts::Fact& fact = evidence_.fact(id);
    Performance performance;
    performance.fact = id;
    performance.is_performed = over(fact, thresholds, test);
    if (performance.is_performed == Truth::No) {
      continue;
    }
    performance.is_in_time = over(fact, thresholds, [&](const Scene& scene) {
      return test(scene) && is_by(scene.at, times.deadline);
    });
    const MomentRange begin = times.begun_by.value_or(kNever);
    performance.is_begun = over(fact, thresholds, [&](const Scene& scene) {
      return test(scene) && is_by(scene.at, begin);
    });
    found.push_back(performance);
  }
  return found;
}

Truth Telling::is_owed(const Instance& instance, const DutyTimes& times) {
  const Clause& clause = agreement_.clause(instance.clause);
  const Force stretch = force(instance.clause);
  const MomentRange end = ended(instance.clause, instance.bearers);
  const auto& condition = clause.recurrence()->while_condition;
  const auto value = [&](base::Instant at) {
    const Truth binds = is_in_force(instance.clause, at) && !has_come(end, at);
    return condition.has_value()
               ? binds && condition_holds(*condition, at, nullptr, instance.bearers.front())
               : binds;
  };
  // All that the period may be, and what it is for certain.
  const base::TimeRange hull{times.arose.earliest, std::min(times.deadline.latest, evidence_.now)};
  const base::TimeRange core{times.arose.latest, std::min(times.deadline.earliest, evidence_.now)};
  std::vector<base::Instant> instants = {hull.from, hull.to, core.from, core.to};
  std::vector<MomentRange> thresholds = standing_thresholds();
  thresholds.insert(thresholds.end(), {stretch.start, stretch.end, end});
  for (const agreement::Situation& situation : agreement_.situations) {
    if (const auto* streak = std::get_if<agreement::Streak>(&situation.what)) {
      thresholds.push_back(streak_end(*streak));
    }
  }
  std::vector<base::Instant> changes = changes_;
  for (const MomentRange& threshold : thresholds) {
    changes.insert(changes.end(), {threshold.earliest, threshold.latest});
  }
  for (base::Instant change : changes) {
    for (std::int64_t step : {-1, 0, 1}) {
      instants.push_back({change.seconds + step});
    }
  }
  bool is_all_yes = true;
  bool is_denied = false;
  for (base::Instant at : instants) {
    if (hull.from <= at && at <= hull.to) {
      const Truth truth = value(at);
      is_all_yes = is_all_yes && truth == Truth::Yes;
      is_denied = is_denied || (truth == Truth::No && core.from <= at && at <= core.to);
    }
  }
  return is_denied ? Truth::No : is_all_yes ? Truth::Yes : Truth::Maybe;
}

std::optional<Opinion> Telling::opinion_of_silence(const Instance& instance,
                                                   const DutyTimes& times) const {
  const Clause& clause = agreement_.clause(instance.clause);
  const bool is_past = times.has_deadline && evidence_.now > times.deadline.latest;
  // Nothing can be seen between a beginning and an end that lies before it.
  if (is_past && times.arose.latest < base::kAfterTime &&
      times.arose.earliest <= times.deadline.latest &&
      has_coverage(times.arose.earliest, times.deadline.latest, {&clause.act},
                   places_of(agreement_, clause))) {
    return Opinion::Broken;
  }
  return std::nullopt;
}

// What the account says of the duty where it reports performance, or its silence says something.
void Telling::judge_performances(const Instance& instance, DutyOpinion& result) {
  const Clause& clause = agreement_.clause(instance.clause);
  const MomentRange end = ended(instance.clause, instance.bearers);
  const Truth is_over = clause.recurrence() != nullptr
                            ? !is_owed(instance, result.times)
                            : has_come(end, evidence_.now) && ends_by(end, result.times.deadline);
  Truth kept = Truth::No;
  Truth begun_in_time = Truth::No;
  Truth performed_at_all = Truth::No;
  for (const Performance& performance : result.performances) {
    kept = kept || performance.is_in_time;
    begun_in_time = begun_in_time || performance.is_begun;
    performed_at_all = performed_at_all || performance.is_performed;
  }
  kept = kept && begun_in_time;
  if (kept == Truth::Yes) {
    result.opinion = Opinion::Kept;
  } else if (result.determined.latest < base::kAfterTime) {
    result.opinion = Opinion::Broken;
  } else if (result.determined.earliest < base::kAfterTime) {
    result.opinion = Opinion::Unknown;
  } else if (is_over == Truth::Yes && kept == Truth::No) {
    result.has_lapsed = true;
    result.is_unowed = clause.recurrence() != nullptr;
  } else if (performed_at_all != Truth::No) {
    const bool is_late = performed_at_all == Truth::Yes && kept == Truth::No;
    result.opinion = is_late ? Opinion::Broken : Opinion::Unknown;
  } else {
    result.opinion = opinion_of_silence(instance, result.times);
  }
  const bool is_effort = clause.form == agreement::Form::Effort;
  if (result.opinion != Opinion::Broken || !(result.determined == kNever)) {
    return;
  }
  const agreement::ActorId bearer = instance.bearers.front();
  const Truth holds =
      conditions_hold(clause, result.times.deadline.earliest, nullptr, bearer) && !is_over;
  result.opinion = weaker(*result.opinion, is_effort ? Truth::Maybe : holds);
}

// The first determination of breach of an effort by its finders, of one of its bearers or nobody.
MomentRange Telling::determined(const Instance& instance, MomentRange arose) {
  const Clause& clause = agreement_.clause(instance.clause);
  const auto* finder = clause.find<agreement::Determined>();
  MomentRange when = kNever;
  if (clause.form != agreement::Form::Effort || finder == nullptr) {
    return when;
  }
  for (const OfficialAct& act : acts_) {
    bool is_of_bearer = false;
    bool is_of_nobody = true;
    for (const facts::Value& target : act.targets) {
      is_of_nobody = is_of_nobody && target.head == facts::Value::Head::Anything;
      is_of_bearer = is_of_bearer || (target.head == facts::Value::Head::Actor &&
                                      contains(instance.bearers, target.actor));
    }
    const bool is_it =
        act.act == facts::InstitutionalAct::Determine && (is_of_bearer || is_of_nobody) &&
        std::find(act.clauses.begin(), act.clauses.end(), instance.clause) != act.clauses.end() &&
        is_done_by(agreement_, finder->agents, false, act.authors);
    if (is_it && act.last >= arose.earliest) {
      when.earliest = std::min(when.earliest, act.first);
      if (act.first >= arose.latest) {
        when.latest = std::min(when.latest, act.last);
      }
    }
  }
  return when;
}

DutyOpinion Telling::duty_opinion(const Instance& instance) {
  const Clause& clause = agreement_.clause(instance.clause);
  DutyOpinion result;
  result.times = times(instance);
  const DutyTimes& when = result.times;
  if (clause.waits() || is_conditional(instance)) {
    const MomentRange end = ended(instance.clause, instance.bearers);
    const bool is_past = evidence_.now > when.absolute_deadline.latest &&
                         when.arose.earliest > when.absolute_deadline.latest;
    const bool has_begun = when.arose.earliest < base::kAfterTime;
    const bool is_over =
        !has_begun && (has_come(end, evidence_.now) && ends_by(end, when.deadline)) == Truth::Yes;
    result.has_lapsed = is_past || is_over;
    if (result.has_lapsed || !has_begun) {
      return result;
    }
  }
  result.performances = performances(instance, when);
  result.determined = determined(instance, when.arose);
  judge_performances(instance, result);
  return result;
}

MomentRange Telling::performed(const Instance& instance) {
  MomentRange when = kNever;
  for (const Performance& performance : performances(instance, times(instance))) {
    const base::TimeRange range = evidence_.fact(performance.fact).when;
    when.earliest = std::min(when.earliest, range.from);
    if (performance.is_performed == Truth::Yes) {
      when.latest = std::min(when.latest, facts::last_of(range));
    }
  }
  return when;
}

MomentRange Telling::performed(ClauseId clause) {
  const Clause& text = agreement_.clause(clause);
  const Asking asking(*this, Topic::Performed, &text);
  // A duty that recurs is never done with.
  if (!asking.is_new() || text.recurrence() != nullptr) {
    return kNever;
  }
  MomentRange all = kBeginning;
  std::size_t count = 0;
  if (text.form == agreement::Form::Phases) {
    for (std::size_t side = 0; side < sides(clause).size(); ++side) {
      const Slices plan = slices(clause);
      std::vector<base::Instant> first;
      std::vector<base::Instant> last;
      for (const Performance& slice : phase_performances(clause, side)) {
        const base::TimeRange range = evidence_.fact(slice.fact).when;
        first.push_back(range.from);
        if (slice.is_performed == Truth::Yes) {
          last.push_back(facts::last_of(range));
        }
      }
      // The last of the slices that are due.
      const auto last_of_plan = [&](std::vector<base::Instant>& done) {
        std::sort(done.begin(), done.end());
        return plan.due.empty() || done.size() < plan.due.size() ? base::kAfterTime
                                                                 : done[plan.due.size() - 1];
      };
      all = latest_of(all, {last_of_plan(first), last_of_plan(last)});
      ++count;
    }
  } else if (text.form == agreement::Form::Duty || text.form == agreement::Form::Effort) {
    for (const Instance& instance : instances(clause)) {
      all = latest_of(all, performed(instance));
      ++count;
    }
  }
  return count == 0 ? kNever : all;
}

MomentRange Telling::begun(ClauseId clause) {
  const Clause& text = agreement_.clause(clause);
  const Asking asking(*this, Topic::Performed, &text);
  if (!asking.is_new()) {
    return kNever;
  }
  MomentRange first = kNever;
  if (text.form == agreement::Form::Phases) {
    for (std::size_t side = 0; side < sides(clause).size(); ++side) {
      for (const Performance& slice : phase_performances(clause, side)) {
        const base::TimeRange range = evidence_.fact(slice.fact).when;
        first.earliest = std::min(first.earliest, range.from);
        if (slice.is_performed == Truth::Yes) {
          first.latest = std::min(first.latest, facts::last_of(range));
        }
      }
    }
  } else if (text.form == agreement::Form::Duty || text.form == agreement::Form::Effort) {
    for (const Instance& instance : instances(clause)) {
      first = earliest_of(first, performed(instance));
    }
  }
  return first;
}

}  // namespace truce::semantics::internal
