// SPDX-License-Identifier: Apache-2.0
#include "truce/comparison/internal/choices.h"

#include <algorithm>
#include <limits>
#include <map>
#include <variant>

#include "truce/facts/match.h"

namespace truce::comparison::internal {
namespace {

using agreement::Act;
using agreement::ActorId;
using agreement::Agent;
using agreement::KindId;
using agreement::MomentExpression;
using agreement::Noun;
using agreement::PlaceId;
using agreement::Preposition;

constexpr base::Duration kSecond{1};

// The nouns and agents that the clauses of one text hold against an act.
struct Named {
  std::vector<const Noun*> objects;
  std::vector<const Noun*> weapons;
  std::map<Preposition, std::vector<const Noun*>> complements;
  std::set<PlaceId> places;
  std::vector<const Agent*> agents;
};

void add_places(const agreement::Nouns& nouns, Named& named) {
  for (const Noun& noun : nouns.items) {
    if (noun.head == Noun::Head::Place) {
      named.places.insert(noun.place);
    }
  }
}

void add_act(const Act& act, Named& named) {
  for (const Noun& noun : act.object.items) {
    named.objects.push_back(&noun);
  }
  add_places(act.object, named);
  for (const agreement::Complement& complement : act.complements) {
    if (complement.preposition == Preposition::With) {
      for (const Noun& noun : complement.nouns.items) {
        named.weapons.push_back(&noun);
      }
      continue;
    }
    if (facts::is_where(complement.preposition)) {
      add_places(complement.nouns, named);
    }
    for (const Noun& noun : complement.nouns.items) {
      if (noun.head != Noun::Head::Place || !facts::is_where(complement.preposition)) {
        named.complements[complement.preposition].push_back(&noun);
      }
    }
  }
}

void add_exception(const agreement::Exception& exception, Named& named) {
  for (const Noun& noun : exception.nouns.items) {
    named.objects.push_back(&noun);
    if (exception.what == agreement::Exception::What::ForThings) {
      named.weapons.push_back(&noun);
    }
  }
  add_places(exception.nouns, named);
}

Named named_in(const Text& text, const std::vector<ClauseId>& clauses) {
  Named named;
  for (const ClauseId id : clauses) {
    const Clause& clause = text.agreement.clause(id);
    add_act(clause.act, named);
    for (const auto* in : clause.find_all<agreement::InPlace>()) {
      add_places(in->places, named);
    }
    for (const auto* exception : clause.find_all<agreement::Exception>()) {
      add_exception(*exception, named);
    }
    for (const auto* phase : clause.find_all<agreement::Phase>()) {
      add_act(phase->act, named);
      for (const Agent& agent : phase->agents) {
        named.agents.push_back(&agent);
      }
    }
    for (const Agent& agent : clause.subject.agents) {
      named.agents.push_back(&agent);
    }
    const agreement::LocalTruce* local = agreement::local_truce_of(text.agreement, clause);
    if (local != nullptr && local->within.has_value()) {
      named.places.insert(*local->within);
    }
  }
  return named;
}

void add_names(const Agreement& agreement, const Agent& agent, std::set<std::string>& names) {
  // Relative to whoever bears the clause, and to nobody.
  for (std::size_t i = 0; i < agreement.actors.size(); ++i) {
    for (const ActorId actor : agreement.resolve(agent, base::id_at<ActorId>(i))) {
      names.insert(agreement.actor(actor).name);
    }
  }
}

void add_names(const Agreement& agreement, const std::vector<const Noun*>& nouns,
               std::set<std::string>& names) {
  for (const Noun* noun : nouns) {
    if (noun->head == Noun::Head::Agent) {
      add_names(agreement, noun->agent, names);
    }
    for (const Noun& owner : noun->owner) {
      add_names(agreement, {&owner}, names);
    }
  }
}

// The actors that both texts name, in order, as far as they are among `wanted`, and the first of
// the others: it stands for all whom nothing tells apart.
std::vector<std::string> actors_of(const Both& both, const std::set<std::string>& wanted) {
  std::vector<std::string> names;
  bool has_other = false;
  for (const Text* text : both.all()) {
    for (const agreement::Actor& actor : text->agreement.actors) {
      const bool is_known = std::find(names.begin(), names.end(), actor.name) != names.end();
      const bool is_institution =
          actor.role == agreement::Actor::Role::Other && actor.span.end == 0;
      if (is_known || is_institution || (!wanted.contains(actor.name) && has_other)) {
        continue;
      }
      has_other = has_other || !wanted.contains(actor.name);
      names.push_back(actor.name);
    }
  }
  return names;
}

// Whether some noun names an actor or a thing of somebody.
bool asks_whose(const std::vector<const Noun*>& nouns) {
  return std::any_of(nouns.begin(), nouns.end(), [](const Noun* noun) {
    return noun->head == Noun::Head::Agent || !noun->owner.empty();
  });
}

// The kinds that the nouns of one text name, with those they are defined from.
std::set<KindId> kinds_of(const Agreement& agreement, const std::vector<const Noun*>& nouns) {
  std::set<KindId> kinds;
  std::vector<KindId> open;
  for (const Noun* noun : nouns) {
    if (noun->head == Noun::Head::Kind) {
      open.push_back(noun->kind);
    }
  }
  while (!open.empty()) {
    const KindId id = open.back();
    open.pop_back();
    if (!kinds.insert(id).second) {
      continue;
    }
    for (const agreement::Kind::Part& part : agreement.kind(id).definition) {
      open.push_back(part.kind);
    }
  }
  return kinds;
}

// Every test of a measure in the nouns or behind the kinds they name.
std::vector<agreement::MeasureTest> tests_of(const Agreement& agreement,
                                             const std::vector<const Noun*>& nouns) {
  std::vector<agreement::MeasureTest> tests;
  for (const Noun* noun : nouns) {
    if (noun->test.has_value()) {
      tests.push_back(*noun->test);
    }
  }
  for (const KindId id : kinds_of(agreement, nouns)) {
    if (agreement.kind(id).test.has_value()) {
      tests.push_back(*agreement.kind(id).test);
    }
    for (const agreement::Kind::Part& part : agreement.kind(id).definition) {
      if (part.test.has_value()) {
        tests.push_back(*part.test);
      }
    }
  }
  return tests;
}

bool has_measure(const Agreement& agreement, KindId kind, const std::string& measure) {
  const agreement::Vocabulary& vocabulary = agreement.vocabulary;
  for (std::size_t i = 0; i < vocabulary.kinds.size(); ++i) {
    const auto& measures = vocabulary.kinds[i].measures;
    if (vocabulary.is_kind_of(kind, base::id_at<KindId>(i)) &&
        std::any_of(measures.begin(), measures.end(),
                    [&](const agreement::Measure& one) { return one.name == measure; })) {
      return true;
    }
  }
  return false;
}

// Which of the kinds that matter a kind is of, in one text.
class KindClasses {
 public:
  KindClasses(const Agreement& agreement, const std::vector<const Noun*>& nouns)
      : agreement_(agreement) {
    const std::set<KindId> named = kinds_of(agreement, nouns);
    for (const KindId id : named) {
      if (!agreement.kind(id).test.has_value()) {
        wanted_.push_back(id);
      }
    }
    // Whether a thing may be somebody's part is asked of every kind.
    if (const auto protected_kind = agreement.vocabulary.find_kind("Protected")) {
      wanted_.push_back(*protected_kind);
    }
    for (const KindId id : wanted_) {
      const auto below = agreement.vocabulary.with_descendants(id);
      below_.emplace_back(below.begin(), below.end());
    }
  }

  /// Empty where only some things of that kind are of one that matters.
  [[nodiscard]] std::optional<std::string> signature(const std::string& name) const {
    const auto kind = agreement_.vocabulary.find_kind(name);
    if (!kind.has_value()) {
      return std::string(wanted_.size(), '?');
    }
    const auto below = agreement_.vocabulary.with_descendants(*kind);
    std::string signature;
    for (const std::set<KindId>& members : below_) {
      const bool is_in = members.contains(*kind);
      if (!is_in && std::any_of(below.begin(), below.end(),
                                [&](KindId one) { return members.contains(one); })) {
        return std::nullopt;
      }
      signature += is_in ? '1' : '0';
    }
    return signature;
  }

 private:
  const Agreement& agreement_;
  std::vector<KindId> wanted_;
  std::vector<std::set<KindId>> below_;
};

// Kinds that may stand in a role: those the clauses name first, then in order of the vocabulary.
std::vector<std::string> kinds_in_role(const Text& text, const agreement::Role& role,
                                       const std::vector<const Noun*>& nouns) {
  std::vector<std::string> names;
  const agreement::Vocabulary& vocabulary = text.agreement.vocabulary;
  const auto add = [&](KindId id) {
    const agreement::Kind& kind = vocabulary.kinds[id.index];
    // A part of a kind by its measure is that kind with a measure.
    if (!kind.test.has_value() && std::find(names.begin(), names.end(), kind.name) == names.end()) {
      names.push_back(kind.name);
    }
  };
  for (const KindId id : kinds_of(text.agreement, nouns)) {
    add(id);
  }
  for (std::size_t i = 0; i < vocabulary.kinds.size(); ++i) {
    const auto id = base::id_at<KindId>(i);
    const bool is_admitted = role.admits_anything() ||
                             std::any_of(role.kinds.begin(), role.kinds.end(), [&](KindId wide) {
                               return vocabulary.is_kind_of(id, wide);
                             });
    if (is_admitted) {
      add(id);
    }
  }
  return names;
}

// The values around each bound of a measure that the kind has.
std::vector<Thing> measured(const Both& both, const Thing& thing,
                            const std::vector<agreement::MeasureTest>& tests) {
  std::map<std::string, std::pair<std::string, std::set<double>>> values;
  for (const agreement::MeasureTest& test : tests) {
    const auto kind = both.before.agreement.vocabulary.find_kind(thing.name);
    if (kind.has_value() && has_measure(both.before.agreement, *kind, test.measure)) {
      values[test.measure].first = test.unit;
      values[test.measure].second.insert({test.value - 1, test.value, test.value + 1});
    }
  }
  std::vector<Thing> things;
  for (const auto& [measure, unit_and_values] : values) {
    for (const double value : unit_and_values.second) {
      Thing one = thing;
      one.measure = measure;
      one.measured = value;
      one.unit = unit_and_values.first;
      things.push_back(std::move(one));
    }
  }
  return things.empty() ? std::vector<Thing>{thing} : things;
}

struct NounsOfBoth {
  std::vector<const Noun*> before;
  std::vector<const Noun*> after;
};

// The kinds as things of each actor. Those of a protected kind are no part of a side: whose they
// are is asked only where a noun says whose.
void add_owned(const Both& both, const NounsOfBoth& nouns, const std::vector<std::string>& owners,
               const std::vector<Thing>& kinds, std::vector<Thing>& things) {
  const Agreement& agreement = both.after.agreement;
  const auto has_owner = [](const Noun* noun) { return !noun->owner.empty(); };
  const auto any_owner = [&](const std::vector<const Noun*>& list) {
    return std::any_of(list.begin(), list.end(), has_owner);
  };
  const bool is_owner_asked = any_owner(nouns.before) || any_owner(nouns.after);
  if (!is_owner_asked && !asks_whose(nouns.before) && !asks_whose(nouns.after)) {
    return;
  }
  for (const std::string& name : owners) {
    for (Thing kind : kinds) {
      const auto id = agreement.vocabulary.find_kind(kind.name);
      if (is_owner_asked || !id.has_value() || !facts::is_protected(agreement, *id)) {
        kind.owner = name;
        things.push_back(std::move(kind));
      }
    }
  }
}

// What may stand in a role, one for each class that the nouns tell apart.
std::vector<Thing> things_in_role(const Both& both, const agreement::Verb& verb,
                                  Preposition preposition, const NounsOfBoth& nouns,
                                  std::set<std::string>& limits) {
  if (nouns.before.empty() && nouns.after.empty()) {
    return {Thing{}};
  }
  const agreement::Role* role = verb.role(preposition);
  if (role == nullptr) {
    return {Thing{}};
  }
  const KindClasses old_classes(both.before.agreement, nouns.before);
  const KindClasses new_classes(both.after.agreement, nouns.after);
  std::vector<agreement::MeasureTest> tests = tests_of(both.before.agreement, nouns.before);
  const auto more = tests_of(both.after.agreement, nouns.after);
  tests.insert(tests.end(), more.begin(), more.end());
  std::vector<std::string> names = kinds_in_role(both.before, *role, nouns.before);
  for (std::string& name : kinds_in_role(both.after, *role, nouns.after)) {
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      names.push_back(std::move(name));
    }
  }
  std::set<std::string> seen;
  std::vector<Thing> kinds;
  for (const std::string& name : names) {
    const auto before = old_classes.signature(name);
    const auto after = new_classes.signature(name);
    if (!before.has_value() || !after.has_value() || !seen.insert(*before + "/" + *after).second) {
      continue;
    }
    const auto with_measures = measured(both, {Thing::What::Kind, name}, tests);
    kinds.insert(kinds.end(), with_measures.begin(), with_measures.end());
  }
  std::vector<Thing> things;
  std::set<std::string> named;
  add_names(both.before.agreement, nouns.before, named);
  add_names(both.after.agreement, nouns.after, named);
  const std::vector<std::string> actors = actors_of(both, named);
  if (asks_whose(nouns.before) || asks_whose(nouns.after)) {
    for (const std::string& name : actors) {
      if (role->admits_actors || role->admits_anything()) {
        things.push_back({Thing::What::Actor, name});
      }
    }
  }
  things.insert(things.end(), kinds.begin(), kinds.end());
  add_owned(both, nouns, actors, kinds, things);
  const auto is_place = [](const Noun* noun) { return noun->head == Noun::Head::Place; };
  const auto is_undefined = [](const Noun* noun) { return noun->head == Noun::Head::Undefined; };
  for (const auto* list : {&nouns.before, &nouns.after}) {
    if (std::any_of(list->begin(), list->end(), is_undefined)) {
      limits.insert("names that nobody declared");
    }
    // Where an act lies says whether it is done to the place.
    if (std::any_of(list->begin(), list->end(), is_place) &&
        std::find(things.begin(), things.end(), Thing{}) == things.end()) {
      things.emplace_back();
    }
  }
  return things.empty() ? std::vector<Thing>{Thing{}} : things;
}

std::set<std::string> verbs_of(const Text& text, const std::vector<ClauseId>& clauses) {
  std::set<std::string> names;
  for (const ClauseId id : clauses) {
    const Clause& clause = text.agreement.clause(id);
    if (clause.act.verb.has_value()) {
      names.insert(text.agreement.verb(*clause.act.verb).name);
    }
    for (const auto* phase : clause.find_all<agreement::Phase>()) {
      if (phase->act.verb.has_value()) {
        names.insert(text.agreement.verb(*phase->act.verb).name);
      }
    }
  }
  return names;
}

// The verbs whose acts a pair is about, and those that imply one of them.
void set_verbs(const Both& both, std::size_t pair, Choices& choices) {
  std::vector<std::string>& verbs = choices.verbs;
  std::set<std::string> own;
  for (const Text* text : both.all()) {
    if (const auto id = text->clause(pair)) {
      own.merge(verbs_of(*text, {*id}));
    }
  }
  verbs.assign(own.begin(), own.end());
  const Agreement& words = both.after.agreement;
  for (const agreement::Verb& verb : words.vocabulary.verbs) {
    for (const agreement::Implication& implied : verb.implies) {
      if (!own.contains(words.verb(implied.verb).name) || own.contains(verb.name) ||
          std::find(verbs.begin(), verbs.end(), verb.name) != verbs.end()) {
        continue;
      }
      verbs.push_back(verb.name);
      if (implied.object_from.has_value()) {
        choices.implied_roles[verb.name] = *implied.object_from;
      }
    }
  }
}

}  // namespace

std::vector<ClauseId> bearing_on(const Text& text, std::size_t pair) {
  std::vector<ClauseId> found;
  const auto own = text.clause(pair);
  std::vector<agreement::VerbId> verbs;
  // A clause that this text has not is still asked about by what may lift it.
  for (const std::string& name :
       own.has_value() ? verbs_of(text, {*own}) : std::set<std::string>{}) {
    verbs.push_back(*text.agreement.vocabulary.find_verb(name));
  }
  for (std::size_t i = 0; i < text.agreement.clauses.size(); ++i) {
    const auto id = base::id_at<ClauseId>(i);
    const Clause& clause = text.agreement.clauses[i];
    const bool is_permission = clause.form == agreement::Form::Permission;
    const bool lifts_by_priority =
        (clause.form == agreement::Form::Duty || clause.form == agreement::Form::Effort) && own &&
        (clause.find<agreement::Despite>() != nullptr ||
         text.agreement.clause(*own).find<agreement::SubjectTo>() != nullptr);
    const bool is_near = clause.act.verb.has_value() &&
                         std::any_of(verbs.begin(), verbs.end(), [&](agreement::VerbId verb) {
                           return facts::is_or_implies(text.agreement, *clause.act.verb, verb) ||
                                  facts::is_or_implies(text.agreement, verb, *clause.act.verb);
                         });
    const bool is_local = agreement::local_truce_of(text.agreement, clause) != nullptr;
    if (id == own || ((is_permission || lifts_by_priority) && is_near) || (own && is_local)) {
      found.push_back(id);
    }
  }
  return found;
}

std::optional<base::Instant> instant_of(const Agreement& agreement, const MomentExpression& at,
                                        bool is_end) {
  std::optional<base::Instant> instant;
  if (at.base == MomentExpression::Base::Fixed) {
    instant = at.fixed;
    if (at.is_whole_day && is_end) {
      instant = *instant + base::kDay;
    }
  } else if (at.base == MomentExpression::Base::Moment) {
    const agreement::Moment& moment = agreement.moments[at.moment.index];
    // A circle of definitions is an error of the text.
    if (moment.expression.has_value() &&
        moment.expression->base != MomentExpression::Base::Moment) {
      instant = instant_of(agreement, *moment.expression, is_end);
    } else if (moment.expression.has_value() && !(moment.expression->moment == at.moment)) {
      const agreement::Moment& base = agreement.moments[moment.expression->moment.index];
      MomentExpression inner = *moment.expression;
      if (base.expression.has_value() && base.expression->base == MomentExpression::Base::Fixed) {
        inner.base = MomentExpression::Base::Fixed;
        inner.fixed = base.expression->fixed;
        inner.is_whole_day = base.expression->is_whole_day;
        inner.steps.insert(inner.steps.begin(), base.expression->steps.begin(),
                           base.expression->steps.end());
        instant = instant_of(agreement, inner, is_end);
      }
    }
  }
  if (instant.has_value()) {
    for (const MomentExpression::Step& step : at.steps) {
      instant =
          agreement::add(*instant, step.period, step.sign, agreement.day_rule, agreement.clock);
    }
  }
  return instant;
}

namespace {

// Collects the dated edges of one clause.
class Edges {
 public:
  Edges(const Agreement& agreement, std::set<base::Instant>& found, std::set<std::string>& limits)
      : agreement_(agreement), found_(found), limits_(limits) {}

  void add(const Clause& clause) {
    std::optional<base::Instant> from;
    if (const auto* begins = clause.find<agreement::From>()) {
      from = take(begins->at, false);
    }
    if (const auto* until = clause.find<agreement::Until>()) {
      take(until->at, true);
    }
    if (const auto* lasting = clause.find<agreement::For>()) {
      const auto start = from.has_value() ? from : beginning();
      if (start.has_value()) {
        found_.insert(
            agreement::add(*start, lasting->period, 1, agreement_.day_rule, agreement_.clock));
      }
    }
    for (const auto* due : clause.find_all<agreement::Due>()) {
      take(due->deadline, from);
    }
    for (const auto* start : clause.find_all<agreement::Start>()) {
      take(start->deadline, from);
    }
    for (const auto* finish : clause.find_all<agreement::Finish>()) {
      take(finish->deadline, from);
    }
    if (const auto* interval = clause.find<agreement::Interval>()) {
      add_periods(*interval, from);
    }
  }

  std::optional<base::Instant> beginning() {
    std::optional<base::Instant> begin;
    if (agreement_.force_from.has_value()) {
      begin = take(*agreement_.force_from, false);
    }
    if (!begin.has_value() && agreement_.date.has_value()) {
      begin = base::start_of(*agreement_.date) - agreement_.clock.offset;
      found_.insert(*begin);
    }
    return begin;
  }

 private:
  std::optional<base::Instant> take(const MomentExpression& at, bool is_end) {
    const auto instant = instant_of(agreement_, at, is_end);
    if (instant.has_value()) {
      found_.insert(*instant);
    } else {
      limits_.insert("moments that wait for something");
    }
    return instant;
  }
  void take(const agreement::Deadline& due, std::optional<base::Instant> from) {
    std::optional<base::Instant> base = from.has_value() ? from : beginning();
    if (due.moment.has_value()) {
      base = take(*due.moment, true);
    }
    if (due.within.has_value() && base.has_value()) {
      found_.insert(agreement::add(*base, *due.within, 1, agreement_.day_rule, agreement_.clock));
    }
  }
  void add_periods(const agreement::Interval& interval, std::optional<base::Instant> from) {
    constexpr int kFirstPeriods = 3;
    auto at = from.has_value() ? from : beginning();
    limits_.insert("the later periods of duties that recur");
    for (int i = 0; i < kFirstPeriods && at.has_value(); ++i) {
      at = agreement::add(*at, interval.period, 1, agreement_.day_rule, agreement_.clock);
      found_.insert(*at);
    }
  }

  const Agreement& agreement_;
  std::set<base::Instant>& found_;
  std::set<std::string>& limits_;
};

}  // namespace

std::optional<base::Instant> first_beginning(const Text& text,
                                             const std::vector<ClauseId>& clauses) {
  std::optional<base::Instant> first;
  for (const ClauseId id : clauses) {
    const auto* from = text.agreement.clause(id).find<agreement::From>();
    const auto at = from == nullptr ? std::nullopt : instant_of(text.agreement, from->at, false);
    if (at.has_value() && (!first.has_value() || *at < *first)) {
      first = at;
    }
  }
  return first;
}

std::set<base::Instant> dated(const Text& text, const std::vector<ClauseId>& clauses,
                              std::set<std::string>& limits) {
  std::set<base::Instant> found;
  Edges edges(text.agreement, found, limits);
  edges.beginning();
  for (const ClauseId id : clauses) {
    edges.add(text.agreement.clause(id));
  }
  return found;
}

Thing thing_of(const Agreement& agreement, const Noun& noun, ActorId bearer) {
  Thing thing;
  const auto first_but_bearer = [&](const Agent& agent) {
    for (const ActorId actor : agreement.resolve(agent, bearer)) {
      if (actor != bearer) {
        return agreement.actor(actor).name;
      }
    }
    const auto all = agreement.resolve(agent, bearer);
    return all.empty() ? agent.text : agreement.actor(all.front()).name;
  };
  switch (noun.head) {
    case Noun::Head::Agent:
      return {Thing::What::Actor, first_but_bearer(noun.agent)};
    case Noun::Head::Place:
      return {Thing::What::Place, agreement.place(noun.place).name};
    case Noun::Head::Undefined:
      return {Thing::What::Kind, noun.text};
    case Noun::Head::Kind:
      break;
  }
  thing.what = Thing::What::Kind;
  KindId kind = noun.kind;
  std::optional<agreement::MeasureTest> test = noun.test;
  // Down to what the vocabulary names, so that the other text can read it.
  for (int depth = 0; depth < 8 && !agreement.kind(kind).is_from_vocabulary &&
                      !agreement.kind(kind).definition.empty();
       ++depth) {
    const agreement::Kind::Part& part = agreement.kind(kind).definition.front();
    test = part.test.has_value() ? part.test : test;
    kind = part.kind;
  }
  thing.name = agreement.kind(kind).name;
  if (test.has_value()) {
    using Comparison = agreement::MeasureTest::Comparison;
    const double off = test->comparison == Comparison::Below   ? -1
                       : test->comparison == Comparison::Above ? 1
                                                               : 0;
    thing.measure = test->measure;
    thing.measured = test->value + off;
    thing.unit = test->unit;
  }
  if (!noun.owner.empty()) {
    const Thing owner = thing_of(agreement, noun.owner.front(), bearer);
    thing.owner = owner.what == Thing::What::Actor ? owner.name : "";
  }
  return thing;
}

namespace {

void set_things(const Both& both, const Named& before, const Named& after, Choices& choices) {
  const std::string main_verb = choices.verbs.empty() ? "" : choices.verbs.front();
  if (const auto verb = both.after.agreement.vocabulary.find_verb(main_verb)) {
    const agreement::Verb& words = both.after.agreement.verb(*verb);
    const auto in_role = [&](Preposition preposition, const NounsOfBoth& nouns) {
      return things_in_role(both, words, preposition, nouns, choices.limits);
    };
    choices.objects = in_role(Preposition::Object, {before.objects, after.objects});
    choices.weapons = in_role(Preposition::With, {before.weapons, after.weapons});
    std::map<Preposition, NounsOfBoth> complements;
    for (const auto& [preposition, nouns] : before.complements) {
      complements[preposition].before = nouns;
    }
    for (const auto& [preposition, nouns] : after.complements) {
      complements[preposition].after = nouns;
    }
    for (const auto& [preposition, nouns] : complements) {
      choices.complements.emplace_back(preposition, in_role(preposition, nouns));
    }
  }
  for (auto* list : {&choices.objects, &choices.weapons}) {
    if (list->empty()) {
      list->emplace_back();
    }
  }
  if (choices.verbs.empty()) {
    choices.verbs.emplace_back();
  }
}

void set_doers(const Both& both, std::size_t pair, const Named& before, const Named& after,
               Choices& choices) {
  std::set<std::string> doers;
  for (const Text* text : both.all()) {
    for (const Agent* agent : (text->side == Side::Before ? before : after).agents) {
      add_names(text->agreement, *agent, doers);
    }
    const auto id = text->clause(pair);
    if (id.has_value() && text->agreement.clause(*id).subject.is_anyone) {
      for (const agreement::Actor& actor : text->agreement.actors) {
        doers.insert(actor.name);
      }
    }
  }
  for (const std::string& name : actors_of(both, doers)) {
    choices.doers.push_back({name});
  }
}

}  // namespace

Choices choices_for(const Both& both, std::size_t pair) {
  Choices choices;
  const std::vector<ClauseId> old_clauses = bearing_on(both.before, pair);
  const std::vector<ClauseId> new_clauses = bearing_on(both.after, pair);
  const Named before = named_in(both.before, old_clauses);
  const Named after = named_in(both.after, new_clauses);
  set_verbs(both, pair, choices);
  set_things(both, before, after, choices);
  set_doers(both, pair, before, after, choices);
  choices.spots = spots_for(both, before.places, after.places, choices.limits);
  std::set<base::Instant> edges = dated(both.before, old_clauses, choices.limits);
  edges.merge(dated(both.after, new_clauses, choices.limits));
  std::set<base::Instant> times;
  for (const base::Instant edge : edges) {
    times.insert({edge - kSecond, edge, edge + kSecond});
  }
  if (times.empty()) {
    times.insert(base::Instant{});
  }
  choices.times.assign(times.begin(), times.end());
  return choices;
}

Spot widest_spot(const Both& both, std::size_t pair) {
  std::set<PlaceId> places[2];
  for (const Text* text : both.all()) {
    if (const auto id = text->clause(pair)) {
      places[text->side == Side::Before ? 0 : 1] = named_in(*text, {*id}).places;
    }
  }
  std::set<std::string> limits;
  const std::vector<Spot> spots = spots_for(both, places[0], places[1], limits);
  return spots.empty() ? Spot{} : spots.front();
}

std::size_t Choices::count() const {
  std::size_t count = 1;
  const auto by = [&](std::size_t factor) {
    const std::size_t most =
        std::numeric_limits<std::size_t>::max() / std::max<std::size_t>(factor, 1);
    count = count > most ? std::numeric_limits<std::size_t>::max() : count * factor;
  };
  for (const std::size_t factor :
       {verbs.size(), doers.size(), objects.size(), weapons.size(), spots.size(), times.size()}) {
    by(factor);
  }
  for (const auto& [preposition, things] : complements) {
    by(things.size());
  }
  return count;
}

Deed Choices::deed(std::size_t number) const {
  const auto pick = [&](std::size_t size) {
    const std::size_t at = number % size;
    number /= size;
    return at;
  };
  Deed deed;
  deed.at = times[pick(times.size())];
  deed.actors = doers[pick(doers.size())];
  const Thing& object = objects[pick(objects.size())];
  deed.weapon = weapons[pick(weapons.size())];
  deed.where = spots[pick(spots.size())];
  deed.verb = verbs[pick(verbs.size())];
  const auto role = implied_roles.find(deed.verb);
  const Preposition place = role == implied_roles.end() ? Preposition::Object : role->second;
  if (object.what != Thing::What::Anything && place == Preposition::Object) {
    deed.objects = {object};
  } else if (object.what != Thing::What::Anything && place == Preposition::With) {
    deed.weapon = object;
  } else if (object.what != Thing::What::Anything) {
    deed.complements.emplace_back(place, object);
  }
  for (const auto& [preposition, things] : complements) {
    const Thing& thing = things[pick(things.size())];
    if (thing.what != Thing::What::Anything) {
      deed.complements.emplace_back(preposition, thing);
    }
  }
  return deed;
}

}  // namespace truce::comparison::internal
