// SPDX-License-Identifier: Apache-2.0
// A scenario's events as evidence. What nobody is named for is the whole record of what happened.
#include <algorithm>
#include <set>

#include "truce/facts/internal/names.h"
#include "truce/facts/match.h"
#include "truce/facts/resolve.h"

namespace truce::facts {
namespace {

using agreement::ActorId;
using agreement::Agreement;
using agreement::Noun;
using agreement::Preposition;
using agreement::ScenarioEvent;

constexpr std::string_view kRecord = "record";

// Whoever is nobody that the text declares is somebody else.
ActorId unnamed(const Agreement& agreement) {
  for (std::size_t i = 0; i < agreement.actors.size(); ++i) {
    if (agreement.actors[i].role == agreement::Actor::Role::Unnamed) {
      return base::id_at<ActorId>(i);
    }
  }
  return {};
}

Group group_of(const Agreement& agreement, const std::vector<agreement::Agent>& agents) {
  Group group;
  for (const agreement::Agent& agent : agents) {
    if (agent.who == agreement::Agent::Who::Undefined) {
      group.push_back(unnamed(agreement));
      continue;
    }
    const std::vector<ActorId> found = agreement.resolve(agent, {});
    group.insert(group.end(), found.begin(), found.end());
  }
  std::sort(group.begin(), group.end());
  group.erase(std::unique(group.begin(), group.end()), group.end());
  return group;
}

}  // namespace

std::vector<Value> values_of(const Agreement& agreement, const Noun& noun) {
  std::vector<Value> values;
  Value value;
  value.text = noun.text;
  switch (noun.head) {
    case Noun::Head::Agent:
      for (ActorId actor : agreement.resolve(noun.agent, {})) {
        value.head = Value::Head::Actor;
        value.actor = actor;
        values.push_back(value);
      }
      return values;
    case Noun::Head::Kind:
      value.head = Value::Head::Kind;
      value.kind = noun.kind;
      if (!noun.owner.empty() && noun.owner[0].head == Noun::Head::Agent) {
        const std::vector<ActorId> owners = agreement.resolve(noun.owner[0].agent, {});
        if (owners.size() == 1) {
          value.owner = owners[0];
        }
      }
      break;
    case Noun::Head::Place:
      value.head = Value::Head::Place;
      value.place = noun.place;
      break;
    case Noun::Head::Undefined:
      value.head = Value::Head::UnknownWord;
      break;
  }
  return {value};
}

namespace {

Values joined_values(const Agreement& agreement, const agreement::Nouns& nouns) {
  Values values;
  for (const Noun& noun : nouns.items) {
    const std::vector<Value> some = values_of(agreement, noun);
    values.items.insert(values.items.end(), some.begin(), some.end());
  }
  if (values.items.empty()) {
    values.items.emplace_back();
  }
  values.is_all_of = nouns.joining == agreement::Joining::And && values.items.size() > 1;
  return values;
}

void add_complements(const Agreement& agreement, const agreement::Act& act, Fact& fact) {
  for (const agreement::Complement& complement : act.complements) {
    Values values = joined_values(agreement, complement.nouns);
    if (complement.preposition == Preposition::With) {
      fact.weapons = std::move(values);
      continue;
    }
    const Value& first = values.items[0];
    const bool is_place = first.head == Value::Head::Place;
    if (is_place && is_where(complement.preposition) &&
        (!fact.named_place.has_value() || complement.preposition == Preposition::In)) {
      fact.named_place = first.place;
      fact.place_text = first.text;
    }
    if (complement.preposition != Preposition::In || !is_place) {
      fact.complements.push_back({complement.preposition, std::move(values)});
    }
  }
}

void add_act(const Agreement& agreement, const agreement::Act& act, Fact& fact) {
  if (act.verb.has_value()) {
    fact.verbs = {*act.verb};
  } else {
    fact.is_verb_unknown = true;
    for (std::size_t i = 0; i < agreement.vocabulary.verbs.size(); ++i) {
      fact.verbs.push_back(base::id_at<agreement::VerbId>(i));
    }
  }
  fact.objects = joined_values(agreement, act.object);
  add_complements(agreement, act, fact);
}

void add_clauses(const std::vector<agreement::ClauseRef>& clauses, Fact& fact) {
  for (const agreement::ClauseRef& clause : clauses) {
    fact.clauses.push_back(clause.clause);
    fact.are_clauses_named = true;
  }
}

}  // namespace

InstitutionalAct act_of_power(agreement::PowerVerb verb) {
  switch (verb) {
    case agreement::PowerVerb::Extend:
      return InstitutionalAct::Extend;
    case agreement::PowerVerb::Suspend:
      return InstitutionalAct::Suspend;
    case agreement::PowerVerb::Resume:
      return InstitutionalAct::Resume;
    case agreement::PowerVerb::Terminate:
      return InstitutionalAct::Terminate;
    case agreement::PowerVerb::Amend:
      return InstitutionalAct::Amend;
  }
  return InstitutionalAct::None;
}

namespace {

InstitutionalAct act_of(ScenarioEvent::Finding::What what) {
  switch (what) {
    case ScenarioEvent::Finding::What::Breach:
      return InstitutionalAct::Determine;
    case ScenarioEvent::Finding::What::Release:
      return InstitutionalAct::Release;
    case ScenarioEvent::Finding::What::Dissent:
      return InstitutionalAct::Dissent;
  }
  return InstitutionalAct::None;
}

Fact fact_of(const Agreement& agreement, const ScenarioEvent& event) {
  Fact fact;
  fact.when = {event.at, event.at};
  fact.actors = {group_of(agreement, event.agents)};
  fact.objects.items.emplace_back();
  fact.weapons.items.emplace_back();
  if (event.act.has_value()) {
    add_act(agreement, *event.act, fact);
    const auto word = event.act->verb.has_value()
                          ? find_institutional_act(agreement.verb(*event.act->verb).name)
                          : std::nullopt;
    if (word.has_value() && *word != InstitutionalAct::Release) {
      fact.institutional = *word;
    }
  } else if (event.power.has_value()) {
    fact.institutional = act_of_power(event.power->verb);
    add_clauses(event.power->clauses, fact);
  } else if (event.finding.has_value()) {
    fact.institutional = act_of(event.finding->what);
    add_clauses(event.finding->clauses, fact);
    fact.objects.items.clear();
    for (ActorId accused : group_of(agreement, event.finding->breaching)) {
      Value value;
      value.head = Value::Head::Actor;
      value.actor = accused;
      value.text = agreement.actor(accused).name;
      fact.objects.items.push_back(value);
    }
    if (fact.objects.items.empty()) {
      fact.objects.items.emplace_back();
    }
    fact.objects.is_all_of = fact.objects.items.size() > 1;
  }
  return fact;
}

std::string account_name(const Agreement& agreement, const ScenarioEvent& event) {
  if (!event.according_to.has_value()) {
    return std::string(kRecord);
  }
  const agreement::Agent& agent = *event.according_to;
  return agent.who == agreement::Agent::Who::Actor ? agreement.actor(agent.actor).name : agent.text;
}

// The number of the incident of each event: accounts given one after the other at the same time
// are of one incident, until somebody speaks again.
std::vector<std::size_t> incident_numbers(const Agreement& agreement,
                                          const std::vector<ScenarioEvent>& events) {
  std::vector<std::size_t> numbers;
  std::set<std::string> speakers;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const std::string speaker = account_name(agreement, events[i]);
    const bool is_joined = i > 0 && events[i].according_to.has_value() &&
                           events[i - 1].according_to.has_value() &&
                           events[i].at == events[i - 1].at && !speakers.contains(speaker);
    if (!is_joined) {
      speakers.clear();
    }
    speakers.insert(speaker);
    numbers.push_back(is_joined ? numbers.back() : i + 1);
  }
  return numbers;
}

void add_accounts(const Agreement& agreement, const std::vector<ScenarioEvent>& events,
                  Evidence& evidence) {
  std::set<std::string> names;
  for (const ScenarioEvent& event : events) {
    names.insert(account_name(agreement, event));
  }
  for (const std::string& name : names) {
    Account account;
    account.name = name;
    account.actor = agreement.find_actor(name);
    account.is_closed = name == kRecord;
    evidence.accounts.push_back(std::move(account));
  }
}

AccountId find_account(const Evidence& evidence, const std::string& name) {
  std::size_t i = 0;
  while (evidence.accounts[i].name != name) {
    ++i;
  }
  return base::id_at<AccountId>(i);
}

}  // namespace

Evidence from_scenario(const Agreement& agreement, const agreement::Scenario& scenario) {
  Evidence evidence;
  evidence.now = base::kBeforeTime;
  add_accounts(agreement, scenario.events, evidence);
  const std::vector<std::size_t> numbers = incident_numbers(agreement, scenario.events);
  std::vector<std::pair<std::string, std::size_t>> order;
  for (std::size_t i = 0; i < scenario.events.size(); ++i) {
    order.emplace_back("event " + std::to_string(numbers[i]), i);
  }
  const auto name_of = [&](std::size_t i) { return account_name(agreement, scenario.events[i]); };
  std::sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : name_of(a.second) < name_of(b.second);
  });
  for (const auto& [id, index] : order) {
    const ScenarioEvent& event = scenario.events[index];
    if (evidence.incidents.empty() || evidence.incidents.back().id != id) {
      evidence.incidents.push_back({id, {}, true});
    }
    Fact fact = fact_of(agreement, event);
    fact.incident = base::id_at<IncidentId>(evidence.incidents.size() - 1);
    fact.account = find_account(evidence, name_of(index));
    Incident& incident = evidence.incidents.back();
    incident.facts.push_back(base::id_at<FactId>(evidence.facts.size()));
    incident.is_institutional =
        incident.is_institutional && fact.institutional != InstitutionalAct::None;
    evidence.now = std::max(evidence.now, event.at);
    evidence.facts.push_back(std::move(fact));
  }
  return evidence;
}

}  // namespace truce::facts
