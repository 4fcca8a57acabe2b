// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/base/time.h"
#include "truce/geometry/region.h"
#include "truce/incidents/report.h"

namespace truce::facts {

using AccountId = base::Id<struct AccountTag>;
using IncidentId = base::Id<struct IncidentTag>;
using FactId = base::Id<struct FactTag>;

/// What an act was done to or with: an actor, a kind of thing (perhaps of an actor), a place, a
/// word nobody knows, or anything at all.
struct Value {
  enum class Head : std::uint8_t { Actor, Kind, Place, UnknownWord, Anything };
  Head head = Head::Anything;
  agreement::ActorId actor;
  agreement::KindId kind;
  agreement::PlaceId place;
  std::optional<agreement::ActorId> owner;
  // `Guns with calibre 120 mm`: what the report measures of it, in the measure's own unit. Empty:
  // nothing.
  std::string measure;
  double measured = 0;
  // As reported.
  std::string text;

  friend bool operator==(const Value&, const Value&) = default;
};

/// Alternatives, or with `is_all_of` things struck or used together. Never empty.
struct Values {
  std::vector<Value> items;
  bool is_all_of = false;
};

/// One alternative of who did it: those who acted together, sorted.
using Group = std::vector<agreement::ActorId>;

/// A complement that the report states: only scenarios do.
struct StatedComplement {
  agreement::Preposition preposition = agreement::Preposition::With;
  Values values;
};

/// That a report lies in a place, or does not.
struct Located {
  agreement::PlaceId place;
  bool is_inside = false;

  friend bool operator==(const Located&, const Located&) = default;
};

enum class InstitutionalAct : std::uint8_t {
  None,
  Extend,
  Suspend,
  Resume,
  Terminate,
  Determine,
  Report,
  Notify,
  Accede,
  Sign,
  Fix,
  Release,
  Amend,
  Dissent,
};

/// The word of an institutional act, such as `extend`; empty for any other word.
std::optional<InstitutionalAct> find_institutional_act(std::string_view word);

/// The last instant at which something in `range` can have happened.
constexpr base::Instant last_of(base::TimeRange range) {
  return range.from < range.to ? base::Instant{range.to.seconds - 1} : range.from;
}

/// A report in the words of an agreement.
struct Fact {
  IncidentId incident;
  AccountId account;
  // Index into Evidence::reports; empty for a scenario's event.
  std::optional<std::uint32_t> report;
  base::TimeRange when;
  // All verbs of the vocabulary when `is_verb_unknown`. Empty only for an institutional act that
  // is no verb of the vocabulary, and for a word unknown to a vocabulary without verbs.
  std::vector<agreement::VerbId> verbs;
  bool is_verb_unknown = false;
  // Never empty. Unknown actors: one alternative for each actor of the agreement, the Unnamed one
  // included. An institutional act has one: all its authors, perhaps nobody known.
  std::vector<Group> actors;
  bool is_actor_unknown = false;
  Values objects;
  Values weapons;
  std::vector<StatedComplement> complements;
  std::optional<geometry::Disc> where;
  std::optional<agreement::PlaceId> named_place;
  // In a world: which of the places that the disc leaves open it lies in.
  std::vector<Located> located;
  // The place as reported.
  std::string place_text;
  // What it is about in the source's numbering; empty where the report gives none.
  std::string key;
  // Among facts of one second: the one with the smaller number happened first.
  std::optional<std::int64_t> order;
  InstitutionalAct institutional = InstitutionalAct::None;
  std::vector<agreement::ClauseId> clauses;
  // The report names clauses, perhaps none that there is: then it speaks of no other.
  bool are_clauses_named = false;
  // For `fix`: the moment that is fixed, if it is one.
  std::optional<agreement::MomentId> fixed_moment;
};

struct Incident {
  std::string id;
  std::vector<FactId> facts;
  bool is_institutional = false;
};

struct Account {
  // `according_to`, or the account's id where nobody is named.
  std::string name;
  // The actor it is, when its name is one.
  std::optional<agreement::ActorId> actor;
  // Everything that happened is reported by it: only the whole record of a scenario.
  bool is_closed = false;
};

/// Where and when an account's silence means that nothing happened.
struct ResolvedCoverage {
  AccountId account;
  base::TimeRange when;
  // Empty: everywhere, every verb.
  std::vector<agreement::PlaceId> places;
  std::vector<agreement::VerbId> verbs;
};

/// A word of the record that the agreement does not know, and how often it stands there.
struct UnknownWord {
  // `actor`, `kind`, `target`, `weapon`, `clause`.
  std::string field;
  std::string word;
  std::uint64_t count = 0;
  std::optional<std::string> did_you_mean;
  // Why it is unknown although it looks known; empty otherwise.
  std::string reason;
};

/// Everything that is known, in the words of an agreement. Ids are positions in these vectors.
/// Accounts and incidents are in bytewise order of their names, so that ids do not depend on the
/// order of arrival; facts are in order of incident, then account, then the report's account id.
struct Evidence {
  std::vector<Account> accounts;
  std::vector<Incident> incidents;
  std::vector<Fact> facts;
  std::vector<const incidents::Report*> reports;
  std::vector<ResolvedCoverage> coverage;
  std::vector<UnknownWord> unknown_words;
  // The present: everything in the record lies at or before it.
  base::Instant now;

  [[nodiscard]] const Fact& fact(FactId id) const { return facts[id.index]; }
};

}  // namespace truce::facts
