// SPDX-License-Identifier: Apache-2.0
// What acts there are to choose from: each noun, kinds below it, places in it.
#include "truce/analysis/internal/act_space.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "truce/analysis/internal/replay.h"
#include "truce/facts/resolve.h"

namespace truce::analysis::internal {
namespace {

using agreement::Act;
using agreement::Noun;
using agreement::Nouns;
using agreement::PlaceId;
using agreement::Preposition;
using facts::Truth;
using facts::Value;

Choice choice_of(const Agreement& agreement, const std::vector<Noun>& nouns) {
  Choice choice;
  choice.nouns.items = nouns;
  for (const Noun& noun : nouns) {
    const std::vector<Value> values = facts::values_of(agreement, noun);
    choice.values.insert(choice.values.end(), values.begin(), values.end());
  }
  if (choice.values.empty()) {
    choice.values.emplace_back();
  }
  return choice;
}

// Together where the nouns are joined by `and`, else each by itself.
std::vector<Choice> choices_of(const Agreement& agreement, const Nouns& nouns, bool is_together) {
  if (nouns.empty() || (is_together && nouns.joining == agreement::Joining::And)) {
    return {choice_of(agreement, nouns.items)};
  }
  std::vector<Choice> found;
  for (const Noun& noun : nouns.items) {
    found.push_back(choice_of(agreement, {noun}));
  }
  return found;
}

Noun of_kind(const Agreement& agreement, const Noun& noun, agreement::KindId kind) {
  Noun narrow = noun;
  narrow.head = Noun::Head::Kind;
  narrow.kind = kind;
  narrow.text = agreement.kind(kind).name;
  if (!noun.owner.empty()) {
    narrow.text += " of " + noun.owner[0].text;
  }
  return narrow;
}

// What an actor has that may stand in the role.
std::vector<Noun> things_of(const Agreement& agreement, const Noun& actor,
                            const agreement::Role* role) {
  std::vector<Noun> found;
  if (role == nullptr) {
    return found;
  }
  std::set<agreement::KindId> kinds;
  for (const agreement::KindId kind : role->kinds) {
    const auto below = agreement.vocabulary.with_descendants(kind);
    kinds.insert(below.begin(), below.end());
  }
  for (const agreement::KindId kind : kinds) {
    if (!facts::is_protected(agreement, kind)) {
      Noun thing;
      thing.owner = {actor};
      found.push_back(of_kind(agreement, thing, kind));
    }
  }
  return found;
}

// A kind that is others and nothing else has its members in its place.
bool is_only_members(const Agreement& agreement, const Noun& noun) {
  const agreement::Kind& kind = agreement.kind(noun.kind);
  return noun.head == Noun::Head::Kind && !noun.test.has_value() && kind.is_union &&
         !kind.definition.empty() &&
         std::all_of(kind.definition.begin(), kind.definition.end(), [](const auto& part) {
           return !part.test.has_value() && !part.only_in.has_value();
         });
}

// The nouns themselves, then what is below them.
std::vector<Choice> narrowed(const Agreement& agreement, const Nouns& nouns,
                             const agreement::Role* role) {
  if (nouns.empty()) {
    return {choice_of(agreement, {})};
  }
  std::vector<Noun> all = nouns.items;
  for (const Noun& noun : nouns.items) {
    if (noun.head == Noun::Head::Kind && !noun.test.has_value()) {
      for (const agreement::KindId kind : agreement.vocabulary.with_descendants(noun.kind)) {
        if (kind != noun.kind) {
          all.push_back(of_kind(agreement, noun, kind));
        }
      }
    }
    if (noun.head == Noun::Head::Agent) {
      const std::vector<Noun> things = things_of(agreement, noun, role);
      all.insert(all.end(), things.begin(), things.end());
    }
  }
  std::vector<Choice> found;
  std::set<std::string> known;
  for (const Noun& noun : all) {
    if (!is_only_members(agreement, noun) && known.insert(noun.text).second) {
      found.push_back(choice_of(agreement, {noun}));
    }
  }
  return found;
}

// What tells nouns from others of the same words.
std::string key_of(const Nouns& nouns, agreement::VerbId verb, Preposition preposition) {
  std::string key = fmt::format("{}/{}", verb.index, static_cast<int>(preposition));
  for (const Noun& noun : nouns.items) {
    key += fmt::format("/{} {}", static_cast<int>(noun.head), noun.text);
    for (const Noun& owner : noun.owner) {
      key += "/" + owner.text;
    }
  }
  return key;
}

const std::vector<Choice>& narrowed(const Agreement& agreement, KnownChoices& known,
                                    const Nouns& nouns, agreement::VerbId verb,
                                    Preposition preposition) {
  const auto [place, is_new] = known.try_emplace(key_of(nouns, verb, preposition));
  if (is_new) {
    place->second = narrowed(agreement, nouns, agreement.verb(verb).role(preposition));
  }
  return place->second;
}

const agreement::Complement* with(const Act& act) {
  for (const agreement::Complement& complement : act.complements) {
    if (complement.preposition == Preposition::With) {
      return &complement;
    }
  }
  return nullptr;
}

// Where the act says that it is done: as a scenario's event has it.
std::optional<PlaceId> place_of(const Act& act) {
  std::optional<PlaceId> found;
  for (const agreement::Complement& complement : act.complements) {
    const auto& items = complement.nouns.items;
    const bool is_place = facts::is_where(complement.preposition) && !items.empty() &&
                          items[0].head == Noun::Head::Place;
    if (is_place && (!found.has_value() || complement.preposition == Preposition::In)) {
      found = items[0].place;
    }
  }
  return found;
}

void set_others(const Act& act, ActSpace& space) {
  for (const agreement::Complement& complement : act.complements) {
    const bool is_place =
        !complement.nouns.empty() && complement.nouns.items[0].head == Noun::Head::Place;
    if (complement.preposition != Preposition::With &&
        !(complement.preposition == Preposition::In && is_place)) {
      space.others.push_back(complement);
    }
  }
}

}  // namespace

ActSpace performances_of(const Draft& draft, ClauseId duty, const std::vector<Actors>& groups) {
  const Agreement& agreement = draft.agreement();
  const Clause& clause = draft.clause(duty);
  Act act = concrete(agreement, clause.act, groups[0].front());
  if (const auto* in = clause.find<agreement::InPlace>()) {
    agreement::Complement complement;
    complement.preposition = Preposition::In;
    complement.nouns = in->places;
    act.complements.push_back(std::move(complement));
  } else if (!has_place(act)) {
    if (const auto ground = ground_of(draft)) {
      put_in(agreement, act, *ground);
    }
  }
  ActSpace space{.verb = *act.verb,
                 .groups = groups,
                 .objects = {},
                 .weapons = {},
                 .places = {},
                 .others = {}};
  space.objects = choices_of(agreement, act.object, true);
  const agreement::Complement* weapons = with(act);
  space.weapons = weapons == nullptr ? std::vector<Choice>{choice_of(agreement, {})}
                                     : choices_of(agreement, weapons->nouns, true);
  space.places = {place_of(act)};
  set_others(act, space);
  return space;
}

ActSpace narrowed(const Draft& draft, KnownChoices& known, const Act& act, ActorId actor,
                  std::optional<PlaceId> ground) {
  const Agreement& agreement = draft.agreement();
  const Act own = concrete(agreement, act, actor);
  ActSpace space{.verb = *own.verb,
                 .groups = {{actor}},
                 .objects = {},
                 .weapons = {},
                 .places = {},
                 .others = {}};
  space.objects = narrowed(agreement, known, own.object, *own.verb, Preposition::Object);
  // Nobody does it to oneself.
  std::erase_if(space.objects, [&](const Choice& choice) {
    return std::any_of(choice.values.begin(), choice.values.end(), [&](const Value& value) {
      return (value.head == Value::Head::Actor && value.actor == actor) || value.owner == actor;
    });
  });
  const agreement::Complement* weapons = with(own);
  space.weapons = weapons == nullptr
                      ? std::vector<Choice>{choice_of(agreement, {})}
                      : narrowed(agreement, known, weapons->nouns, *own.verb, Preposition::With);
  const std::optional<PlaceId> named = has_place(own) ? place_of(own) : ground;
  space.places = {named};
  for (std::size_t i = 0; named.has_value() && i < agreement.places.size(); ++i) {
    const auto place = base::id_at<PlaceId>(i);
    if (place != *named && draft.lies_in(place, *named) == Truth::Yes) {
      space.places.emplace_back(place);
    }
  }
  set_others(own, space);
  return space;
}

agreement::ScenarioEvent event_of(const Draft& draft, const ActSpace& space, const Pick& pick,
                                  base::Instant at) {
  Act act;
  act.verb = space.verb;
  act.object = space.objects[pick.object].nouns;
  if (const Nouns& weapons = space.weapons[pick.weapon].nouns; !weapons.empty()) {
    agreement::Complement complement;
    complement.preposition = Preposition::With;
    complement.nouns = weapons;
    act.complements.push_back(std::move(complement));
  }
  act.complements.insert(act.complements.end(), space.others.begin(), space.others.end());
  if (const auto place = space.places[pick.place]; place.has_value() && place_of(act) != place) {
    put_in(draft.agreement(), act, *place);
  }
  return event_of(draft.agreement(), space.groups[pick.group], act, at);
}

}  // namespace truce::analysis::internal
