// SPDX-License-Identifier: Apache-2.0
// Whether an alternative of a fact is the act of a clause: section "Three values".
#include <algorithm>

#include "truce/semantics/internal/telling.h"

namespace truce::semantics::internal {
namespace {

using agreement::Noun;
using agreement::Preposition;
using facts::Truth;
using facts::Value;

// A verb that was done, with what it was done to.
struct Doing {
  agreement::VerbId verb;
  std::vector<Value> objects;
};

std::vector<Value> values_in_role(const Scene& scene, const Doing& doing,
                                  std::optional<Preposition> role) {
  if (!role.has_value() || *role == Preposition::Object) {
    return doing.objects;
  }
  if (*role == Preposition::With) {
    return scene.weapons;
  }
  if (const facts::StatedComplement* complement = facts::stated(*scene.fact, *role)) {
    return complement->values.items;
  }
  Value value;
  if (facts::is_where(*role) && scene.fact->named_place.has_value()) {
    value.head = Value::Head::Place;
    value.place = *scene.fact->named_place;
  }
  return {value};
}

// The verb of the scene and all that doing it implies.
std::vector<Doing> doings(const agreement::Agreement& agreement, const Scene& scene) {
  std::vector<Doing> found = {{scene.verb, scene.objects}};
  for (std::size_t i = 0; i < found.size(); ++i) {
    for (const agreement::Implication& implied : agreement.verb(found[i].verb).implies) {
      const bool is_known = std::any_of(found.begin(), found.end(), [&](const Doing& doing) {
        return doing.verb == implied.verb;
      });
      if (!is_known) {
        found.push_back({implied.verb, values_in_role(scene, found[i], implied.object_from)});
      }
    }
  }
  return found;
}

}  // namespace

std::vector<base::Instant> Telling::instants(const facts::Fact& fact,
                                             const std::vector<MomentRange>& thresholds) const {
  const base::Instant first = fact.when.from;
  const base::Instant last = facts::last_of(fact.when);
  std::vector<base::Instant> found = {first, last};
  const auto add = [&](base::Instant change) {
    for (std::int64_t step : {-1, 0, 1}) {
      const base::Instant at{change.seconds + step};
      if (at > first && at < last) {
        found.push_back(at);
      }
    }
  };
  if (first < last) {
    for (base::Instant change : changes_) {
      add(change);
    }
    for (const MomentRange& threshold : thresholds) {
      add(threshold.earliest);
      add(threshold.latest);
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

Truth Telling::over(const facts::Fact& fact, const std::vector<MomentRange>& thresholds,
                    const std::function<Truth(const Scene&)>& test) {
  OverAlternatives result;
  const std::vector<base::Instant> times = instants(fact, thresholds);
  for (const facts::Group& group : fact.actors) {
    for (agreement::VerbId verb : fact.verbs) {
      for (const std::vector<Value>& objects : facts::choices(fact.objects)) {
        for (const std::vector<Value>& weapons : facts::choices(fact.weapons)) {
          for (base::Instant at : times) {
            result.add(test({&fact, group, verb, objects, weapons, at}));
            if (result.is_settled()) {
              return result.truth();
            }
          }
        }
      }
    }
  }
  // An act that is no verb of the vocabulary has no alternatives and is no act of a clause.
  return fact.verbs.empty() ? Truth::No : result.truth();
}

Truth Telling::is_fixed(agreement::PlaceId place, base::Instant at) {
  const agreement::Place& declared_place = agreement_.place(place);
  if (!declared_place.fixing.has_value()) {
    return Truth::Yes;
  }
  Truth result = Truth::No;
  for (const OfficialAct& act : acts_) {
    const bool is_named =
        std::find(act.places.begin(), act.places.end(), place) != act.places.end();
    if (act.act == facts::InstitutionalAct::Fix && is_named &&
        is_valid_fixing(declared_place.fixing, act)) {
      result = result || has_come(act.when(), at);
    }
  }
  return result;
}

Truth Telling::is_at(const Scene& scene, agreement::PlaceId place) {
  return facts::lies_in(agreement_, *scene.fact, place) && is_fixed(place, scene.at);
}

Truth Telling::is_noun(const Scene& scene, const Value& value, const Noun& noun,
                       agreement::VerbId verb, agreement::ActorId bearer) {
  if (noun.head != Noun::Head::Place) {
    return facts::match(agreement_, value, noun, bearer, verb, Preposition::Object);
  }
  if (value.head != Value::Head::Place) {
    return is_at(scene, noun.place);
  }
  return facts::match(agreement_, value, noun, bearer, verb, Preposition::Object) &&
         is_fixed(noun.place, scene.at);
}

Truth Telling::has_objects(const Scene& scene, const std::vector<Value>& objects,
                           const agreement::Nouns& nouns, agreement::VerbId verb,
                           agreement::ActorId bearer, bool needs_all_nouns) {
  if (nouns.empty()) {
    return Truth::Yes;
  }
  Truth any = Truth::No;
  Truth all = Truth::Yes;
  for (const Noun& noun : nouns.items) {
    Truth one = Truth::No;
    for (const Value& value : objects) {
      one = one || is_noun(scene, value, noun, verb, bearer);
    }
    any = any || one;
    all = all && one;
  }
  if (!needs_all_nouns || nouns.joining == agreement::Joining::Or || all == Truth::Yes) {
    return any;
  }
  // Only a part is done.
  return any == Truth::No ? Truth::No : Truth::Maybe;
}

Truth Telling::has_complement(const Scene& scene, const agreement::Complement& complement,
                              agreement::VerbId verb, agreement::ActorId bearer) {
  const facts::StatedComplement* said = facts::stated(*scene.fact, complement.preposition);
  Truth result = Truth::No;
  for (const Noun& noun : complement.nouns.items) {
    if (complement.preposition == Preposition::With) {
      for (const Value& weapon : scene.weapons) {
        result =
            result || facts::match(agreement_, weapon, noun, bearer, verb, complement.preposition);
      }
      continue;
    }
    const bool is_place = facts::is_where(complement.preposition) && noun.head == Noun::Head::Place;
    if (said != nullptr) {
      for (const Value& value : said->values.items) {
        const Truth one =
            facts::match(agreement_, value, noun, bearer, verb, complement.preposition);
        result = result || (is_place ? one && is_fixed(noun.place, scene.at) : one);
      }
    } else {
      result = result || (is_place ? is_at(scene, noun.place) : Truth::Yes);
    }
  }
  return result;
}

Truth Telling::is_act(const Scene& scene, const agreement::Act& act, agreement::ActorId bearer,
                      bool needs_all_nouns) {
  if (!act.verb.has_value()) {
    return Truth::Maybe;
  }
  for (const Doing& doing : doings(agreement_, scene)) {
    if (doing.verb != *act.verb) {
      continue;
    }
    Truth result =
        has_objects(scene, doing.objects, act.object, doing.verb, bearer, needs_all_nouns);
    for (const agreement::Complement& complement : act.complements) {
      result = result && has_complement(scene, complement, doing.verb, bearer);
    }
    return result;
  }
  return Truth::No;
}

Truth Telling::is_in(const Scene& scene, const agreement::Clause& clause,
                     agreement::ActorId bearer) {
  Truth result = Truth::Yes;
  for (const agreement::InPlace* particular : clause.find_all<agreement::InPlace>()) {
    Truth any = Truth::No;
    for (const Noun& noun : particular->places.items) {
      if (noun.head == Noun::Head::Place) {
        any = any || is_at(scene, noun.place);
        continue;
      }
      // `in` something that is no place of the agreement: only the same word is certain.
      Value value;
      value.head = Value::Head::UnknownWord;
      value.text = scene.fact->place_text;
      any = any || (noun.head == Noun::Head::Undefined
                        ? facts::match(agreement_, value, noun, bearer, scene.verb, Preposition::In)
                        : Truth::Maybe);
    }
    result = result && any;
  }
  const agreement::LocalTruce* local = agreement::local_truce_of(agreement_, clause);
  return local != nullptr && local->within.has_value() ? result && is_at(scene, *local->within)
                                                       : result;
}

Truth Telling::is_excepted_thing(const Scene& scene, const Noun& noun, agreement::ActorId bearer) {
  Truth result = noun.head == Noun::Head::Place ? is_at(scene, noun.place) : Truth::No;
  for (const Value& object : scene.objects) {
    result = result || is_noun(scene, object, noun, scene.verb, bearer);
  }
  for (const Value& weapon : scene.weapons) {
    if (noun.head != Noun::Head::Place) {
      result =
          result || facts::match(agreement_, weapon, noun, bearer, scene.verb, Preposition::With);
    }
  }
  return result;
}

Truth Telling::is_excepted(const Scene& scene,
                           const std::vector<const agreement::Exception*>& exceptions,
                           agreement::ActorId bearer) {
  Truth result = Truth::No;
  for (const agreement::Exception* exception : exceptions) {
    switch (exception->what) {
      case agreement::Exception::What::Against:
        for (const Noun& noun : exception->nouns.items) {
          for (const Value& object : scene.objects) {
            result = result || is_noun(scene, object, noun, scene.verb, bearer);
          }
        }
        break;
      case agreement::Exception::What::ForThings:
        for (const Noun& noun : exception->nouns.items) {
          result = result || is_excepted_thing(scene, noun, bearer);
        }
        break;
      case agreement::Exception::What::InSituation:
        result = result || (exception->situation.has_value()
                                ? holds(*exception->situation, scene.at, &scene, bearer)
                                : Truth::Maybe);
        break;
    }
  }
  return result;
}

Truth Telling::is_performance(const Scene& scene, const agreement::Clause& clause,
                              const agreement::Act& act, agreement::ActorId bearer) {
  Truth is_it = is_act(scene, act, bearer, true) && is_in(scene, clause, bearer);
  // A situation that excepts is asked for when the duty falls due.
  std::vector<const agreement::Exception*> exceptions;
  for (const auto* exception : clause.find_all<agreement::Exception>()) {
    if (exception->what != agreement::Exception::What::InSituation) {
      exceptions.push_back(exception);
    }
  }
  if (exceptions.empty() || is_it == Truth::No) {
    return is_it;
  }
  Truth any = Truth::No;
  for (const Value& object : scene.objects) {
    for (const Value& weapon : scene.weapons) {
      const Scene one{scene.fact, scene.group, scene.verb, {object}, {weapon}, scene.at};
      any = any || (is_act(one, act, bearer, false) && !is_excepted(one, exceptions, bearer));
    }
  }
  return is_it && any;
}

}  // namespace truce::semantics::internal
