// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <variant>

#include "truce/monitor/internal/worlds.h"

namespace truce::monitor::internal {
namespace {

using Back = std::optional<base::Duration>;

Back plus(Back back, Back more) { return back && more ? Back(*back + *more) : std::nullopt; }

// Hours are exact; calendar days and months are never longer than this.
Back at_most(const std::optional<agreement::Period>& period) {
  if (!period) {
    return std::nullopt;
  }
  const bool is_exact = period->days == 0 && period->months == 0;
  return agreement::approximate(*period) + (is_exact ? 0 : 2 + 2 * period->months) * base::kDay;
}

Back at_most_or_now(const std::optional<agreement::Period>& period) {
  return period ? at_most(period) : Back(base::Duration{0});
}

template <typename What>
bool names_clause(const agreement::Clause& clause, agreement::ClauseId wanted) {
  const auto all = clause.find_all<What>();
  return std::any_of(all.begin(), all.end(), [&](const What* what) {
    return std::any_of(what->clauses.begin(), what->clauses.end(),
                       [&](const agreement::ClauseRef& ref) { return ref.clause == wanted; });
  });
}

// Whether a permission, or a duty that says so, may lift the prohibition.
bool may_excuse(const agreement::Clause& other, agreement::ClauseId other_id,
                const agreement::Clause& prohibition, agreement::ClauseId prohibition_id) {
  switch (other.form) {
    case agreement::Form::Permission:
      return !names_clause<agreement::SubjectTo>(other, prohibition_id) &&
             !names_clause<agreement::Despite>(prohibition, other_id);
    case agreement::Form::Duty:
    case agreement::Form::Effort:
      return names_clause<agreement::Despite>(other, prohibition_id) ||
             names_clause<agreement::SubjectTo>(prohibition, other_id);
    case agreement::Form::Prohibition:
    case agreement::Form::Power:
    case agreement::Form::Phases:
    case agreement::Form::Watch:
    case agreement::Form::Reservation:
      return false;
  }
  return false;
}

}  // namespace

void Cone::add(const agreement::Act& act, Back back) { looked_for_.emplace_back(&act, back); }

void Cone::look_around(agreement::ClauseId id) {
  const agreement::Clause& clause = agreement_.clause(id);
  const Back now = base::Duration{0};
  visit_force(id);
  visit_conditions(clause, now);
  if (clause.watched && clause.watched->situation) {
    visit(*clause.watched->situation, now);
  }
  for (std::size_t i = 0; i < agreement_.clauses.size(); ++i) {
    const agreement::Clause& other = agreement_.clauses[i];
    const bool is_local = agreement::local_truce_of(agreement_, other) != nullptr;
    if (may_excuse(other, base::id_at<agreement::ClauseId>(i), clause, id) || is_local) {
      visit_force(base::id_at<agreement::ClauseId>(i));
      visit_conditions(other, now);
    }
  }
}

void Cone::look_at_all(agreement::ClauseId id) { visit_clause(id); }

bool Cone::holds(const Acts& acts, const facts::Fact& fact, base::TimeRange when) const {
  const auto is_then = [&](Back back) {
    return !back || (facts::last_of(fact.when) >= when.from - *back && fact.when.from <= when.to);
  };
  if (has_attacks_ && is_then(attacks_back_)) {
    const auto attack = agreement_.vocabulary.find_verb("attack");
    if (std::any_of(fact.verbs.begin(), fact.verbs.end(), [&](agreement::VerbId verb) {
          return attack && acts.is_or_implies(verb, *attack);
        })) {
      return true;
    }
  }
  return std::any_of(looked_for_.begin(), looked_for_.end(), [&](const auto& one) {
    return is_then(one.second) && acts.may_be(fact, *one.first);
  });
}

// When the clause is in force, and what may change that.
void Cone::visit_force(agreement::ClauseId id) {
  if (!forces_.insert(id).second) {
    return;
  }
  const agreement::Clause& clause = agreement_.clause(id);
  visit(agreement_.force_from);
  for (const auto* from : clause.find_all<agreement::From>()) {
    visit(from->at);
  }
  for (const auto* until : clause.find_all<agreement::Until>()) {
    visit(until->at);
  }
  for (const auto* upon : clause.find_all<agreement::Upon>()) {
    visit(*upon);
  }
  for (std::size_t i = 0; i < agreement_.clauses.size(); ++i) {
    if (agreement_.clauses[i].form == agreement::Form::Power) {
      const auto power = base::id_at<agreement::ClauseId>(i);
      visit_force(power);
      visit_conditions(agreement_.clauses[i], std::nullopt);
    }
  }
}

void Cone::visit_conditions(const agreement::Clause& clause, Back back) {
  const auto look = [&](const agreement::Condition& condition) {
    if (condition.situation) {
      visit(*condition.situation, back);
    }
  };
  for (const agreement::Particular& particular : clause.particulars) {
    if (const auto* if_holds = std::get_if<agreement::If>(&particular.what)) {
      look(if_holds->condition);
    } else if (const auto* while_holds = std::get_if<agreement::While>(&particular.what)) {
      look(while_holds->condition);
    } else if (const auto* unless = std::get_if<agreement::Unless>(&particular.what)) {
      look(unless->condition);
    } else if (const auto* interval = std::get_if<agreement::Interval>(&particular.what)) {
      if (interval->while_condition) {
        look(*interval->while_condition);
      }
    } else if (const auto* except = std::get_if<agreement::Exception>(&particular.what)) {
      if (except->situation) {
        visit(*except->situation, back);
      }
    }
  }
}

// Everything that the clause looks at, with its own acts, at any time.
void Cone::visit_clause(agreement::ClauseId id) {
  if (!clauses_.insert(id).second) {
    return;
  }
  const agreement::Clause& clause = agreement_.clause(id);
  add(clause.act, std::nullopt);
  for (const auto* phase : clause.find_all<agreement::Phase>()) {
    add(phase->act, std::nullopt);
  }
  visit_force(id);
  visit_conditions(clause, std::nullopt);
  for (const auto* due : clause.find_all<agreement::Due>()) {
    visit(due->deadline);
  }
  for (const auto* start : clause.find_all<agreement::Start>()) {
    visit(start->deadline);
  }
  for (const auto* finish : clause.find_all<agreement::Finish>()) {
    visit(finish->deadline);
  }
  for (const auto* whenever : clause.find_all<agreement::Whenever>()) {
    visit(whenever->what, std::nullopt);
  }
  for (const auto* with : clause.find_all<agreement::Reciprocally>()) {
    for (const agreement::ClauseRef& partner : with->clauses) {
      visit_clause(partner.clause);
    }
  }
  // What is counted as a breach of a prohibition depends on what lifts it, too.
  if (clause.form == agreement::Form::Prohibition) {
    for (std::size_t i = 0; i < agreement_.clauses.size(); ++i) {
      const agreement::Clause& other = agreement_.clauses[i];
      if (may_excuse(other, base::id_at<agreement::ClauseId>(i), clause, id) ||
          agreement::local_truce_of(agreement_, other) != nullptr) {
        visit_force(base::id_at<agreement::ClauseId>(i));
        visit_conditions(other, std::nullopt);
      }
    }
  }
}

void Cone::visit(const agreement::Upon& upon) {
  for (const agreement::ClauseRef& reference : upon.clauses) {
    visit_clause(reference.clause);
  }
  if (upon.what == agreement::Upon::What::Moment) {
    visit(upon.moment);
  } else if (upon.what == agreement::Upon::What::Streak ||
             upon.what == agreement::Upon::What::Situation) {
    visit(upon.situation, std::nullopt);
  }
}

void Cone::visit(agreement::SituationId id, Back back) {
  if (!situations_.emplace(id, back).second) {
    return;
  }
  const agreement::Situation::What& what = agreement_.situations[id.index].what;
  if (const auto* streak = std::get_if<agreement::Streak>(&what)) {
    visit(*streak);
  } else if (const auto* standing = std::get_if<agreement::StandingStreak>(&what)) {
    visit(standing->from);
    visit_holdings(standing->holdings, plus(back, at_most(standing->period)));
  } else if (const auto* frequency = std::get_if<agreement::Frequency>(&what)) {
    visit(frequency->occasion, plus(back, at_most(frequency->within)));
  } else if (const auto* response = std::get_if<agreement::Response>(&what)) {
    const Back reach = plus(back, at_most(response->within));
    attacks_back_ = attacks_back_ && reach ? std::max(*attacks_back_, *reach) : Back();
    has_attacks_ = true;
  } else {
    const auto& occurrence = std::get<agreement::Occurrence>(what);
    visit(occurrence, plus(back, at_most_or_now(occurrence.during)));
  }
}

void Cone::visit(const agreement::Occurrence& occurrence, Back back) {
  add(occurrence.act, back);
  visit(occurrence.from);
  for (const agreement::Exception& exception : occurrence.exceptions) {
    if (exception.situation) {
      visit(*exception.situation, back);
    }
  }
}

void Cone::visit_holdings(const std::vector<agreement::Condition>& holdings, Back back) {
  for (const agreement::Condition& holding : holdings) {
    if (holding.situation) {
      visit(*holding.situation, back);
    }
  }
}

void Cone::visit(const agreement::MomentExpression& expression) {
  using Base = agreement::MomentExpression::Base;
  if (expression.base == Base::Moment) {
    visit(expression.moment);
  } else if (expression.base == Base::Streak) {
    visit(expression.streak, std::nullopt);
  } else if (expression.base == Base::DayOfClause) {
    visit_clause(expression.clause);
  }
}

void Cone::visit(const std::optional<agreement::MomentExpression>& expression) {
  if (expression) {
    visit(*expression);
  }
}

void Cone::visit(const agreement::Deadline& deadline) { visit(deadline.moment); }

void Cone::visit(agreement::MomentId id) {
  if (!moments_.insert(id).second) {
    return;
  }
  const agreement::Moment& moment = agreement_.moments[id.index];
  visit(moment.expression);
  if (moment.streak) {
    visit(*moment.streak);
  }
}

// It starts with the earliest prohibition.
void Cone::visit(const agreement::Streak& streak) {
  visit(streak.from);
  visit_holdings(streak.holdings, std::nullopt);
  for (const agreement::Clause& clause : agreement_.clauses) {
    if (clause.form == agreement::Form::Prohibition) {
      for (const auto* from : clause.find_all<agreement::From>()) {
        visit(from->at);
      }
    }
  }
}

}  // namespace truce::monitor::internal
