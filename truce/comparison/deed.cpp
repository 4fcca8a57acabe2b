// SPDX-License-Identifier: Apache-2.0
#include "truce/comparison/internal/deed.h"

#include <algorithm>

#include <fmt/format.h>

#include "truce/facts/words.h"

namespace truce::comparison::internal {
namespace {

using agreement::ActorId;
using facts::Value;

// Whoever is nobody that the text declares is somebody else.
ActorId unnamed(const Agreement& agreement) {
  for (std::size_t i = 0; i < agreement.actors.size(); ++i) {
    if (agreement.actors[i].role == agreement::Actor::Role::Unnamed) {
      return base::id_at<ActorId>(i);
    }
  }
  return {};
}

facts::Group group_of(const Agreement& agreement, const std::vector<std::string>& names) {
  facts::Group group;
  for (const std::string& name : names) {
    group.push_back(agreement.find_actor(name).value_or(unnamed(agreement)));
  }
  std::sort(group.begin(), group.end());
  group.erase(std::unique(group.begin(), group.end()), group.end());
  return group;
}

Value value_of(const Agreement& agreement, const Thing& thing) {
  Value value;
  value.text = thing.name;
  switch (thing.what) {
    case Thing::What::Anything:
      break;
    case Thing::What::Actor:
      value.head = Value::Head::Actor;
      value.actor = agreement.find_actor(thing.name).value_or(unnamed(agreement));
      break;
    case Thing::What::Kind:
      if (const auto kind = agreement.vocabulary.find_kind(thing.name)) {
        value.head = Value::Head::Kind;
        value.kind = *kind;
        value.measure = thing.measure;
        value.measured = thing.measured;
        if (!thing.owner.empty()) {
          value.owner = agreement.find_actor(thing.owner).value_or(unnamed(agreement));
        }
      } else {
        value.head = Value::Head::UnknownWord;
      }
      break;
    case Thing::What::Place:
      if (const auto place = agreement.find_place(thing.name)) {
        value.head = Value::Head::Place;
        value.place = *place;
      } else {
        value.head = Value::Head::UnknownWord;
      }
      break;
  }
  return value;
}

void add_institutional(const Text& text, const Deed& deed, facts::Fact& fact) {
  const Agreement& agreement = text.agreement;
  fact.institutional = deed.institutional;
  for (const std::size_t pair : deed.clauses) {
    fact.are_clauses_named = true;
    if (const auto id = text.clause(pair)) {
      fact.clauses.push_back(*id);
    }
  }
  if (!deed.accused.empty()) {
    fact.objects.items.clear();
    for (const std::string& name : deed.accused) {
      fact.objects.items.push_back(value_of(agreement, {Thing::What::Actor, name}));
    }
    fact.objects.is_all_of = fact.objects.items.size() > 1;
  }
  for (std::size_t i = 0; i < agreement.moments.size() && !deed.fixed.empty(); ++i) {
    if (agreement.moments[i].name == deed.fixed) {
      fact.fixed_moment = base::id_at<agreement::MomentId>(i);
    }
  }
  if (!deed.fixed.empty() && agreement.find_place(deed.fixed).has_value()) {
    fact.objects.items = {value_of(agreement, {Thing::What::Place, deed.fixed})};
  }
}

facts::Fact fact_of(const Text& text, const Deed& deed) {
  const Agreement& agreement = text.agreement;
  facts::Fact fact;
  fact.when = {deed.at, deed.at};
  fact.actors = {group_of(agreement, deed.actors)};
  if (const auto verb = agreement.vocabulary.find_verb(deed.verb)) {
    fact.verbs = {*verb};
  } else if (deed.institutional == facts::InstitutionalAct::None) {
    fact.is_verb_unknown = true;
    for (std::size_t i = 0; i < agreement.vocabulary.verbs.size(); ++i) {
      fact.verbs.push_back(base::id_at<agreement::VerbId>(i));
    }
  }
  for (const Thing& thing : deed.objects) {
    fact.objects.items.push_back(value_of(agreement, thing));
  }
  if (fact.objects.items.empty()) {
    fact.objects.items.emplace_back();
  }
  fact.objects.is_all_of = fact.objects.items.size() > 1;
  fact.weapons.items = {value_of(agreement, deed.weapon)};
  for (const auto& [preposition, thing] : deed.complements) {
    fact.complements.push_back({preposition, {{value_of(agreement, thing)}, false}});
  }
  for (const auto& [place, is_inside] :
       text.side == Side::Before ? deed.where.before : deed.where.after) {
    fact.located.push_back({place, is_inside});
  }
  if (deed.institutional != facts::InstitutionalAct::None) {
    add_institutional(text, deed, fact);
  }
  return fact;
}

std::string words(const Thing& thing) {
  std::string text = thing.owner.empty() ? thing.name : thing.name + " of " + thing.owner;
  return thing.measure.empty()
             ? text
             : fmt::format("{} with {} {} {}", text, thing.measure, thing.measured, thing.unit);
}

std::string numbers_of(const Text& text, const Deed& deed) {
  std::vector<std::string> numbers;
  for (const std::size_t pair : deed.clauses) {
    const auto id = text.clause(pair);
    numbers.push_back(id.has_value() ? text.agreement.clause(*id).number : "no clause");
  }
  return facts::join_words(numbers);
}

std::string told_institutional(const Text& text, const Deed& deed) {
  using facts::InstitutionalAct;
  const std::string of = numbers_of(text, deed);
  const bool is_one = deed.actors.size() == 1;
  const auto ending = [&](std::string_view word) {
    return fmt::format("{}{}", word, is_one ? "s" : "");
  };
  switch (deed.institutional) {
    case InstitutionalAct::Determine:
      return fmt::format("{} a breach of {} by {}", ending("determine"), of,
                         facts::join_words(deed.accused));
    case InstitutionalAct::Extend:
      return ending("extend") + " " + of;
    case InstitutionalAct::Suspend:
      return ending("suspend") + " " + of;
    case InstitutionalAct::Resume:
      return ending("resume") + " " + of;
    case InstitutionalAct::Terminate:
      return ending("terminate") + " " + of;
    case InstitutionalAct::Amend:
      return ending("amend") + " " + of;
    case InstitutionalAct::Release:
      return ending("release") + " from " + of;
    case InstitutionalAct::Fix:
      return fmt::format("{} {}", is_one ? "fixes" : "fix", deed.fixed);
    case InstitutionalAct::Notify:
      return is_one ? "gives notice" : "give notice";
    case InstitutionalAct::Report:
      return ending("report") + (of.empty() ? "" : " on " + of);
    case InstitutionalAct::Sign:
      return ending("sign");
    case InstitutionalAct::Accede:
      return ending("accede");
    case InstitutionalAct::Dissent:
      return ending("dissent");
    case InstitutionalAct::None:
      break;
  }
  return {};
}

}  // namespace

facts::Evidence record_of(const Text& text, const std::vector<Deed>& deeds, base::Instant now) {
  facts::Evidence evidence;
  evidence.now = now;
  facts::Account account;
  account.name = "record";
  account.is_closed = true;
  evidence.accounts.push_back(std::move(account));
  for (std::size_t i = 0; i < deeds.size(); ++i) {
    facts::Fact fact = fact_of(text, deeds[i]);
    fact.incident = base::id_at<facts::IncidentId>(i);
    fact.account = base::id_at<facts::AccountId>(0);
    // Names in bytewise order stand in the order of the deeds.
    evidence.incidents.push_back({fmt::format("{:06}", i),
                                  {base::id_at<facts::FactId>(i)},
                                  fact.institutional != facts::InstitutionalAct::None});
    evidence.facts.push_back(std::move(fact));
  }
  return evidence;
}

std::string told_act(const Text& text, const Deed& deed) {
  if (deed.institutional != facts::InstitutionalAct::None) {
    return told_institutional(text, deed);
  }
  const auto verb = text.agreement.vocabulary.find_verb(deed.verb);
  const bool is_one = deed.actors.size() == 1;
  std::string result = verb.has_value() && is_one && !text.agreement.verb(*verb).forms.empty()
                           ? text.agreement.verb(*verb).forms[0]
                           : deed.verb;
  std::vector<std::string> objects;
  for (const Thing& thing : deed.objects) {
    if (thing.what != Thing::What::Anything) {
      objects.push_back(words(thing));
    }
  }
  if (!objects.empty()) {
    result += " " + facts::join_words(objects);
  }
  if (deed.weapon.what != Thing::What::Anything) {
    result += " with " + words(deed.weapon);
  }
  for (const auto& [preposition, thing] : deed.complements) {
    result += fmt::format(" {} {}", agreement::to_text(preposition), words(thing));
  }
  return result;
}

std::string told(const Text& text, const Deed& deed) {
  const std::string where = deed.where.words.empty() ? "" : " " + deed.where.words;
  return facts::join_words(deed.actors) + " " + told_act(text, deed) + where;
}

std::vector<Standings> standings(const Text& text, std::size_t pair,
                                 const facts::Verdicts& verdicts, std::size_t deed_count) {
  std::vector<Standings> found(deed_count + 1);
  const auto id = text.clause(pair);
  if (!id.has_value()) {
    return found;
  }
  for (const facts::Verdict& verdict : verdicts.verdicts) {
    if (verdict.clause != *id) {
      continue;
    }
    const bool is_prohibition = text.agreement.clause(*id).form == agreement::Form::Prohibition;
    const std::size_t at =
        is_prohibition && verdict.incident.has_value() ? verdict.incident->index : deed_count;
    Standing standing{.outcome = verdict.outcome, .at = verdict.at};
    for (const ActorId actor : verdict.blame) {
      standing.blame.push_back(text.agreement.actor(actor).name);
    }
    std::sort(standing.blame.begin(), standing.blame.end());
    for (const ActorId bearer : verdict.bearers) {
      if (!is_prohibition || verdict.outcome != facts::Outcome::Kept) {
        found[at][text.agreement.actor(bearer).name].push_back(standing);
      }
    }
  }
  for (Standings& one : found) {
    for (auto& [name, all] : one) {
      std::sort(all.begin(), all.end());
    }
  }
  return found;
}

}  // namespace truce::comparison::internal
