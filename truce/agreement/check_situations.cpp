// SPDX-License-Identifier: Apache-2.0
// Situations that are measured from an act in question, where they stand, and what a `report when`
// looks at.
#include <string_view>

#include "truce/agreement/internal/check_clauses.h"

namespace truce::agreement::internal {
namespace {

using DiagnosticKind = diagnostics::Kind;

// What a situation needs besides a moment.
enum class Needs : std::uint8_t { Nothing, LookBack, ActInQuestion };

Needs needs_of(const Situation& situation) {
  if (const auto* occurrence = std::get_if<Occurrence>(&situation.what)) {
    return occurrence->nearness.has_value() ? Needs::ActInQuestion
           : occurrence->during.has_value() ? Needs::LookBack
                                            : Needs::Nothing;
  }
  if (const auto* streak = std::get_if<StandingStreak>(&situation.what)) {
    return streak->nearness.has_value() ? Needs::ActInQuestion : Needs::LookBack;
  }
  if (const auto* frequency = std::get_if<Frequency>(&situation.what)) {
    return frequency->nearness.has_value() ? Needs::ActInQuestion : Needs::LookBack;
  }
  return Needs::Nothing;
}

void check_use(Context& context, std::optional<SituationId> id, base::Span span, Needs allowed,
               std::string_view where) {
  if (!id.has_value()) {
    return;
  }
  const Situation& situation = context.agreement.situations[id->index];
  if (needs_of(situation) > allowed) {
    context.report(DiagnosticKind::NoActInQuestion, span, {situation.name, std::string(where)});
  }
}

void check_holdings(Context& context, const std::vector<Condition>& holdings) {
  for (const Condition& holding : holdings) {
    check_use(context, holding.situation, holding.span, Needs::Nothing,
              "in an uninterrupted period");
  }
}

const Condition* condition_in(const Particular& particular) {
  if (const auto* part = std::get_if<If>(&particular.what)) {
    return &part->condition;
  }
  if (const auto* part = std::get_if<While>(&particular.what)) {
    return &part->condition;
  }
  if (const auto* part = std::get_if<Interval>(&particular.what)) {
    return part->while_condition.has_value() ? &*part->while_condition : nullptr;
  }
  const auto* part = std::get_if<Unless>(&particular.what);
  return part == nullptr ? nullptr : &part->condition;
}

void check_conditions(Context& context, const Clause& clause) {
  const bool judges_acts = clause.form == Form::Prohibition || clause.form == Form::Permission ||
                           clause.form == Form::Watch;
  for (const Particular& particular : clause.particulars) {
    const Condition* condition = condition_in(particular);
    if (condition != nullptr && !judges_acts) {
      check_use(context, condition->situation, particular.span, Needs::LookBack,
                "where a duty falls due");
    }
    if (const auto* exception = std::get_if<Exception>(&particular.what);
        exception != nullptr && !judges_acts) {
      check_use(context, exception->situation, particular.span, Needs::LookBack,
                "where a duty falls due");
    }
    if (const auto* upon = std::get_if<Upon>(&particular.what);
        upon != nullptr && upon->what == Upon::What::Situation) {
      check_use(context, upon->situation, particular.span, Needs::Nothing, "behind `upon`");
    }
  }
}

}  // namespace

void check_situations(Context& context) {
  for (const Situation& situation : context.agreement.situations) {
    if (const auto* streak = std::get_if<Streak>(&situation.what)) {
      check_holdings(context, streak->holdings);
    } else if (const auto* standing = std::get_if<StandingStreak>(&situation.what)) {
      check_holdings(context, standing->holdings);
    }
  }
  for (const Moment& moment : context.agreement.moments) {
    if (moment.streak.has_value()) {
      check_holdings(context, moment.streak->holdings);
    }
  }
  for (const Clause& clause : context.agreement.clauses) {
    check_conditions(context, clause);
    const bool lacks_acts = clause.form == Form::Watch && !clause.act.verb.has_value() &&
                            clause.find<Whenever>() == nullptr;
    if (lacks_acts && clause.watched.has_value() && clause.watched->situation.has_value() &&
        !std::holds_alternative<Frequency>(
            context.agreement.situations[clause.watched->situation->index].what)) {
      context.report(DiagnosticKind::WatchWithoutActs, clause.watched->span,
                     {context.agreement.situations[clause.watched->situation->index].name});
    }
  }
}

void complete_watches(Agreement& agreement) {
  for (Clause& clause : agreement.clauses) {
    if (clause.form != Form::Watch) {
      continue;
    }
    const base::Span span = clause.subject.span;
    if (const auto* whenever = clause.find<Whenever>()) {
      clause.subject = whenever->what.subject;
      clause.act = whenever->what.act;
    } else if (clause.watched.has_value() && clause.watched->situation.has_value()) {
      const auto* frequency =
          std::get_if<Frequency>(&agreement.situations[clause.watched->situation->index].what);
      if (frequency != nullptr) {
        clause.subject = frequency->occasion.subject;
        clause.act = frequency->occasion.act;
      }
    }
    clause.subject.span = span;
  }
}

}  // namespace truce::agreement::internal
