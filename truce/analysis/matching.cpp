// SPDX-License-Identifier: Apache-2.0
// Which acts of a space fall under a clause, part by part: section "Three values" of
// docs/language/meaning.md for one act.
#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "truce/analysis/internal/act_space.h"

namespace truce::analysis::internal {
namespace {

using agreement::Exception;
using agreement::Noun;
using agreement::Nouns;
using agreement::PlaceId;
using agreement::Preposition;
using facts::Truth;
using facts::Value;

bool passes(Truth truth, Sureness sureness) {
  return sureness == Sureness::Certain ? truth == Truth::Yes : truth != Truth::No;
}

Sureness opposite(Sureness sureness) {
  return sureness == Sureness::Certain ? Sureness::Possible : Sureness::Certain;
}

bool names(const std::vector<agreement::ClauseRef>& refs, ClauseId id) {
  return std::any_of(refs.begin(), refs.end(), [&](const auto& ref) { return ref.clause == id; });
}

// The role of the act whose noun is the object of the verb that the clause speaks of; empty where
// the act does not imply it.
std::optional<Preposition> object_from(const Agreement& agreement, agreement::VerbId done,
                                       agreement::VerbId asked) {
  std::vector<std::pair<agreement::VerbId, Preposition>> reached = {{done, Preposition::Object}};
  for (std::size_t i = 0; i < reached.size(); ++i) {
    if (reached[i].first == asked) {
      return reached[i].second;
    }
    for (const agreement::Implication& implied : agreement.verb(reached[i].first).implies) {
      const bool is_known = std::any_of(reached.begin(), reached.end(),
                                        [&](const auto& one) { return one.first == implied.verb; });
      const Preposition role = implied.object_from.value_or(Preposition::Object);
      if (!is_known) {
        reached.emplace_back(implied.verb, role == Preposition::Object ? reached[i].second : role);
      }
    }
  }
  return std::nullopt;
}

bool is_response(const Agreement& agreement, const Exception& exception) {
  return exception.situation.has_value() &&
         std::holds_alternative<agreement::Response>(
             agreement.situations[exception.situation->index].what);
}

const agreement::Complement* find(const std::vector<agreement::Complement>& complements,
                                  Preposition preposition) {
  for (const agreement::Complement& complement : complements) {
    if (complement.preposition == preposition) {
      return &complement;
    }
  }
  return nullptr;
}

bool any(const std::vector<bool>& list) {
  return std::find(list.begin(), list.end(), true) != list.end();
}

}  // namespace

std::size_t Matching::Hash::operator()(const Key& key) const {
  std::size_t hash = std::hash<const Noun*>()(key.noun);
  for (const std::size_t part :
       {static_cast<std::size_t>(key.head), static_cast<std::size_t>(key.preposition),
        static_cast<std::size_t>(key.actor.index), static_cast<std::size_t>(key.kind.index),
        static_cast<std::size_t>(key.place.index), static_cast<std::size_t>(key.owner.index),
        static_cast<std::size_t>(key.bearer.index), static_cast<std::size_t>(key.verb.index)}) {
    hash = (hash ^ part) * 0x9e3779b97f4a7c15ULL;
    hash ^= hash >> 29;
  }
  return hash;
}

bool Passing::has(const Pick& pick) const {
  const bool is_object =
      objects[pick.object] || (objects_by_place[pick.object] && places_as_object[pick.place]);
  return groups[pick.group] && is_object && weapons[pick.weapon] && places[pick.place];
}

bool Passing::is_empty() const {
  return !any(groups) || !any(weapons) || !any(places) ||
         !(any(objects) || (any(objects_by_place) && any(places_as_object)));
}

Truth Matching::match(const Value& value, const Noun& noun, ActorId bearer, agreement::VerbId verb,
                      Preposition preposition) {
  const bool is_by_words = noun.head == Noun::Head::Undefined || !value.measure.empty() ||
                           noun.agent.who == agreement::Agent::Who::Undefined;
  if (is_by_words) {
    return facts::match(draft_.agreement(), value, noun, bearer, verb, preposition);
  }
  const auto [place, is_new] = known_.try_emplace(
      {.head = value.head,
       .preposition = preposition,
       .actor = value.actor,
       .kind = value.kind,
       .place = value.place,
       .owner = value.owner.value_or(base::id_at<ActorId>(draft_.agreement().actors.size())),
       .bearer = bearer,
       .verb = verb,
       .noun = &noun});
  if (is_new) {
    place->second = facts::match(draft_.agreement(), value, noun, bearer, verb, preposition);
  }
  return place->second;
}

Truth Matching::lies_in(std::optional<PlaceId> place, PlaceId outer) {
  if (!place.has_value()) {
    return Truth::Maybe;
  }
  const auto [known, is_new] = known_places_.try_emplace({*place, outer}, Truth::Maybe);
  if (is_new) {
    known->second = draft_.lies_in(*place, outer);
    // A place still to be fixed holds nothing until it is.
    if (draft_.agreement().place(outer).fixing.has_value() && known->second == Truth::Yes) {
      known->second = Truth::Maybe;
    }
  }
  return known->second;
}

bool Matching::can_matter(agreement::VerbId verb, ClauseId clause) const {
  const auto& asked = draft_.clause(clause).act.verb;
  return !asked.has_value() || facts::is_or_implies(draft_.agreement(), verb, *asked);
}

bool Matching::is_conditional(ClauseId id) const {
  const Clause& clause = draft_.clause(id);
  const auto& locals = draft_.agreement().local_truces;
  const bool has_situation = std::any_of(
      clause.particulars.begin(), clause.particulars.end(), [&](const auto& particular) {
        const auto* exception = std::get_if<Exception>(&particular.what);
        return exception != nullptr && exception->what == Exception::What::InSituation &&
               !is_response(draft_.agreement(), *exception);
      });
  return clause.find<agreement::If>() != nullptr || clause.find<agreement::While>() != nullptr ||
         clause.find<agreement::Unless>() != nullptr || has_situation ||
         std::any_of(locals.begin(), locals.end(),
                     [&](const auto& local) { return names(local.prevails_over, id); });
}

const std::vector<ClauseId>& Matching::lifting(ClauseId prohibition) {
  const auto [place, is_new] = lifting_.try_emplace(prohibition);
  std::vector<ClauseId>& found = place->second;
  if (!is_new) {
    return found;
  }
  const Agreement& agreement = draft_.agreement();
  const Clause& forbidding = draft_.clause(prohibition);
  for (const ClauseId id : draft_.clauses()) {
    const Clause& clause = draft_.clause(id);
    bool is_above = false;
    for (const auto* despite : clause.find_all<agreement::Despite>()) {
      is_above = is_above || names(despite->clauses, prohibition);
    }
    for (const auto* subject : forbidding.find_all<agreement::SubjectTo>()) {
      is_above = is_above || names(subject->clauses, id);
    }
    if (clause.form == agreement::Form::Permission) {
      bool yields = false;
      for (const auto* subject : clause.find_all<agreement::SubjectTo>()) {
        yields = yields || names(subject->clauses, prohibition);
      }
      for (const auto* despite : forbidding.find_all<agreement::Despite>()) {
        yields = yields || names(despite->clauses, id);
      }
      const auto* local = agreement::local_truce_of(agreement, clause);
      yields = yields ||
               (local != nullptr && local != agreement::local_truce_of(agreement, forbidding) &&
                !names(local->prevails_over, prohibition));
      is_above = !yields;
    } else if (clause.form != agreement::Form::Duty && clause.form != agreement::Form::Effort) {
      is_above = false;
    }
    if (is_above) {
      found.push_back(id);
    }
  }
  return found;
}

namespace {

// Works out one clause, bearer and reading of what is maybe.
class Test {
 public:
  using Match = std::function<Truth(const Value&, const Noun&, agreement::VerbId, Preposition)>;
  using Lies = std::function<Truth(std::optional<PlaceId>, PlaceId)>;

  Test(const Agreement& agreement, const ActSpace& space, const Clause& clause, Sureness sureness,
       Match match, Lies lies)
      : agreement_(agreement),
        space_(space),
        clause_(clause),
        sureness_(sureness),
        match_(std::move(match)),
        lies_(std::move(lies)) {}

  Passing run(bool with_exceptions);

 private:
  void set_object(Preposition role);
  void restrict_by(const agreement::Complement& complement);
  void restrict_to_places();
  void restrict_by(const Exception& exception);
  void restrict(std::vector<bool>& list, const std::function<bool(std::size_t)>& is_in) {
    for (std::size_t i = 0; i < list.size(); ++i) {
      list[i] = list[i] && is_in(i);
    }
  }
  // Whether one of the things passes, which is enough for a breach.
  [[nodiscard]] bool has_one(const Choice& choice,
                             const std::function<bool(const Value&)>& is_it) const {
    return std::any_of(choice.values.begin(), choice.values.end(), is_it);
  }
  [[nodiscard]] bool is_named(const Value& value, const Nouns& nouns,
                              Preposition preposition) const {
    return std::any_of(nouns.items.begin(), nouns.items.end(), [&](const Noun& noun) {
      const bool is_of_place = noun.head == Noun::Head::Place && value.head != Value::Head::Place;
      return !is_of_place && passes(match_(value, noun, *clause_.act.verb, preposition), sureness_);
    });
  }

  const Agreement& agreement_;
  const ActSpace& space_;
  const Clause& clause_;
  Sureness sureness_;
  Match match_;
  Lies lies_;
  Passing passing_;
};

void Test::set_object(Preposition role) {
  const Nouns& asked = clause_.act.object;
  if (asked.empty()) {
    return;
  }
  const auto is_asked = [&](const Value& value) {
    return is_named(value, asked, Preposition::Object);
  };
  if (role == Preposition::With) {
    restrict(passing_.weapons, [&](std::size_t i) { return has_one(space_.weapons[i], is_asked); });
    return;
  }
  if (role != Preposition::Object) {
    const agreement::Complement* said = find(space_.others, role);
    // What the act does not say may be anything.
    bool is_it = said == nullptr && sureness_ == Sureness::Possible;
    const std::vector<Noun> none;
    for (const Noun& noun : said == nullptr ? none : said->nouns.items) {
      Value value;
      value.head = noun.head == Noun::Head::Kind    ? Value::Head::Kind
                   : noun.head == Noun::Head::Place ? Value::Head::Place
                                                    : Value::Head::Anything;
      value.kind = noun.kind;
      value.place = noun.place;
      is_it = is_it || is_asked(value);
    }
    restrict(passing_.objects, [&](std::size_t) { return is_it; });
    return;
  }
  // An object that is a place is a test of where.
  for (std::size_t i = 0; i < space_.places.size(); ++i) {
    passing_.places_as_object[i] =
        std::any_of(asked.items.begin(), asked.items.end(), [&](const Noun& noun) {
          return noun.head == Noun::Head::Place &&
                 passes(lies_(space_.places[i], noun.place), sureness_);
        });
  }
  for (std::size_t i = 0; i < space_.objects.size(); ++i) {
    passing_.objects_by_place[i] = has_one(
        space_.objects[i], [](const Value& value) { return value.head != Value::Head::Place; });
  }
  restrict(passing_.objects, [&](std::size_t i) { return has_one(space_.objects[i], is_asked); });
}

void Test::restrict_by(const agreement::Complement& complement) {
  const Nouns& nouns = complement.nouns;
  if (complement.preposition == Preposition::With) {
    restrict(passing_.weapons, [&](std::size_t i) {
      return has_one(space_.weapons[i], [&](const Value& weapon) {
        return std::any_of(nouns.items.begin(), nouns.items.end(), [&](const Noun& noun) {
          return passes(match_(weapon, noun, *clause_.act.verb, Preposition::With), sureness_);
        });
      });
    });
    return;
  }
  const agreement::Complement* said = find(space_.others, complement.preposition);
  bool is_met = false;
  for (const Noun& noun : nouns.items) {
    const bool is_place = facts::is_where(complement.preposition) && noun.head == Noun::Head::Place;
    if (said == nullptr) {
      is_met = is_met || !is_place;
      continue;
    }
    for (const Noun& own : said->nouns.items) {
      Value value;
      value.text = own.text;
      switch (own.head) {
        case Noun::Head::Agent:
          value.head = Value::Head::Actor;
          value.actor = own.agent.actor;
          break;
        case Noun::Head::Kind:
          value.head = Value::Head::Kind;
          value.kind = own.kind;
          if (!own.owner.empty() && own.owner[0].head == Noun::Head::Agent) {
            value.owner = own.owner[0].agent.actor;
          }
          break;
        case Noun::Head::Place:
          value.head = Value::Head::Place;
          value.place = own.place;
          break;
        case Noun::Head::Undefined:
          value.head = Value::Head::UnknownWord;
          break;
      }
      Truth truth = match_(value, noun, *clause_.act.verb, complement.preposition);
      if (is_place && agreement_.place(noun.place).fixing.has_value()) {
        truth = truth && Truth::Maybe;
      }
      is_met = is_met || passes(truth, sureness_);
    }
  }
  if (is_met) {
    return;
  }
  restrict(passing_.places, [&](std::size_t i) {
    return said == nullptr &&
           std::any_of(nouns.items.begin(), nouns.items.end(), [&](const Noun& noun) {
             return noun.head == Noun::Head::Place &&
                    passes(lies_(space_.places[i], noun.place), sureness_);
           });
  });
}

void Test::restrict_to_places() {
  for (const agreement::InPlace* in : clause_.find_all<agreement::InPlace>()) {
    restrict(passing_.places, [&](std::size_t i) {
      return std::any_of(in->places.items.begin(), in->places.items.end(), [&](const Noun& noun) {
        const Truth truth =
            noun.head == Noun::Head::Place ? lies_(space_.places[i], noun.place) : Truth::Maybe;
        return passes(truth, sureness_);
      });
    });
  }
  const agreement::LocalTruce* local = agreement::local_truce_of(agreement_, clause_);
  if (local != nullptr && local->within.has_value()) {
    restrict(passing_.places, [&](std::size_t i) {
      return passes(lies_(space_.places[i], *local->within), sureness_);
    });
  }
}

void Test::restrict_by(const Exception& exception) {
  if (exception.what == Exception::What::InSituation) {
    return;
  }
  const bool is_of_things = exception.what == Exception::What::ForThings;
  const auto is_excepted = [&](const Value& value, Preposition preposition) {
    return std::any_of(
        exception.nouns.items.begin(), exception.nouns.items.end(), [&](const Noun& noun) {
          const bool is_of_place =
              noun.head == Noun::Head::Place && value.head != Value::Head::Place;
          return !is_of_place &&
                 passes(match_(value, noun, space_.verb, preposition), opposite(sureness_));
        });
  };
  const auto stands = [&](const Choice& choice, Preposition preposition) {
    return has_one(choice, [&](const Value& value) { return !is_excepted(value, preposition); });
  };
  const auto is_free = [&](std::size_t i) {
    return stands(space_.objects[i], Preposition::Object);
  };
  restrict(passing_.objects, is_free);
  restrict(passing_.objects_by_place, is_free);
  if (is_of_things) {
    restrict(passing_.weapons,
             [&](std::size_t i) { return stands(space_.weapons[i], Preposition::With); });
  }
  for (const Noun& noun : exception.nouns.items) {
    if (noun.head == Noun::Head::Place) {
      restrict(passing_.places, [&](std::size_t i) {
        return !passes(lies_(space_.places[i], noun.place), opposite(sureness_));
      });
    }
  }
}

Passing Test::run(bool with_exceptions) {
  passing_ = {.groups = std::vector<bool>(space_.groups.size(), true),
              .objects = std::vector<bool>(space_.objects.size(), true),
              .weapons = std::vector<bool>(space_.weapons.size(), true),
              .places = std::vector<bool>(space_.places.size(), true),
              .objects_by_place = std::vector<bool>(space_.objects.size(), false),
              .places_as_object = std::vector<bool>(space_.places.size(), false)};
  if (!clause_.act.verb.has_value()) {
    // A verb that is not known may be this one, done to anything.
    if (sureness_ == Sureness::Certain) {
      passing_.groups.assign(space_.groups.size(), false);
    }
    return passing_;
  }
  const auto role = object_from(agreement_, space_.verb, *clause_.act.verb);
  if (!role.has_value()) {
    passing_.groups.assign(space_.groups.size(), false);
    return passing_;
  }
  set_object(*role);
  for (const agreement::Complement& complement : clause_.act.complements) {
    restrict_by(complement);
  }
  restrict_to_places();
  if (with_exceptions) {
    for (const Exception* exception : clause_.find_all<Exception>()) {
      restrict_by(*exception);
    }
  }
  return passing_;
}

}  // namespace

Passing Matching::pass(const ActSpace& space, ClauseId id, ActorId bearer, Sureness sureness,
                       bool with_exceptions) {
  Test test(
      draft_.agreement(), space, draft_.clause(id), sureness,
      [&](const Value& value, const Noun& noun, agreement::VerbId verb, Preposition preposition) {
        return match(value, noun, bearer, verb, preposition);
      },
      [&](std::optional<PlaceId> place, PlaceId outer) { return lies_in(place, outer); });
  Passing passing = test.run(with_exceptions);
  for (std::size_t i = 0; i < space.groups.size(); ++i) {
    passing.groups[i] = passing.groups[i] && contains(space.groups[i], bearer);
  }
  return passing;
}

Passing Matching::breaches(const ActSpace& space, ClauseId clause, ActorId bearer,
                           Sureness sureness) {
  Passing passing = pass(space, clause, bearer, sureness, true);
  if (sureness == Sureness::Certain && is_conditional(clause)) {
    passing.groups.assign(space.groups.size(), false);
  }
  return passing;
}

Passing Matching::without_exceptions(const ActSpace& space, ClauseId clause, ActorId bearer,
                                     Sureness sureness) {
  return pass(space, clause, bearer, sureness, false);
}

}  // namespace truce::analysis::internal
