// SPDX-License-Identifier: Apache-2.0
#include "truce/monitor/internal/activations.h"

#include <algorithm>

namespace truce::monitor::internal {

using agreement::Upon;
using facts::InstitutionalAct;
using facts::Truth;

namespace {

bool names(const std::vector<agreement::ClauseRef>& clauses, agreement::ClauseId clause) {
  return std::any_of(clauses.begin(), clauses.end(),
                     [&](const agreement::ClauseRef& ref) { return ref.clause == clause; });
}

Activation at(MomentRange when) { return {when, {}, {}, {}}; }

void take_in(Activation& activation, Truth truth, base::TimeRange when) {
  if (truth != Truth::No) {
    activation.when.earliest = std::min(activation.when.earliest, when.from);
  }
  if (truth == Truth::Yes) {
    activation.when.latest = std::min(activation.when.latest, facts::last_of(when));
  }
}

}  // namespace

Activations::Activations(const Record& record, Clocks& clocks, Questions& questions,
                         Oracles oracles)
    : record_(record), clocks_(clocks), questions_(questions), oracles_(std::move(oracles)) {}

bool Activations::is_trigger(const Upon& upon, const InstitutionalRecord& act) const {
  const agreement::Agreement& agreement = record_.agreement();
  const auto is_named = [&](agreement::ClauseId clause) { return names(upon.clauses, clause); };
  switch (upon.what) {
    case Upon::What::Determination:
      return act.act == InstitutionalAct::Determine &&
             std::any_of(act.clauses.begin(), act.clauses.end(), [&](agreement::ClauseId clause) {
               const auto* by = agreement.clause(clause).find<agreement::Determined>();
               return is_named(clause) &&
                      (by == nullptr || are_authors(agreement, by->agents, false, act.authors));
             });
    case Upon::What::ReportOfClause:
      return act.act == InstitutionalAct::Report &&
             std::any_of(act.clauses.begin(), act.clauses.end(), is_named);
    case Upon::What::ReportOfThing: {
      const auto verb = agreement.vocabulary.find_verb("report").value_or(agreement::VerbId{});
      return act.act == InstitutionalAct::Report &&
             std::any_of(act.targets.begin(), act.targets.end(), [&](const facts::Value& target) {
               return std::any_of(upon.things.items.begin(), upon.things.items.end(),
                                  [&](const agreement::Noun& noun) {
                                    return facts::match(agreement, target, noun, {}, verb,
                                                        agreement::Preposition::Object) ==
                                           Truth::Yes;
                                  });
             });
    }
    case Upon::What::Notice:
      return act.act == InstitutionalAct::Notify &&
             are_authors(agreement, upon.agents, true, act.authors);
    case Upon::What::Fulfilment:
    case Upon::What::Breach:
    case Upon::What::Signature:
    case Upon::What::Moment:
    case Upon::What::Streak:
    case Upon::What::Situation:
    case Upon::What::Undefined:
      return false;
  }
  return false;
}

std::vector<Activation> Activations::of_acts(const Upon& upon) const {
  std::vector<Activation> found;
  for (std::size_t i = 0; i < record_.institutional().size(); ++i) {
    const InstitutionalRecord& act = record_.institutional()[i];
    if (is_trigger(upon, act)) {
      Activation activation{{act.first, act.last}, {}, i, {}};
      if (act.act == InstitutionalAct::Determine) {
        for (const facts::Value& target : act.targets) {
          if (target.head == facts::Value::Head::Actor) {
            activation.accused.push_back(target.actor);
          }
        }
      }
      found.push_back(std::move(activation));
    }
  }
  return found;
}

std::vector<Activation> Activations::of_breach(agreement::ClauseId id, facts::AccountId account) {
  const agreement::Clause& clause = record_.agreement().clause(id);
  const Asking asking(questions_, Topic::Breach, &clause, account);
  std::vector<Activation> found;
  if (clause.form == agreement::Form::Prohibition) {
    found.assign(record_.evidence().incidents.size(), at(kNever));
    if (asking.is_new()) {
      for (const facts::FactId fact : record_.facts_of(account)) {
        take_in(found[record_.fact(fact).incident.index], oracles_.is_breach(id, fact),
                record_.fact(fact).when);
      }
    }
  } else if ((clause.form == agreement::Form::Duty || clause.form == agreement::Form::Effort ||
              clause.form == agreement::Form::Phases) &&
             asking.is_new()) {
    for (const MomentRange when : oracles_.broken(id, account)) {
      found.push_back(at(when));
    }
  }
  return found;
}

std::vector<Activation> Activations::of_situation(agreement::SituationId id,
                                                  facts::AccountId account) {
  const agreement::Situation& situation = record_.agreement().situations[id.index];
  if (const auto* streak = std::get_if<agreement::Streak>(&situation.what)) {
    return {at(clocks_.streak(*streak, account))};
  }
  const auto* occurrence = std::get_if<agreement::Occurrence>(&situation.what);
  if (occurrence == nullptr || occurrence->is_negated) {
    return {at(kWhenever)};
  }
  return of_occurrence(*occurrence, account);
}

std::vector<Activation> Activations::of_occurrence(const agreement::Occurrence& occurrence,
                                                   facts::AccountId account) {
  std::vector<Activation> found(record_.evidence().incidents.size(), at(kNever));
  for (const auto& [fact, truth] : clocks_.occurrences(occurrence, account)) {
    Activation& activation = found[record_.fact(fact).incident.index];
    take_in(activation, truth, record_.fact(fact).when);
    activation.keys.push_back(record_.fact(fact).key);
  }
  return found;
}

std::vector<Activation> Activations::of_trigger(const Upon& upon, facts::AccountId account) {
  switch (upon.what) {
    case Upon::What::Fulfilment: {
      MomentRange when = kAlways;
      for (const agreement::ClauseRef& ref : upon.clauses) {
        const MomentRange done = oracles_.performed(ref.clause, account);
        when = {std::max(when.earliest, done.earliest), std::max(when.latest, done.latest)};
      }
      return {at(when)};
    }
    case Upon::What::Breach: {
      std::vector<Activation> found;
      for (const agreement::ClauseRef& ref : upon.clauses) {
        std::vector<Activation> some = of_breach(ref.clause, account);
        found.insert(found.end(), some.begin(), some.end());
      }
      return found;
    }
    case Upon::What::Determination:
    case Upon::What::ReportOfClause:
    case Upon::What::ReportOfThing:
    case Upon::What::Notice:
      return of_acts(upon);
    case Upon::What::Signature:
      return {at(record_.signature(upon.agents))};
    case Upon::What::Moment:
      return {at(clocks_.declared(upon.moment, account))};
    case Upon::What::Streak:
    case Upon::What::Situation:
      return of_situation(upon.situation, account);
    case Upon::What::Undefined:
      return {at(kWhenever)};
  }
  return {};
}

std::shared_ptr<const std::vector<Activation>> Activations::activations(
    const agreement::Clause& clause, facts::AccountId account) {
  const std::pair key{&clause, account};
  if (const auto at = known_.find(key); at != known_.end()) {
    return at->second;
  }
  const bool is_outermost = questions_.are_none_open();
  auto found = std::make_shared<const std::vector<Activation>>(work_out(clause, account));
  if (is_outermost) {
    known_.emplace(key, found);
  }
  return found;
}

std::vector<Activation> Activations::work_out(const agreement::Clause& clause,
                                              facts::AccountId account) {
  std::vector<Activation> found;
  bool is_first = true;
  if (const auto* whenever = clause.find<agreement::Whenever>()) {
    found = of_occurrence(whenever->what, account);
    is_first = false;
  }
  for (const Upon* upon : clause.find_all<Upon>()) {
    std::vector<Activation> these = of_trigger(*upon, account);
    if (is_first) {
      found = std::move(these);
      is_first = false;
      continue;
    }
    // Whatever else it waits upon must have come, too.
    MomentRange other = kNever;
    for (const Activation& activation : these) {
      other = {std::min(other.earliest, activation.when.earliest),
               std::min(other.latest, activation.when.latest)};
    }
    for (Activation& activation : found) {
      activation.when = {std::max(activation.when.earliest, other.earliest),
                         std::max(activation.when.latest, other.latest)};
    }
  }
  return found;
}

}  // namespace truce::monitor::internal
