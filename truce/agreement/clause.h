// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "truce/agreement/phrases.h"

namespace truce::agreement {

/// Who is bound. `no Party shall` is kept as EachParty with a prohibition.
struct Subject {
  enum class Mode : std::uint8_t { Single, Jointly, Each, Either };
  bool is_no_one = false;
  bool is_anyone = false;
  std::vector<Agent> agents;
  Mode mode = Mode::Single;
  base::Span span;
};

struct Exception {
  enum class What : std::uint8_t { Against, InSituation, ForThings };
  What what = What::Against;
  Nouns nouns;
  std::optional<SituationId> situation;
  std::string text;
};

/// How near something must have been to the act in question.
struct Nearness {
  // Empty: in the same place.
  std::optional<base::Metres> within;
};

/// `no Party attacks Civilians with Weapons except in Self Defence`: holds while nobody does it.
/// Without `no` it holds at the moment somebody does.
struct Occurrence {
  Subject subject;
  bool is_negated = false;
  Act act;
  std::vector<Exception> exceptions;
  std::optional<Nearness> nearness;
  // Not only at the moment itself, but at most so long before it.
  std::optional<Period> during;
  std::optional<MomentExpression> from;
};

// The particulars: one struct for each, as in section "Particulars" of the grammar page.

struct InPlace {
  Nouns places;
};
struct From {
  MomentExpression at;
};
struct Until {
  MomentExpression at;
};
struct For {
  Period period;
};
struct Due {
  Deadline deadline;
};
struct Start {
  Deadline deadline;
};
struct Finish {
  Deadline deadline;
};
struct Interval {
  Period period;
  std::optional<Condition> while_condition;
};
/// Of a duty that recurs, no more periods than these are judged: the first ones.
constexpr std::size_t kMostPeriods = 10000;
struct If {
  Condition condition;
};
struct While {
  Condition condition;
};
struct Unless {
  Condition condition;
};

struct Upon {
  enum class What : std::uint8_t {
    Fulfilment,
    Breach,
    Determination,
    ReportOfClause,
    ReportOfThing,
    Notice,
    Signature,
    Moment,
    Streak,
    Situation,
    Undefined,
  };
  What what = What::Undefined;
  std::vector<ClauseRef> clauses;
  Nouns things;
  std::vector<Agent> agents;
  MomentId moment;
  SituationId situation;
  std::string text;
};

/// `whenever Applicant requests Access`: a duty arises with each such act, a `report when` looks at
/// each.
struct Whenever {
  Occurrence what;
};
struct Reciprocally {
  std::vector<ClauseRef> clauses;
};
struct Despite {
  std::vector<ClauseRef> clauses;
};
struct SubjectTo {
  std::vector<ClauseRef> clauses;
};

struct Renewable {
  Period period;
  std::vector<Agent> agents;
  // Empty: repeatedly. 1: once only.
  std::optional<std::int64_t> at_most;
};

struct Monitored {
  std::vector<Agent> agents;
  bool is_joint = false;
  std::optional<MomentExpression> from;
  Nouns means;
};

struct Determined {
  std::vector<Agent> agents;
  bool is_joint = false;
  std::optional<Period> within;
  bool is_from_notification = false;
};

struct Ensured {
  std::vector<Agent> agents;
  bool is_joint = false;
};

/// `none stated` when `clauses` is empty and `is_none_stated`.
struct Consequence {
  std::vector<ClauseRef> clauses;
  bool is_none_stated = false;
};

struct Surviving {
  std::vector<ClauseRef> clauses;
};
// This clause takes the place of those once the text is amended.
struct Amending {
  std::vector<ClauseRef> clauses;
};
struct Notice {
  Period period;
};
struct Note {
  std::string text;
};
struct LanguageText {
  std::string language;
  std::string text;
};
struct Phase {
  std::vector<Agent> agents;
  Act act;
};

/// One particular, with its words and the alternative it stands in.
struct Particular {
  std::variant<InPlace, From, Until, For, Due, Start, Finish, Interval, If, While, Unless, Upon,
               Whenever, Reciprocally, Despite, SubjectTo, Exception, Renewable, Monitored,
               Determined, Ensured, Consequence, Surviving, Amending, Notice, Note, LanguageText,
               Phase>
      what;
  base::Span span;
  std::optional<AlternativeRef> only_in;
};

/// What a clause does.
enum class Form : std::uint8_t {
  Prohibition,  // shall not
  Duty,         // shall
  Effort,       // shall endeavour to
  Permission,   // may do
  Power,        // may change a norm
  Phases,       // reciprocal phases
  Watch,        // report when
  Reservation,  // reserved text, printed and never evaluated
};

enum class PowerVerb : std::uint8_t { Extend, Suspend, Resume, Terminate, Amend };

struct Power {
  PowerVerb verb = PowerVerb::Extend;
  std::vector<ClauseRef> clauses;
  std::optional<Period> period;
  std::optional<Period> notice;
  std::optional<AlternativeRef> only_in;
};

/// Which part of the document a clause stands in.
struct Part {
  enum class Where : std::uint8_t { Main, ConfidentialAnnex, LocalTruce };
  Where where = Where::Main;
  // Index into Agreement::articles, confidential_annexes or local_truces; articles may be absent.
  std::optional<std::uint32_t> index;
};

struct Clause {
  std::string number;
  Form form = Form::Duty;
  Part part;
  Subject subject;
  // For Prohibition, Duty, Effort, Permission. For Watch: the act at which it looks, with its
  // subject, from `whenever` or from what the frequency counts.
  Act act;
  // For Watch: what is looked for.
  std::optional<Condition> watched;
  // For Power. With disputed words in it: the first alternative, and all of them in
  // `disputed_powers`, which in_reading settles.
  Power power;
  std::vector<Power> disputed_powers;
  // For Reservation.
  std::string reserved;
  // For Phases: the two or more sides, in order.
  std::vector<Agent> phase_agents;
  std::vector<Particular> particulars;
  base::Span span;
  base::Span number_span;
  // The whole sentence as written, white space folded.
  std::string text;
  // Not one of a confidential annex that is for others; see shown_to.
  bool is_shown = true;

  /// Whether it begins only with something that must happen first.
  [[nodiscard]] bool waits() const {
    return find<Upon>() != nullptr || find<Whenever>() != nullptr;
  }
  /// How often a duty recurs; null where it is to be performed once.
  [[nodiscard]] const Interval* recurrence() const {
    return form == Form::Duty ? find<Interval>() : nullptr;
  }
  /// The first particular of that type, in order of writing; null when there is none.
  template <typename What>
  [[nodiscard]] const What* find() const {
    for (const Particular& particular : particulars) {
      if (const What* what = std::get_if<What>(&particular.what)) {
        return what;
      }
    }
    return nullptr;
  }
  /// Every particular of that type, in order of writing.
  template <typename What>
  [[nodiscard]] std::vector<const What*> find_all() const {
    std::vector<const What*> found;
    for (const Particular& particular : particulars) {
      if (const What* what = std::get_if<What>(&particular.what)) {
        found.push_back(what);
      }
    }
    return found;
  }
};

}  // namespace truce::agreement
