// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "truce/facts/fact.h"

namespace truce::facts {

/// Kleene's three values, ordered: No < Maybe < Yes, so that `and` is the least, `or` the greatest.
enum class Truth : std::uint8_t { No, Maybe, Yes };

constexpr Truth operator&&(Truth a, Truth b) { return a < b ? a : b; }
constexpr Truth operator||(Truth a, Truth b) { return a < b ? b : a; }
constexpr Truth operator!(Truth a) {
  return a == Truth::Yes ? Truth::No : a == Truth::No ? Truth::Yes : Truth::Maybe;
}

/// Whether every `kind` is an `other`: maybe where some of it is, or where `other` tests a measure
/// that `kind` leaves open.
Truth match_kind(const agreement::Agreement& agreement, agreement::KindId kind,
                 agreement::KindId other);

/// Whether `value`, in role `preposition` of `verb`, is what `noun` names when `bearer` bears the
/// clause. docs/language/meaning.md, "Three values".
Truth match(const agreement::Agreement& agreement, const Value& value, const agreement::Noun& noun,
            agreement::ActorId bearer, agreement::VerbId verb, agreement::Preposition preposition);

/// Whether the kind is one of Protected: civilians, hospitals, convoys. They are no part of a side,
/// whoever they belong to.
bool is_protected(const agreement::Agreement& agreement, agreement::KindId kind);
/// Whether the value is a thing of such a kind.
bool is_protected(const agreement::Agreement& agreement, const Value& value);

/// Whether two facts are as near as is asked: meaning.md, "Near and far". No for a place of which
/// nothing is known is never given.
Truth is_near(const agreement::Agreement& agreement, const Fact& one, const Fact& other,
              const agreement::Nearness& nearness);
/// Whether two facts are of the same second and the reports say that this one happened after the
/// other.
bool comes_after(const Fact& one, const Fact& other);
/// The word by which the report names its place, letter case and spacing folded; empty where it
/// names none or one that the agreement declares.
std::string place_word(const Fact& fact);
/// The distance of two points by the metric of the agreement.
base::Metres distance(const agreement::Agreement& agreement, base::Point from, base::Point to);
/// Whether a report with `key` speaks of what one with `other` is about: maybe where only one of
/// them has a key.
Truth is_same_key(const std::string& key, const std::string& other);
/// The same for one of several, nobody knows which. `keys` must not be empty.
Truth is_same_key(const std::vector<std::string>& keys, const std::string& other);

/// Whether doing `done` is doing `asked`: the same verb, or one it implies.
bool is_or_implies(const agreement::Agreement& agreement, agreement::VerbId done,
                   agreement::VerbId asked);

/// Whether every point of `inner` is one of `outer`: as drawn, or as the words alone say.
Truth place_lies_in(const agreement::Agreement& agreement, agreement::PlaceId inner,
                    agreement::PlaceId outer);

/// The choices that a set of values leaves: each alone, or all of them together.
std::vector<std::vector<Value>> choices(const Values& values);
/// Whether a complement with a place behind `preposition` says where the act was done.
bool is_where(agreement::Preposition preposition);
/// What the report itself says behind `preposition`; null where it does not speak of it.
const StatedComplement* stated(const Fact& fact, agreement::Preposition preposition);

/// Whether the fact lies in `place`. Unfixed places are the caller's business.
Truth lies_in(const agreement::Agreement& agreement, const Fact& fact, agreement::PlaceId place);

}  // namespace truce::facts
