// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "truce/agreement/clause.h"
#include "truce/base/source_text.h"
#include "truce/geometry/region.h"

namespace truce::agreement {

/// Someone named in the text.
struct Actor {
  enum class Role : std::uint8_t {
    Party,
    Guarantor,
    Outsider,
    Body,
    Other,
    // Made by the language: anyone unnamed.
    Unnamed,
  };
  std::string name;
  std::string title;
  Role role = Role::Other;
  // A guarantor: whose compliance it ensures.
  std::vector<ActorId> ensures;
  std::vector<Agent> listed_by;
  std::vector<Agent> open_to;
  // A body: of whom, chaired by whom, what it watches, how it decides.
  std::vector<Agent> members;
  std::vector<Agent> chairs;
  Nouns monitors;
  struct Decision {
    enum class Rule : std::uint8_t { Unstated, Consensus, Majority, Unanimity };
    enum class Silence : std::uint8_t { Unstated, Consent, Refusal };
    Rule rule = Rule::Unstated;
    std::optional<Period> within;
    std::optional<std::int64_t> quorum;
    std::vector<Agent> failing_which;
    Silence silence = Silence::Unstated;
  } decision;
  base::Span span;
};

/// `to be fixed by X within P of M`.
struct Fixing {
  std::vector<Agent> agents;
  std::optional<Deadline> deadline;
};

/// One term of a place expression.
struct PlaceTerm {
  // Parameter: what a file given for a parameter draws.
  enum class What : std::uint8_t { Annex, Within, Parameter, Named };
  enum class Shape : std::uint8_t { Area, Line, Point };
  What what = What::Named;
  bool is_excluded = false;
  std::string annex;
  Shape shape = Shape::Area;
  base::Metres within;
  std::optional<PlaceId> place;
  // The name of the parameter.
  std::string parameter;
  // What the annex or the given file draws; empty where no file does, and for other terms.
  std::shared_ptr<const geometry::Region> region;
  base::Span span;
  std::optional<AlternativeRef> only_in;
};

struct Place {
  std::string name;
  std::string title;
  std::vector<PlaceTerm> terms;
  std::optional<Fixing> fixing;
  // Where it is; empty where no annex file draws it or it is still to be fixed: then the place is
  // abstract, of unknown extent. Also empty while its definition is disputed.
  std::shared_ptr<const geometry::Region> region;
  base::Span span;
};

/// `end of first uninterrupted period of P in which A holds and B holds`.
struct Streak {
  Period period;
  std::vector<Condition> holdings;
  std::optional<MomentExpression> from;
};

/// `proportionate response to attack on the same Party within 1 hour`.
struct Response {
  bool is_necessary = false;
  bool is_proportionate = false;
  // With `an attack by that Party`: the bearer.
  Nouns on;
  std::optional<Nearness> nearness;
  std::optional<Period> within;
  std::vector<Agent> reported_to;
  std::optional<Period> reported_within;
};

/// `uninterrupted period of 7 days in the same place in which Quiet holds`: holds while such a
/// period has just passed.
struct StandingStreak {
  Period period;
  std::optional<Nearness> nearness;
  std::vector<Condition> holdings;
  std::optional<MomentExpression> from;
};

/// `at least 3 occasions within 24 hours in the same place on which Parties attack`.
struct Frequency {
  // Empty while a parameter without a value stands for it.
  std::optional<std::int64_t> at_least;
  std::optional<ParameterId> parameter;
  Period within;
  std::optional<Nearness> nearness;
  // What is counted; it has neither nearness nor `during` of its own.
  Occurrence occasion;
};

/// How long before a moment something still counts at it: exact, with days of 24 hours whatever
/// the agreement's day rule. A look-back in months is reported.
base::Duration look_back(const Period& period);

struct Situation {
  using What = std::variant<Streak, StandingStreak, Frequency, Response, Occurrence>;
  // The words themselves where it is defined in the exception that uses it.
  std::string name;
  bool is_inline = false;
  std::string title;
  What what;
  // One for each alternative where the definition holds disputed words, `what` being the first;
  // in_reading settles them.
  std::vector<std::pair<AlternativeRef, What>> disputed;
  base::Span span;
};

/// A named moment; with neither expression nor streak it is to be fixed.
struct Moment {
  std::string name;
  std::string title;
  std::optional<MomentExpression> expression;
  std::optional<Streak> streak;
  // One for each alternative where the definition holds disputed words, `expression` or `streak`
  // being the first; in_reading settles them.
  std::vector<std::pair<AlternativeRef, std::variant<MomentExpression, Streak>>> disputed;
  std::optional<Fixing> fixing;
  base::Span span;
};

struct Article {
  std::string number;
  std::string title;
  base::Span span;
};

struct ConfidentialAnnex {
  std::string name;
  std::string title;
  std::vector<Agent> audience;
  base::Span span;
};

struct LocalTruce {
  std::string title;
  std::optional<PlaceId> within;
  std::vector<ClauseRef> prevails_over;
  std::vector<ClauseRef> subject_to;
  base::Span span;
};

struct Bracket {
  struct Alternative {
    std::vector<Agent> proposers;
    bool is_none = false;
    // As written, without the proposers.
    std::string text;
    base::Span span;
  };
  std::vector<Alternative> alternatives;
  // The clause it stands in, if in one.
  std::optional<ClauseId> clause;
  base::Span span;
};

/// Conduct that must never go unanswered.
struct Harm {
  std::string name;
  Subject subject;
  Act act;
  base::Span span;
};

struct ScenarioEvent {
  // Who says so; empty: it is taken as the whole record of what happened.
  std::optional<Agent> according_to;
  base::Instant at;
  std::vector<Agent> agents;
  // Exactly one of the three.
  std::optional<Act> act;
  std::optional<Power> power;
  // A determination of breach, a release from clauses or a dissent from what others decide.
  struct Finding {
    enum class What : std::uint8_t { Breach, Release, Dissent };
    What what = What::Breach;
    std::vector<ClauseRef> clauses;
    std::vector<Agent> breaching;
  };
  std::optional<Finding> finding;
  base::Span span;
};

struct Expectation {
  enum class Outcome : std::uint8_t { Broken, Kept, Unknown, Contested, Pending, Lapsed };
  // Nobody in breach: no clauses. Somebody in breach: agents and clauses, outcome Broken.
  bool is_nobody = false;
  std::vector<ClauseRef> clauses;
  std::vector<Agent> agents;
  Outcome outcome = Outcome::Broken;
  std::optional<Agent> according_to;
  std::string text;
  base::Span span;
};

struct Scenario {
  std::string name;
  std::vector<ScenarioEvent> events;
  std::vector<Expectation> expectations;
  base::Span span;
};

struct Acceptance {
  std::string code;
  std::vector<ClauseRef> clauses;
  std::string reason;
  std::vector<Agent> agents;
  base::Span span;
};

/// What the text leaves open until it is run: `k a number, 440 unless set`, `zones a file of
/// places`.
struct Parameter {
  enum class What : std::uint8_t { Number, Places };
  std::string name;
  What what = What::Number;
  // Given, or else what the text says; empty where neither is.
  std::optional<std::int64_t> number;
  // Drawn by the given file; null where none is given.
  std::shared_ptr<const geometry::Region> places;
  base::Span span;

  [[nodiscard]] bool has_value() const {
    return what == What::Number ? number.has_value() : places != nullptr;
  }
};

enum class Metric : std::uint8_t { Geodesic, Planar };

struct LanguageDeclaration {
  std::string code;
  enum class Standing : std::uint8_t { Unstated, Authentic, Translation };
  Standing standing = Standing::Unstated;
};

/// An agreement with its names resolved and its quantities checked. Every part keeps its span.
/// Words that stand in one alternative of a bracket carry `only_in`; `in_reading` drops the others.
struct Agreement {
  std::string title;
  std::optional<base::Date> date;
  Clock clock;
  DayRule day_rule = DayRule::TwentyFourHours;
  Metric metric = Metric::Geodesic;
  // Of a planar metric: the latitude, in degrees, about which it is true to scale. Empty: that
  // half-way between the two points measured.
  std::optional<double> planar_latitude;
  std::vector<LanguageDeclaration> languages;
  std::string prevailing_language;
  base::Span prevailing_span;
  std::vector<Agent> signatories;
  std::optional<MomentExpression> force_from;
  std::vector<Agent> depositaries;
  std::vector<Agent> amending;

  Vocabulary vocabulary;
  std::vector<Actor> actors;
  std::vector<Parameter> parameters;
  std::vector<Place> places;
  std::vector<Moment> moments;
  std::vector<Situation> situations;
  std::vector<Article> articles;
  std::vector<ConfidentialAnnex> confidential_annexes;
  std::vector<LocalTruce> local_truces;
  std::vector<Clause> clauses;
  std::vector<Bracket> brackets;
  std::vector<Harm> harms;
  std::vector<Scenario> scenarios;
  std::vector<Acceptance> acceptances;

  // The actors hold, behind those declared, one that stands for anyone unnamed (Role::Unnamed) and
  // the institutions of the vocabulary that are named.

  [[nodiscard]] const Actor& actor(ActorId id) const { return actors[id.index]; }
  [[nodiscard]] const Clause& clause(ClauseId id) const { return clauses[id.index]; }
  [[nodiscard]] const Place& place(PlaceId id) const { return places[id.index]; }
  [[nodiscard]] const Kind& kind(KindId id) const { return vocabulary.kinds[id.index]; }
  [[nodiscard]] const Verb& verb(VerbId id) const { return vocabulary.verbs[id.index]; }

  [[nodiscard]] std::optional<ActorId> find_actor(std::string_view name) const;
  [[nodiscard]] std::optional<PlaceId> find_place(std::string_view name) const;
  [[nodiscard]] std::optional<ClauseId> find_clause(std::string_view number) const;

  /// In order of declaration.
  [[nodiscard]] std::vector<ActorId> parties() const;
  [[nodiscard]] std::vector<ActorId> guarantors_of(ActorId party) const;
  /// The actors an agent stands for when `bearer` bears the clause; empty for Undefined.
  [[nodiscard]] std::vector<ActorId> resolve(const Agent& agent, ActorId bearer) const;
};

/// The local truce that the clause stands in; null where it stands in none.
const LocalTruce* local_truce_of(const Agreement& agreement, const Clause& clause);

/// The agreement as it may be shown to `who`, or to anybody: clauses of confidential annexes that
/// are not for them bind as before, and have neither number nor text. Ids are unchanged.
Agreement shown_to(const Agreement& agreement, std::optional<ActorId> who);

/// Which alternative is chosen for each bracket, by BracketId.
using Reading = std::vector<std::uint32_t>;

/// The reading in which every bracket has the alternative that `proposer` proposed, and the first
/// where it proposed none.
Reading reading_of(const Agreement& agreement, ActorId proposer);
/// Those who proposed an alternative somewhere, in order of the actors.
std::vector<ActorId> proposers(const Agreement& agreement);
/// The agreement as it would stand if `reading` were agreed: no word carries `only_in`, no bracket
/// is left. Ids of actors, places, clauses, moments and situations are unchanged.
Agreement in_reading(const Agreement& agreement, const Reading& reading);

}  // namespace truce::agreement
