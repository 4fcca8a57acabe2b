// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "truce/agreement/ids.h"
#include "truce/base/source_text.h"

namespace truce::agreement {

/// How a noun is tied to the verb: `Object` is the noun right behind it.
enum class Preposition : std::uint8_t {
  Object, With, To, From, Into, Over, Along, AwayFrom, Through, On, In, Between, Against, For,
};

std::string_view to_text(Preposition preposition);

/// A measure that may be tested: `with calibre at least 100 mm`.
struct Measure {
  std::string name;
  std::string unit;
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
  bool is_from_vocabulary = false;
  base::Span span;
};

enum class Aspect : std::uint8_t { Event, State, Institutional };

/// Which kinds may stand in a role. Empty `kinds`: anything, a place or an actor included.
struct Role {
  Preposition preposition = Preposition::Object;
  std::vector<KindId> kinds;
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
};

/// Kinds and verbs. The agreement's own things are added to the kinds of its vocabulary, so that
/// one KindId names either.
struct Vocabulary {
  std::string name;
  std::vector<Kind> kinds;
  std::vector<Verb> verbs;

  /// By any of its names, `also` included; singular and plural are the same word where they differ
  /// by a final s.
  [[nodiscard]] std::optional<KindId> find_kind(std::string_view name) const;
  /// By any written form.
  [[nodiscard]] std::optional<VerbId> find_verb(std::string_view form) const;
  /// Whether every member of `kind` is of `other`; reflexive, transitive.
  [[nodiscard]] bool is_kind_of(KindId kind, KindId other) const;
  /// The kind itself and every kind below it, in order of id.
  [[nodiscard]] std::vector<KindId> with_descendants(KindId kind) const;
};

}  // namespace truce::agreement
