// SPDX-License-Identifier: Apache-2.0
#include "truce/monitor/internal/footprint.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <variant>

#include "truce/agreement/conditions.h"
#include "truce/facts/match.h"

namespace truce::monitor::internal {

using agreement::Clause;
using agreement::ClauseId;
using agreement::Form;

// What a form depends on is said below: whoever adds one says it there, too.
static_assert(std::variant_size_v<agreement::Situation::What> == 5);
static_assert(std::variant_size_v<decltype(agreement::Particular::what)> == 28);

void VerbSet::add(agreement::VerbId verb) {
  const std::size_t word = verb.index / 64;
  words_.resize(std::max(words_.size(), word + 1));
  words_[word] |= std::uint64_t{1} << (verb.index % 64);
}

void VerbSet::add(const VerbSet& other) {
  is_all_ = is_all_ || other.is_all_;
  words_.resize(std::max(words_.size(), other.words_.size()));
  for (std::size_t i = 0; i < other.words_.size(); ++i) {
    words_[i] |= other.words_[i];
  }
}

bool VerbSet::meets(const VerbSet& other) const {
  if ((is_all_ && !other.is_empty()) || (other.is_all_ && !is_empty())) {
    return true;
  }
  for (std::size_t i = 0; i < std::min(words_.size(), other.words_.size()); ++i) {
    if ((words_[i] & other.words_[i]) != 0) {
      return true;
    }
  }
  return false;
}

namespace {

// Longer than any record.
constexpr base::Duration kWhenever{base::kAfterTime.seconds - base::kBeforeTime.seconds};

// Hours are exact; of days and months more than any rule of counting them makes.
base::Duration at_most(const agreement::Period& period) {
  const base::Duration exact = agreement::look_back(period);
  const bool is_exact =
      period.days == 0 && period.months == 0 && period.rounding == agreement::Period().rounding;
  return is_exact ? exact : exact + base::Duration{exact.seconds / 8} + 2 * base::kDay;
}

bool names(const std::vector<agreement::ClauseRef>& clauses, ClauseId wanted) {
  return std::any_of(clauses.begin(), clauses.end(),
                     [&](const agreement::ClauseRef& ref) { return ref.clause == wanted; });
}

template <typename What>
bool names_clause(const Clause& clause, ClauseId wanted) {
  const auto all = clause.find_all<What>();
  return std::any_of(all.begin(), all.end(),
                     [&](const What* one) { return names(one->clauses, wanted); });
}

// Follows what a clause refers to. What is being followed already is a circle.
class Walk {
 public:
  enum class Topic : std::uint8_t { Situation, Moment, Streak, Window, Duty, Prohibition };

  explicit Walk(const agreement::Agreement& agreement) : agreement_(agreement) {}

  VerbSet anywhere;
  VerbSet nearby;
  base::Duration back;
  // What interrupts one of these is not in `anywhere` by that.
  std::vector<const agreement::Streak*> streaks;
  VerbSet interrupting;
  bool is_restless = false;
  bool has_circle = false;

  void duty(ClauseId id);
  void prohibition(ClauseId id, bool is_nearby);

 private:
  // Keeps a question open while it is followed.
  class Step {
   public:
    Step(Walk& walk, Topic topic, const void* subject) : walk_(walk), key_(topic, subject) {
      is_open_ = walk_.open_.insert(key_).second;
      walk_.has_circle = walk_.has_circle || !is_open_;
      // A situation is looked at differently from each place, everything else once.
      is_new_ = is_open_ && (topic == Topic::Situation || walk_.done_.insert(key_).second);
    }
    ~Step() {
      if (is_open_) {
        walk_.open_.erase(key_);
      }
    }
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;
    [[nodiscard]] bool is_new() const { return is_new_; }

   private:
    Walk& walk_;
    std::pair<Topic, const void*> key_;
    bool is_open_ = false;
    bool is_new_ = false;
  };

  static void act(const agreement::Act& act, VerbSet& into);
  void occurrence(const agreement::Occurrence& what, VerbSet& into, base::Duration before);
  void situation(agreement::SituationId id, VerbSet& into, base::Duration before);
  void condition(const agreement::Condition& what, VerbSet& into, base::Duration before);
  void streak(const agreement::Streak& what);
  void streak_start(const agreement::Streak& what);
  [[nodiscard]] bool is_plain(const agreement::Streak& what) const;
  void moment(const agreement::MomentExpression& what);
  void declared(agreement::MomentId id);
  void with_agreement();
  void deadline(const agreement::Deadline& what);
  void upon(const agreement::Upon& what);
  void activation(const Clause& clause);
  void window(ClauseId id);
  void powers();
  void conditions(const Clause& clause, bool is_nearby);

  const agreement::Agreement& agreement_;
  std::set<std::pair<Topic, const void*>> open_;
  std::set<std::pair<Topic, const void*>> done_;
};

void Walk::act(const agreement::Act& act, VerbSet& into) {
  if (act.verb) {
    into.add(*act.verb);
  } else {
    into.add_all();
  }
}

// `before`: how long before the act in question it is looked at.
void Walk::occurrence(const agreement::Occurrence& what, VerbSet& into, base::Duration before) {
  const base::Duration reach = before + (what.during ? at_most(*what.during) : base::Duration{0});
  back = std::max(back, reach);
  act(what.act, into);
  for (const agreement::Exception& exception : what.exceptions) {
    if (exception.situation) {
      situation(*exception.situation, into, reach);
    }
  }
  if (what.from) {
    moment(*what.from);
  }
}

void Walk::condition(const agreement::Condition& what, VerbSet& into, base::Duration before) {
  if (what.situation) {
    situation(*what.situation, into, before);
  }
}

void Walk::situation(agreement::SituationId id, VerbSet& into, base::Duration before) {
  const agreement::Situation& entry = agreement_.situations[id.index];
  const Step step(*this, Topic::Situation, &entry);
  if (!step.is_new()) {
    return;
  }
  if (const auto* its_streak = std::get_if<agreement::Streak>(&entry.what)) {
    streak(*its_streak);
  } else if (const auto* standing = std::get_if<agreement::StandingStreak>(&entry.what)) {
    for (const agreement::Condition& holding : standing->holdings) {
      condition(holding, into, before + at_most(standing->period));
    }
    back = std::max(back, before + at_most(standing->period));
    if (standing->from) {
      moment(*standing->from);
    } else {
      with_agreement();
    }
  } else if (const auto* frequency = std::get_if<agreement::Frequency>(&entry.what)) {
    back = std::max(back, before + at_most(frequency->within));
    occurrence(frequency->occasion, into, before + at_most(frequency->within));
  } else if (const auto* response = std::get_if<agreement::Response>(&entry.what)) {
    back = response->within ? std::max(back, before + at_most(*response->within)) : kWhenever;
    if (const auto attack = agreement_.vocabulary.find_verb("attack")) {
      into.add(*attack);
    }
  } else {
    occurrence(std::get<agreement::Occurrence>(entry.what), into, before);
  }
}

void Walk::with_agreement() {
  if (agreement_.force_from) {
    moment(*agreement_.force_from);
  }
}

void Walk::streak(const agreement::Streak& what) {
  const Step step(*this, Topic::Streak, &what);
  if (!step.is_new()) {
    return;
  }
  const bool is_apart = is_plain(what);
  for (const agreement::Condition& holding : what.holdings) {
    condition(holding, is_apart ? interrupting : anywhere, {});
  }
  if (is_apart) {
    streaks.push_back(&what);
  }
  streak_start(what);
}

// Each interruption counts by itself and the start is known: neither hangs on acts besides.
bool Walk::is_plain(const agreement::Streak& what) const {
  const auto is_plain_holding = [&](const agreement::Condition& holding) {
    const auto* occurrence = agreement::denied_by(agreement_, holding);
    return occurrence != nullptr && !occurrence->from && !agreement::has_situations(*occurrence);
  };
  Walk start(agreement_);
  start.open_ = open_;
  start.streak_start(what);
  return std::all_of(what.holdings.begin(), what.holdings.end(), is_plain_holding) &&
         start.anywhere.is_empty() && start.interrupting.is_empty() && !start.has_circle;
}

void Walk::streak_start(const agreement::Streak& what) {
  if (what.from) {
    moment(*what.from);
  }
  // It starts with the first prohibition.
  for (const Clause& clause : agreement_.clauses) {
    const auto* from = clause.find<agreement::From>();
    if (clause.form == Form::Prohibition && from != nullptr) {
      moment(from->at);
    }
  }
  with_agreement();
}

void Walk::declared(agreement::MomentId id) {
  const agreement::Moment& entry = agreement_.moments[id.index];
  const Step step(*this, Topic::Moment, &entry);
  if (!step.is_new()) {
    return;
  }
  if (entry.expression) {
    moment(*entry.expression);
  }
  if (entry.streak) {
    streak(*entry.streak);
  }
}

void Walk::moment(const agreement::MomentExpression& what) {
  switch (what.base) {
    case agreement::MomentExpression::Base::Moment:
      declared(what.moment);
      return;
    case agreement::MomentExpression::Base::Streak:
      situation(what.streak, anywhere, {});
      return;
    case agreement::MomentExpression::Base::DayOfClause:
      duty(what.clause);
      return;
    case agreement::MomentExpression::Base::Fixed:
    case agreement::MomentExpression::Base::Notification:
    case agreement::MomentExpression::Base::Undefined:
      return;
  }
}

void Walk::deadline(const agreement::Deadline& what) {
  if (what.moment) {
    moment(*what.moment);
  }
}

void Walk::upon(const agreement::Upon& what) {
  switch (what.what) {
    case agreement::Upon::What::Fulfilment:
      for (const agreement::ClauseRef& ref : what.clauses) {
        duty(ref.clause);
      }
      return;
    case agreement::Upon::What::Breach:
      for (const agreement::ClauseRef& ref : what.clauses) {
        if (agreement_.clause(ref.clause).form == Form::Prohibition) {
          prohibition(ref.clause, false);
        } else {
          // A duty is broken when its time is over.
          duty(ref.clause);
          is_restless = true;
        }
      }
      return;
    case agreement::Upon::What::Moment:
      declared(what.moment);
      return;
    case agreement::Upon::What::Streak:
    case agreement::Upon::What::Situation:
      situation(what.situation, anywhere, {});
      return;
    case agreement::Upon::What::Determination:
    case agreement::Upon::What::ReportOfClause:
    case agreement::Upon::What::ReportOfThing:
    case agreement::Upon::What::Notice:
    case agreement::Upon::What::Signature:
    case agreement::Upon::What::Undefined:
      return;
  }
}

void Walk::activation(const Clause& clause) {
  for (const agreement::Upon* one : clause.find_all<agreement::Upon>()) {
    upon(*one);
  }
  if (const auto* whenever = clause.find<agreement::Whenever>()) {
    occurrence(whenever->what, anywhere, {});
  }
}

// `is_nearby`: they are looked at near an act in question; otherwise at any moment.
void Walk::conditions(const Clause& clause, bool is_nearby) {
  VerbSet& into = is_nearby ? nearby : anywhere;
  if (clause.watched) {
    condition(*clause.watched, into, {});
  }
  for (const agreement::Particular& particular : clause.particulars) {
    if (const auto* if_holds = std::get_if<agreement::If>(&particular.what)) {
      condition(if_holds->condition, into, {});
    } else if (const auto* while_holds = std::get_if<agreement::While>(&particular.what)) {
      condition(while_holds->condition, into, {});
    } else if (const auto* unless = std::get_if<agreement::Unless>(&particular.what)) {
      condition(unless->condition, into, {});
    } else if (const auto* except = std::get_if<agreement::Exception>(&particular.what);
               except != nullptr && except->situation) {
      situation(*except->situation, into, {});
    } else if (const auto* every = std::get_if<agreement::Interval>(&particular.what);
               every != nullptr && every->while_condition) {
      condition(*every->while_condition, into, {});
    }
  }
}

void Walk::powers() {
  for (std::size_t i = 0; i < agreement_.clauses.size(); ++i) {
    if (agreement_.clauses[i].form == Form::Power) {
      window(base::id_at<ClauseId>(i));
      conditions(agreement_.clauses[i], false);
    }
  }
}

// When the clause is in force, whatever else it is.
void Walk::window(ClauseId id) {
  const Clause& clause = agreement_.clause(id);
  const std::pair<Topic, const void*> key(Topic::Window, &clause);
  if (open_.contains(key)) {
    // Powers move each other's windows by institutional acts, in an order of their own.
    has_circle = has_circle || clause.form != Form::Power;
    return;
  }
  const Step step(*this, Topic::Window, &clause);
  if (!step.is_new()) {
    return;
  }
  with_agreement();
  if (const auto* from = clause.find<agreement::From>()) {
    moment(from->at);
  }
  for (const agreement::Until* until : clause.find_all<agreement::Until>()) {
    moment(until->at);
  }
  activation(clause);
  powers();
}

void Walk::duty(ClauseId id) {
  const Clause& clause = agreement_.clause(id);
  const Step step(*this, Topic::Duty, &clause);
  if (!step.is_new()) {
    return;
  }
  if (clause.form == Form::Phases) {
    for (const agreement::Phase* phase : clause.find_all<agreement::Phase>()) {
      act(phase->act, anywhere);
    }
  } else {
    act(clause.act, anywhere);
  }
  is_restless = is_restless || clause.form == Form::Phases || clause.recurrence() != nullptr;
  window(id);
  conditions(clause, false);
  for (const agreement::Due* due : clause.find_all<agreement::Due>()) {
    deadline(due->deadline);
  }
  for (const agreement::Start* start : clause.find_all<agreement::Start>()) {
    deadline(start->deadline);
  }
  for (const agreement::Finish* finish : clause.find_all<agreement::Finish>()) {
    deadline(finish->deadline);
  }
  for (const agreement::Reciprocally* with : clause.find_all<agreement::Reciprocally>()) {
    for (const agreement::ClauseRef& partner : with->clauses) {
      // Of a partner that waits for acts the first one counts, by its place in the record.
      if (agreement_.clause(partner.clause).waits()) {
        anywhere.add_all();
      }
      // Partners name each other; each looks at the other's own times only.
      if (!open_.contains({Topic::Duty, &agreement_.clause(partner.clause)})) {
        duty(partner.clause);
      }
    }
  }
}

void Walk::prohibition(ClauseId id, bool is_nearby) {
  const Clause& clause = agreement_.clause(id);
  const Step step(*this, Topic::Prohibition, &clause);
  if (!step.is_new()) {
    return;
  }
  if (!is_nearby) {
    act(clause.act, anywhere);
  }
  window(id);
  conditions(clause, is_nearby);
  // Any permission may exclude its breach, a duty where one of the two says so, and any local truce
  // prevail over it.
  for (std::size_t i = 0; i < agreement_.clauses.size(); ++i) {
    const auto other_id = base::id_at<ClauseId>(i);
    const Clause& other = agreement_.clauses[i];
    const bool is_local = agreement::local_truce_of(agreement_, other) != nullptr;
    const bool is_lifting = other.form == Form::Permission ||
                            names_clause<agreement::Despite>(other, id) ||
                            names_clause<agreement::SubjectTo>(clause, other_id);
    if (other_id != id && (is_lifting || is_local)) {
      window(other_id);
    }
    if (other_id != id && is_lifting) {
      conditions(other, is_nearby);
    }
  }
}

}  // namespace

Footprints footprints_of(const agreement::Agreement& agreement) {
  Footprints found;
  found.implied = implied_verbs(agreement);
  for (std::size_t i = 0; i < agreement.clauses.size(); ++i) {
    const auto id = base::id_at<ClauseId>(i);
    const Form form = agreement.clauses[i].form;
    Walk walk(agreement);
    Footprint footprint;
    if (form == Form::Prohibition || form == Form::Watch) {
      if (agreement.clauses[i].act.verb) {
        footprint.act.add(*agreement.clauses[i].act.verb);
      } else {
        footprint.act.add_all();
      }
      walk.prohibition(id, true);
    } else if (form == Form::Duty || form == Form::Effort || form == Form::Phases) {
      walk.duty(id);
    }
    footprint.nearby = walk.nearby;
    footprint.back = walk.nearby.is_empty() ? base::Duration{0} : walk.back;
    footprint.anywhere = walk.anywhere;
    footprint.anywhere.add(walk.interrupting);
    footprint.elsewhere = std::move(walk.anywhere);
    footprint.streaks = std::move(walk.streaks);
    footprint.is_restless = walk.is_restless;
    found.has_circle = found.has_circle || walk.has_circle;
    found.clauses.push_back(std::move(footprint));
  }
  return found;
}

std::vector<VerbSet> implied_verbs(const agreement::Agreement& agreement) {
  const std::size_t count = agreement.vocabulary.verbs.size();
  std::vector<VerbSet> implied(count);
  for (std::size_t done = 0; done < count; ++done) {
    for (std::size_t asked = 0; asked < count; ++asked) {
      if (facts::is_or_implies(agreement, base::id_at<agreement::VerbId>(done),
                               base::id_at<agreement::VerbId>(asked))) {
        implied[done].add(base::id_at<agreement::VerbId>(asked));
      }
    }
  }
  return implied;
}

bool Footprints::may_matter(ClauseId clause, const facts::Fact& fact, base::TimeRange when) const {
  const Footprint& needs = clauses[clause.index];
  const auto is_any_of = [&](const VerbSet& wanted) {
    return std::any_of(fact.verbs.begin(), fact.verbs.end(),
                       [&](agreement::VerbId verb) { return implied[verb.index].meets(wanted); });
  };
  return has_circle || is_any_of(needs.anywhere) ||
         (is_any_of(needs.nearby) && facts::last_of(fact.when) >= when.from - needs.back &&
          fact.when.from <= when.to);
}

VerbSet verbs_of(const facts::Fact& fact, const std::vector<VerbSet>& implied) {
  VerbSet verbs;
  for (const agreement::VerbId verb : fact.verbs) {
    verbs.add(implied[verb.index]);
  }
  return verbs;
}

}  // namespace truce::monitor::internal
