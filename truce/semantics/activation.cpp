// SPDX-License-Identifier: Apache-2.0
// What a clause waits `upon`, in the order of the record, so that accounts can be compared.
#include <algorithm>
#include <variant>

#include "truce/semantics/internal/telling.h"

namespace truce::semantics::internal {
namespace {

using agreement::Upon;
using facts::InstitutionalAct;
using facts::Truth;

bool names_one_of(const OfficialAct& act, const std::vector<agreement::ClauseRef>& clauses) {
  return std::any_of(act.clauses.begin(), act.clauses.end(),
                     [&](agreement::ClauseId clause) { return contains(clauses, clause); });
}

// Whether the finding was made by those whom one of the clauses that it names lets find a breach.
bool is_by_finders(const agreement::Agreement& agreement, const OfficialAct& act,
                   const std::vector<agreement::ClauseRef>& clauses) {
  return std::any_of(act.clauses.begin(), act.clauses.end(), [&](agreement::ClauseId clause) {
    const auto* finder = agreement.clause(clause).find<agreement::Determined>();
    return contains(clauses, clause) &&
           (finder == nullptr || is_done_by(agreement, finder->agents, false, act.authors));
  });
}

Activation at(MomentRange when) { return {when, {}, {}}; }

// When a duty was broken, as the account has it.
MomentRange breach_of(const DutyOpinion& said, bool is_effort) {
  if (is_effort) {
    return said.opinion == facts::Opinion::Kept ? kNever : said.determined;
  }
  if (said.opinion == facts::Opinion::Broken) {
    return said.times.deadline;
  }
  return said.opinion == facts::Opinion::Unknown
             ? MomentRange{said.times.deadline.earliest, base::kAfterTime}
             : kNever;
}

// When a side of phases missed a slice.
MomentRange breach_of(const PhaseOpinion& said) {
  if (said.opinion != facts::Opinion::Broken && said.opinion != facts::Opinion::Unknown) {
    return kNever;
  }
  return {said.may_have_failed_at.value_or(base::kAfterTime),
          said.failed_at.value_or(base::kAfterTime)};
}

}  // namespace

std::vector<Activation> Telling::by_acts(
    const std::function<bool(const OfficialAct&)>& is_it) const {
  std::vector<Activation> found;
  for (const OfficialAct& act : acts_) {
    if (!is_it(act)) {
      continue;
    }
    Activation activation = at(act.when());
    if (act.act == InstitutionalAct::Determine) {
      for (const facts::Value& target : act.targets) {
        if (target.head == facts::Value::Head::Actor) {
          activation.accused.push_back(target.actor);
        }
      }
    }
    found.push_back(std::move(activation));
  }
  return found;
}

// One for each incident, or for each duty of the clause: never where the account says no such
// thing.
std::vector<Activation> Telling::breaches_of(agreement::ClauseId clause) {
  const agreement::Clause& text = agreement_.clause(clause);
  std::vector<Activation> found;
  const Asking asking(*this, Topic::Breach, &text);
  const bool is_prohibition = text.form == agreement::Form::Prohibition;
  if (is_prohibition) {
    found.assign(evidence_.incidents.size(), at(kNever));
    for (facts::FactId id : asking.is_new() ? own_facts() : std::vector<facts::FactId>()) {
      const facts::Fact& fact = evidence_.fact(id);
      const Truth breach = is_breach(fact, clause, bearers_of(agreement_, text.subject));
      MomentRange& when = found[fact.incident.index].when;
      if (breach != Truth::No) {
        when.earliest = std::min(when.earliest, fact.when.from);
      }
      if (breach == Truth::Yes) {
        when.latest = std::min(when.latest, facts::last_of(fact.when));
      }
    }
    return found;
  }
  if (text.form == agreement::Form::Phases && asking.is_new()) {
    for (std::size_t side = 0; side < sides(clause).size(); ++side) {
      found.push_back(at(breach_of(phase_opinion(clause, side))));
    }
    return found;
  }
  const bool is_effort = text.form == agreement::Form::Effort;
  if ((text.form != agreement::Form::Duty && !is_effort) || !asking.is_new()) {
    return found;
  }
  for (const Instance& instance : instances(clause)) {
    found.push_back(at(breach_of(duty_opinion(instance), is_effort)));
  }
  return found;
}

std::vector<Activation> Telling::occurrences_of(agreement::SituationId situation) {
  const agreement::Situation& declared_situation = agreement_.situations[situation.index];
  const auto* occurrence = std::get_if<agreement::Occurrence>(&declared_situation.what);
  if (const auto* streak = std::get_if<agreement::Streak>(&declared_situation.what)) {
    return {at(streak_end(*streak))};
  }
  if (occurrence == nullptr || occurrence->is_negated) {
    return {at(kWhenever)};
  }
  return occurrences_of(*occurrence);
}

std::vector<Activation> Telling::occurrences_of(const agreement::Occurrence& occurrence) {
  std::vector<Activation> found(evidence_.incidents.size(), at(kNever));
  for (facts::FactId id : own_facts()) {
    const facts::Fact& fact = evidence_.fact(id);
    const Truth is_it = is_occurrence(fact, occurrence);
    Activation& activation = found[fact.incident.index];
    if (is_it != Truth::No) {
      activation.when.earliest = std::min(activation.when.earliest, fact.when.from);
      activation.keys.push_back(fact.key);
    }
    if (is_it == Truth::Yes) {
      activation.when.latest = std::min(activation.when.latest, facts::last_of(fact.when));
    }
  }
  return found;
}

std::vector<Activation> Telling::activations_of(const Upon& upon) {
  switch (upon.what) {
    case Upon::What::Fulfilment: {
      MomentRange when = kBeginning;
      for (const agreement::ClauseRef& reference : upon.clauses) {
        when = latest_of(when, performed(reference.clause));
      }
      return {at(when)};
    }
    case Upon::What::Breach: {
      std::vector<Activation> found;
      for (const agreement::ClauseRef& reference : upon.clauses) {
        for (Activation& activation : breaches_of(reference.clause)) {
          found.push_back(std::move(activation));
        }
      }
      return found;
    }
    case Upon::What::Determination:
      return by_acts([&](const OfficialAct& act) {
        return act.act == InstitutionalAct::Determine &&
               is_by_finders(agreement_, act, upon.clauses);
      });
    case Upon::What::ReportOfClause:
      return by_acts([&](const OfficialAct& act) {
        return act.act == InstitutionalAct::Report && names_one_of(act, upon.clauses);
      });
    case Upon::What::ReportOfThing:
      return by_acts([&](const OfficialAct& act) {
        Truth is_it = Truth::No;
        const auto verb = agreement_.vocabulary.find_verb("report");
        for (const agreement::Noun& noun : upon.things.items) {
          for (const facts::Value& target : act.targets) {
            is_it = is_it ||
                    facts::match(agreement_, target, noun, {}, verb.value_or(agreement::VerbId{}),
                                 agreement::Preposition::Object);
          }
        }
        return act.act == InstitutionalAct::Report && is_it == Truth::Yes;
      });
    case Upon::What::Notice:
      return by_acts([&](const OfficialAct& act) {
        return act.act == InstitutionalAct::Notify &&
               is_done_by(agreement_, upon.agents, true, act.authors);
      });
    case Upon::What::Signature:
      return {at(signature(upon.agents))};
    case Upon::What::Moment:
      return {at(declared(upon.moment))};
    case Upon::What::Streak:
    case Upon::What::Situation:
      return occurrences_of(upon.situation);
    case Upon::What::Undefined:
      return {at(kWhenever)};
  }
  return {};
}

std::vector<Activation> Telling::activations(const agreement::Clause& clause) {
  std::vector<Activation> found;
  bool is_first = true;
  if (const auto* whenever = clause.find<agreement::Whenever>()) {
    found = occurrences_of(whenever->what);
    is_first = false;
  }
  for (const Upon* upon : clause.find_all<Upon>()) {
    std::vector<Activation> these = activations_of(*upon);
    if (is_first) {
      found = std::move(these);
      is_first = false;
      continue;
    }
    // Every further condition must have come, too.
    MomentRange when = kNever;
    for (const Activation& activation : these) {
      when = earliest_of(when, activation.when);
    }
    for (Activation& activation : found) {
      activation.when = latest_of(activation.when, when);
    }
  }
  return found;
}

}  // namespace truce::semantics::internal
