// SPDX-License-Identifier: Apache-2.0
#include "truce/facts/match.h"

#include <algorithm>

#include "truce/facts/internal/names.h"

namespace truce::facts {
namespace {

using agreement::ActorId;
using agreement::Agreement;
using agreement::KindId;
using agreement::MeasureTest;
using agreement::Noun;
using agreement::Preposition;

bool is_lower_bound(MeasureTest::Comparison comparison) {
  return comparison == MeasureTest::Comparison::AtLeast ||
         comparison == MeasureTest::Comparison::Above;
}

bool is_strict(MeasureTest::Comparison comparison) {
  return comparison == MeasureTest::Comparison::Above ||
         comparison == MeasureTest::Comparison::Below;
}

// Whether what passes `known` passes `asked`, a test of the same measure: maybe where some of it
// does.
Truth implies(const MeasureTest& known, const MeasureTest& asked) {
  const bool is_known_lower = is_lower_bound(known.comparison);
  const double gap = is_known_lower ? known.value - asked.value : asked.value - known.value;
  if (is_known_lower == is_lower_bound(asked.comparison)) {
    const bool is_tight =
        gap > 0 || (gap == 0 && (is_strict(known.comparison) || !is_strict(asked.comparison)));
    return is_tight ? Truth::Yes : Truth::Maybe;
  }
  const bool is_apart =
      gap > 0 || (gap == 0 && (is_strict(known.comparison) || is_strict(asked.comparison)));
  return is_apart ? Truth::No : Truth::Maybe;
}

// What the tests of `kind` and of all it is a kind of say about `asked`.
Truth passes(const Agreement& agreement, KindId kind, const MeasureTest& asked) {
  Truth result = Truth::Maybe;
  for (std::size_t i = 0; i < agreement.vocabulary.kinds.size(); ++i) {
    const agreement::Kind& above = agreement.vocabulary.kinds[i];
    if (!above.test.has_value() || above.test->measure != asked.measure ||
        !agreement.vocabulary.is_kind_of(kind, base::id_at<KindId>(i))) {
      continue;
    }
    const Truth said = implies(*above.test, asked);
    if (said != Truth::Maybe) {
      result = said;
    }
  }
  return result;
}

// Whether a measured value passes the test; empty where the test is of another measure.
std::optional<bool> passes(const Value& value, const MeasureTest& asked) {
  if (value.measure.empty() || value.measure != asked.measure) {
    return std::nullopt;
  }
  switch (asked.comparison) {
    case MeasureTest::Comparison::AtLeast:
      return value.measured >= asked.value;
    case MeasureTest::Comparison::AtMost:
      return value.measured <= asked.value;
    case MeasureTest::Comparison::Below:
      return value.measured < asked.value;
    case MeasureTest::Comparison::Above:
      return value.measured > asked.value;
  }
  return std::nullopt;
}

Truth passes(const Agreement& agreement, const Value& value, const MeasureTest& asked) {
  if (const auto passed = passes(value, asked)) {
    return *passed ? Truth::Yes : Truth::No;
  }
  return passes(agreement, value.kind, asked);
}

// Whether what is measured of the value keeps it out of `part`.
bool is_kept_out(const Agreement& agreement, const Value& value, KindId part) {
  if (value.measure.empty()) {
    return false;
  }
  const std::vector<agreement::Kind>& kinds = agreement.vocabulary.kinds;
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    if (kinds[i].test.has_value() && passes(value, *kinds[i].test) == false &&
        agreement.vocabulary.is_kind_of(part, base::id_at<KindId>(i))) {
      return true;
    }
  }
  return false;
}

// The value may be a part of `tested`, a kind defined by a test, though nobody says that it is.
Truth match_tested(const Agreement& agreement, const Value& value, KindId tested) {
  const agreement::Kind& part = agreement.kind(tested);
  Truth parent = Truth::No;
  for (KindId above : part.parents) {
    if (agreement.vocabulary.is_kind_of(value.kind, above)) {
      parent = Truth::Yes;
    }
  }
  return parent && passes(agreement, value, *part.test);
}

// Whether the value, a thing of a kind, is an `other`.
Truth match_value(const Agreement& agreement, const Value& value, KindId other) {
  const agreement::Vocabulary& vocabulary = agreement.vocabulary;
  if (vocabulary.is_kind_of(value.kind, other)) {
    return Truth::Yes;
  }
  Truth result = Truth::No;
  for (std::size_t i = 0; i < vocabulary.kinds.size(); ++i) {
    const auto part = base::id_at<KindId>(i);
    if (!vocabulary.is_kind_of(part, other)) {
      continue;
    }
    if (result == Truth::No && vocabulary.is_kind_of(part, value.kind) &&
        !is_kept_out(agreement, value, part)) {
      result = Truth::Maybe;
    }
    // Two kinds may say the same in other words: Guns and Artillery with calibre at least 100 mm.
    if (vocabulary.kinds[i].test.has_value()) {
      result = result || match_tested(agreement, value, part);
    }
  }
  return result;
}

bool contains(const std::vector<ActorId>& actors, ActorId actor) {
  return std::find(actors.begin(), actors.end(), actor) != actors.end();
}

// The noun without its determiner, to be compared with a reported word.
std::string bare_word(const Noun& noun) {
  std::string word = internal::folded(noun.text);
  for (std::string_view determiner :
       {"the same ", "the ", "another ", "any ", "all ", "its ", "that ", "each "}) {
    if (word.starts_with(determiner)) {
      return word.substr(determiner.size());
    }
  }
  return word;
}

Truth match_undeclared(const Value& value, const Noun& noun) {
  return internal::folded(value.text) == bare_word(noun) ? Truth::Yes : Truth::Maybe;
}

Truth match_actors(const Agreement& agreement, const Value& value, const Noun& noun,
                   ActorId bearer) {
  if (noun.agent.who == agreement::Agent::Who::Undefined) {
    return match_undeclared(value, noun);
  }
  const std::vector<ActorId> named = agreement.resolve(noun.agent, bearer);
  switch (value.head) {
    case Value::Head::Actor:
      return contains(named, value.actor) ? Truth::Yes : Truth::No;
    case Value::Head::Kind:
      if (is_protected(agreement, value.kind) || named.empty()) {
        return Truth::No;
      }
      if (!value.owner.has_value()) {
        return Truth::Maybe;
      }
      return contains(named, *value.owner) ? Truth::Yes : Truth::No;
    case Value::Head::Place:
    case Value::Head::UnknownWord:
    case Value::Head::Anything:
      return named.empty() ? Truth::No : Truth::Maybe;
  }
  return Truth::Maybe;
}

// Whether what belongs to `owner` belongs to whom the noun names; maybe where nobody says whose.
Truth match_owner(const Agreement& agreement, std::optional<ActorId> owner, const Noun& noun,
                  ActorId bearer) {
  if (noun.owner.empty()) {
    return Truth::Yes;
  }
  const Noun& wanted = noun.owner[0];
  if (!owner.has_value() || wanted.head != Noun::Head::Agent ||
      wanted.agent.who == agreement::Agent::Who::Undefined) {
    return Truth::Maybe;
  }
  return contains(agreement.resolve(wanted.agent, bearer), *owner) ? Truth::Yes : Truth::No;
}

Truth match_anything_with_kind(const Agreement& agreement, const Noun& noun,
                               const agreement::Role* role) {
  if (role == nullptr) {
    return Truth::No;
  }
  if (role->admits_anything()) {
    return Truth::Maybe;
  }
  const bool is_narrow = noun.test.has_value() || !noun.owner.empty();
  bool is_every = !role->admits_actors && !role->admits_places && !is_narrow;
  bool is_some = role->admits_actors || role->admits_places;
  for (KindId kind : role->kinds) {
    const Truth inside = match_kind(agreement, kind, noun.kind);
    is_every = is_every && inside == Truth::Yes;
    is_some = is_some || inside != Truth::No;
  }
  return is_every ? Truth::Yes : is_some ? Truth::Maybe : Truth::No;
}

Truth match_thing(const Agreement& agreement, const Value& value, const Noun& noun, ActorId bearer,
                  const agreement::Role* role) {
  switch (value.head) {
    case Value::Head::Kind: {
      Truth result = match_value(agreement, value, noun.kind);
      if (noun.test.has_value()) {
        result = result && passes(agreement, value, *noun.test);
      }
      return result && match_owner(agreement, value.owner, noun, bearer);
    }
    case Value::Head::Actor:
      // Some of what is an actor's may be of the kind; the protected are never part of a side.
      return is_protected(agreement, noun.kind)
                 ? Truth::No
                 : Truth::Maybe && match_owner(agreement, value.actor, noun, bearer);
    case Value::Head::Place:
      return Truth::Maybe;
    case Value::Head::UnknownWord:
    case Value::Head::Anything:
      return match_anything_with_kind(agreement, noun, role);
  }
  return Truth::Maybe;
}

}  // namespace

bool is_protected(const Agreement& agreement, KindId kind) {
  const auto protected_kind = agreement.vocabulary.find_kind("Protected");
  return protected_kind.has_value() && agreement.vocabulary.is_kind_of(kind, *protected_kind);
}

std::vector<std::vector<Value>> choices(const Values& values) {
  if (values.is_all_of) {
    return {values.items};
  }
  std::vector<std::vector<Value>> single;
  for (const Value& value : values.items) {
    single.push_back({value});
  }
  return single;
}

bool is_where(Preposition preposition) {
  switch (preposition) {
    case Preposition::To:
    case Preposition::Into:
    case Preposition::Over:
    case Preposition::Along:
    case Preposition::Through:
    case Preposition::On:
    case Preposition::In:
      return true;
    case Preposition::Object:
    case Preposition::With:
    case Preposition::From:
    case Preposition::AwayFrom:
    case Preposition::Between:
    case Preposition::Against:
    case Preposition::For:
      return false;
  }
  return false;
}

const StatedComplement* stated(const Fact& fact, Preposition preposition) {
  for (const StatedComplement& complement : fact.complements) {
    if (complement.preposition == preposition) {
      return &complement;
    }
  }
  return nullptr;
}

bool is_protected(const Agreement& agreement, const Value& value) {
  return value.head == Value::Head::Kind && is_protected(agreement, value.kind);
}

Truth match_kind(const Agreement& agreement, KindId kind, KindId other) {
  Value value;
  value.head = Value::Head::Kind;
  value.kind = kind;
  return match_value(agreement, value, other);
}

Truth match(const Agreement& agreement, const Value& value, const Noun& noun, ActorId bearer,
            agreement::VerbId verb, agreement::Preposition preposition) {
  switch (noun.head) {
    case Noun::Head::Agent:
      return match_actors(agreement, value, noun, bearer);
    case Noun::Head::Kind:
      return match_thing(agreement, value, noun, bearer, agreement.verb(verb).role(preposition));
    case Noun::Head::Place:
      return value.head == Value::Head::Place ? place_lies_in(agreement, value.place, noun.place)
                                              : Truth::Maybe;
    case Noun::Head::Undefined:
      return match_undeclared(value, noun);
  }
  return Truth::Maybe;
}

bool is_or_implies(const Agreement& agreement, agreement::VerbId done, agreement::VerbId asked) {
  // A circle of implications is followed once.
  std::vector<agreement::VerbId> reached = {done};
  for (std::size_t i = 0; i < reached.size(); ++i) {
    for (const agreement::Implication& implied : agreement.verb(reached[i]).implies) {
      if (std::find(reached.begin(), reached.end(), implied.verb) == reached.end()) {
        reached.push_back(implied.verb);
      }
    }
  }
  return std::find(reached.begin(), reached.end(), asked) != reached.end();
}

}  // namespace truce::facts
