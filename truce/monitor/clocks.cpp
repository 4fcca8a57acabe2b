// SPDX-License-Identifier: Apache-2.0
#include "truce/monitor/internal/clocks.h"

#include <algorithm>

#include "truce/agreement/conditions.h"

namespace truce::monitor::internal {

using facts::Truth;

std::vector<agreement::ActorId> actors_of(const agreement::Agreement& agreement,
                                          const std::vector<agreement::Agent>& agents,
                                          agreement::ActorId bearer) {
  std::vector<agreement::ActorId> result;
  for (const agreement::Agent& agent : agents) {
    const std::vector<agreement::ActorId> some = agreement.resolve(agent, bearer);
    result.insert(result.end(), some.begin(), some.end());
  }
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

std::vector<agreement::ActorId> subjects_of(const agreement::Agreement& agreement,
                                            const agreement::Subject& subject) {
  if (subject.is_no_one) {
    return {};
  }
  if (subject.is_anyone) {
    std::vector<agreement::ActorId> all;
    for (std::size_t i = 0; i < agreement.actors.size(); ++i) {
      all.push_back(base::id_at<agreement::ActorId>(i));
    }
    return all;
  }
  return actors_of(agreement, subject.agents, agreement::ActorId{});
}

namespace {

MomentRange earlier(MomentRange a, MomentRange b) {
  return {std::min(a.earliest, b.earliest), std::min(a.latest, b.latest)};
}

MomentRange later(MomentRange a, MomentRange b) {
  return {std::max(a.earliest, b.earliest), std::max(a.latest, b.latest)};
}

base::Instant start_of_day(base::Instant at, const agreement::Clock& clock) {
  return base::start_of(base::date_of(at, clock.offset)) - clock.offset;
}

}  // namespace

Clocks::Clocks(const Record& record, const Acts& acts, Responses& responses, Questions& questions,
               Adding adding, Begun begun, std::shared_ptr<Said> said,
               std::shared_ptr<const Reached> reached)
    : record_(record),
      acts_(acts),
      responses_(responses),
      questions_(questions),
      adding_(std::move(adding)),
      begun_(std::move(begun)),
      said_(said != nullptr ? std::move(said) : std::make_shared<Said>()),
      reached_(std::move(reached)),
      histories_(record,
                 {[this](const agreement::Occurrence& occurrence, facts::AccountId account) {
                    return occurrences(occurrence, account);
                  },
                  [this](const std::vector<agreement::Condition>& holdings) {
                    return excluded_by(holdings);
                  },
                  [this](const agreement::StandingStreak& standing, facts::AccountId account) {
                    return standing.from ? moment(*standing.from, account, Edge::Start)
                                         : with_agreement(account);
                  }}) {}

MomentRange Clocks::with_agreement(facts::AccountId account) {
  const agreement::Agreement& agreement = record_.agreement();
  return agreement.force_from ? moment(*agreement.force_from, account, Edge::Start)
                              : record_.signature(agreement.signatories);
}

MomentRange Clocks::entry(facts::AccountId account) {
  const agreement::Agreement& agreement = record_.agreement();
  return agreement.force_from || !agreement.signatories.empty() ? with_agreement(account) : kAlways;
}

MomentRange Clocks::moment(const agreement::MomentExpression& expression, facts::AccountId account,
                           Edge edge) {
  MomentRange result = base_of(expression, account, edge);
  for (const agreement::MomentExpression::Step& step : expression.steps) {
    result = {adding_.after(result.earliest, step.period, step.sign),
              adding_.after(result.latest, step.period, step.sign)};
  }
  return result;
}

MomentRange Clocks::base_of(const agreement::MomentExpression& expression, facts::AccountId account,
                            Edge edge) {
  switch (expression.base) {
    case agreement::MomentExpression::Base::Fixed: {
      const bool is_end_of_day = expression.is_whole_day && edge == Edge::End;
      const base::Instant at = is_end_of_day ? expression.fixed + base::kDay : expression.fixed;
      return {at, at};
    }
    case agreement::MomentExpression::Base::Moment:
      return declared(expression.moment, account);
    case agreement::MomentExpression::Base::Streak: {
      const auto* what = std::get_if<agreement::Streak>(
          &record_.agreement().situations[expression.streak.index].what);
      return what != nullptr ? streak(*what, account) : kWhenever;
    }
    case agreement::MomentExpression::Base::DayOfClause: {
      MomentRange day = begun_(expression.clause, account);
      for (base::Instant* edge_of_day : {&day.earliest, &day.latest}) {
        if (*edge_of_day < base::kAfterTime && *edge_of_day > base::kBeforeTime) {
          *edge_of_day =
              start_of_day(*edge_of_day, adding_.clock) + (expression.day - 1) * base::kDay;
        }
      }
      return day;
    }
    case agreement::MomentExpression::Base::Notification:
      return kNever;
    case agreement::MomentExpression::Base::Undefined:
      return kWhenever;
  }
  return kWhenever;
}

MomentRange Clocks::declared(agreement::MomentId id, facts::AccountId account) {
  const agreement::Moment& entry = record_.agreement().moments[id.index];
  const Asking asking(questions_, Topic::Moment, &entry, account);
  if (!asking.is_new()) {
    return kNever;
  }
  if (entry.expression) {
    return moment(*entry.expression, account, Edge::Start);
  }
  if (entry.streak) {
    return streak(*entry.streak, account);
  }
  MomentRange fixed = kNever;
  for (const InstitutionalRecord& act : record_.institutional()) {
    if (act.act == facts::InstitutionalAct::Fix && act.moment == id &&
        record_.is_valid_fixing(entry.fixing, act)) {
      fixed = {std::min(fixed.earliest, act.first), act.last};
    }
    // One that possibly was not made leaves the next to count.
    if (fixed.latest < base::kAfterTime) {
      break;
    }
  }
  return fixed;
}

std::vector<const agreement::Occurrence*> Clocks::excluded_by(
    const std::vector<agreement::Condition>& holdings) const {
  std::vector<const agreement::Occurrence*> excluded;
  for (const agreement::Condition& holding : holdings) {
    if (const auto* occurrence = agreement::denied_by(record_.agreement(), holding)) {
      excluded.push_back(occurrence);
    }
  }
  return excluded;
}

MomentRange Clocks::streak_start(const agreement::Streak& streak, facts::AccountId account) {
  MomentRange start = kNever;
  bool has_from = false;
  for (const agreement::Clause& clause : record_.agreement().clauses) {
    const auto* from = clause.find<agreement::From>();
    if (clause.form == agreement::Form::Prohibition && from != nullptr) {
      start = earlier(start, moment(from->at, account, Edge::Start));
      has_from = true;
    }
  }
  if (!has_from) {
    start = with_agreement(account);
  }
  return streak.from ? later(start, moment(*streak.from, account, Edge::Start)) : start;
}

MomentRange Clocks::streak(const agreement::Streak& streak, facts::AccountId account) {
  const Asking asking(questions_, Topic::Streak, &streak, account);
  if (!asking.is_new()) {
    return kNever;
  }
  const std::pair key{&streak, account};
  if (const auto at = known_streaks_.find(key); at != known_streaks_.end()) {
    return at->second;
  }
  const MomentRange start = streak_start(streak, account);
  MomentRange running = start;
  if (reached_ != nullptr) {
    if (const auto at = reached_->find(key); at != reached_->end()) {
      running = started_at(start, at->second);
    }
  }
  MomentRange result = streak_end(running, streak.period, adding_, interruptions(streak, account));
  bool is_covered = account != record_.nobody();
  for (const agreement::Occurrence* occurrence : excluded_by(streak.holdings)) {
    is_covered = is_covered && record_.covered(account, occurrence->act.verb, {})
                                       .over({start.earliest, result.latest + base::Duration{1}})
                                       .truth() == Truth::Yes;
  }
  if (!is_covered) {
    result.latest = base::kAfterTime;
  }
  if (asking.may_be_kept()) {
    known_streaks_.emplace(key, result);
  }
  return result;
}

std::vector<Interruption> Clocks::interruptions(const agreement::Streak& streak,
                                                facts::AccountId account) {
  std::map<facts::FactId, Truth> denied;
  for (const agreement::Occurrence* occurrence : excluded_by(streak.holdings)) {
    for (const Doing& doing : doings(*occurrence, account)) {
      Truth& truth = denied[doing.fact];
      truth = truth || doing.truth;
    }
  }
  std::vector<Interruption> result;
  for (const auto& [fact, truth] : denied) {
    result.push_back({record_.fact(fact).when, truth == Truth::Yes, fact});
  }
  return result;
}

Timeline Clocks::occurrence_in(const agreement::Occurrence& occurrence, const Scene& scene,
                               facts::FactId fact, agreement::ActorId subject) {
  const Truth constant = by_words(occurrence, scene, subject);
  Timeline changing(Truth::Yes);
  for (const agreement::Exception& exception : occurrence.exceptions) {
    if (constant == Truth::No) {
      break;
    }
    if (exception.what == agreement::Exception::What::InSituation) {
      changing =
          changing && (exception.situation ? !situation_for(*exception.situation, subject, fact,
                                                            scene.alternative.targets.front())
                                           : Timeline(Truth::Maybe));
    }
  }
  return Timeline(constant) && changing;
}

// Over each alternative and each group that may have done it, `one` over whom the occurrence binds
// and what was struck with what.
template <typename Truths, typename One>
std::vector<Truths> Clocks::each_way(const agreement::Occurrence& occurrence,
                                     const facts::Fact& fact, One one) const {
  const std::vector<agreement::ActorId> subjects =
      subjects_of(record_.agreement(), occurrence.subject);
  std::vector<Truths> ways;
  for (const Alternative& alternative : alternatives_of(fact)) {
    const std::vector<Alternative> singles = singles_of(alternative);
    for (const facts::Group& group : fact.actors) {
      Truths any(Truth::No);
      for (const agreement::ActorId subject : subjects) {
        if (std::binary_search(group.begin(), group.end(), subject)) {
          for (const Alternative& single : singles) {
            any = any || one(single, subject);
          }
        }
      }
      ways.push_back(std::move(any));
    }
  }
  return ways;
}

Truth Clocks::by_words(const agreement::Occurrence& occurrence, const Scene& scene,
                       agreement::ActorId subject) const {
  Truth truth = acts_.is_act(scene, occurrence.act, subject, false);
  for (const agreement::Exception& exception : occurrence.exceptions) {
    if (truth == Truth::No) {
      break;
    }
    if (exception.what != agreement::Exception::What::InSituation) {
      truth = truth && !acts_.is_excepted(scene, exception, subject);
    }
  }
  return truth;
}

const Tally& Clocks::words_of(const agreement::Occurrence& occurrence, facts::FactId id,
                              std::size_t epoch) {
  std::deque<std::optional<Tally>>& known = (*said_)[&occurrence];
  const std::size_t at = record_.place_of_answer(id, epoch);
  if (known.size() <= at) {
    known.resize(at + 1);
  }
  if (!known[at]) {
    const facts::Fact& fact = record_.fact(id);
    Tally tally;
    for (const Truth truth : each_way<Truth>(
             occurrence, fact, [&](const Alternative& single, agreement::ActorId subject) {
               return by_words(occurrence, {fact, single, epoch}, subject);
             })) {
      tally.add(truth);
    }
    known[at] = tally;
  }
  return *known[at];
}

Truth Clocks::is_occurrence(const agreement::Occurrence& occurrence, facts::FactId id) {
  const facts::Fact& fact = record_.fact(id);
  const MomentRange from =
      occurrence.from ? moment(*occurrence.from, fact.account, Edge::Start) : kAlways;
  const Timeline begun = Timeline::since(from);
  const bool is_changing = agreement::has_situations(occurrence);
  Tally tally;
  for (const auto& [epoch, when] : record_.epochs_of(fact.when)) {
    const Tally& words = words_of(occurrence, id, epoch);
    if (!is_changing || words.truth() == Truth::No) {
      tally.add(Tally::both(words, begun.over(when)));
      continue;
    }
    const std::size_t part = epoch;
    for (const Timeline& way : each_way<Timeline>(
             occurrence, fact, [&](const Alternative& single, agreement::ActorId subject) {
               return occurrence_in(occurrence, {fact, single, part}, id, subject);
             })) {
      tally.add((way && begun).over(when));
    }
  }
  return tally.truth();
}

const std::vector<Clocks::Doing>& Clocks::doings(const agreement::Occurrence& occurrence,
                                                 facts::AccountId account) {
  const std::pair key{&occurrence, account};
  if (const auto at = known_doings_.find(key); at != known_doings_.end()) {
    return at->second;
  }
  std::vector<Doing> result;
  base::Instant last_so_far = base::kBeforeTime;
  for (const facts::FactId id : record_.facts_of(account)) {
    const facts::Fact& fact = record_.fact(id);
    if (fact.institutional != facts::InstitutionalAct::None ||
        !acts_.may_be(fact, occurrence.act)) {
      continue;
    }
    const Truth truth = is_occurrence(occurrence, id);
    if (truth != Truth::No) {
      const base::Instant last = facts::last_of(fact.when);
      last_so_far = std::max(last_so_far, last);
      result.push_back({id, fact.when.from, last, last_so_far, truth});
    }
  }
  return known_doings_.emplace(key, std::move(result)).first->second;
}

std::vector<std::pair<facts::FactId, Truth>> Clocks::occurrences(
    const agreement::Occurrence& occurrence, facts::AccountId account) {
  std::vector<std::pair<facts::FactId, Truth>> result;
  for (const Doing& doing : doings(occurrence, account)) {
    result.emplace_back(doing.fact, doing.truth);
  }
  return result;
}

Timeline Clocks::situation(agreement::SituationId id, facts::AccountId account,
                           base::TimeRange when, std::optional<facts::IncidentId> apart) {
  const agreement::Situation& entry = record_.agreement().situations[id.index];
  const Asking asking(questions_, Topic::Situation, &entry, account);
  if (!asking.is_new()) {
    return Timeline(Truth::No);
  }
  if (const auto* its_streak = std::get_if<agreement::Streak>(&entry.what)) {
    return Timeline::since(streak(*its_streak, account));
  }
  if (Histories::looks_around(entry)) {
    return histories_.over(entry, account, when);
  }
  const auto* occurrence = std::get_if<agreement::Occurrence>(&entry.what);
  if (occurrence == nullptr) {
    return Timeline(Truth::Maybe);
  }
  const std::vector<Doing>& all = doings(*occurrence, account);
  auto end =
      std::upper_bound(all.begin(), all.end(), facts::last_of(when),
                       [](base::Instant at, const Doing& doing) { return at < doing.first; });
  std::vector<Timeline> parts;
  while (end != all.begin() && std::prev(end)->last_so_far >= when.from) {
    --end;
    if (end->last >= when.from && record_.fact(end->fact).incident != apart) {
      parts.push_back(Timeline::within(end->first, end->last + base::Duration{1},
                                       end->first == end->last ? end->truth : Truth::Maybe));
    }
  }
  Timeline happens = Timeline::any_of(std::move(parts));
  if (!occurrence->is_negated) {
    return happens;
  }
  const std::pair key{occurrence, account};
  auto covered = known_covered_.find(key);
  if (covered == known_covered_.end()) {
    covered = known_covered_.emplace(key, record_.covered(account, occurrence->act.verb, {})).first;
  }
  return !(happens || (!covered->second && Timeline(Truth::Maybe)));
}

Timeline Clocks::situation_for(agreement::SituationId id, agreement::ActorId bearer,
                               facts::FactId fact_id, const facts::Value& target) {
  const facts::Fact& fact = record_.fact(fact_id);
  const agreement::Situation& entry = record_.agreement().situations[id.index];
  if (Histories::looks_around(entry)) {
    const Asking asking(questions_, Topic::Situation, &entry, fact.account);
    return asking.is_new() ? histories_.at_fact(entry, fact_id) : Timeline(Truth::No);
  }
  return responses_.definition(id) != nullptr
             ? responses_.response(id, bearer, fact_id, target)
             : situation(id, fact.account, fact.when, fact.incident);
}

Timeline Clocks::condition(const agreement::Condition& condition, facts::AccountId account,
                           base::TimeRange when) {
  if (!condition.situation) {
    return Timeline(Truth::Maybe);
  }
  const Timeline holds = situation(*condition.situation, account, when, std::nullopt);
  return condition.is_negated ? !holds : holds;
}

Truth Clocks::conditions_at(const agreement::Clause& clause, facts::AccountId account,
                            base::Instant at) {
  const auto value = [&](const agreement::Condition& one) {
    return condition(one, account, {at, at}).at(at);
  };
  Truth result = Truth::Yes;
  for (const agreement::Particular& particular : clause.particulars) {
    if (const auto* if_holds = std::get_if<agreement::If>(&particular.what)) {
      result = result && value(if_holds->condition);
    } else if (const auto* while_holds = std::get_if<agreement::While>(&particular.what)) {
      result = result && value(while_holds->condition);
    } else if (const auto* unless = std::get_if<agreement::Unless>(&particular.what)) {
      result = result && !value(unless->condition);
    } else if (const auto* except = std::get_if<agreement::Exception>(&particular.what);
               except != nullptr && except->what == agreement::Exception::What::InSituation) {
      result =
          result && (except->situation
                         ? !situation(*except->situation, account, {at, at}, std::nullopt).at(at)
                         : Truth::Maybe);
    }
  }
  return result;
}

}  // namespace truce::monitor::internal
