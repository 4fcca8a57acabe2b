// SPDX-License-Identifier: Apache-2.0
#include "truce/monitor/internal/acts.h"

#include <algorithm>

namespace truce::monitor::internal {

using agreement::Preposition;
using facts::Truth;

namespace {

std::vector<facts::Value> values_in_role(const Scene& scene,
                                         const std::vector<facts::Value>& objects,
                                         Preposition role) {
  if (role == Preposition::Object) {
    return objects;
  }
  if (role == Preposition::With) {
    return scene.alternative.weapons;
  }
  if (const facts::StatedComplement* said = facts::stated(scene.fact, role)) {
    return said->values.items;
  }
  facts::Value value;
  if (facts::is_where(role) && scene.fact.named_place) {
    value.head = facts::Value::Head::Place;
    value.place = *scene.fact.named_place;
  }
  return {value};
}

}  // namespace

namespace {

std::vector<Alternative> alternatives_with(const std::vector<agreement::VerbId>& verbs,
                                           const facts::Fact& fact) {
  const auto all_targets = facts::choices(fact.objects);
  const auto all_weapons = facts::choices(fact.weapons);
  std::vector<Alternative> result;
  result.reserve(verbs.size() * all_targets.size() * all_weapons.size());
  for (const agreement::VerbId verb : verbs) {
    for (const std::vector<facts::Value>& targets : all_targets) {
      for (const std::vector<facts::Value>& weapons : all_weapons) {
        result.push_back({verb, targets, weapons});
      }
    }
  }
  return result;
}

}  // namespace

std::vector<Alternative> alternatives_of(const facts::Fact& fact) {
  return alternatives_with(fact.verbs, fact);
}

std::vector<Alternative> singles_of(const Alternative& alternative) {
  std::vector<Alternative> result;
  for (const facts::Value& target : alternative.targets) {
    for (const facts::Value& weapon : alternative.weapons) {
      result.push_back({alternative.verb, {target}, {weapon}});
    }
  }
  return result;
}

namespace {

std::shared_ptr<const Acts::Closure> closure_of(const agreement::Agreement& agreement) {
  const std::size_t count = agreement.vocabulary.verbs.size();
  auto closure = std::make_shared<Acts::Closure>(count);
  for (std::size_t done = 0; done < count; ++done) {
    for (std::size_t asked = 0; asked < count; ++asked) {
      (*closure)[done].push_back(facts::is_or_implies(
          agreement, base::id_at<agreement::VerbId>(done), base::id_at<agreement::VerbId>(asked)));
    }
  }
  return closure;
}

}  // namespace

Acts::Acts(const Record& record, std::shared_ptr<const Closure> closure)
    : record_(record),
      agreement_(record.agreement()),
      closure_(closure != nullptr ? std::move(closure) : closure_of(record.agreement())) {}

Truth Acts::acts(const facts::Fact& fact, agreement::ActorId actor) {
  bool is_in_all = true;
  bool is_in_some = false;
  for (const facts::Group& group : fact.actors) {
    const bool is_in = std::binary_search(group.begin(), group.end(), actor);
    is_in_all = is_in_all && is_in;
    is_in_some = is_in_some || is_in;
  }
  return !is_in_some ? Truth::No : is_in_all ? Truth::Yes : Truth::Maybe;
}

bool Acts::may_be(const facts::Fact& fact, const agreement::Act& act) const {
  return std::any_of(fact.verbs.begin(), fact.verbs.end(), [&](agreement::VerbId verb) {
    return !act.verb || is_or_implies(verb, *act.verb);
  });
}

Acts::Possible Acts::possible(const facts::Fact& fact, const agreement::Act& act) const {
  std::vector<agreement::VerbId> verbs;
  for (const agreement::VerbId verb : fact.verbs) {
    if (!act.verb || is_or_implies(verb, *act.verb)) {
      verbs.push_back(verb);
    }
  }
  return {.alternatives = alternatives_with(verbs, fact),
          .has_others = verbs.size() < fact.verbs.size()};
}

Truth Acts::lies_in(const Scene& scene, agreement::PlaceId place) const {
  const Truth is_fixed = record_.is_fixed(place, scene.epoch);
  return is_fixed == Truth::No ? is_fixed
                               : is_fixed && facts::lies_in(agreement_, scene.fact, place);
}

Truth Acts::is_noun(const Scene& scene, const facts::Value& value, const agreement::Noun& noun,
                    agreement::VerbId verb, agreement::ActorId bearer) const {
  const bool is_place = noun.head == agreement::Noun::Head::Place;
  if (is_place && value.head != facts::Value::Head::Place) {
    return lies_in(scene, noun.place);
  }
  const Truth truth = facts::match(agreement_, value, noun, bearer, verb, Preposition::Object);
  return is_place ? truth && record_.is_fixed(noun.place, scene.epoch) : truth;
}

Truth Acts::has_objects(const Scene& scene, const std::vector<facts::Value>& objects,
                        const agreement::Nouns& nouns, agreement::VerbId verb,
                        agreement::ActorId bearer, bool needs_all_nouns) const {
  if (nouns.empty()) {
    return Truth::Yes;
  }
  const bool is_all_asked = needs_all_nouns && nouns.joining == agreement::Joining::And;
  Truth any = Truth::No;
  Truth all = Truth::Yes;
  for (const agreement::Noun& noun : nouns.items) {
    Truth one = Truth::No;
    for (const facts::Value& value : objects) {
      one = one || is_noun(scene, value, noun, verb, bearer);
    }
    any = any || one;
    all = all && one;
    if (any == Truth::Yes && !is_all_asked) {
      return any;
    }
  }
  // A part of what must all be done: not nothing, and not certainly enough.
  return is_all_asked && all != Truth::Yes ? any && Truth::Maybe : any;
}

Truth Acts::has_object(const Scene& scene, const agreement::Nouns& nouns,
                       agreement::ActorId bearer) const {
  Truth result = Truth::No;
  for (const agreement::Noun& noun : nouns.items) {
    for (const facts::Value& value : scene.alternative.targets) {
      result = result || is_noun(scene, value, noun, scene.alternative.verb, bearer);
    }
  }
  return result;
}

Truth Acts::has_complement(const Scene& scene, const agreement::Complement& complement,
                           agreement::VerbId verb, agreement::ActorId bearer) const {
  const facts::StatedComplement* said = facts::stated(scene.fact, complement.preposition);
  Truth result = Truth::No;
  for (const agreement::Noun& noun : complement.nouns.items) {
    const bool is_place =
        facts::is_where(complement.preposition) && noun.head == agreement::Noun::Head::Place;
    const bool is_weapon = complement.preposition == Preposition::With;
    if (!is_weapon && said == nullptr) {
      result = result || (is_place ? lies_in(scene, noun.place) : Truth::Yes);
      continue;
    }
    const std::vector<facts::Value>& values =
        is_weapon ? scene.alternative.weapons : said->values.items;
    for (const facts::Value& value : values) {
      const Truth one = facts::match(agreement_, value, noun, bearer, verb, complement.preposition);
      result = result || (is_place ? one && record_.is_fixed(noun.place, scene.epoch) : one);
    }
  }
  return result;
}

std::vector<facts::Value> Acts::objects_of(const Scene& scene, agreement::VerbId asked) const {
  // Breadth first, so that the shortest chain of implications gives the objects.
  std::vector<std::pair<agreement::VerbId, std::vector<facts::Value>>> done = {
      {scene.alternative.verb, scene.alternative.targets}};
  for (std::size_t i = 0; i < done.size(); ++i) {
    if (done[i].first == asked) {
      return done[i].second;
    }
    for (const agreement::Implication& implied : agreement_.verb(done[i].first).implies) {
      const bool is_known = std::any_of(done.begin(), done.end(),
                                        [&](const auto& one) { return one.first == implied.verb; });
      if (!is_known) {
        done.emplace_back(implied.verb,
                          values_in_role(scene, done[i].second,
                                         implied.object_from.value_or(Preposition::Object)));
      }
    }
  }
  return {};
}

Truth Acts::is_act(const Scene& scene, const agreement::Act& act, agreement::ActorId bearer,
                   bool needs_all_nouns) const {
  if (!act.verb) {
    return Truth::Maybe;
  }
  if (!is_or_implies(scene.alternative.verb, *act.verb)) {
    return Truth::No;
  }
  Truth result = scene.alternative.verb == *act.verb
                     ? has_objects(scene, scene.alternative.targets, act.object, *act.verb, bearer,
                                   needs_all_nouns)
                     : has_objects(scene, objects_of(scene, *act.verb), act.object, *act.verb,
                                   bearer, needs_all_nouns);
  for (const agreement::Complement& complement : act.complements) {
    if (result == Truth::No) {
      break;
    }
    result = result && has_complement(scene, complement, *act.verb, bearer);
  }
  return result;
}

Truth Acts::is_within(const Scene& scene, const agreement::LocalTruce& local) const {
  return local.within ? lies_in(scene, *local.within) : Truth::No;
}

Truth Acts::is_in(const Scene& scene, const agreement::Clause& clause,
                  agreement::ActorId bearer) const {
  Truth result = Truth::Yes;
  for (const agreement::InPlace* particular : clause.find_all<agreement::InPlace>()) {
    Truth any = Truth::No;
    for (const agreement::Noun& noun : particular->places.items) {
      switch (noun.head) {
        case agreement::Noun::Head::Place:
          any = any || lies_in(scene, noun.place);
          break;
        case agreement::Noun::Head::Undefined: {
          facts::Value value;
          value.head = facts::Value::Head::UnknownWord;
          value.text = scene.fact.place_text;
          any = any || facts::match(agreement_, value, noun, bearer, scene.alternative.verb,
                                    Preposition::In);
          break;
        }
        case agreement::Noun::Head::Agent:
        case agreement::Noun::Head::Kind:
          any = any || Truth::Maybe;
          break;
      }
    }
    result = result && any;
  }
  const agreement::LocalTruce* local = agreement::local_truce_of(agreement_, clause);
  if (local != nullptr && local->within) {
    result = result && lies_in(scene, *local->within);
  }
  return result;
}

Truth Acts::is_excepted(const Scene& scene, const agreement::Exception& exception,
                        agreement::ActorId bearer) const {
  if (exception.what == agreement::Exception::What::InSituation) {
    return Truth::No;
  }
  Truth result = has_object(scene, exception.nouns, bearer);
  if (exception.what == agreement::Exception::What::Against) {
    return result;
  }
  for (const agreement::Noun& noun : exception.nouns.items) {
    if (noun.head == agreement::Noun::Head::Place) {
      result = result || lies_in(scene, noun.place);
      continue;
    }
    for (const facts::Value& weapon : scene.alternative.weapons) {
      result = result || facts::match(agreement_, weapon, noun, bearer, scene.alternative.verb,
                                      Preposition::With);
    }
  }
  return result;
}

Truth Acts::is_performance(const Scene& scene, const agreement::Clause& clause,
                           const agreement::Act& act, agreement::ActorId bearer) const {
  const Truth is_it = is_act(scene, act, bearer, true) && is_in(scene, clause, bearer);
  const auto exceptions = clause.find_all<agreement::Exception>();
  if (exceptions.empty() || is_it == Truth::No) {
    return is_it;
  }
  // Some of what was done must be left when all that is excepted is taken away.
  Truth rest = Truth::No;
  for (const Alternative& single : singles_of(scene.alternative)) {
    const Scene one{scene.fact, single, scene.epoch};
    Truth stands = is_act(one, act, bearer, false);
    for (const agreement::Exception* exception : exceptions) {
      stands = stands && !is_excepted(one, *exception, bearer);
    }
    rest = rest || stands;
  }
  return is_it && rest;
}

}  // namespace truce::monitor::internal
