// SPDX-License-Identifier: Apache-2.0
#include "truce/analysis/internal/time_network.h"

#include <algorithm>
#include <variant>

namespace truce::analysis::internal {
namespace {

using agreement::MomentExpression;
using agreement::Period;
using agreement::Upon;

// The moment from which seconds are counted: 1970 began.
constexpr Node kOrigin = 0;

// The least and most seconds of a period, wherever it is put on the calendar.
std::pair<std::int64_t, std::int64_t> seconds_of(const Period& period, agreement::DayRule rule) {
  constexpr std::int64_t kDaySeconds = 86400;
  const std::int64_t days = period.days * kDaySeconds;
  // Calendar days run to the midnight that ends the last of them.
  const bool is_calendar = rule == agreement::DayRule::Calendar && period.days > 0;
  return {
      period.seconds + days + period.months * 28 * kDaySeconds,
      period.seconds + days + period.months * 31 * kDaySeconds + (is_calendar ? kDaySeconds : 0)};
}

// Months are of no one length, and are said as they are written.
Wording length_of(const Period& period) {
  const std::string english = agreement::to_words(period);
  return period.months != 0
             ? Wording(english)
             : Wording::length(base::Duration{period.seconds + period.days * 86400}, english);
}

bool is_among(const std::vector<ClauseId>& ids, ClauseId id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

}  // namespace

TimeNetwork::TimeNetwork(const Draft& draft, const std::vector<ClauseId>& unordered)
    : draft_(draft) {
  add();
  exact_[kOrigin] = base::Instant{0};
  for (std::size_t i = 0; i < draft.agreement().moments.size(); ++i) {
    moments_.push_back(add());
  }
  for (std::size_t i = 0; i < draft.agreement().situations.size(); ++i) {
    streaks_.push_back(add());
  }
  for (std::size_t i = 0; i < draft.agreement().clauses.size(); ++i) {
    begins_.push_back(add());
    begun_.push_back(add());
    performed_.push_back(add());
  }
  add_moments();
  add_beginnings(unordered);
  add_streaks();
  for (const ClauseId id : draft.clauses()) {
    deadlines_.push_back(add_deadlines(id));
    ends_.push_back(add_end(id));
  }
}

Node TimeNetwork::add() {
  reached_.clear();
  return count_++;
}

void TimeNetwork::at_least(Node later, Node earlier, std::int64_t seconds, Cause cause) {
  bounds_.push_back({earlier, later, seconds, std::move(cause)});
  reached_.clear();
}

void TimeNetwork::equal(Node node, Node base, std::int64_t seconds, const Wording& text) {
  at_least(node, base, seconds, {std::nullopt, text});
  at_least(base, node, -seconds, {std::nullopt, text});
}

Node TimeNetwork::fixed(base::Instant at, const Wording& text) {
  const Node node = add();
  exact_[node] = at;
  // A date says itself.
  const std::string english = text.english();
  const bool is_date = !english.empty() && english[0] >= '0' && english[0] <= '9';
  equal(node, kOrigin, at.seconds, is_date ? Wording() : say("{} is {}", text, draft_.at(at)));
  return node;
}

std::optional<base::Instant> TimeNetwork::exact(Node node) const {
  const auto found = exact_.find(node);
  return found == exact_.end() ? std::nullopt : std::optional(found->second);
}

Node TimeNetwork::shifted(Node node, const Period& period, std::int64_t sign, const Wording& text) {
  const Agreement& agreement = draft_.agreement();
  if (const auto at = exact(node)) {
    return fixed(agreement::add(*at, period, sign, agreement.day_rule, agreement.clock), text);
  }
  const Node sum = add();
  const auto [least, most] = seconds_of(period, agreement.day_rule);
  const Wording words = sign > 0 ? say("{} is {} after that", text, length_of(period))
                                 : say("{} is {} before that", text, length_of(period));
  at_least(sum, node, sign > 0 ? least : -most, {std::nullopt, words});
  at_least(node, sum, sign > 0 ? -most : least, {std::nullopt, words});
  return sum;
}

Node TimeNetwork::base_of(const MomentExpression& expression, bool is_end) {
  switch (expression.base) {
    case MomentExpression::Base::Fixed: {
      const base::Instant at = expression.fixed;
      return fixed(expression.is_whole_day && is_end ? at + base::kDay : at, expression.text);
    }
    case MomentExpression::Base::Moment:
      return moments_[expression.moment.index];
    case MomentExpression::Base::Streak:
      return streaks_[expression.streak.index];
    case MomentExpression::Base::DayOfClause: {
      const Node day = add();
      // It starts up to a day before the performance that it is counted from.
      at_least(day, begun_[expression.clause.index], (expression.day - 2) * 86400 + 1,
               {std::nullopt, say("{} is counted from its performance", expression.text)});
      at_least(begun_[expression.clause.index], day, (1 - expression.day) * 86400,
               {std::nullopt, say("{} is counted from its performance", expression.text)});
      return day;
    }
    case MomentExpression::Base::Notification:
      return add();
    case MomentExpression::Base::Undefined:
      break;
  }
  const auto [place, is_new] = undefined_.try_emplace(base_name(expression), 0);
  if (is_new) {
    place->second = add();
  }
  return place->second;
}

Node TimeNetwork::moment(const MomentExpression& expression, bool is_end) {
  const std::pair<std::string, bool> key(expression.text, is_end);
  if (const auto known = by_words_.find(key); known != by_words_.end()) {
    return known->second;
  }
  Node node = base_of(expression, is_end);
  for (const MomentExpression::Step& step : expression.steps) {
    node = shifted(node, step.period, step.sign, expression.text);
  }
  by_words_[key] = node;
  return node;
}

void TimeNetwork::add_moments() {
  // A definition may lean on one declared after it: fixed ones first, until nothing is added.
  const auto& moments = draft_.agreement().moments;
  std::vector<bool> is_done(moments.size(), false);
  for (bool is_changed = true; is_changed;) {
    is_changed = false;
    for (std::size_t i = 0; i < moments.size(); ++i) {
      const auto& expression = moments[i].expression;
      if (is_done[i] || !expression.has_value()) {
        continue;
      }
      const bool is_other = expression->base == MomentExpression::Base::Moment;
      if (is_other && moments[expression->moment.index].expression.has_value() &&
          !is_done[expression->moment.index]) {
        continue;
      }
      const Node node = moment(*expression, false);
      if (const auto at = exact(node)) {
        exact_[moments_[i]] = *at;
      }
      equal(moments_[i], node, 0, say("{} is {}", moments[i].name, expression->text));
      is_done[i] = is_changed = true;
    }
  }
}

void TimeNetwork::add_waits(ClauseId id, const Upon& upon, const std::vector<ClauseId>& unordered) {
  const Node begins = begins_[id.index];
  const std::string number = draft_.number(id);
  if (upon.what == Upon::What::Moment) {
    at_least(begins, moments_[upon.moment.index], 0,
             {id, say("{} begins upon {}", number, upon.text)});
  }
  if (upon.what == Upon::What::Streak) {
    at_least(begins, streaks_[upon.situation.index], 0,
             {id, say("{} begins upon {}", number,
                      draft_.agreement().situations[upon.situation.index].name)});
  }
  for (const agreement::ClauseRef& ref : upon.clauses) {
    if (upon.what == Upon::What::Fulfilment &&
        !(is_among(unordered, id) && is_among(unordered, ref.clause))) {
      at_least(begins, performed_[ref.clause.index], 0,
               {id, say("{} waits for {}", number, draft_.number(ref.clause))});
    }
  }
}

void TimeNetwork::add_beginnings(const std::vector<ClauseId>& unordered) {
  const Agreement& agreement = draft_.agreement();
  for (const ClauseId id : draft_.clauses()) {
    const Clause& clause = draft_.clause(id);
    const std::string& number = clause.number;
    const Node begins = begins_[id.index];
    if (const auto* from = clause.find<agreement::From>()) {
      at_least(begins, moment(from->at, false), 0,
               {id, say("{} begins from {}", number, from->at.text)});
    } else if (agreement.force_from.has_value()) {
      at_least(
          begins, moment(*agreement.force_from, false), 0,
          {std::nullopt, say("the agreement is in force from {}", agreement.force_from->text)});
    }
    for (const Upon* upon : clause.find_all<Upon>()) {
      add_waits(id, *upon, unordered);
    }
    if (draft_.is_duty(id)) {
      at_least(begun_[id.index], begins, 0, {id, {}});
      at_least(performed_[id.index], begun_[id.index], 0, {id, {}});
      for (const agreement::Due* due : clause.find_all<agreement::Due>()) {
        if (due->deadline.within.has_value() && due->deadline.moment.has_value()) {
          at_least(begun_[id.index], moment(*due->deadline.moment, false), 0,
                   {id, say("{} counts from {}", number, due->deadline.moment->text)});
        }
      }
    }
  }
}

void TimeNetwork::add_streak(Node end, const agreement::Streak& streak, const std::string& name) {
  const std::int64_t seconds = seconds_of(streak.period, draft_.agreement().day_rule).first;
  const Wording period = length_of(streak.period);
  if (streak.from.has_value()) {
    at_least(end, moment(*streak.from, false), seconds,
             {std::nullopt, say("{} takes {} from {}", name, period, streak.from->text)});
  }
  // It starts no earlier than the prohibition that begins before all others, if one does.
  std::vector<std::pair<ClauseId, Node>> starts;
  for (const ClauseId id : draft_.clauses()) {
    if (draft_.is_prohibition(id)) {
      const auto* from = draft_.clause(id).find<agreement::From>();
      if (from == nullptr) {
        return;
      }
      starts.emplace_back(id, moment(from->at, false));
    }
  }
  const auto first = std::find_if(starts.begin(), starts.end(), [&](const auto& start) {
    return std::all_of(starts.begin(), starts.end(), [&](const auto& other) {
      const auto between = least_between(start.second, other.second);
      return between.has_value() && *between >= 0;
    });
  });
  if (first != starts.end()) {
    at_least(end, first->second, seconds,
             {std::nullopt, say("{} takes {} from the beginning of {}", name, period,
                                draft_.number(first->first))});
  }
}

void TimeNetwork::add_streaks() {
  const Agreement& agreement = draft_.agreement();
  for (std::size_t i = 0; i < agreement.situations.size(); ++i) {
    const agreement::Situation& situation = agreement.situations[i];
    if (const auto* streak = std::get_if<agreement::Streak>(&situation.what)) {
      add_streak(streaks_[i], *streak, situation.name);
    }
  }
  for (std::size_t i = 0; i < agreement.moments.size(); ++i) {
    const agreement::Moment& moment = agreement.moments[i];
    if (moment.streak.has_value()) {
      add_streak(moments_[i], *moment.streak, moment.name);
    }
  }
}

TimeNetwork::Deadlines TimeNetwork::add_deadlines(ClauseId id) {
  Deadlines found;
  for (const agreement::Particular& particular : draft_.clause(id).particulars) {
    const agreement::Deadline* deadline = nullptr;
    if (const auto* due = std::get_if<agreement::Due>(&particular.what)) {
      deadline = &due->deadline;
    } else if (const auto* finish = std::get_if<agreement::Finish>(&particular.what)) {
      deadline = &finish->deadline;
    }
    if (deadline == nullptr || !deadline->moment.has_value()) {
      continue;
    }
    Node node = moment(*deadline->moment, !deadline->within.has_value());
    if (deadline->within.has_value()) {
      node = shifted(node, *deadline->within, 1,
                     say("{} after {}", length_of(*deadline->within), deadline->moment->text));
    }
    found.emplace_back(node, &particular);
  }
  return found;
}

std::vector<Node> TimeNetwork::waits(const Upon& upon) const {
  std::vector<Node> nodes;
  if (upon.what == Upon::What::Moment) {
    nodes.push_back(moments_[upon.moment.index]);
  } else if (upon.what == Upon::What::Streak) {
    nodes.push_back(streaks_[upon.situation.index]);
  } else if (upon.what == Upon::What::Fulfilment) {
    for (const agreement::ClauseRef& ref : upon.clauses) {
      nodes.push_back(performed_[ref.clause.index]);
    }
  }
  return nodes;
}

std::optional<Node> TimeNetwork::add_end(ClauseId id) {
  const Clause& clause = draft_.clause(id);
  if (const auto* until = clause.find<agreement::Until>()) {
    return moment(until->at, true);
  }
  if (const auto* length = clause.find<agreement::For>()) {
    const auto* from = clause.find<agreement::From>();
    const Node start = from == nullptr ? begins(id) : moment(from->at, false);
    return shifted(start, length->period, 1,
                   say("{} after {} begins", length_of(length->period), clause.number));
  }
  return std::nullopt;
}

const TimeNetwork::Reach& TimeNetwork::reach(Node first) const {
  const auto [place, is_new] = reached_.try_emplace(first);
  Reach& reach = place->second;
  if (!is_new) {
    return reach;
  }
  reach.seconds.assign(count_, std::nullopt);
  reach.by.assign(count_, bounds_.size());
  reach.seconds[first] = 0;
  // Bellman and Ford. A circle that adds time would never end; the number of rounds ends it.
  for (Node round = 0; round < count_; ++round) {
    bool is_changed = false;
    for (std::size_t i = 0; i < bounds_.size(); ++i) {
      const Bound& bound = bounds_[i];
      const auto& start = reach.seconds[bound.from];
      auto& end = reach.seconds[bound.to];
      if (start.has_value() && bound.to != first &&
          (!end.has_value() || *end < *start + bound.seconds)) {
        end = *start + bound.seconds;
        reach.by[bound.to] = i;
        is_changed = true;
      }
    }
    if (!is_changed) {
      break;
    }
  }
  return reach;
}

std::optional<std::int64_t> TimeNetwork::least_between(Node first, Node second) const {
  return reach(first).seconds[second];
}

std::vector<Cause> TimeNetwork::causes(Node first, Node second) const {
  const Reach& reach = this->reach(first);
  std::vector<Cause> causes;
  for (Node node = second; node != first && causes.size() <= bounds_.size();) {
    const std::size_t by = reach.by[node];
    if (by >= bounds_.size()) {
      break;
    }
    causes.push_back(bounds_[by].cause);
    node = bounds_[by].from;
  }
  std::reverse(causes.begin(), causes.end());
  return causes;
}

std::optional<base::Instant> TimeNetwork::earliest(Node node) const {
  const auto seconds = least_between(kOrigin, node);
  return seconds.has_value() ? std::optional(base::Instant{*seconds}) : std::nullopt;
}

std::optional<base::Instant> TimeNetwork::latest(Node node) const {
  const auto seconds = least_between(node, kOrigin);
  return seconds.has_value() ? std::optional(base::Instant{-*seconds}) : std::nullopt;
}

std::string TimeNetwork::words(Node node) const {
  const auto at = earliest(node);
  return at.has_value() ? draft_.at(*at).english() : std::string("an unknown day");
}

}  // namespace truce::analysis::internal
