// SPDX-License-Identifier: Apache-2.0
#include "truce/analysis/internal/act_query.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace truce::analysis::internal {
namespace {

using smt::Term;

constexpr smt::Limits kLimits;

bool is_extended(const Draft& draft, ClauseId id) {
  if (draft.clause(id).find<agreement::Renewable>() != nullptr) {
    return true;
  }
  const auto& clauses = draft.agreement().clauses;
  return std::any_of(clauses.begin(), clauses.end(), [&](const Clause& clause) {
    const auto& refs = clause.power.clauses;
    return clause.form == agreement::Form::Power &&
           clause.power.verb == agreement::PowerVerb::Extend &&
           (refs.empty() || std::any_of(refs.begin(), refs.end(),
                                        [&](const auto& ref) { return ref.clause == id; }));
  });
}

std::optional<base::Instant> later(std::optional<base::Instant> one,
                                   std::optional<base::Instant> other) {
  return !one.has_value() ? other : !other.has_value() ? one : std::max(one, other);
}

}  // namespace

Force force_of(Search& search, ClauseId id, Sureness sureness) {
  const Clause& clause = search.clause(id);
  const bool is_certain = sureness == Sureness::Certain;
  Force window;
  if (is_certain && (clause.waits() || search.draft.is_asleep(id))) {
    window.is_ever = false;
    return window;
  }
  const auto begin_by = [&](const agreement::MomentExpression& expression) {
    const Node node = search.time.moment(expression, false);
    const auto at = is_certain ? search.time.latest(node) : search.time.earliest(node);
    window.is_ever = window.is_ever && (at.has_value() || !is_certain);
    window.from = later(window.from, at);
  };
  if (const auto* from = clause.find<agreement::From>()) {
    begin_by(from->at);
  }
  if (search.agreement().force_from.has_value()) {
    begin_by(*search.agreement().force_from);
  }
  if (!is_certain) {
    window.from = later(window.from, search.time.earliest(search.time.begins(id)));
  }
  if (const auto end = search.time.ends(id); end.has_value()) {
    if (is_certain) {
      window.until = search.time.earliest(*end);
      window.is_ever = window.is_ever && window.until.has_value();
    } else if (!is_extended(search.draft, id)) {
      window.until = search.time.latest(*end);
    }
  }
  return window;
}

std::vector<base::Instant> changes_of(Search& search, Matching& matching,
                                      const std::vector<ClauseId>& clauses) {
  std::vector<ClauseId> all = clauses;
  for (const ClauseId id : clauses) {
    const std::vector<ClauseId>& lifting = matching.lifting(id);
    all.insert(all.end(), lifting.begin(), lifting.end());
  }
  std::vector<base::Instant> found;
  for (const ClauseId id : all) {
    for (const Sureness sureness : {Sureness::Certain, Sureness::Possible}) {
      const Force force = force_of(search, id, sureness);
      for (const auto& at : {force.from, force.until}) {
        if (at.has_value()) {
          found.push_back(*at);
        }
      }
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

ActQuery::ActQuery(Search& search, Matching& matching, ActSpace space,
                   std::vector<base::Instant> moments, const std::vector<ClauseId>& clauses,
                   Code code, std::string name, std::vector<std::vector<bool>> stretches)
    : search_(search),
      matching_(matching),
      space_(std::move(space)),
      moments_(std::move(moments)),
      code_(code),
      name_(std::move(name)),
      stretches_(std::move(stretches)) {
  for (const std::vector<bool>& stretch : stretches_) {
    choosing(Part::Moment).tests.push_back(stretch);
  }
  for (const ClauseId clause : clauses) {
    add_reach(clause, Sureness::Certain);
    add_reach(clause, Sureness::Possible);
  }
  settle(Part::Group, space_.groups.size(), "who");
  settle(Part::Object, space_.objects.size(), "object");
  settle(Part::Weapon, space_.weapons.size(), "weapon");
  settle(Part::Place, space_.places.size(), "place");
  settle(Part::Moment, moments_.size(), "moment");
}

std::vector<bool> ActQuery::in_window(ClauseId clause, Sureness sureness) {
  const Force window = force_of(search_, clause, sureness);
  std::vector<bool> found;
  for (const base::Instant at : moments_) {
    found.push_back(window.has(at));
  }
  return found;
}

void ActQuery::note(const Passing& passing) {
  choosing(Part::Group).tests.push_back(passing.groups);
  choosing(Part::Object).tests.push_back(passing.objects);
  choosing(Part::Object).tests.push_back(passing.objects_by_place);
  choosing(Part::Weapon).tests.push_back(passing.weapons);
  choosing(Part::Place).tests.push_back(passing.places);
  choosing(Part::Place).tests.push_back(passing.places_as_object);
}

void ActQuery::add_reach(ClauseId clause, Sureness sureness) {
  auto& reaches = reaches_[{clause, sureness}];
  auto& window = windows_[{clause, sureness}];
  window = in_window(clause, sureness);
  choosing(Part::Moment).tests.push_back(window);
  if (search_.draft.is_asleep(clause) || !matching_.can_matter(space_.verb, clause)) {
    return;
  }
  const Sureness other = sureness == Sureness::Certain ? Sureness::Possible : Sureness::Certain;
  const bool has_exceptions = search_.clause(clause).find<agreement::Exception>() != nullptr;
  for (const ActorId bearer : search_.draft.bearers(clause)) {
    const bool is_there = std::any_of(space_.groups.begin(), space_.groups.end(),
                                      [&](const Actors& group) { return contains(group, bearer); });
    if (!is_there) {
      continue;
    }
    Reach reach{.bearer = bearer,
                .passing = matching_.breaches(space_, clause, bearer, sureness),
                .plain = {},
                .lifts = {}};
    note(reach.passing);
    if (sureness == Sureness::Possible) {
      reach.plain = has_exceptions ? matching_.without_exceptions(space_, clause, bearer, sureness)
                                   : reach.passing;
      note(reach.plain);
    }
    for (const ClauseId lifting : matching_.lifting(clause)) {
      if (!contains(search_.draft.bearers(lifting), bearer) ||
          !matching_.can_matter(space_.verb, lifting)) {
        continue;
      }
      Passing lift = matching_.breaches(space_, lifting, bearer, other);
      if (!lift.is_empty()) {
        std::vector<bool> moments = in_window(lifting, other);
        note(lift);
        choosing(Part::Moment).tests.push_back(moments);
        reach.lifts.emplace_back(std::move(lift), std::move(moments));
      }
    }
    reaches.push_back(std::move(reach));
  }
}

// Members for which every test says the same are one.
void ActQuery::settle(Part part, std::size_t count, const std::string& name) {
  Choosing& own = choosing(part);
  std::map<std::vector<bool>, std::size_t> classes;
  for (std::size_t i = 0; i < count; ++i) {
    std::vector<bool> signature;
    for (const std::vector<bool>& test : own.tests) {
      signature.push_back(test[i]);
    }
    const auto [place, is_new] = classes.try_emplace(signature, own.first.size());
    if (is_new) {
      own.first.push_back(i);
    }
    own.class_of.push_back(place->second);
  }
  own.variable = terms_.integer(name);
  const auto last = static_cast<std::int64_t>(own.first.size()) - 1;
  assertions_.push_back(terms_.at_most(terms_.number(0), own.variable));
  assertions_.push_back(terms_.at_most(own.variable, terms_.number(last)));
}

Term ActQuery::member(Part part, const std::vector<bool>& passing) {
  const Choosing& own = choosing(part);
  std::vector<Term> in;
  std::vector<Term> out;
  for (std::size_t i = 0; i < own.first.size(); ++i) {
    const Term is_it = terms_.equal(own.variable, terms_.number(static_cast<std::int64_t>(i)));
    if (passing[own.first[i]]) {
      in.push_back(is_it);
    } else {
      out.push_back(terms_.negation(is_it));
    }
  }
  if (in.empty() || out.empty()) {
    return terms_.truth(out.empty());
  }
  return in.size() <= out.size() ? terms_.any_of(in) : terms_.all_of(out);
}

Term ActQuery::term_of(const Passing& passing) {
  const Term object =
      terms_.any_of({member(Part::Object, passing.objects),
                     terms_.all_of({member(Part::Object, passing.objects_by_place),
                                    member(Part::Place, passing.places_as_object)})});
  return terms_.all_of({member(Part::Group, passing.groups), object,
                        member(Part::Weapon, passing.weapons),
                        member(Part::Place, passing.places)});
}

Term ActQuery::is_act_of(ClauseId clause, Sureness sureness) {
  std::vector<Term> any;
  for (const Reach& reach : reaches_.at({clause, sureness})) {
    any.push_back(term_of(reach.passing));
  }
  return terms_.any_of(any);
}

Term ActQuery::breaks(ClauseId clause, Sureness sureness) {
  std::vector<Term> any;
  for (const Reach& reach : reaches_.at({clause, sureness})) {
    std::vector<Term> all = {term_of(reach.passing)};
    for (const auto& [lift, moments] : reach.lifts) {
      all.push_back(terms_.negation(terms_.all_of({term_of(lift), member(Part::Moment, moments)})));
    }
    any.push_back(terms_.all_of(all));
  }
  return terms_.all_of({terms_.any_of(any), member(Part::Moment, windows_.at({clause, sureness}))});
}

Term ActQuery::is_in_stretch(std::size_t number) {
  return member(Part::Moment, stretches_[number]);
}

Term ActQuery::misses(ClauseId clause, Part part) {
  std::vector<Term> hits;
  for (const Reach& reach : reaches_.at({clause, Sureness::Possible})) {
    const Passing& plain = reach.plain;
    switch (part) {
      case Part::Group:
        hits.push_back(member(Part::Group, plain.groups));
        break;
      case Part::Object:
        hits.push_back(
            terms_.any_of({member(Part::Object, plain.objects),
                           terms_.all_of({member(Part::Object, plain.objects_by_place),
                                          member(Part::Place, plain.places_as_object)})}));
        break;
      case Part::Weapon:
        hits.push_back(member(Part::Weapon, plain.weapons));
        break;
      case Part::Place:
        hits.push_back(member(Part::Place, plain.places));
        break;
      case Part::Moment:
        hits.push_back(member(Part::Moment, windows_.at({clause, Sureness::Possible})));
        break;
    }
  }
  return terms_.negation(terms_.any_of(hits));
}

bool ActQuery::is_missed(ClauseId clause, Part part, const ActAt& act) const {
  const auto& reaches = reaches_.at({clause, Sureness::Possible});
  return std::none_of(reaches.begin(), reaches.end(), [&](const Reach& reach) {
    const Passing& plain = reach.plain;
    switch (part) {
      case Part::Group:
        return static_cast<bool>(plain.groups[act.pick.group]);
      case Part::Object:
        return plain.objects[act.pick.object] ||
               (plain.objects_by_place[act.pick.object] && plain.places_as_object[act.pick.place]);
      case Part::Weapon:
        return static_cast<bool>(plain.weapons[act.pick.weapon]);
      case Part::Place:
        return static_cast<bool>(plain.places[act.pick.place]);
      case Part::Moment:
        return static_cast<bool>(windows_.at({clause, Sureness::Possible})[act.moment]);
    }
    return false;
  });
}

bool ActQuery::is_broken(ClauseId clause, Sureness sureness, const ActAt& act) const {
  const auto& reaches = reaches_.at({clause, sureness});
  return windows_.at({clause, sureness})[act.moment] &&
         std::any_of(reaches.begin(), reaches.end(), [&](const Reach& reach) {
           return reach.passing.has(act.pick) &&
                  std::none_of(reach.lifts.begin(), reach.lifts.end(), [&](const auto& lift) {
                    return lift.first.has(act.pick) && lift.second[act.moment];
                  });
         });
}

bool ActQuery::is_left(ClauseId clause, const std::vector<ClauseId>& others) const {
  for (std::size_t i = 0; i < moments_.size(); ++i) {
    const ActAt act{.pick = {}, .moment = i};
    if (is_broken(clause, Sureness::Possible, act) &&
        std::none_of(others.begin(), others.end(),
                     [&](ClauseId other) { return is_broken(other, Sureness::Certain, act); })) {
      return true;
    }
  }
  return false;
}

smt::Solver& ActQuery::solver() {
  if (solver_ == nullptr) {
    solver_ = smt::make_solver(terms_, kLimits, search_.answers);
  }
  for (; told_to_solver_ < assertions_.size(); ++told_to_solver_) {
    solver_->add(assertions_[told_to_solver_]);
  }
  return *solver_;
}

smt::Answer ActQuery::check(const std::vector<Term>& assumptions) {
  const smt::Answer answer = solver().check(assumptions);
  search_.note(code_, name_, answer, [&] { return to_smtlib(assumptions, answer.what); });
  return answer;
}

std::string ActQuery::to_smtlib(const std::vector<Term>& assumptions,
                                smt::Answer::What answer) const {
  return smt::to_smtlib(terms_, assertions_, assumptions, answer, name_);
}

std::optional<std::vector<Term>> ActQuery::core(const std::vector<Term>& assumptions) {
  return smt::minimal_core(terms_, assertions_, assumptions, kLimits, search_.answers);
}

std::optional<ActAt> ActQuery::first_act() {
  if (!check({}).is_sat()) {
    return std::nullopt;
  }
  std::vector<Term> fixed;
  std::array<std::size_t, kParts> chosen = {};
  for (const Part part : {Part::Moment, Part::Group, Part::Object, Part::Weapon, Part::Place}) {
    const Choosing& own = choosing(part);
    // The model at hand bounds it; what comes before is tried in order.
    const auto most = static_cast<std::size_t>(solver().number_of(own.variable));
    std::size_t least = most;
    for (std::size_t i = 0; i < most && least == most; ++i) {
      const Term guard = terms_.boolean(fmt::format("part {} is {}", static_cast<int>(part), i));
      require(terms_.implies(
          guard, terms_.equal(own.variable, terms_.number(static_cast<std::int64_t>(i)))));
      std::vector<Term> assumptions = fixed;
      assumptions.push_back(guard);
      if (solver().check(assumptions).is_sat()) {
        least = i;
      }
    }
    chosen[static_cast<std::size_t>(part)] = own.first[least];
    const Term guard = terms_.boolean(fmt::format("part {} is {}", static_cast<int>(part), least));
    require(terms_.implies(
        guard, terms_.equal(own.variable, terms_.number(static_cast<std::int64_t>(least)))));
    fixed.push_back(guard);
    if (!solver().check(fixed).is_sat()) {
      return std::nullopt;
    }
  }
  return ActAt{.pick = {.group = chosen[static_cast<std::size_t>(Part::Group)],
                        .object = chosen[static_cast<std::size_t>(Part::Object)],
                        .weapon = chosen[static_cast<std::size_t>(Part::Weapon)],
                        .place = chosen[static_cast<std::size_t>(Part::Place)]},
               .moment = chosen[static_cast<std::size_t>(Part::Moment)]};
}

}  // namespace truce::analysis::internal
