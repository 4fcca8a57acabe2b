// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "truce/agreement/ids.h"
#include "truce/base/source_text.h"

namespace truce::agreement {

/// How a noun is tied to the verb: `Object` is the noun right behind it.
enum class Preposition : std::uint8_t {
  Object,
  With,
  To,
  From,
  Into,
  Over,
  Along,
  AwayFrom,
  Through,
  On,
  In,
  Between,
  Against,
  For,
};

std::string_view to_text(Preposition preposition);

/// A measure that may be tested: `with calibre at least 100 mm`.
struct Measure {
  std::string name;
  std::string unit;
};

/// `with calibre at least 100 mm`, in the unit of the measure.
struct MeasureTest {
  enum class Comparison : std::uint8_t { AtLeast, AtMost, Below, Above };
  std::string measure;
  Comparison comparison = Comparison::AtLeast;
  double value = 0;
  std::string unit;
  base::Span span;
};

/// A kind of person or thing, from the vocabulary or defined by the agreement. A kind with members
/// is a union (`Heavy Weapons = Tanks, Artillery`); a kind with a test is a part of its parent.
struct Kind {
  std::string name;
  std::vector<std::string> also;
  std::string title;
  // Direct parents: every member of this kind is of each of them.
  std::vector<KindId> parents;
  std::vector<Measure> measures;
  // A kind defined as a part of its only parent: `Guns = Artillery with calibre at least 100 mm`.
  std::optional<MeasureTest> test;
  // What its definition names, in order of writing: its members where `is_union`, else its parents.
  struct Part {
    KindId kind;
    std::optional<MeasureTest> test;
    std::optional<AlternativeRef> only_in;
  };
  std::vector<Part> definition;
  bool is_union = false;
  // Parents only in the readings that choose the alternative; in_reading settles them.
  std::vector<std::pair<KindId, AlternativeRef>> disputed_parents;
  bool is_from_vocabulary = false;
  base::Span span;
};

enum class Aspect : std::uint8_t { Event, State, Institutional };

/// What may stand in a role: things of these kinds, and an actor or a place where it says so. With
/// none of the three: anything. Of places, `in` may stand with every verb.
struct Role {
  Preposition preposition = Preposition::Object;
  std::vector<KindId> kinds;
  bool admits_actors = false;
  bool admits_places = false;

  [[nodiscard]] bool admits_anything() const {
    return kinds.empty() && !admits_actors && !admits_places;
  }
};

/// Doing the verb is also doing `verb` (with `object` when it is narrowed): escort with Weapons
/// implies carry Weapons.
struct Implication {
  VerbId verb;
  // The role of the implying act whose noun becomes the object of the implied act.
  std::optional<Preposition> object_from;
};

struct Verb {
  // The base form, `attack`.
  std::string name;
  // Other written forms, `attacks`, `attacked`.
  std::vector<std::string> forms;
  Aspect aspect = Aspect::Event;
  std::vector<Role> roles;
  std::vector<Implication> implies;
  std::string shown_by;
  // Sentence frames by language code.
  std::vector<std::pair<std::string, std::string>> frames;
  base::Span span;

  /// The role tied by `preposition`; null when the verb has none.
  [[nodiscard]] const Role* role(Preposition preposition) const;
};

/// A body everybody knows, such as the United Nations: an agreement may name it undeclared.
struct Institution {
  std::string name;
  std::string title;
};

/// Kinds and verbs. The agreement's own things are added to the kinds of its vocabulary, so that
/// one KindId names either. Parents may form a circle, where two kinds have the same members. Kinds
/// and verbs are found by name only if they were added by add_kind and add_verb.
struct Vocabulary {
  std::string name;
  std::vector<Kind> kinds;
  std::vector<Verb> verbs;
  std::vector<Institution> institutions;

  /// Adds it and its names to those that are found; a name already taken goes to the newcomer.
  KindId add_kind(Kind kind);
  /// Adds it and its forms to those that are found; a form already taken stays where it is.
  VerbId add_verb(Verb verb);

  /// By any of its names, `also` included; singular and plural are the same word where they differ
  /// by a final s.
  [[nodiscard]] std::optional<KindId> find_kind(std::string_view word) const;
  /// By any written form.
  [[nodiscard]] std::optional<VerbId> find_verb(std::string_view form) const;
  /// To be called once all parents are known, and again where they change: is_kind_of then takes
  /// O(1) instead of a walk.
  void relate_kinds();
  /// Whether every member of `kind` is of `other`; reflexive, transitive.
  [[nodiscard]] bool is_kind_of(KindId kind, KindId other) const;
  /// The kind itself and every kind below it, in order of id.
  [[nodiscard]] std::vector<KindId> with_descendants(KindId kind) const;

 private:
  std::unordered_map<std::string, KindId> kinds_by_name_;
  std::unordered_map<std::string, VerbId> verbs_by_form_;
  // For each kind those that it is of; empty before relate_kinds.
  std::vector<std::vector<bool>> is_of_;
};

}  // namespace truce::agreement
