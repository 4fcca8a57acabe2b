// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "truce/agreement/calendar.h"
#include "truce/agreement/ids.h"
#include "truce/agreement/vocabulary.h"
#include "truce/base/quantity.h"
#include "truce/base/source_text.h"
#include "truce/base/time.h"

namespace truce::agreement {

/// Who. The relative ones are resolved against the bearer of the clause.
struct Agent {
  enum class Who : std::uint8_t {
    Actor,          // `Government`
    EachParty,      // `each Party`, `Parties`, `Party` after `no`
    AnotherParty,   // every Party but the bearer
    EachGuarantor,  // `each Guarantor`, `Guarantors`
    ItsGuarantor,   // those who ensure the compliance of the bearer
    ItsParty,       // those whose compliance the bearer ensures
    SameParty,      // `the same Party`, `that Party`: the bearer itself
    Undefined,      // a name nobody declared; reported
  };
  Who who = Who::Undefined;
  // Only for `Actor`.
  ActorId actor;
  std::string text;
  base::Span span;
  std::optional<AlternativeRef> only_in;
};

enum class Joining : std::uint8_t { And, Or };

/// A noun of an act, a particular or a definition.
struct Noun {
  enum class Head : std::uint8_t {
    Agent,      // an actor, or a class of actors
    Kind,       // a kind of person or thing
    Place,      // a declared place
    Undefined,  // a name nobody declared; reported
  };
  Head head = Head::Undefined;
  Agent agent;
  KindId kind;
  PlaceId place;
  // `… of X`, `… by X`: whose it is. Empty or one.
  std::vector<Noun> owner;
  std::optional<MeasureTest> test;
  // As written, determiner included.
  std::string text;
  base::Span span;
  std::optional<AlternativeRef> only_in;
};

/// `Tanks, Artillery and Mortars`; with `or` or a comma alone any of them will do.
struct Nouns {
  std::vector<Noun> items;
  Joining joining = Joining::And;
  base::Span span;

  [[nodiscard]] bool empty() const { return items.empty(); }
};

struct Complement {
  Preposition preposition = Preposition::With;
  Nouns nouns;
  // `away from Castello Road at least 3500 m`
  std::optional<base::Metres> at_least;
  base::Span span;
  std::optional<AlternativeRef> only_in;
};

/// What is done. `verb` is empty when the word is not in the vocabulary (reported).
struct Act {
  std::optional<VerbId> verb;
  Nouns object;
  std::vector<Complement> complements;
  base::Span span;
  base::Span verb_span;
};

/// A moment: a base and what is added to it, in order.
struct MomentExpression {
  enum class Base : std::uint8_t {
    Fixed,         // a date and time on the agreement's clock
    Moment,        // a declared moment
    Streak,        // the end of a streak declared as a situation
    DayOfClause,   // `day 1 of 2.1`: the day on which performance of 2.1 began
    Notification,  // of the breach in question
    Undefined,     // a name nobody declared; reported
  };
  struct Step {
    std::int64_t sign = 1;
    Period period;
    std::optional<AlternativeRef> only_in;
  };
  Base base = Base::Undefined;
  base::Instant fixed;
  // For Fixed: a date without a time stands for the start of its day as a start, the end as an end.
  bool is_whole_day = false;
  MomentId moment;
  SituationId streak;
  ClauseId clause;
  std::int64_t day = 1;
  std::vector<Step> steps;
  std::string text;
  base::Span span;
  std::optional<AlternativeRef> only_in;
};

/// A reference to a clause that exists. References to clauses that do not are reported and dropped.
struct ClauseRef {
  ClauseId clause;
  base::Span span;
  std::optional<AlternativeRef> only_in;
};

/// `not later than M`, or `within P of M`; `of` empty: from when the duty arises.
struct Deadline {
  std::optional<MomentExpression> moment;
  std::optional<Period> within;
  base::Span span;
};

/// `if`, `while`, `unless`: whether a declared situation holds.
struct Condition {
  std::optional<SituationId> situation;
  bool is_negated = false;
  std::string text;
  base::Span span;
};

}  // namespace truce::agreement
