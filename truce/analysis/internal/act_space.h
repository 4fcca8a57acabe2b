// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "truce/analysis/internal/draft.h"
#include "truce/facts/match.h"

namespace truce::analysis::internal {

/// How a test that may be maybe is to be read.
enum class Sureness : std::uint8_t { Certain, Possible };

/// What an act is done to or with: one noun, or several taken together.
struct Choice {
  agreement::Nouns nouns;
  std::vector<facts::Value> values;
};

/// Acts of one verb that differ in who, to what, with what and where. Each list has a member; those
/// first are preferred in stories.
struct ActSpace {
  agreement::VerbId verb;
  std::vector<Actors> groups;
  std::vector<Choice> objects;
  std::vector<Choice> weapons;
  std::vector<std::optional<agreement::PlaceId>> places;
  // What else the act says, the same for all.
  std::vector<agreement::Complement> others;
};

/// One act of a space, by position in its lists.
struct Pick {
  std::size_t group = 0;
  std::size_t object = 0;
  std::size_t weapon = 0;
  std::size_t place = 0;

  friend auto operator<=>(const Pick&, const Pick&) = default;
};

/// Of each list of a space, which members pass. An act passes if all of its parts do; its object
/// may pass by the place where it is done instead.
struct Passing {
  std::vector<bool> groups;
  std::vector<bool> objects;
  std::vector<bool> weapons;
  std::vector<bool> places;
  std::vector<bool> objects_by_place;
  std::vector<bool> places_as_object;

  [[nodiscard]] bool has(const Pick& pick) const;
  [[nodiscard]] bool is_empty() const;
};

/// What a duty's performance can be: each way to do what it asks, by that group of its bearers.
ActSpace performances_of(const Draft& draft, ClauseId duty, const std::vector<Actors>& groups);
/// Kinds and things below what acts name, worked out once for each wording.
using KnownChoices = std::map<std::string, std::vector<Choice>>;
/// What falls under an act by one actor, down to the kinds below those it names, and in the places
/// that surely lie in the one it names or, where it names none, in `ground`.
ActSpace narrowed(const Draft& draft, KnownChoices& known, const agreement::Act& act, ActorId actor,
                  std::optional<agreement::PlaceId> ground);

/// One act of the space as an event of a scenario.
agreement::ScenarioEvent event_of(const Draft& draft, const ActSpace& space, const Pick& pick,
                                  base::Instant at);

/// Which acts of spaces fall under clauses, time apart. The same answers as `semantics` gives for
/// one act, when nobody was attacked before, no power was used and no other act is on record.
class Matching {
 public:
  explicit Matching(const Draft& draft) : draft_(draft) {}

  /// Acts by `bearer` that break the prohibition, or fall under the permission, while it is in
  /// force. None where the clause hangs on conditions and the answer must be certain.
  [[nodiscard]] Passing breaches(const ActSpace& space, ClauseId clause, ActorId bearer,
                                 Sureness sureness);
  /// The same with the exceptions left out, all or only that one.
  [[nodiscard]] Passing without_exceptions(const ActSpace& space, ClauseId clause, ActorId bearer,
                                           Sureness sureness);
  /// Clauses that may lift the prohibition: permissions that do not yield to it, and duties that
  /// stand above it.
  [[nodiscard]] const std::vector<ClauseId>& lifting(ClauseId prohibition);
  /// Whether an act of that verb can fall under the clause.
  [[nodiscard]] bool can_matter(agreement::VerbId verb, ClauseId clause) const;
  /// Whether the clause hangs on a situation, or a local text may stand in its place.
  [[nodiscard]] bool is_conditional(ClauseId clause) const;

 private:
  [[nodiscard]] Passing pass(const ActSpace& space, ClauseId clause, ActorId bearer,
                             Sureness sureness, bool with_exceptions);
  [[nodiscard]] facts::Truth match(const facts::Value& value, const agreement::Noun& noun,
                                   ActorId bearer, agreement::VerbId verb,
                                   agreement::Preposition preposition);
  [[nodiscard]] facts::Truth lies_in(std::optional<agreement::PlaceId> place,
                                     agreement::PlaceId outer);

  const Draft& draft_;
  struct Key {
    facts::Value::Head head;
    agreement::Preposition preposition;
    ActorId actor;
    agreement::KindId kind;
    agreement::PlaceId place;
    ActorId owner;
    ActorId bearer;
    agreement::VerbId verb;
    const agreement::Noun* noun;

    friend bool operator==(const Key&, const Key&) = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const;
  };
  std::unordered_map<Key, facts::Truth, Hash> known_;
  std::map<std::pair<agreement::PlaceId, agreement::PlaceId>, facts::Truth> known_places_;
  std::map<ClauseId, std::vector<ClauseId>> lifting_;
};

}  // namespace truce::analysis::internal
