// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "truce/facts/words.h"
#include "truce/monitor/internal/explain.h"

namespace truce::monitor::internal {

using facts::Opinion;
using facts::Outcome;

namespace {

// Whether the moment can be said as a date.
bool is_said(base::Instant at) { return at > base::kBeforeTime && at < base::kAfterTime; }

facts::Wording upon_words(const agreement::Agreement& agreement, const agreement::Clause& clause) {
  std::vector<facts::Wording> things;
  for (const agreement::Upon* upon : clause.find_all<agreement::Upon>()) {
    std::vector<std::string> numbers;
    for (const agreement::ClauseRef& ref : upon->clauses) {
      numbers.push_back(agreement.clause(ref.clause).number);
    }
    const facts::Wording listed = facts::listed(numbers);
    switch (upon->what) {
      case agreement::Upon::What::Fulfilment:
        things.push_back(facts::say("the fulfilment of {}", listed));
        break;
      case agreement::Upon::What::Breach:
        things.push_back(facts::say("a breach of {}", listed));
        break;
      case agreement::Upon::What::Determination:
        things.push_back(facts::say("a determination of breach of {}", listed));
        break;
      case agreement::Upon::What::ReportOfClause:
        things.push_back(facts::say("a report of {}", listed));
        break;
      case agreement::Upon::What::ReportOfThing:
        things.push_back(facts::say("a report"));
        break;
      case agreement::Upon::What::Notice:
        things.push_back(facts::say("a notice"));
        break;
      case agreement::Upon::What::Signature:
        things.push_back(facts::say("signature"));
        break;
      case agreement::Upon::What::Moment:
        things.emplace_back(agreement.moments[upon->moment.index].name);
        break;
      case agreement::Upon::What::Streak:
      case agreement::Upon::What::Situation:
        things.emplace_back(agreement.situations[upon->situation.index].name);
        break;
      case agreement::Upon::What::Undefined:
        things.emplace_back(upon->text);
        break;
    }
  }
  if (const auto* whenever = clause.find<agreement::Whenever>()) {
    const auto verb = whenever->what.act.verb;
    const facts::Wording act =
        verb ? facts::Wording::act(agreement.verb(*verb).name, agreement.verb(*verb).name)
             : facts::say("act");
    things.push_back(facts::say("somebody to {}", act));
  }
  return facts::Wording::all(std::move(things));
}

// Whether steps of the phases are owed only under conditions.
bool has_conditions(const agreement::Clause& clause) {
  const auto* interval = clause.find<agreement::Interval>();
  return clause.find<agreement::If>() != nullptr || clause.find<agreement::While>() != nullptr ||
         clause.find<agreement::Unless>() != nullptr ||
         (interval != nullptr && interval->while_condition);
}

base::Span deadline_span(const agreement::Clause& clause) {
  for (const agreement::Particular& particular : clause.particulars) {
    if (std::holds_alternative<agreement::Due>(particular.what) ||
        std::holds_alternative<agreement::Finish>(particular.what)) {
      return particular.span;
    }
  }
  return clause.act.span;
}

std::string nouns_words(const agreement::Nouns& nouns) {
  std::vector<std::string> words;
  for (const agreement::Noun& noun : nouns.items) {
    words.push_back(noun.text);
  }
  return facts::join_words(words, nouns.joining == agreement::Joining::Or ? "or" : "and");
}

// The act as the clause has it: `withdraw Heavy Weapons`; of phases that of the side.
std::string act_words(const agreement::Agreement& agreement, const agreement::Clause& clause,
                      const std::vector<agreement::ActorId>& bearers) {
  const agreement::Act* act = &clause.act;
  for (const auto* phase : clause.find_all<agreement::Phase>()) {
    for (const agreement::Agent& agent : phase->agents) {
      if (agreement.resolve(agent, {}) == bearers) {
        act = &phase->act;
      }
    }
  }
  std::string words = act->verb ? agreement.verb(*act->verb).name : "act";
  const std::string objects = nouns_words(act->object);
  return objects.empty() ? words : words + " " + objects;
}

base::Instant least_deadline(const DutyState& state) {
  base::Instant least = base::kAfterTime;
  for (const DutyOpinion& opinion : state.opinions) {
    least = std::min(least, opinion.times.deadline.latest);
  }
  for (const PhaseOpinion& opinion : state.phases) {
    least = std::min(least, opinion.finish.latest);
  }
  return least;
}

}  // namespace

// `the period of 7 days from 1 January 2030, 00:00 to 8 January 2030, 00:00`, by what one account
// says of when it began.
facts::Wording Explainer::period_words(const DutyState& state, const DutyTimes& times) const {
  const agreement::Interval& interval = *agreement().clause(state.instance.clause).recurrence();
  return facts::say("the period of {} from {} to {}",
                    facts::Wording::length(agreement::approximate(interval.period),
                                           agreement::to_words(interval.period)),
                    facts::at_words(agreement(), times.arose.earliest),
                    facts::at_words(agreement(), times.deadline.latest));
}

// What an account says of one period of a duty that recurs.
facts::Wording Explainer::period_reason(const DutyState& state, const DutyOpinion& opinion) const {
  const agreement::Clause& clause = agreement().clause(state.instance.clause);
  const std::string& account = name_of(opinion.account);
  const facts::Wording period = is_said(opinion.times.deadline.latest)
                                    ? period_words(state, opinion.times)
                                    : facts::say("a period whose end is not known");
  if (opinion.performances.empty()) {
    return opinion.opinion == Opinion::Broken
               ? facts::say("{} watched and reports no performance of {} in {}", account,
                            clause.number, period)
               : facts::say(
                     "{} watched and reports no performance of {} in {}; whether it was "
                     "owed all that time is not known",
                     account, clause.number, period);
  }
  const facts::Wording deed = told(opinion.performances.front().fact);
  return opinion.opinion == Opinion::Kept
             ? facts::say("{} says that {}, in {}", account, deed, period)
             : facts::say("{} says that {}, which may or may not perform {} in {}", account, deed,
                          clause.number, period);
}

// What was late: the end of the performance, or only its beginning.
facts::Wording Explainer::how_late(const facts::Wording& account, const facts::Wording& deed,
                                   const DutyOpinion& opinion, const facts::Wording& due) const {
  const auto& begun_by = opinion.times.begun_by;
  const base::TimeRange when = fact(opinion.performances.front().fact).when;
  return begun_by && when.from > begun_by->latest &&
                 facts::last_of(when) <= opinion.times.deadline.latest
             ? facts::say("{} says that {}, begun after {}", account, deed,
                          facts::at_words(agreement(), begun_by->latest))
             : facts::say("{} says that {}, after {}", account, deed, due);
}

AccountReason Explainer::duty_reason(const DutyState& state, const DutyOpinion& opinion) {
  const agreement::Clause& clause = agreement().clause(state.instance.clause);
  const std::string& account = name_of(opinion.account);
  const base::Instant deadline = opinion.times.deadline.latest;
  const facts::Wording due =
      is_said(deadline) ? facts::say("the deadline of {}", facts::at_words(agreement(), deadline))
                        : facts::say("any deadline");
  AccountReason reason;
  reason.account = opinion.account;
  reason.opinion = *opinion.opinion;
  reason.deciding_words = {clause.act.span};
  if (is_said(deadline) && deadline_span(clause) != clause.act.span) {
    reason.deciding_words.push_back(deadline_span(clause));
    std::sort(reason.deciding_words.begin(), reason.deciding_words.end());
  }
  for (const Performance& performance : opinion.performances) {
    reason.deciding_facts.push_back(performance.fact);
  }
  if (is_said(opinion.determined.earliest) && reason.opinion != Opinion::Kept) {
    reason.because =
        facts::say("its finders determined on {} that {} was not kept",
                   facts::at_words(agreement(), opinion.determined.earliest), clause.number);
    if (reason.opinion == Opinion::Unknown) {
      reason.because = facts::say("{}, perhaps before it was due", std::move(reason.because));
    }
    return reason;
  }
  if (state.instance.period) {
    reason.because = period_reason(state, opinion);
    return reason;
  }
  if (opinion.performances.empty() && clause.form == agreement::Form::Effort) {
    reason.because = facts::say(
        "{} watched until {} and reports no result of {}; a duty of effort is broken only by a "
        "determination",
        account, due, clause.number);
    return reason;
  }
  if (opinion.performances.empty()) {
    reason.because = facts::say("{} watched until {} and reports no performance of {}", account,
                                due, clause.number);
    return reason;
  }
  const Searched* found =
      engine_.worlds().found(state.instance.clause, state.instance.bearers,
                             state.instance.activation, opinion.account, state.instance.period);
  const facts::Wording deed = told(opinion.performances.front().fact);
  if (found != nullptr && found->end == Searched::End::Agreed) {
    tell_of_worlds(clause, found, reason);
    return reason;
  }
  switch (*opinion.opinion) {
    case Opinion::Kept:
      reason.because = is_said(deadline)
                           ? facts::say("{} says that {}, before {}", account, deed, due)
                           : facts::say("{} says that {}", account, deed);
      break;
    case Opinion::Broken:
      reason.because = how_late(account, deed, opinion, due);
      break;
    case Opinion::Unknown:
      reason.because =
          clause.form == agreement::Form::Effort
              ? facts::say("{} says that {}; a duty of effort is not broken by its result alone",
                           account, deed)
              : facts::say("{} says that {}, which may or may not perform {} before {}", account,
                           deed, clause.number, due);
      break;
  }
  tell_of_worlds(clause, found, reason);
  return reason;
}

AccountReason Explainer::phase_reason(const DutyState& state, const PhaseOpinion& opinion) {
  const agreement::Clause& clause = agreement().clause(state.instance.clause);
  const facts::Wording bearers = facts::named(agreement(), state.verdict.bearers);
  AccountReason reason;
  reason.account = opinion.account;
  reason.opinion = *opinion.opinion;
  reason.deciding_words = {clause.span};
  if (opinion.last_slice) {
    reason.deciding_facts = {*opinion.last_slice};
  }
  const Searched* found = engine_.worlds().found(state.instance.clause, state.instance.bearers,
                                                 std::nullopt, opinion.account);
  if (found != nullptr && found->end == Searched::End::Agreed) {
    tell_of_worlds(clause, found, reason);
    return reason;
  }
  switch (*opinion.opinion) {
    case Opinion::Kept:
      reason.because =
          facts::say("{} reports every one of the {} steps of {} in time", name_of(opinion.account),
                     std::to_string(opinion.slices), bearers);
      break;
    case Opinion::Broken:
      reason.because =
          facts::say("{} reports {} of the {} steps of {}, and the step due on {} was missing",
                     name_of(opinion.account), std::to_string(opinion.reported),
                     std::to_string(opinion.slices), bearers,
                     facts::at_words(agreement(), *opinion.failed_at));
      break;
    case Opinion::Unknown:
      reason.because =
          facts::say("{} reports {} of the {} steps of {}; whether others were made is not known",
                     name_of(opinion.account), std::to_string(opinion.reported),
                     std::to_string(opinion.slices), bearers);
      break;
  }
  tell_of_worlds(clause, found, reason);
  return reason;
}

// That the clause was ended before the duty fell due; empty where it was not.
facts::Wording Explainer::ended_words(const DutyState& state) const {
  const std::string& number = agreement().clause(state.instance.clause).number;
  for (const DutyOpinion& opinion : state.opinions) {
    if (is_said(opinion.ended.earliest)) {
      const facts::Wording ended = facts::at_words(agreement(), opinion.ended.latest);
      return is_said(opinion.times.deadline.latest)
                 ? facts::say("{} was ended on {}, before its deadline", number, ended)
                 : facts::say("{} was ended on {}, and nobody reports that it was done", number,
                              ended);
    }
  }
  const bool has_ended = std::any_of(state.phases.begin(), state.phases.end(),
                                     [](const PhaseOpinion& phase) { return phase.has_ended; });
  if (!has_ended) {
    return {};
  }
  return has_conditions(agreement().clause(state.instance.clause))
             ? facts::say(
                   "{} was ended, or its conditions did not hold, when the next of its "
                   "steps was due",
                   number)
             : facts::say("{} was ended before the next of its steps was due", number);
}

// That a period of a duty that recurs was not owed; empty where that is not why it lapsed.
facts::Wording Explainer::unowed_words(const DutyState& state) const {
  const auto unowed = std::find_if(state.opinions.begin(), state.opinions.end(),
                                   [](const DutyOpinion& one) { return one.is_unowed; });
  if (unowed == state.opinions.end()) {
    return {};
  }
  const agreement::Clause& clause = agreement().clause(state.instance.clause);
  const auto& condition = clause.recurrence()->while_condition;
  const facts::Wording period = period_words(state, unowed->times);
  if (!condition || !condition->situation) {
    return facts::say("{} was not in force throughout {}", clause.number, period);
  }
  const std::string& situation = agreement().situations[condition->situation->index].name;
  return condition->is_negated
             ? facts::say("{} was not in force throughout {}, or {} did hold throughout it",
                          clause.number, period, situation)
             : facts::say("{} was not in force throughout {}, or {} did not hold throughout it",
                          clause.number, period, situation);
}

// What the duty waits upon, which has not come.
facts::Wording Explainer::waiting_words(const DutyState& state,
                                        const facts::Wording& bearers) const {
  const agreement::Clause& clause = agreement().clause(state.instance.clause);
  const facts::Wording upon = upon_words(agreement(), clause);
  return state.verdict.outcome == Outcome::Lapsed
             ? facts::say("{} waited upon {}, which had not come when its deadline passed",
                          clause.number, upon)
             : facts::say("{} waits upon {}; nothing is due from {} yet", clause.number, upon,
                          bearers);
}

// Why the text did not bind the bearers yet.
facts::Wording Explainer::not_bound_words(const DutyState& state,
                                          const facts::Wording& bearers) const {
  const agreement::Clause& clause = agreement().clause(state.instance.clause);
  const bool is_bound =
      engine_.record().bound(state.verdict.bearers, state.instance.is_any) == kAlways;
  const bool amends = clause.find<agreement::Amending>() != nullptr;
  const facts::Wording why =
      !is_bound ? facts::say("{} had not acceded", bearers)
      : amends  ? facts::say("{} had not taken the place of what it amends", clause.number)
                : facts::say("the agreement was not in force");
  return state.verdict.outcome == Outcome::Lapsed
             ? facts::say("{} when the deadline of {} passed", why, clause.number)
             : facts::say("{} by then; nothing was due from {} under {}", why, bearers,
                          clause.number);
}

facts::Wording Explainer::awaited(const DutyState& state) {
  const agreement::Clause& clause = agreement().clause(state.instance.clause);
  const facts::Wording bearers =
      facts::named(agreement(), state.verdict.bearers,
                   state.instance.is_any ? facts::Last::Or : facts::Last::And);
  const base::Instant deadline = least_deadline(state);
  const bool has_begun =
      std::any_of(state.opinions.begin(), state.opinions.end(), [&](const DutyOpinion& opinion) {
        return opinion.times.arose.earliest <= engine_.record().evidence().now;
      });
  if (state.verdict.outcome == Outcome::Lapsed) {
    if (facts::Wording ended = ended_words(state); !ended.empty()) {
      return ended;
    }
    if (facts::Wording unowed = unowed_words(state); !unowed.empty()) {
      return unowed;
    }
  }
  const bool is_too_late = std::any_of(state.phases.begin(), state.phases.end(),
                                       [](const PhaseOpinion& phase) { return phase.is_too_late; });
  const bool has_started = std::any_of(state.phases.begin(), state.phases.end(),
                                       [](const PhaseOpinion& phase) { return phase.slices > 0; });
  if (is_too_late || (!has_started && !state.phases.empty() && clause.waits())) {
    return clause.waits() ? waiting_words(state, bearers) : not_bound_words(state, bearers);
  }
  if (!has_begun && state.phases.empty()) {
    return clause.waits() ? waiting_words(state, bearers) : not_bound_words(state, bearers);
  }
  switch (state.verdict.outcome) {
    case Outcome::Lapsed:
      return facts::say("{} is released from {} because the other side failed a step before",
                        bearers, clause.number);
    case Outcome::Pending:
      if (deadline <= engine_.record().evidence().now) {
        return facts::say(
            "by some accounts performance by {} was due until {}; by others what {} waits upon has "
            "not certainly come",
            bearers, facts::at_words(agreement(), deadline), clause.number);
      }
      return is_said(deadline)
                 ? facts::say("performance by {} is awaited until {}", bearers,
                              facts::at_words(agreement(), deadline))
                 : facts::say("performance by {} is awaited; {} states no deadline that has come",
                              bearers, clause.number);
    case Outcome::Broken:
    case Outcome::Unknown:
    case Outcome::Contested:
    case Outcome::Kept:
      return is_said(deadline)
                 ? facts::say(
                       "nobody reports performance by {} until {}, and nobody who could "
                       "have seen it says that there was none",
                       bearers, facts::at_words(agreement(), deadline))
                 : facts::say("nobody reports performance by {}", bearers);
  }
  return {};
}

// What may still be done in time: begun, by no account done, and its deadline not past.
std::optional<Awaited> Explainer::still_awaited(const DutyState& state) const {
  const agreement::Clause& clause = agreement().clause(state.instance.clause);
  const base::Instant now = engine_.record().evidence().now;
  const bool is_open =
      state.verdict.outcome == Outcome::Pending || state.verdict.outcome == Outcome::Unknown;
  const bool has_begun =
      !state.phases.empty() ||
      std::any_of(state.opinions.begin(), state.opinions.end(),
                  [&](const DutyOpinion& opinion) { return opinion.times.arose.earliest <= now; });
  const base::Instant deadline = least_deadline(state);
  if (!is_open || !has_begun || deadline < now) {
    return std::nullopt;
  }
  Awaited awaited;
  awaited.who = state.verdict.bearers;
  awaited.act = act_words(agreement(), clause, state.verdict.bearers);
  awaited.until = deadline;
  if (is_said(deadline)) {
    awaited.left = base::Duration{deadline.seconds - now.seconds};
  }
  return awaited;
}

Explanation Explainer::explain_duty(const Judged& judged) {
  const DutyState& state = *judged.duty;
  Explanation result;
  for (const DutyOpinion& opinion : state.opinions) {
    if (opinion.opinion) {
      result.reasons.push_back(duty_reason(state, opinion));
    }
  }
  for (const PhaseOpinion& opinion : state.phases) {
    if (opinion.opinion) {
      result.reasons.push_back(phase_reason(state, opinion));
    }
  }
  const auto first_with = [&](Opinion opinion) {
    return std::find_if(result.reasons.begin(), result.reasons.end(),
                        [&](const AccountReason& reason) { return reason.opinion == opinion; });
  };
  if (result.reasons.empty()) {
    result.because = facts::say("{}.", awaited(state));
    return result;
  }
  const auto broken = first_with(Opinion::Broken);
  const auto kept = first_with(Opinion::Kept);
  const auto unknown = first_with(Opinion::Unknown);
  const auto end = result.reasons.end();
  if (broken != end && kept != end) {
    result.because = facts::say("{}; but {}.", broken->because, kept->because);
    return result;
  }
  const auto& telling = unknown != end ? *unknown : broken != end ? *broken : *kept;
  result.because = facts::say("{}.", telling.because);
  return result;
}

}  // namespace truce::monitor::internal
