// SPDX-License-Identifier: Apache-2.0
#include "truce/analysis/internal/replay.h"

#include <algorithm>
#include <map>
#include <set>

#include "truce/facts/match.h"
#include "truce/facts/resolve.h"
#include "truce/semantics/evaluate.h"

namespace truce::analysis::internal {
namespace {

using agreement::Act;
using agreement::Agent;
using agreement::Noun;
using agreement::Nouns;

Nouns concrete(const Agreement& agreement, const Nouns& nouns, ActorId bearer) {
  Nouns result{.items = {}, .joining = nouns.joining, .span = nouns.span};
  for (const Noun& noun : nouns.items) {
    const bool is_relative = noun.head == Noun::Head::Agent &&
                             noun.agent.who != Agent::Who::Actor &&
                             noun.agent.who != Agent::Who::Undefined;
    if (is_relative) {
      for (const ActorId actor : agreement.resolve(noun.agent, bearer)) {
        result.items.push_back(noun_of(agreement, actor));
      }
      continue;
    }
    Noun copy = noun;
    for (Noun& owner : copy.owner) {
      if (owner.head == Noun::Head::Agent && owner.agent.who != Agent::Who::Actor) {
        const Actors owners = agreement.resolve(owner.agent, bearer);
        if (owners.size() == 1) {
          owner = noun_of(agreement, owners[0]);
        }
      }
    }
    result.items.push_back(std::move(copy));
  }
  return result;
}

Wording words(const Nouns& nouns) {
  std::vector<Wording> texts;
  for (const Noun& noun : nouns.items) {
    texts.emplace_back(noun.text);
  }
  return nouns.joining == agreement::Joining::And ? Wording::all(std::move(texts))
                                                  : Wording::either(std::move(texts));
}

// The deed with where, with what or to whom it is done. A preposition is no word that could be put
// into a pattern: each language has its own for the whole.
Wording with(Wording deed, agreement::Preposition preposition, Wording nouns) {
  using agreement::Preposition;
  switch (preposition) {
    case Preposition::Object:
      break;
    case Preposition::With:
      return say("{} with {}", std::move(deed), std::move(nouns));
    case Preposition::To:
      return say("{} to {}", std::move(deed), std::move(nouns));
    case Preposition::From:
      return say("{} from {}", std::move(deed), std::move(nouns));
    case Preposition::Into:
      return say("{} into {}", std::move(deed), std::move(nouns));
    case Preposition::Over:
      return say("{} over {}", std::move(deed), std::move(nouns));
    case Preposition::Along:
      return say("{} along {}", std::move(deed), std::move(nouns));
    case Preposition::AwayFrom:
      return say("{} away from {}", std::move(deed), std::move(nouns));
    case Preposition::Through:
      return say("{} through {}", std::move(deed), std::move(nouns));
    case Preposition::On:
      return say("{} on {}", std::move(deed), std::move(nouns));
    case Preposition::In:
      return say("{} in {}", std::move(deed), std::move(nouns));
    case Preposition::Between:
      return say("{} between {}", std::move(deed), std::move(nouns));
    case Preposition::Against:
      return say("{} against {}", std::move(deed), std::move(nouns));
    case Preposition::For:
      return say("{} for {}", std::move(deed), std::move(nouns));
  }
  return say("{} {}", std::move(deed), std::move(nouns));
}

}  // namespace

Noun noun_of(const Agreement& agreement, ActorId actor) {
  Noun noun;
  noun.head = Noun::Head::Agent;
  noun.agent.who = Agent::Who::Actor;
  noun.agent.actor = actor;
  noun.agent.text = agreement.actor(actor).name;
  noun.text = noun.agent.text;
  return noun;
}

Act concrete(const Agreement& agreement, const Act& act, ActorId bearer) {
  Act result = act;
  result.object = concrete(agreement, act.object, bearer);
  for (agreement::Complement& complement : result.complements) {
    complement.nouns = concrete(agreement, complement.nouns, bearer);
  }
  return result;
}

std::optional<agreement::PlaceId> ground_of(const Draft& draft) {
  std::map<agreement::PlaceId, std::size_t> counts;
  for (const ClauseId id : draft.clauses()) {
    if (!draft.is_prohibition(id)) {
      continue;
    }
    for (const auto* in : draft.clause(id).find_all<agreement::InPlace>()) {
      for (const Noun& noun : in->places.items) {
        counts[noun.place] += noun.head == Noun::Head::Place ? 1 : 0;
      }
    }
  }
  const auto most =
      std::max_element(counts.begin(), counts.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == counts.end() || most->second == 0 ? std::nullopt : std::optional(most->first);
}

bool has_place(const Act& act) {
  return std::any_of(act.complements.begin(), act.complements.end(), [](const auto& complement) {
    return facts::is_where(complement.preposition) &&
           std::any_of(complement.nouns.items.begin(), complement.nouns.items.end(),
                       [](const Noun& noun) { return noun.head == Noun::Head::Place; });
  });
}

void put_in(const Agreement& agreement, Act& act, agreement::PlaceId place) {
  Noun noun;
  noun.head = Noun::Head::Place;
  noun.place = place;
  noun.text = agreement.place(place).name;
  agreement::Complement complement;
  complement.preposition = agreement::Preposition::In;
  complement.nouns.items.push_back(std::move(noun));
  act.complements.push_back(std::move(complement));
}

agreement::ScenarioEvent event_of(const Agreement& agreement, const Actors& actors, const Act& act,
                                  base::Instant at) {
  agreement::ScenarioEvent event;
  event.at = at;
  event.act = act;
  for (const ActorId actor : actors) {
    event.agents.push_back(noun_of(agreement, actor).agent);
  }
  return event;
}

namespace {

// `Kurdish Forces` are several, as the kind is that their name ends with; `United States` is one.
bool is_plural_name(const Agreement& agreement, const std::string& name) {
  const std::string last = name.substr(name.find_last_of(' ') + 1);
  return name.ends_with('s') && agreement.vocabulary.find_kind(last).has_value();
}

// The clauses that others are subject to.
std::set<ClauseId> above(const Agreement& agreement) {
  std::set<ClauseId> found;
  for (const Clause& clause : agreement.clauses) {
    for (const auto* subject : clause.find_all<agreement::SubjectTo>()) {
      for (const agreement::ClauseRef& ref : subject->clauses) {
        found.insert(ref.clause);
      }
    }
  }
  return found;
}

}  // namespace

Agreement stage_of(const Agreement& agreement, agreement::VerbId verb) {
  Agreement stage = agreement;
  const std::set<ClauseId> above = internal::above(agreement);
  for (std::size_t i = 0; i < stage.clauses.size(); ++i) {
    Clause& clause = stage.clauses[i];
    // A duty may stand above a prohibition, and lift it.
    const bool is_of_acts =
        clause.form == agreement::Form::Prohibition || clause.form == agreement::Form::Permission ||
        clause.find<agreement::Despite>() != nullptr || above.contains(base::id_at<ClauseId>(i));
    // A verb that is not known may be this one.
    const bool can_matter = is_of_acts && (!clause.act.verb.has_value() ||
                                           facts::is_or_implies(agreement, verb, *clause.act.verb));
    if (!can_matter && clause.form != agreement::Form::Power) {
      clause.form = agreement::Form::Reservation;
    }
  }
  return stage;
}

std::vector<Answer> play(const Agreement& agreement,
                         const std::vector<agreement::ScenarioEvent>& events) {
  agreement::Scenario scenario;
  scenario.events = events;
  const facts::Evidence evidence = facts::from_scenario(agreement, scenario);
  std::vector<Answer> answers;
  for (const facts::Verdict& verdict : semantics::evaluate(agreement, evidence).verdicts) {
    const bool is_of_act = verdict.incident.has_value() &&
                           agreement.clause(verdict.clause).form == agreement::Form::Prohibition;
    if (is_of_act && verdict.outcome != facts::Outcome::Kept) {
      answers.push_back({verdict.clause, verdict.bearers, verdict.outcome});
    }
  }
  return answers;
}

Wording told(const Agreement& agreement, const agreement::ScenarioEvent& event) {
  std::vector<Wording> who;
  for (const Agent& agent : event.agents) {
    who.emplace_back(agent.text);
  }
  const agreement::Verb& verb = agreement.verb(*event.act->verb);
  const bool is_plural = who.size() > 1 || is_plural_name(agreement, who[0].text());
  Wording deed =
      Wording::act(verb.name, is_plural || verb.forms.empty() ? verb.name : verb.forms[0]);
  if (!event.act->object.empty()) {
    deed = say("{} {}", std::move(deed), words(event.act->object));
  }
  for (const agreement::Complement& complement : event.act->complements) {
    deed = with(std::move(deed), complement.preposition, words(complement.nouns));
  }
  Wording whole = say("{} {}", Wording::all(std::move(who)), std::move(deed));
  return event.according_to.has_value()
             ? say("according to {}, {}", event.according_to->text, std::move(whole))
             : whole;
}

}  // namespace truce::analysis::internal
