// SPDX-License-Identifier: Apache-2.0
#include "truce/monitor/internal/force.h"

#include <algorithm>

namespace truce::monitor::internal {

using facts::InstitutionalAct;
using facts::Truth;

namespace {

constexpr std::string_view kByOthers = "made by others than those who may";

MomentRange later(MomentRange a, MomentRange b) {
  return {std::max(a.earliest, b.earliest), std::max(a.latest, b.latest)};
}

MomentRange earlier(MomentRange a, MomentRange b) {
  return {std::min(a.earliest, b.earliest), std::min(a.latest, b.latest)};
}

bool names(const std::vector<agreement::ClauseRef>& clauses, agreement::ClauseId clause) {
  return std::any_of(clauses.begin(), clauses.end(),
                     [&](const agreement::ClauseRef& ref) { return ref.clause == clause; });
}

// Whether the power may change the clause.
bool reaches(const agreement::Clause& power, agreement::ClauseId clause) {
  const auto* surviving = power.find<agreement::Surviving>();
  if (surviving != nullptr && names(surviving->clauses, clause)) {
    return false;
  }
  return power.power.clauses.empty() || names(power.power.clauses, clause);
}

bool speaks_of(const InstitutionalRecord& act, agreement::ClauseId clause) {
  return !act.are_clauses_named ||
         std::binary_search(act.clauses.begin(), act.clauses.end(), clause);
}

MomentRange after(const Adding& adding, MomentRange at, const agreement::Period& period) {
  return {adding.after(at.earliest, period), adding.after(at.latest, period)};
}

std::optional<agreement::Period> notice_of(const agreement::Clause& power) {
  const auto* stated = power.find<agreement::Notice>();
  if (power.power.notice || stated == nullptr) {
    return power.power.notice;
  }
  return stated->period;
}

}  // namespace

Force::Force(const Record& record, Clocks& clocks, Activations& activations, Questions& questions)
    : record_(record), clocks_(clocks), activations_(activations), questions_(questions) {
  const std::vector<agreement::Clause>& clauses = record.agreement().clauses;
  for (std::size_t i = 0; i < clauses.size(); ++i) {
    if (clauses[i].form == agreement::Form::Power) {
      powers_.push_back(base::id_at<agreement::ClauseId>(i));
    }
    if (clauses[i].find<agreement::Amending>() != nullptr) {
      amending_.push_back(base::id_at<agreement::ClauseId>(i));
    }
  }
}

std::vector<Force::Renewer> Force::renewers(agreement::ClauseId id) const {
  const agreement::Agreement& agreement = record_.agreement();
  std::vector<Renewer> found;
  for (const auto* renewable : agreement.clause(id).find_all<agreement::Renewable>()) {
    found.push_back({renewable->period, renewable->at_most, std::nullopt, renewable, 0});
  }
  for (const agreement::ClauseId power_id : powers_) {
    const agreement::Clause& power = agreement.clause(power_id);
    if (power.power.verb == agreement::PowerVerb::Extend && reaches(power, id) &&
        power.power.period) {
      found.push_back({*power.power.period, std::nullopt, power_id, nullptr, 0});
    }
  }
  return found;
}

Truth Force::is_empowered(const InstitutionalRecord& act, agreement::ClauseId power,
                          agreement::PowerVerb verb, agreement::ClauseId clause,
                          facts::AccountId account) {
  return speaks_of(act, clause) ? is_by_holder(act, power, verb, clause, account) : Truth::No;
}

Truth Force::is_by_holder(const InstitutionalRecord& act, agreement::ClauseId power_id,
                          agreement::PowerVerb verb, agreement::ClauseId clause,
                          facts::AccountId account) {
  const agreement::Clause& power = record_.agreement().clause(power_id);
  const bool is_any = power.subject.mode != agreement::Subject::Mode::Jointly;
  if (power.power.verb != verb || !reaches(power, clause) ||
      !are_authors(record_.agreement(), power.subject.agents, is_any, act.authors)) {
    return Truth::No;
  }
  const Timeline window = in_force(power_id, account).timeline;
  Tally tally;
  // An act that was possibly not made counts from its first moment.
  for (const base::Instant at : {act.first, act.last < base::kAfterTime ? act.last : act.first}) {
    tally.add(window.at(at) && clocks_.conditions_at(power, account, at));
  }
  return tally.truth();
}

MomentRange Force::stated_start(agreement::ClauseId id, facts::AccountId account) {
  const agreement::Clause& clause = record_.agreement().clause(id);
  MomentRange start = kAlways;
  if (const auto* from = clause.find<agreement::From>()) {
    start = clocks_.moment(from->at, account, Edge::Start);
  }
  start = later(start, begins(id, account));
  if (clause.find<agreement::Upon>() != nullptr) {
    MomentRange activated = kNever;
    const auto activations = activations_.activations(clause, account);
    for (const Activation& activation : *activations) {
      activated = earlier(activated, activation.when);
    }
    start = later(start, activated);
  }
  return start;
}

MomentRange Force::stated_end(const agreement::Clause& clause, MomentRange start,
                              facts::AccountId account) {
  MomentRange end = kNever;
  for (const agreement::Until* until : clause.find_all<agreement::Until>()) {
    end = earlier(end, clocks_.moment(until->at, account, Edge::End));
  }
  for (const agreement::For* lasting : clause.find_all<agreement::For>()) {
    const MomentRange begin = start == kAlways ? clocks_.with_agreement(account) : start;
    end = earlier(end, after(clocks_.adding(), begin, lasting->period));
  }
  return end;
}

void Force::extend(const InstitutionalRecord& act, agreement::ClauseId id, facts::AccountId account,
                   MomentRange terminated, std::vector<Renewer>& rules, InForce& window) {
  ForceHistory::Change change{act.incident, act.act, act.first, {}, std::string(kByOthers)};
  for (Renewer& rule : rules) {
    Truth valid = Truth::No;
    if (rule.power) {
      valid = is_empowered(act, *rule.power, agreement::PowerVerb::Extend, id, account);
    } else if (are_authors(record_.agreement(), rule.renewable->agents, false, act.authors)) {
      valid = Truth::Yes;
    }
    if (valid == Truth::No) {
      continue;
    }
    if (rule.at_most && rule.used >= *rule.at_most) {
      change.why = "the text allows no further renewal";
      continue;
    }
    const MomentRange end = earlier(window.until, terminated);
    const bool is_possible = act.last >= window.from.earliest && act.first < end.latest;
    const bool is_certain =
        valid == Truth::Yes && act.first >= window.from.latest && act.last < end.earliest;
    if (is_certain) {
      window.until.earliest = clocks_.adding().after(window.until.earliest, rule.period);
    }
    if (is_possible) {
      window.until.latest = clocks_.adding().after(window.until.latest, rule.period);
      ++rule.used;
      change.new_end = window.until.latest;
    }
    change.why = is_certain    ? ""
                 : is_possible ? "perhaps made when the clause was not in force"
                               : "made when the clause was not in force";
    break;
  }
  window.changes.push_back(std::move(change));
}

void Force::terminate(const InstitutionalRecord& act, agreement::ClauseId id,
                      facts::AccountId account, MomentRange& terminated, InForce& window) {
  ForceHistory::Change change{act.incident, act.act, act.first, {}, std::string(kByOthers)};
  for (const agreement::ClauseId power : powers_) {
    const Truth valid = is_empowered(act, power, agreement::PowerVerb::Terminate, id, account);
    if (valid == Truth::No) {
      continue;
    }
    const auto notice = notice_of(record_.agreement().clause(power));
    MomentRange ends{act.first, act.last};
    if (notice) {
      ends = after(clocks_.adding(), ends, *notice);
    }
    terminated.earliest = std::min(terminated.earliest, ends.earliest);
    if (valid == Truth::Yes) {
      terminated.latest = std::min(terminated.latest, ends.latest);
    }
    if (ends.latest < base::kAfterTime) {
      change.new_end = ends.latest;
    }
    change.why = valid == Truth::Yes ? "" : "perhaps made when the power was not in force";
  }
  if (change.new_end || speaks_of(act, id)) {
    window.changes.push_back(std::move(change));
  }
}

Timeline Force::suspended(agreement::ClauseId id, facts::AccountId account, InForce& window) {
  Timeline result(Truth::No);
  for (const InstitutionalRecord& act : record_.institutional()) {
    const bool is_suspending = act.act == InstitutionalAct::Suspend;
    if ((!is_suspending && act.act != InstitutionalAct::Resume) || !speaks_of(act, id)) {
      continue;
    }
    const MomentRange when{act.first, act.last};
    Timeline does(Truth::No);
    for (const agreement::ClauseId power : powers_) {
      Truth valid = is_empowered(act, power, agreement::PowerVerb::Suspend, id, account);
      if (!is_suspending) {
        valid = valid || is_empowered(act, power, agreement::PowerVerb::Resume, id, account);
      }
      Timeline one(valid);
      const auto& period = record_.agreement().clause(power).power.period;
      if (is_suspending && period) {
        one = one && Timeline::before(after(clocks_.adding(), when, *period));
      }
      does = does || one;
    }
    const bool has_effect = !does.is_always(Truth::No);
    does = does && Timeline::since(when);
    result = is_suspending ? result || does : result && !does;
    window.changes.push_back(
        {act.incident, act.act, act.first, {}, has_effect ? "" : std::string(kByOthers)});
  }
  return result;
}

MomentRange Force::amendment(agreement::ClauseId id, facts::AccountId account) {
  const agreement::Agreement& agreement = record_.agreement();
  MomentRange when = kNever;
  for (const InstitutionalRecord& act : record_.institutional()) {
    if (act.act != InstitutionalAct::Amend) {
      continue;
    }
    bool is_of_it = speaks_of(act, id);
    Truth valid =
        are_authors(agreement, agreement.amending, false, act.authors) ? Truth::Yes : Truth::No;
    for (const auto* amending : agreement.clause(id).find_all<agreement::Amending>()) {
      for (const agreement::ClauseRef& old : amending->clauses) {
        is_of_it = is_of_it || speaks_of(act, old.clause);
        for (const agreement::ClauseId power : powers_) {
          valid =
              valid || is_by_holder(act, power, agreement::PowerVerb::Amend, old.clause, account);
        }
      }
    }
    if (is_of_it && valid != Truth::No) {
      when.earliest = std::min(when.earliest, act.first);
      when.latest = valid == Truth::Yes ? std::min(when.latest, act.last) : when.latest;
    }
  }
  return when;
}

MomentRange Force::begins(agreement::ClauseId id, facts::AccountId account) {
  const MomentRange entry = clocks_.entry(account);
  return record_.agreement().clause(id).find<agreement::Amending>() == nullptr
             ? entry
             : later(entry, amendment(id, account));
}

MomentRange Force::replaced(agreement::ClauseId id, facts::AccountId account) {
  MomentRange when = kNever;
  for (const agreement::ClauseId amending : amending_) {
    const auto all = record_.agreement().clause(amending).find_all<agreement::Amending>();
    if (std::any_of(all.begin(), all.end(),
                    [&](const agreement::Amending* one) { return names(one->clauses, id); })) {
      when = earlier(when, amendment(amending, account));
    }
  }
  return when;
}

MomentRange Force::ended(agreement::ClauseId id, const std::vector<agreement::ActorId>& bearers,
                         facts::AccountId account) {
  std::vector<agreement::ActorId> others = record_.agreement().parties();
  std::erase_if(others, [&](agreement::ActorId party) {
    return std::find(bearers.begin(), bearers.end(), party) != bearers.end();
  });
  std::sort(others.begin(), others.end());
  MomentRange end = in_force(id, account).until;
  for (const InstitutionalRecord& act : record_.institutional()) {
    if (act.act == InstitutionalAct::Release && speaks_of(act, id) && !others.empty() &&
        std::includes(act.authors.begin(), act.authors.end(), others.begin(), others.end())) {
      end = earlier(end, {act.first, act.last});
    }
  }
  return end;
}

MomentRange Force::unsuspended(agreement::ClauseId id, MomentRange moment,
                               facts::AccountId account) {
  const std::pair key{id, account};
  // What is found while something else is being worked out may rest on a circle.
  const bool is_outermost = questions_.are_none_open();
  const auto known = known_suspensions_.find(key);
  InForce aside{Timeline(Truth::No), kNever, kNever, {}, kNever};
  const Timeline suspension = is_outermost && known != known_suspensions_.end()
                                  ? known->second
                                  : suspended(id, account, aside);
  if (is_outermost) {
    known_suspensions_.emplace(key, suspension);
  }
  const std::vector<Timeline::Step>& steps = suspension.steps();
  const auto after = [&](base::Instant at, bool is_certain) {
    if (at >= base::kAfterTime || at <= base::kBeforeTime) {
      return at;
    }
    base::Instant result = at;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const base::Instant to = i + 1 < steps.size() ? steps[i + 1].from : base::kAfterTime;
      const bool is_in_it = is_certain ? steps[i].truth == Truth::Yes : steps[i].truth != Truth::No;
      if (is_in_it && steps[i].from <= result && result < to) {
        result = to;
      }
    }
    return result;
  };
  return {after(moment.earliest, true), after(moment.latest, false)};
}

InForce Force::work_out(agreement::ClauseId id, facts::AccountId account) {
  const agreement::Clause& clause = record_.agreement().clause(id);
  InForce window{Timeline(Truth::No), stated_start(id, account), kNever, {}, kNever};
  window.stated_end = stated_end(clause, window.from, account);
  window.until = window.stated_end;
  std::vector<Renewer> rules = renewers(id);
  MomentRange terminated = replaced(id, account);
  for (const InstitutionalRecord& act : record_.institutional()) {
    if (act.act == InstitutionalAct::Terminate) {
      terminate(act, id, account, terminated, window);
    } else if (act.act == InstitutionalAct::Extend && speaks_of(act, id)) {
      extend(act, id, account, terminated, rules, window);
    }
  }
  window.until = earlier(window.until, terminated);
  window.timeline = Timeline::since(window.from) && Timeline::before(window.until);
  if (!window.timeline.is_always(Truth::No)) {
    window.timeline = window.timeline && !suspended(id, account, window);
  }
  return window;
}

InForce Force::in_force(agreement::ClauseId id, facts::AccountId account) {
  const Asking asking(questions_, Topic::Force, &record_.agreement().clause(id), account);
  if (!asking.is_new()) {
    return {Timeline(Truth::No), kNever, kNever, {}, kNever};
  }
  const std::pair key{id, account};
  if (const auto at = known_.find(key); at != known_.end()) {
    return at->second;
  }
  InForce result = work_out(id, account);
  if (asking.may_be_kept()) {
    known_.emplace(key, result);
  }
  return result;
}

ForceHistory Force::history(agreement::ClauseId clause) {
  const InForce window = in_force(clause, record_.nobody());
  return {.clause = clause,
          .from = window.from.earliest,
          .is_start_certain = window.from.is_exact(),
          .stated_until = window.stated_end.latest,
          .until_at_least = window.until.earliest,
          .until = window.until.latest,
          .changes = window.changes};
}

}  // namespace truce::monitor::internal
