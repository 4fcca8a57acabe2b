// SPDX-License-Identifier: Apache-2.0
// A duty with all it waits for, as a question about times: named slots, one for each performance.
#include "truce/analysis/internal/chain.h"

#include <algorithm>

#include <fmt/format.h>

#include "truce/analysis/internal/act_query.h"

namespace truce::analysis::internal {
namespace {

using agreement::MomentExpression;
using agreement::Particular;
using agreement::Period;
using agreement::Upon;
using smt::Term;

constexpr std::size_t kMaxWays = 60;
// Of a longer chain, what comes first is a moment that nobody knows.
constexpr std::size_t kMaxSlots = 40;

bool is_exact(const Period& period, agreement::DayRule rule) {
  return period.months == 0 && (period.days == 0 || rule == agreement::DayRule::TwentyFourHours);
}

std::int64_t seconds_of(const Period& period) { return period.seconds + period.days * 86400; }

std::vector<Pick> ways_of(const ActSpace& space) {
  std::vector<Pick> ways;
  for (std::size_t group = 0; group < space.groups.size(); ++group) {
    for (std::size_t object = 0; object < space.objects.size(); ++object) {
      for (std::size_t weapon = 0; weapon < space.weapons.size(); ++weapon) {
        ways.push_back({.group = group, .object = object, .weapon = weapon, .place = 0});
      }
    }
  }
  return ways;
}

}  // namespace

std::optional<base::Instant> first_moment(const Search& search) {
  std::optional<base::Instant> first;
  for (const ClauseId id : search.draft.clauses()) {
    const auto at = search.time.earliest(search.time.begins(id));
    if (at.has_value() && search.clause(id).find<agreement::From>() != nullptr) {
      first = first.has_value() ? std::min(*first, *at) : *at;
    }
  }
  return first;
}

std::vector<std::vector<Actors>> instances_of(const Draft& draft, ClauseId duty) {
  const Actors bearers = draft.bearers(duty);
  std::vector<std::vector<Actors>> found;
  if (bearers.empty()) {
    return found;
  }
  std::vector<Actors> single;
  for (const ActorId bearer : bearers) {
    single.push_back({bearer});
  }
  switch (draft.clause(duty).subject.mode) {
    case agreement::Subject::Mode::Jointly:
      return {{bearers}};
    case agreement::Subject::Mode::Either:
      return {single};
    case agreement::Subject::Mode::Single:
    case agreement::Subject::Mode::Each:
      break;
  }
  for (const Actors& one : single) {
    found.push_back({one});
  }
  return found;
}

Chain::Chain(Search& search, Matching& matching, ClauseId duty, std::size_t instance)
    : search_(search), matching_(matching) {
  collect_triggers(duty);
  open_.insert(duty);
  add_slot(duty, instances_of(search.draft, duty)[instance], true);
}

void Chain::collect_triggers(ClauseId duty) {
  std::vector<ClauseId> open = {duty};
  std::set<ClauseId> known;
  while (!open.empty()) {
    const ClauseId id = open.back();
    open.pop_back();
    if (!known.insert(id).second) {
      continue;
    }
    for (const Upon* upon : search_.clause(id).find_all<Upon>()) {
      for (const agreement::ClauseRef& ref : upon->clauses) {
        open.push_back(ref.clause);
        if (upon->what != Upon::What::Fulfilment) {
          triggers_.insert(ref.clause);
        }
      }
    }
  }
}

Term Chain::guard(ClauseId clause, const Particular* particular) {
  const bool is_prohibition = search_.draft.is_prohibition(clause);
  const std::string name = particular == nullptr || is_prohibition
                               ? search_.draft.number(clause)
                               : particular_id(search_.clause(clause), *particular);
  const Term literal = terms_.boolean(name);
  const bool is_known = std::any_of(guards_.begin(), guards_.end(),
                                    [&](const Guard& one) { return one.literal == literal; });
  if (!is_known) {
    guards_.push_back({literal, clause, particular, is_prohibition});
  }
  return literal;
}

Term Chain::outside(const std::string& name, std::optional<base::Instant> earliest) {
  is_closed_ = false;
  const Term at = terms_.integer(name);
  if (earliest.has_value()) {
    definitions_.push_back(terms_.at_most(terms_.number(earliest->seconds), at));
  }
  return at;
}

// A moment of which the calendar gives only bounds.
Term Chain::between(const std::string& name, Node node) {
  const auto earliest = search_.time.earliest(node);
  const auto latest = search_.time.latest(node);
  if (earliest.has_value() && earliest == latest) {
    return terms_.number(earliest->seconds);
  }
  const Term at = outside(name, earliest);
  if (latest.has_value()) {
    definitions_.push_back(terms_.at_most(at, terms_.number(latest->seconds)));
  }
  return at;
}

Term Chain::moment(const MomentExpression& expression, bool is_end) {
  const std::string name = fmt::format("moment {}{}", expression.text, is_end ? " (end)" : "");
  if (const auto known = moments_.find(name); known != moments_.end()) {
    return known->second;
  }
  Term at = between(name, search_.time.moment(expression, is_end));
  if (terms_.node(at).op == smt::Operator::Variable && !expression.steps.empty()) {
    MomentExpression base = expression;
    base.steps.clear();
    base.text = base_name(expression);
    Term sum = moment(base, is_end);
    for (const MomentExpression::Step& step : expression.steps) {
      sum = shifted(sum, step.period, step.sign, name);
    }
    definitions_.push_back(terms_.equal(at, sum));
  }
  moments_[name] = at;
  return at;
}

Term Chain::shifted(Term base, const Period& period, std::int64_t sign, const std::string& name) {
  const Agreement& agreement = search_.agreement();
  if (terms_.node(base).op == smt::Operator::Constant) {
    return terms_.number(agreement::add(base::Instant{terms_.node(base).value}, period, sign,
                                        agreement.day_rule, agreement.clock)
                             .seconds);
  }
  if (is_exact(period, agreement.day_rule)) {
    return terms_.plus(base, sign * seconds_of(period));
  }
  is_closed_ = false;
  // A month has 28 to 31 days; calendar days run to the midnight that ends the last of them.
  const Term sum = terms_.integer(fmt::format("{} after {}", name, base.index));
  const std::int64_t least = seconds_of(period) + period.months * 28 * 86400;
  const std::int64_t most = seconds_of(period) + (period.months * 31 + 1) * 86400;
  const std::int64_t low = sign > 0 ? least : -most;
  const std::int64_t high = sign > 0 ? most : -least;
  definitions_.push_back(terms_.at_most(terms_.plus(base, low), sum));
  definitions_.push_back(terms_.at_most(sum, terms_.plus(base, high)));
  return sum;
}

const std::vector<std::size_t>& Chain::performances(ClauseId duty) {
  const auto known = by_clause_.find(duty);
  if (known != by_clause_.end()) {
    return known->second;
  }
  std::vector<std::size_t> slots;
  const Clause& clause = search_.clause(duty);
  // What is done in slices or again and again has no one performance.
  const bool is_single =
      clause.form == agreement::Form::Duty || clause.form == agreement::Form::Effort;
  if (is_single && clause.act.verb.has_value() && clause.recurrence() == nullptr &&
      open_.size() < kMaxSlots && open_.insert(duty).second) {
    for (const auto& groups : instances_of(search_.draft, duty)) {
      slots.push_back(add_slot(duty, groups, false));
    }
  }
  return by_clause_[duty] = std::move(slots);
}

std::size_t Chain::add_slot(ClauseId duty, const std::vector<Actors>& groups, bool is_main) {
  Slot slot{.clause = duty,
            .space = performances_of(search_.draft, duty, groups),
            .ways = {},
            .time = {},
            .way = {}};
  slot.ways = ways_of(slot.space);
  if (slot.ways.size() > kMaxWays) {
    slot.ways.resize(kMaxWays);
    is_whole_ = false;
  }
  const std::string name =
      fmt::format("{} {}", search_.draft.number(duty), search_.draft.names(groups[0]).english());
  slot.time = terms_.integer(name + " time");
  slot.way = terms_.integer(name + " way");
  slot.rules.push_back(terms_.at_most(terms_.number(0), slot.way));
  slot.rules.push_back(
      terms_.at_most(slot.way, terms_.number(static_cast<std::int64_t>(slot.ways.size()) - 1)));
  add_beginning(slot);
  add_deadlines(slot, is_main);
  add_prohibitions(slot);
  slots_.push_back(std::move(slot));
  return slots_.size() - 1;
}

void Chain::add_beginning(Slot& slot) {
  const Clause& clause = search_.clause(slot.clause);
  for (const Particular& particular : clause.particulars) {
    if (const auto* from = std::get_if<agreement::From>(&particular.what)) {
      slot.not_before.emplace_back(moment(from->at, false), &particular);
    }
    if (std::holds_alternative<Upon>(particular.what) ||
        std::holds_alternative<agreement::Whenever>(particular.what)) {
      add_wait(slot, particular);
    }
  }
  if (const auto& entry = search_.agreement().force_from; entry.has_value()) {
    slot.not_before.emplace_back(moment(*entry, false), nullptr);
  }
  if (slot.not_before.empty()) {
    if (const auto first = first_moment(search_)) {
      slot.not_before.emplace_back(terms_.number(first->seconds), nullptr);
    }
  }
  for (const auto& [at, particular] : slot.not_before) {
    const Term rule = terms_.at_most(at, slot.time);
    slot.rules.push_back(
        particular == nullptr ? rule : terms_.implies(guard(slot.clause, particular), rule));
  }
}

void Chain::add_wait(Slot& slot, const Particular& particular) {
  const std::string name = particular_id(search_.clause(slot.clause), particular);
  const auto* upon = std::get_if<Upon>(&particular.what);
  if (upon == nullptr) {
    slot.not_before.emplace_back(outside(name, std::nullopt), &particular);
    return;
  }
  if (upon->what == Upon::What::Fulfilment) {
    for (const agreement::ClauseRef& ref : upon->clauses) {
      const std::vector<std::size_t> slots = performances(ref.clause);
      if (slots.empty()) {
        const auto earliest = search_.time.earliest(search_.time.performed(ref.clause));
        slot.not_before.emplace_back(
            outside("fulfilment of " + search_.draft.number(ref.clause), earliest), &particular);
      }
      for (const std::size_t awaited : slots) {
        slot.not_before.emplace_back(slots_[awaited].time, &particular);
      }
    }
    return;
  }
  if (const auto nodes = search_.time.waits(*upon); !nodes.empty()) {
    slot.not_before.emplace_back(between(upon->text, nodes.front()), &particular);
    return;
  }
  // Of several clauses, a breach of any will do.
  std::optional<base::Instant> earliest;
  for (const agreement::ClauseRef& ref : upon->clauses) {
    const auto begins = search_.time.earliest(search_.time.begins(ref.clause));
    if (!begins.has_value()) {
      earliest.reset();
      break;
    }
    earliest = earliest.has_value() ? std::min(*earliest, *begins) : *begins;
  }
  slot.not_before.emplace_back(outside(name, earliest), &particular);
}

// Whether it must be performed in time by all who keep the text: nothing that the text leaves open
// may take it away.
bool Chain::is_owed_for_sure(ClauseId duty, bool is_main) const {
  const Clause& clause = search_.clause(duty);
  const bool may_end = clause.find<agreement::Until>() != nullptr ||
                       clause.find<agreement::For>() != nullptr || search_.draft.is_asleep(duty);
  const bool is_exchange = clause.find<agreement::Reciprocally>() != nullptr;
  return clause.form == agreement::Form::Duty && !may_end && !is_exchange &&
         (is_main || !matching_.is_conditional(duty));
}

std::optional<Term> Chain::deadline_of(const Slot& slot, const agreement::Deadline& deadline,
                                       const Term& arose) {
  const std::string name = "deadline of " + search_.draft.number(slot.clause);
  if (!deadline.moment.has_value()) {
    return deadline.within.has_value() ? std::optional(shifted(arose, *deadline.within, 1, name))
                                       : std::nullopt;
  }
  if (!deadline.within.has_value()) {
    return moment(*deadline.moment, true);
  }
  return shifted(moment(*deadline.moment, false), *deadline.within, 1, name);
}

void Chain::add_deadline(Slot& slot, const agreement::Deadline& deadline,
                         const Particular& particular) {
  // It arose with the last of what it is not before: to be in time by any of these is enough.
  std::vector<Term> in_time;
  if (deadline.moment.has_value()) {
    in_time.push_back(terms_.at_most(slot.time, *deadline_of(slot, deadline, {})));
    if (deadline.within.has_value()) {
      const Term counted = moment(*deadline.moment, false);
      slot.rules.push_back(
          terms_.implies(guard(slot.clause, &particular), terms_.at_most(counted, slot.time)));
      slot.changes.push_back(counted);
    }
  } else {
    for (const auto& [at, cause] : slot.not_before) {
      if (const auto due = deadline_of(slot, deadline, at)) {
        in_time.push_back(terms_.at_most(slot.time, *due));
      }
    }
  }
  if (!in_time.empty()) {
    slot.rules.push_back(terms_.implies(guard(slot.clause, &particular), terms_.any_of(in_time)));
  }
}

void Chain::add_deadlines(Slot& slot, bool is_main) {
  if (!is_owed_for_sure(slot.clause, is_main)) {
    is_whole_ = is_whole_ && !is_main;
    return;
  }
  const Clause& clause = search_.clause(slot.clause);
  const bool has_other =
      clause.find<agreement::Due>() != nullptr || clause.find<agreement::Finish>() != nullptr;
  for (const Particular& particular : clause.particulars) {
    if (const auto* due = std::get_if<agreement::Due>(&particular.what)) {
      add_deadline(slot, due->deadline, particular);
    } else if (const auto* finish = std::get_if<agreement::Finish>(&particular.what)) {
      add_deadline(slot, finish->deadline, particular);
    } else if (const auto* start = std::get_if<agreement::Start>(&particular.what);
               start != nullptr && !has_other) {
      add_deadline(slot, start->deadline, particular);
    }
  }
}

void Chain::add_prohibitions(Slot& slot) {
  for (const ClauseId id : search_.draft.clauses()) {
    if (search_.draft.is_prohibition(id) && !search_.draft.is_asleep(id) &&
        !triggers_.contains(id) && matching_.can_matter(slot.space.verb, id)) {
      add_prohibition(slot, id);
    }
  }
}

Term Chain::is_way(const Slot& slot, const Passing& passing) {
  std::vector<Term> ways;
  for (std::size_t i = 0; i < slot.ways.size(); ++i) {
    if (passing.has(slot.ways[i])) {
      ways.push_back(terms_.equal(slot.way, terms_.number(static_cast<std::int64_t>(i))));
    }
  }
  return ways.size() == slot.ways.size() ? terms_.truth(true) : terms_.any_of(ways);
}

// That the clause may be in force when the slot is performed.
Term Chain::may_be_in_force(Slot& slot, ClauseId id) {
  const Force force = force_of(search_, id, Sureness::Possible);
  std::vector<Term> all;
  if (force.from.has_value()) {
    const Term from = terms_.number(force.from->seconds);
    slot.changes.push_back(from);
    all.push_back(terms_.at_most(from, slot.time));
  }
  if (force.until.has_value()) {
    all.push_back(terms_.less(slot.time, terms_.number(force.until->seconds)));
  }
  return terms_.all_of(all);
}

// That the slot is performed in a way, and when, that surely breaks the prohibition: nothing may
// lift it.
Term Chain::is_breach(Slot& slot, ClauseId id) {
  std::vector<Term> any;
  for (const ActorId bearer : search_.draft.bearers(id)) {
    const Passing passing = matching_.breaches(slot.space, id, bearer, Sureness::Certain);
    std::vector<Term> all = {is_way(slot, passing)};
    for (const ClauseId lifting : matching_.lifting(id)) {
      const bool is_lifted = !terms_.is_false(all.front()) &&
                             contains(search_.draft.bearers(lifting), bearer) &&
                             matching_.can_matter(slot.space.verb, lifting);
      if (is_lifted) {
        const Passing lift = matching_.breaches(slot.space, lifting, bearer, Sureness::Possible);
        all.push_back(
            terms_.negation(terms_.all_of({is_way(slot, lift), may_be_in_force(slot, lifting)})));
      }
    }
    any.push_back(terms_.all_of(all));
  }
  return terms_.any_of(any);
}

// That the prohibition has begun; empty where it waits for what the chain does not bring about.
std::optional<Term> Chain::has_begun(const Slot& slot, ClauseId id) {
  const Clause& clause = search_.clause(id);
  std::vector<Term> all;
  if (const auto* from = clause.find<agreement::From>()) {
    all.push_back(terms_.at_most(moment(from->at, false), slot.time));
  }
  if (const auto& entry = search_.agreement().force_from; entry.has_value()) {
    all.push_back(terms_.at_most(moment(*entry, false), slot.time));
  }
  for (const Upon* upon : clause.find_all<Upon>()) {
    if (upon->what != Upon::What::Fulfilment) {
      return std::nullopt;
    }
    for (const agreement::ClauseRef& ref : upon->clauses) {
      const auto awaited = by_clause_.find(ref.clause);
      if (awaited == by_clause_.end() || awaited->second.empty()) {
        return std::nullopt;
      }
      for (const std::size_t other : awaited->second) {
        all.push_back(terms_.at_most(slots_[other].time, slot.time));
      }
    }
  }
  return clause.find<agreement::Whenever>() != nullptr ? std::nullopt
                                                       : std::optional(terms_.all_of(all));
}

// That the prohibition is not over; empty where its end is counted from what is not known.
std::optional<Term> Chain::is_not_over(Slot& slot, ClauseId id) {
  const Clause& clause = search_.clause(id);
  std::optional<Term> end;
  if (const auto* until = clause.find<agreement::Until>()) {
    end = moment(until->at, true);
  } else if (const auto* length = clause.find<agreement::For>()) {
    const auto* from = clause.find<agreement::From>();
    if (from == nullptr) {
      return std::nullopt;
    }
    end = shifted(moment(from->at, false), length->period, 1, "end of " + clause.number);
  }
  if (!end.has_value()) {
    return terms_.truth(true);
  }
  slot.changes.push_back(*end);
  return terms_.less(slot.time, *end);
}

void Chain::add_prohibition(Slot& slot, ClauseId id) {
  const Term breach = is_breach(slot, id);
  if (terms_.is_false(breach)) {
    return;
  }
  const auto begun = has_begun(slot, id);
  const auto lasts = begun.has_value() ? is_not_over(slot, id) : std::nullopt;
  if (lasts.has_value()) {
    slot.rules.push_back(terms_.implies(guard(id, nullptr),
                                        terms_.negation(terms_.all_of({breach, *begun, *lasts}))));
  }
}

std::vector<Term> Chain::assertions() const {
  std::vector<Term> all = definitions_;
  for (const Slot& slot : slots_) {
    all.insert(all.end(), slot.rules.begin(), slot.rules.end());
  }
  return all;
}

std::vector<Term> Chain::literals(bool with_prohibitions) const {
  std::vector<Term> found;
  for (const Guard& guard : guards_) {
    if (with_prohibitions || !guard.is_prohibition) {
      found.push_back(guard.literal);
    }
  }
  return found;
}

agreement::ScenarioEvent Chain::event(const Slot& slot, std::size_t way, base::Instant at) const {
  return event_of(search_.draft, slot.space, slot.ways[way], at);
}

}  // namespace truce::analysis::internal
