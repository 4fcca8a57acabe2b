// SPDX-License-Identifier: Apache-2.0
#include "truce/monitor/internal/duties.h"

#include <algorithm>

namespace truce::monitor::internal {

using facts::Opinion;
using facts::Truth;

namespace {

MomentRange earlier(MomentRange a, MomentRange b) {
  return {std::min(a.earliest, b.earliest), std::min(a.latest, b.latest)};
}

MomentRange later(MomentRange a, MomentRange b) {
  return {std::max(a.earliest, b.earliest), std::max(a.latest, b.latest)};
}

// A remedy of `each Guarantor` is for those who ensure one of the accused.
bool is_concerned(const agreement::Agreement& agreement, const agreement::Clause& clause,
                  const std::vector<agreement::ActorId>& bearers, const Activation& activation) {
  const bool is_each_guarantor = std::any_of(
      clause.subject.agents.begin(), clause.subject.agents.end(),
      [](const auto& agent) { return agent.who == agreement::Agent::Who::EachGuarantor; });
  if (!is_each_guarantor || activation.accused.empty()) {
    return true;
  }
  return std::any_of(bearers.begin(), bearers.end(), [&](agreement::ActorId bearer) {
    const std::vector<agreement::ActorId>& ensured = agreement.actor(bearer).ensures;
    return std::any_of(ensured.begin(), ensured.end(), [&](agreement::ActorId party) {
      return std::find(activation.accused.begin(), activation.accused.end(), party) !=
             activation.accused.end();
    });
  });
}

std::vector<std::vector<agreement::ActorId>> bearer_sets(const agreement::Agreement& agreement,
                                                         const agreement::Subject& subject) {
  const std::vector<agreement::ActorId> bearers = subjects_of(agreement, subject);
  if (bearers.empty()) {
    return {};
  }
  switch (subject.mode) {
    case agreement::Subject::Mode::Jointly:
    case agreement::Subject::Mode::Either:
      return {bearers};
    case agreement::Subject::Mode::Single:
    case agreement::Subject::Mode::Each: {
      std::vector<std::vector<agreement::ActorId>> each;
      for (const agreement::ActorId bearer : bearers) {
        each.push_back({bearer});
      }
      return each;
    }
  }
  return {};
}

}  // namespace

Timeline is_by(MomentRange moment) {
  const base::Duration second{1};
  return Timeline::before({moment.earliest + second, moment.latest + second});
}

std::vector<agreement::PlaceId> places_of(const agreement::Agreement& agreement,
                                          const agreement::Clause& clause) {
  std::vector<agreement::PlaceId> places;
  const auto add = [&](const agreement::Nouns& nouns) {
    for (const agreement::Noun& noun : nouns.items) {
      if (noun.head == agreement::Noun::Head::Place) {
        places.push_back(noun.place);
      }
    }
  };
  for (const agreement::InPlace* in_place : clause.find_all<agreement::InPlace>()) {
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

Duties::Duties(const Record& record, const Acts& acts, Clocks& clocks, Activations& activations,
               Force& force, Questions& questions, Worlds& worlds, std::shared_ptr<Done> done)
    : record_(record),
      acts_(acts),
      clocks_(clocks),
      activations_(activations),
      force_(force),
      questions_(questions),
      worlds_(worlds),
      done_(done != nullptr ? std::move(done) : std::make_shared<Done>()) {
  for (std::size_t i = 0; i < record.evidence().accounts.size(); ++i) {
    accounts_.push_back(base::id_at<facts::AccountId>(i));
  }
  if (accounts_.empty()) {
    accounts_.push_back(record.nobody());
  }
}

std::vector<Instance> Duties::first_instances(agreement::ClauseId id, facts::AccountId account) {
  const agreement::Clause& clause = record_.agreement().clause(id);
  const bool waits = clause.waits();
  const auto begun_by =
      waits ? activations_.activations(clause, account)
            : std::make_shared<const std::vector<Activation>>(1, Activation{kAlways, {}, {}, {}});
  const bool is_any = clause.subject.mode == agreement::Subject::Mode::Either;
  std::vector<Instance> found;
  for (const auto& bearers : bearer_sets(record_.agreement(), clause.subject)) {
    for (std::size_t i = 0; i < begun_by->size(); ++i) {
      if (is_concerned(record_.agreement(), clause, bearers, (*begun_by)[i])) {
        found.push_back({id, bearers, is_any, waits ? std::optional(i) : std::nullopt});
      }
    }
  }
  return found;
}

// The first periods of all come before the second ones: accounts by which fewer have begun list the
// first of them in the same order.
std::vector<Instance> Duties::instances(agreement::ClauseId id, facts::AccountId account) {
  std::vector<Instance> first = first_instances(id, account);
  if (record_.agreement().clause(id).recurrence() == nullptr) {
    return first;
  }
  std::uint32_t count = 0;
  for (const Instance& instance : first) {
    count = std::max(count, periods_begun(instance, account));
  }
  std::vector<Instance> found;
  for (std::uint32_t period = 1; period <= count; ++period) {
    for (Instance& instance : first) {
      instance.period = period;
      found.push_back(instance);
    }
  }
  return found;
}

std::uint32_t Duties::periods_begun(const Instance& first, facts::AccountId account) {
  Instance instance = first;
  instance.period = 1;
  const base::Instant start = own_times(instance, account).arose.earliest;
  const MomentRange end = force_.ended(first.clause, first.bearers, account);
  const base::Instant stop = std::min(record_.evidence().now, end.latest - base::Duration{1});
  const agreement::Period& period = record_.agreement().clause(first.clause).recurrence()->period;
  std::uint32_t count = 1;
  if (start > base::kBeforeTime) {
    while (count < agreement::kMostPeriods &&
           clocks_.adding().after(start, period, count) <= stop) {
      ++count;
    }
  }
  return count;
}

MomentRange Duties::deadline_of(const agreement::Deadline& deadline, facts::AccountId account,
                                DutyTimes& times) {
  const auto after = [&](MomentRange at) {
    return MomentRange{clocks_.adding().after(at.earliest, *deadline.within),
                       clocks_.adding().after(at.latest, *deadline.within)};
  };
  if (!deadline.moment) {
    return deadline.within ? after(times.arose) : kNever;
  }
  if (!deadline.within) {
    return clocks_.moment(*deadline.moment, account, Edge::End);
  }
  const MomentRange counted_from = clocks_.moment(*deadline.moment, account, Edge::Start);
  times.not_before.push_back(counted_from);
  return after(counted_from);
}

DutyTimes Duties::own_times(const Instance& instance, facts::AccountId account) {
  const agreement::Clause& clause = record_.agreement().clause(instance.clause);
  DutyTimes times;
  const auto* from = clause.find<agreement::From>();
  times.arose = from != nullptr ? clocks_.moment(from->at, account, Edge::Start)
                                : clocks_.with_agreement(account);
  if (from != nullptr) {
    times.not_before.push_back(times.arose);
  }
  if (clause.waits()) {
    const auto all = activations_.activations(clause, account);
    const bool is_known = instance.activation && *instance.activation < all->size();
    const MomentRange activated = is_known ? (*all)[*instance.activation].when : kNever;
    times.arose = from != nullptr ? later(times.arose, activated) : activated;
    times.not_before.push_back(times.arose);
  }
  times.arose = later(times.arose, later(force_.begins(instance.clause, account),
                                         record_.bound(instance.bearers, instance.is_any)));
  if (clause.recurrence() != nullptr) {
    set_period(instance, account, times);
  } else {
    add_deadlines(instance, account, times);
  }
  return times;
}

// A streak that is asked for has a beginning of its own; any other situation is looked at in each
// period.
void Duties::set_period(const Instance& instance, facts::AccountId account, DutyTimes& times) {
  const agreement::Interval& interval = *record_.agreement().clause(instance.clause).recurrence();
  MomentRange first = times.arose;
  if (interval.while_condition && interval.while_condition->situation &&
      !interval.while_condition->is_negated) {
    const auto& situations = record_.agreement().situations;
    const auto* streak = std::get_if<agreement::Streak>(
        &situations[interval.while_condition->situation->index].what);
    first = streak == nullptr ? first : later(first, clocks_.streak(*streak, account));
  }
  const auto nth = [&](std::int64_t number) {
    return MomentRange{clocks_.adding().after(first.earliest, interval.period, number),
                       clocks_.adding().after(first.latest, interval.period, number)};
  };
  const std::int64_t number = instance.period.value_or(1);
  times.arose = nth(number - 1);
  times.not_before = {times.arose};
  if (first.earliest > base::kBeforeTime) {
    times.deadline = nth(number);
    times.has_deadline = true;
  }
}

void Duties::add_deadlines(const Instance& instance, facts::AccountId account, DutyTimes& times) {
  const agreement::Clause& clause = record_.agreement().clause(instance.clause);
  const auto add = [&](const agreement::Deadline& deadline) {
    const MomentRange due = deadline_of(deadline, account, times);
    times.deadline = earlier(times.deadline, due);
    times.has_deadline = true;
    if (deadline.moment) {
      times.absolute_deadline = earlier(times.absolute_deadline, due);
    }
  };
  for (const agreement::Due* due : clause.find_all<agreement::Due>()) {
    add(due->deadline);
  }
  for (const agreement::Finish* finish : clause.find_all<agreement::Finish>()) {
    add(finish->deadline);
  }
  if (const auto* start = clause.find<agreement::Start>()) {
    if (times.has_deadline) {
      times.begun_by = deadline_of(start->deadline, account, times);
    } else {
      add(start->deadline);
    }
  }
}

DutyTimes Duties::times(const Instance& instance, facts::AccountId account) {
  DutyTimes result = own_times(instance, account);
  // Reciprocal duties share the deadline of the last of them.
  for (const agreement::Reciprocally* with :
       record_.agreement().clause(instance.clause).find_all<agreement::Reciprocally>()) {
    for (const agreement::ClauseRef& partner : with->clauses) {
      const DutyTimes other = own_times({partner.clause, {}, false, 0}, account);
      if (other.has_deadline) {
        result.deadline =
            result.has_deadline ? later(result.deadline, other.deadline) : other.deadline;
        result.has_deadline = true;
      }
    }
  }
  if (!instance.period) {
    result.deadline = force_.unsuspended(instance.clause, result.deadline, account);
  }
  if (result.begun_by) {
    result.begun_by = force_.unsuspended(instance.clause, *result.begun_by, account);
  }
  return result;
}

const Duties::Candidates& Duties::candidates(const agreement::Act& act, facts::AccountId account) {
  const auto [at, is_new] = candidates_.try_emplace({&act, account});
  if (is_new) {
    std::vector<facts::FactId>& all = at->second.all;
    for (const facts::FactId fact : record_.facts_of(account)) {
      if (acts_.may_be(record_.fact(fact), act)) {
        all.push_back(fact);
      }
    }
    // The order of the record, so that equal performances are told apart as everywhere.
    std::sort(all.begin(), all.end());
    for (const facts::FactId fact : all) {
      at->second.by_key[record_.fact(fact).key].push_back(fact);
    }
    // The facts of an account are in order of time.
    base::Instant last_so_far = base::kBeforeTime;
    for (const facts::FactId fact : record_.facts_of(account)) {
      if (std::binary_search(all.begin(), all.end(), fact)) {
        last_so_far = std::max(last_so_far, facts::last_of(record_.fact(fact).when));
        at->second.by_time.emplace_back(fact, last_so_far);
      }
    }
  }
  return at->second;
}

std::vector<facts::FactId> Duties::answering(const Candidates& candidates,
                                             const std::vector<std::string>& keys) {
  if (keys.size() != 1 || keys.front().empty()) {
    return candidates.all;
  }
  // Those about the same thing, and those that do not say what they are about.
  std::vector<facts::FactId> found;
  for (const std::string& key : {keys.front(), std::string()}) {
    if (const auto same = candidates.by_key.find(key); same != candidates.by_key.end()) {
      found.insert(found.end(), same->second.begin(), same->second.end());
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<facts::FactId> Duties::within(const Candidates& candidates,
                                          const std::vector<std::string>& keys,
                                          const DutyTimes& period) {
  const auto& all = candidates.by_time;
  auto next = std::upper_bound(all.begin(), all.end(), period.deadline.latest,
                               [&](base::Instant at, const auto& candidate) {
                                 return at < record_.fact(candidate.first).when.from;
                               });
  std::vector<facts::FactId> found;
  while (next != all.begin() && std::prev(next)->second >= period.arose.earliest) {
    --next;
    const facts::Fact& fact = record_.fact(next->first);
    if (facts::last_of(fact.when) >= period.arose.earliest &&
        (keys.empty() || facts::is_same_key(keys, fact.key) != Truth::No)) {
      found.push_back(next->first);
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<std::string> Duties::keys_of(const Instance& instance, facts::AccountId account) {
  const agreement::Clause& clause = record_.agreement().clause(instance.clause);
  if (clause.find<agreement::Whenever>() == nullptr || !instance.activation) {
    return {};
  }
  const auto all = activations_.activations(clause, account);
  return *instance.activation < all->size() ? (*all)[*instance.activation].keys
                                            : std::vector<std::string>();
}

Tally Duties::is_done(const Instance& instance, facts::FactId fact_id, std::size_t epoch) {
  auto& known =
      done_->try_emplace({instance.clause, instance.bearers, instance.is_any}).first->second;
  const std::size_t at = record_.place_of_answer(fact_id, epoch);
  if (known.size() <= at) {
    known.resize(at + 1);
  }
  if (!known[at]) {
    known[at] = does(instance, fact_id, epoch);
  }
  return *known[at];
}

Tally Duties::does(const Instance& instance, facts::FactId fact_id, std::size_t epoch) const {
  const agreement::Clause& clause = record_.agreement().clause(instance.clause);
  const facts::Fact& fact = record_.fact(fact_id);
  Tally tally;
  for (const facts::Group& group : fact.actors) {
    std::vector<agreement::ActorId> doing;
    std::set_intersection(instance.bearers.begin(), instance.bearers.end(), group.begin(),
                          group.end(), std::back_inserter(doing));
    const bool is_enough =
        instance.is_any ? !doing.empty() : doing.size() == instance.bearers.size();
    if (!is_enough) {
      tally.add(Truth::No);
      continue;
    }
    for (const Alternative& alternative : alternatives_of(fact)) {
      const Scene scene{fact, alternative, epoch};
      // What is relative in the act is so to any of those who perform it together.
      Truth is_it = Truth::No;
      for (const agreement::ActorId bearer : doing) {
        is_it = is_it || acts_.is_performance(scene, clause, clause.act, bearer);
      }
      tally.add(is_it);
    }
  }
  return tally;
}

std::vector<Performance> Duties::performances(const Instance& instance, const DutyTimes& times,
                                              facts::AccountId account) {
  const agreement::Clause& clause = record_.agreement().clause(instance.clause);
  Timeline may(Truth::Yes);
  for (const MomentRange& first : times.not_before) {
    may = may && Timeline::since(first);
  }
  if (instance.period) {
    // What is done after the end of a period belongs to a later one.
    may = may && is_by(times.deadline);
  }
  const Timeline in_time = may && is_by(times.deadline);
  const Timeline begun = may && is_by(times.begun_by.value_or(kNever));
  const std::vector<std::string> keys = keys_of(instance, account);
  const Candidates& all = candidates(clause.act, account);
  std::vector<Performance> found;
  for (const facts::FactId fact :
       instance.period ? within(all, keys, times) : answering(all, keys)) {
    const Truth is_answer =
        keys.empty() ? Truth::Yes : facts::is_same_key(keys, record_.fact(fact).key);
    Tally performed;
    Tally timely;
    Tally started;
    for (const auto& [epoch, when] : record_.epochs_of(record_.fact(fact).when)) {
      Tally answer;
      answer.add(is_answer);
      const Tally done = Tally::both(is_done(instance, fact, epoch), answer);
      performed.add(Tally::both(done, may.over(when)));
      timely.add(Tally::both(done, in_time.over(when)));
      started.add(Tally::both(done, begun.over(when)));
    }
    if (performed.truth() != Truth::No) {
      found.push_back({fact, performed.truth(), timely.truth(), started.truth()});
    }
  }
  return found;
}

void Duties::add_silence(const Instance& instance, DutyOpinion& opinion) {
  const agreement::Clause& clause = record_.agreement().clause(instance.clause);
  const DutyTimes& times = opinion.times;
  if (times.has_deadline && record_.evidence().now > times.deadline.latest &&
      times.arose.latest < base::kAfterTime && times.arose.earliest <= times.deadline.latest) {
    // From when it arose to the deadline, both included.
    const base::TimeRange stretch{times.arose.earliest, times.deadline.latest + base::Duration{1}};
    opinion.is_silent =
        record_.covered(opinion.account, clause.act.verb, places_of(record_.agreement(), clause))
            .over(stretch)
            .truth() == Truth::Yes;
    if (opinion.is_silent) {
      opinion.opinion = Opinion::Broken;
    }
  }
}

MomentRange Duties::determined(const Instance& instance, MomentRange arose) const {
  const agreement::Clause& clause = record_.agreement().clause(instance.clause);
  const auto* by = clause.find<agreement::Determined>();
  MomentRange when = kNever;
  if (clause.form != agreement::Form::Effort || by == nullptr) {
    return when;
  }
  const auto concerns = [&](const InstitutionalRecord& act) {
    const auto is_bearer = [&](const facts::Value& target) {
      return target.head == facts::Value::Head::Actor &&
             std::binary_search(instance.bearers.begin(), instance.bearers.end(), target.actor);
    };
    return std::any_of(act.targets.begin(), act.targets.end(), is_bearer) ||
           std::all_of(act.targets.begin(), act.targets.end(), [](const facts::Value& target) {
             return target.head == facts::Value::Head::Anything;
           });
  };
  for (const InstitutionalRecord& act : record_.institutional()) {
    if (act.act != facts::InstitutionalAct::Determine || act.last < arose.earliest ||
        !std::binary_search(act.clauses.begin(), act.clauses.end(), instance.clause) ||
        !are_authors(record_.agreement(), by->agents, false, act.authors) || !concerns(act)) {
      continue;
    }
    when.earliest = std::min(when.earliest, act.first);
    when.latest = act.first < arose.latest ? when.latest : std::min(when.latest, act.last);
  }
  return when;
}

Truth Duties::is_owed(const Instance& instance, const DutyOpinion& opinion) {
  const base::Instant now = record_.evidence().now;
  const auto [arose, deadline] = std::pair(opinion.times.arose, opinion.times.deadline);
  const base::Instant last = std::min(deadline.latest, now);
  if (arose.earliest > last) {
    return Truth::Yes;
  }
  const base::Duration second{1};
  const base::TimeRange hull{arose.earliest, last + second};
  Timeline owed =
      force_.in_force(instance.clause, opinion.account).timeline &&
      Timeline::before(force_.ended(instance.clause, instance.bearers, opinion.account));
  const agreement::Clause& clause = record_.agreement().clause(instance.clause);
  if (const auto& condition = clause.recurrence()->while_condition) {
    owed = owed && clocks_.condition(*condition, opinion.account, hull);
  }
  if (owed.over(hull).truth() == Truth::Yes) {
    return Truth::Yes;
  }
  // Denied where it was for certain the period.
  const base::Instant last_certain = std::min(deadline.earliest, now);
  const bool is_denied =
      arose.latest <= last_certain && owed.over({arose.latest, last_certain + second}).has_no;
  return is_denied ? Truth::No : Truth::Maybe;
}

void Duties::weigh(const Instance& instance, DutyOpinion& opinion) {
  const agreement::Clause& clause = record_.agreement().clause(instance.clause);
  const base::Instant now = record_.evidence().now;
  const MomentRange end = force_.ended(instance.clause, instance.bearers, opinion.account);
  const Truth is_over = instance.period
                            ? !is_owed(instance, opinion)
                            : Timeline::since(end).at(now) && ends_by(end, opinion.times.deadline);
  Truth kept = Truth::No;
  Truth begun = Truth::No;
  Truth at_all = Truth::No;
  for (const Performance& performance : opinion.performances) {
    kept = kept || performance.is_in_time;
    begun = begun || performance.is_begun;
    at_all = at_all || performance.is_performed;
  }
  kept = kept && begun;
  if (kept == Truth::Yes) {
    opinion.opinion = Opinion::Kept;
    return;
  }
  if (opinion.determined != kNever) {
    opinion.opinion =
        opinion.determined.latest < base::kAfterTime ? Opinion::Broken : Opinion::Unknown;
    return;
  }
  if (kept == Truth::No && is_over == Truth::Yes) {
    opinion.has_lapsed = true;
    opinion.is_unowed = instance.period.has_value();
    opinion.ended = opinion.is_unowed ? kNever : end;
    return;
  }
  if (at_all == Truth::Yes && kept == Truth::No) {
    opinion.opinion = Opinion::Broken;
  } else if (at_all != Truth::No) {
    opinion.opinion = Opinion::Unknown;
  } else {
    add_silence(instance, opinion);
  }
  if (opinion.opinion == Opinion::Broken &&
      (clause.form == agreement::Form::Effort || is_over != Truth::No ||
       clocks_.conditions_at(clause, opinion.account, opinion.times.deadline.earliest) !=
           Truth::Yes)) {
    opinion.opinion = Opinion::Unknown;
  }
}

DutyOpinion Duties::opinion(const Instance& instance, facts::AccountId account) {
  const agreement::Clause& clause = record_.agreement().clause(instance.clause);
  DutyOpinion result;
  result.account = account;
  result.times = times(instance, account);
  const DutyTimes& when = result.times;
  if (clause.waits() || force_.begins(instance.clause, account) != kAlways ||
      record_.bound(instance.bearers, instance.is_any) != kAlways) {
    const base::Instant now = record_.evidence().now;
    result.has_lapsed =
        now > when.absolute_deadline.latest && when.arose.earliest > when.absolute_deadline.latest;
    const bool has_begun = when.arose.earliest < base::kAfterTime;
    if (!result.has_lapsed && !has_begun) {
      const MomentRange end = force_.ended(instance.clause, instance.bearers, account);
      if (end.latest <= now && ends_by(end, when.deadline) == Truth::Yes) {
        result.has_lapsed = true;
        result.ended = end;
      }
    }
    if (result.has_lapsed || !has_begun) {
      return result;
    }
  }
  result.performances = performances(instance, when, account);
  result.determined = determined(instance, when.arose);
  weigh(instance, result);
  return result;
}

MomentRange Duties::performed(const Instance& instance, facts::AccountId account) {
  MomentRange result = kNever;
  for (const Performance& performance : performances(instance, times(instance, account), account)) {
    const base::TimeRange when = record_.fact(performance.fact).when;
    result.earliest = std::min(result.earliest, when.from);
    if (performance.is_performed == Truth::Yes) {
      result.latest = std::min(result.latest, facts::last_of(when));
    }
  }
  return result;
}

MomentRange Duties::performed(agreement::ClauseId id, facts::AccountId account) {
  const agreement::Clause& clause = record_.agreement().clause(id);
  const Asking asking(questions_, Topic::Performed, &clause, account);
  if (!asking.is_new()) {
    return kNever;
  }
  if (clause.form == agreement::Form::Phases) {
    return phases_performed(id, account);
  }
  // A duty that recurs is never done with.
  if ((clause.form != agreement::Form::Duty && clause.form != agreement::Form::Effort) ||
      clause.recurrence() != nullptr) {
    return kNever;
  }
  const std::vector<Instance> all = instances(id, account);
  MomentRange result = all.empty() ? kNever : kAlways;
  for (const Instance& instance : all) {
    result = later(result, performed(instance, account));
  }
  return result;
}

MomentRange Duties::begun(agreement::ClauseId id, facts::AccountId account) {
  const agreement::Clause& clause = record_.agreement().clause(id);
  const Asking asking(questions_, Topic::Performed, &clause, account);
  MomentRange result = kNever;
  if (!asking.is_new()) {
    return result;
  }
  if (clause.form == agreement::Form::Phases) {
    for (std::size_t side = 0; side < sides_of(record_.agreement(), clause).size(); ++side) {
      for (const Performance& slice : slices_done(clause, side, account)) {
        const base::TimeRange when = record_.fact(slice.fact).when;
        result.earliest = std::min(result.earliest, when.from);
        if (slice.is_performed == Truth::Yes) {
          result.latest = std::min(result.latest, facts::last_of(when));
        }
      }
    }
  } else if (clause.form == agreement::Form::Duty || clause.form == agreement::Form::Effort) {
    for (const Instance& instance : instances(id, account)) {
      result = earlier(result, performed(instance, account));
    }
  }
  return result;
}

std::vector<MomentRange> Duties::broken(agreement::ClauseId id, facts::AccountId account) {
  std::vector<MomentRange> result;
  if (record_.agreement().clause(id).form == agreement::Form::Phases) {
    return phases_broken(id, account);
  }
  const bool is_effort = record_.agreement().clause(id).form == agreement::Form::Effort;
  for (const Instance& instance : instances(id, account)) {
    const DutyOpinion said = opinion(instance, account);
    MomentRange when = kNever;
    if (is_effort) {
      when = said.opinion == Opinion::Kept ? kNever : said.determined;
    } else if (said.opinion == Opinion::Broken) {
      when = said.times.deadline;
    } else if (said.opinion == Opinion::Unknown) {
      when.earliest = said.times.deadline.earliest;
    }
    result.push_back(when);
  }
  return result;
}

}  // namespace truce::monitor::internal
