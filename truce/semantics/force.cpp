// SPDX-License-Identifier: Apache-2.0
// When a clause is in force, and who can change that.
#include <algorithm>

#include "truce/semantics/internal/telling.h"

namespace truce::semantics::internal {
namespace {

using agreement::Clause;
using agreement::ClauseId;
using agreement::PowerVerb;
using facts::InstitutionalAct;
using facts::Truth;

// Whether a power over `clause` is stated in `power`.
bool covers(const Clause& power, ClauseId clause) {
  const auto* surviving = power.find<agreement::Surviving>();
  if (surviving != nullptr && contains(surviving->clauses, clause)) {
    return false;
  }
  return power.power.clauses.empty() || contains(power.power.clauses, clause);
}

bool speaks_of(const OfficialAct& act, ClauseId clause) {
  return !act.are_clauses_named ||
         std::find(act.clauses.begin(), act.clauses.end(), clause) != act.clauses.end();
}

std::vector<ClauseId> powers(const agreement::Agreement& agreement) {
  std::vector<ClauseId> found;
  for (std::size_t i = 0; i < agreement.clauses.size(); ++i) {
    if (agreement.clauses[i].form == agreement::Form::Power) {
      found.push_back(base::id_at<ClauseId>(i));
    }
  }
  return found;
}

std::optional<agreement::Period> notice_of(const Clause& power) {
  if (power.power.notice.has_value()) {
    return power.power.notice;
  }
  const auto* notice = power.find<agreement::Notice>();
  return notice == nullptr ? std::nullopt : std::optional(notice->period);
}

std::vector<Renewer> renewers(const agreement::Agreement& agreement, ClauseId clause) {
  std::vector<Renewer> found;
  for (const auto* renewable : agreement.clause(clause).find_all<agreement::Renewable>()) {
    found.push_back({renewable->period, renewable->at_most, std::nullopt, renewable});
  }
  for (ClauseId id : powers(agreement)) {
    const Clause& power = agreement.clause(id);
    if (power.power.verb == PowerVerb::Extend && covers(power, clause) &&
        power.power.period.has_value()) {
      found.push_back({*power.power.period, std::nullopt, id});
    }
  }
  return found;
}

}  // namespace

// Whether the act speaks of the clause and was made by a holder of that power.
Truth Telling::is_empowered(const OfficialAct& act, ClauseId power, PowerVerb verb,
                            ClauseId clause) {
  return speaks_of(act, clause) ? is_by_holder(act, power, verb, clause) : Truth::No;
}

// Whether the act was made by a holder of that power while the power was in force.
Truth Telling::is_by_holder(const OfficialAct& act, ClauseId power, PowerVerb verb,
                            ClauseId clause) {
  const Clause& holder = agreement_.clause(power);
  const bool is_any = holder.subject.mode != agreement::Subject::Mode::Jointly;
  if (holder.form != agreement::Form::Power || holder.power.verb != verb ||
      !covers(holder, clause) ||
      !is_done_by(agreement_, holder.subject.agents, is_any, act.authors)) {
    return Truth::No;
  }
  OverAlternatives when_made;
  // An act that was possibly not made counts from its first moment.
  for (base::Instant at : {act.first, act.last < base::kAfterTime ? act.last : act.first}) {
    when_made.add(is_in_force(power, at) && conditions_hold(holder, at, nullptr, {}));
  }
  return when_made.truth();
}

Force Telling::stated_force(ClauseId id) {
  const Clause& clause = agreement_.clause(id);
  Force force{kBeginning, kNever};
  if (const auto* from = clause.find<agreement::From>()) {
    force.start = moment(from->at, false);
  }
  force.start = latest_of(force.start, begins(id));
  if (clause.find<agreement::Upon>() != nullptr) {
    MomentRange activated = kNever;
    for (const Activation& activation : activations(clause)) {
      activated = earliest_of(activated, activation.when);
    }
    force.start = latest_of(force.start, activated);
  }
  for (const auto* until : clause.find_all<agreement::Until>()) {
    force.end = earliest_of(force.end, moment(until->at, true));
  }
  for (const auto* lasting : clause.find_all<agreement::For>()) {
    const MomentRange begin = force.start == kBeginning ? with_agreement() : force.start;
    force.end = earliest_of(force.end, shifted(begin, lasting->period, 1));
  }
  return force;
}

void Telling::apply_termination(const OfficialAct& act, ClauseId clause, MomentRange& terminated) {
  for (ClauseId power : powers(agreement_)) {
    const Truth valid = is_empowered(act, power, PowerVerb::Terminate, clause);
    const auto notice = notice_of(agreement_.clause(power));
    const MomentRange ends = notice.has_value() ? shifted(act.when(), *notice, 1) : act.when();
    if (valid != Truth::No) {
      terminated.earliest = std::min(terminated.earliest, ends.earliest);
    }
    if (valid == Truth::Yes) {
      terminated.latest = std::min(terminated.latest, ends.latest);
    }
  }
}

// The first rule that allows the renewal is the one it uses.
void Telling::apply_renewal(const OfficialAct& act, ClauseId clause, MomentRange terminated,
                            std::vector<Renewer>& rules, Force& force) {
  for (Renewer& rule : rules) {
    const Truth valid =
        rule.power.has_value() ? is_empowered(act, *rule.power, PowerVerb::Extend, clause)
        : is_done_by(agreement_, rule.renewable->agents, false, act.authors) ? Truth::Yes
                                                                             : Truth::No;
    if (valid == Truth::No || !rule.has_left()) {
      continue;
    }
    const MomentRange end = earliest_of(force.end, terminated);
    const bool is_possible = act.last >= force.start.earliest && act.first < end.latest;
    const bool is_certain =
        valid == Truth::Yes && act.first >= force.start.latest && act.last < end.earliest;
    if (is_certain) {
      force.end.earliest = shifted(force.end.earliest, rule.period, 1);
    }
    if (is_possible) {
      force.end.latest = shifted(force.end.latest, rule.period, 1);
      ++rule.used_possibly;
    }
    return;
  }
}

void Telling::apply_renewals(ClauseId clause, Force& force) {
  std::vector<Renewer> rules = renewers(agreement_, clause);
  MomentRange terminated = replaced(clause);
  for (const OfficialAct& act : acts_) {
    if (act.act == InstitutionalAct::Terminate) {
      apply_termination(act, clause, terminated);
    } else if (act.act == InstitutionalAct::Extend && speaks_of(act, clause)) {
      apply_renewal(act, clause, terminated, rules, force);
    }
  }
  force.end = earliest_of(force.end, terminated);
}

Force Telling::force(ClauseId clause) {
  const Clause& text = agreement_.clause(clause);
  const Asking asking(*this, Topic::Force, &text);
  if (!asking.is_new()) {
    return {kNever, kNever};
  }
  if (const auto known = forces_.find(clause.index); known != forces_.end()) {
    return known->second;
  }
  Force result = stated_force(clause);
  apply_renewals(clause, result);
  if (asking.is_first()) {
    forces_.emplace(clause.index, result);
  }
  return result;
}

Truth Telling::is_suspended(ClauseId clause, base::Instant at) {
  Truth suspended = Truth::No;
  for (const OfficialAct& act : acts_) {
    Truth suspends = Truth::No;
    Truth resumes = Truth::No;
    for (ClauseId power : powers(agreement_)) {
      if (act.act == InstitutionalAct::Suspend) {
        const Truth valid = is_empowered(act, power, PowerVerb::Suspend, clause);
        const auto& period = agreement_.clause(power).power.period;
        const Truth is_over =
            period.has_value() ? has_come(shifted(act.when(), *period, 1), at) : Truth::No;
        suspends = suspends || (valid && !is_over);
      } else if (act.act == InstitutionalAct::Resume) {
        resumes = resumes || is_empowered(act, power, PowerVerb::Resume, clause) ||
                  is_empowered(act, power, PowerVerb::Suspend, clause);
      }
    }
    const Truth has_happened = has_come(act.when(), at);
    suspended = (suspended || (suspends && has_happened)) && !(resumes && has_happened);
  }
  return suspended;
}

MomentRange Telling::amendment(ClauseId id) {
  MomentRange when = kNever;
  std::vector<agreement::ClauseRef> old;
  for (const auto* amending : agreement_.clause(id).find_all<agreement::Amending>()) {
    old.insert(old.end(), amending->clauses.begin(), amending->clauses.end());
  }
  for (const OfficialAct& act : acts_) {
    const bool is_of_it = speaks_of(act, id) || std::any_of(old.begin(), old.end(), [&](auto& one) {
                            return speaks_of(act, one.clause);
                          });
    if (act.act != InstitutionalAct::Amend || !is_of_it) {
      continue;
    }
    Truth valid =
        is_done_by(agreement_, agreement_.amending, false, act.authors) ? Truth::Yes : Truth::No;
    for (const agreement::ClauseRef& one : old) {
      for (ClauseId power : powers(agreement_)) {
        valid = valid || is_by_holder(act, power, PowerVerb::Amend, one.clause);
      }
    }
    if (valid != Truth::No) {
      when.earliest = std::min(when.earliest, act.first);
    }
    if (valid == Truth::Yes) {
      when.latest = std::min(when.latest, act.last);
    }
  }
  return when;
}

MomentRange Telling::begins(ClauseId clause) {
  const bool amends = agreement_.clause(clause).find<agreement::Amending>() != nullptr;
  return amends ? latest_of(entry(), amendment(clause)) : entry();
}

MomentRange Telling::replaced(ClauseId clause) {
  MomentRange when = kNever;
  for (std::size_t i = 0; i < agreement_.clauses.size(); ++i) {
    for (const auto* amending : agreement_.clauses[i].find_all<agreement::Amending>()) {
      if (contains(amending->clauses, clause)) {
        when = earliest_of(when, amendment(base::id_at<ClauseId>(i)));
      }
    }
  }
  return when;
}

MomentRange Telling::ended(ClauseId clause, const std::vector<agreement::ActorId>& bearers) {
  MomentRange end = force(clause).end;
  std::vector<agreement::ActorId> others;
  for (agreement::ActorId party : agreement_.parties()) {
    if (!contains(bearers, party)) {
      others.push_back(party);
    }
  }
  for (const OfficialAct& act : acts_) {
    const bool is_by_all =
        !others.empty() && std::all_of(others.begin(), others.end(), [&](agreement::ActorId other) {
          return contains(act.authors, other);
        });
    if (act.act == InstitutionalAct::Release && speaks_of(act, clause) && is_by_all) {
      end = earliest_of(end, act.when());
    }
  }
  return end;
}

MomentRange Telling::unsuspended(ClauseId clause, MomentRange moment) {
  // Suspensions change at these instants only.
  const auto after = [&](base::Instant at, bool is_certain) {
    const auto is_in_it = [&](base::Instant when) {
      const Truth suspended = is_suspended(clause, when);
      return is_certain ? suspended == Truth::Yes : suspended != Truth::No;
    };
    if (at >= base::kAfterTime || at <= base::kBeforeTime || !is_in_it(at)) {
      return at;
    }
    for (base::Instant change : changes_) {
      if (change > at && !is_in_it(change)) {
        return change;
      }
    }
    return base::kAfterTime;
  };
  return {after(moment.earliest, true), after(moment.latest, false)};
}

Truth Telling::is_in_force(ClauseId clause, base::Instant at) {
  const Force stretch = force(clause);
  const Truth begun_and_not_over = has_come(stretch.start, at) && !has_come(stretch.end, at);
  return begun_and_not_over == Truth::No ? Truth::No
                                         : begun_and_not_over && !is_suspended(clause, at);
}

}  // namespace truce::semantics::internal
