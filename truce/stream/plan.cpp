// SPDX-License-Identifier: Apache-2.0
#include "truce/stream/plan.h"

#include <algorithm>

#include <fmt/format.h>

namespace truce::stream {
namespace {

using agreement::Agreement;
using agreement::Clause;
using agreement::Form;
using agreement::SituationId;

// Whether adding it to a moment is adding seconds.
bool is_exact(const Agreement& agreement, const agreement::Period& period) {
  return period.months == 0 &&
         (period.days == 0 || agreement.day_rule == agreement::DayRule::TwentyFourHours);
}

bool is_fixed(const Agreement& agreement, const agreement::MomentExpression& moment) {
  using Base = agreement::MomentExpression::Base;
  if (moment.base == Base::Fixed) {
    return true;
  }
  if (moment.base != Base::Moment) {
    return false;
  }
  const agreement::Moment& declared = agreement.moments[moment.moment.index];
  return declared.expression && declared.expression->base == Base::Fixed;
}

bool is_same(const agreement::Agent& one, const agreement::Agent& other) {
  return one.who == other.who && one.actor == other.actor;
}

bool is_same(const agreement::Noun& one, const agreement::Noun& other) {
  const bool is_plain = one.owner.empty() && other.owner.empty() && !one.test && !other.test;
  return is_plain && one.head == other.head && is_same(one.agent, other.agent) &&
         one.kind == other.kind && one.place == other.place;
}

// Whether two responses are to the same acts, whoever is bound: where each clause has its own words
// for them, one store serves all. False also where it is not worth finding out.
bool is_same(const agreement::Response& one, const agreement::Response& other) {
  const auto within = [](const agreement::Response& response) {
    return response.nearness && response.nearness->within
               ? std::optional(response.nearness->within->value)
               : std::nullopt;
  };
  return one.is_necessary == other.is_necessary && one.is_proportionate == other.is_proportionate &&
         one.reported_to.empty() && other.reported_to.empty() && one.within == other.within &&
         one.nearness.has_value() == other.nearness.has_value() && within(one) == within(other) &&
         one.on.joining == other.on.joining &&
         std::equal(one.on.items.begin(), one.on.items.end(), other.on.items.begin(),
                    other.on.items.end(),
                    [](const auto& a, const auto& b) { return is_same(a, b); });
}

class Planner {
 public:
  explicit Planner(const Agreement& agreement) : agreement_(agreement) {}

  Plan plan() {
    plan_.obstacle = obstacle_of_all();
    for (std::size_t i = 0; i < agreement_.clauses.size(); ++i) {
      ClausePlan clause;
      clause.clause = base::id_at<agreement::ClauseId>(i);
      clause.obstacle = judge(clause);
      plan_.clauses.push_back(std::move(clause));
    }
    return std::move(plan_);
  }

 private:
  std::optional<std::string> obstacle_of_all() const {
    if (!agreement_.brackets.empty()) {
      return "words of it are disputed, and each reading is replayed apart";
    }
    if (!agreement_.local_truces.empty()) {
      return "a local truce may displace its clauses";
    }
    if (agreement_.force_from && !is_fixed(agreement_, *agreement_.force_from)) {
      return "it enters into force by what happens";
    }
    return std::nullopt;
  }

  // Adds the store of the situation; says why there can be none.
  std::optional<std::string> need(SituationId id, ClausePlan& clause) {
    if (const auto known = plan_.store_of(id)) {
      clause.stores.push_back(*known);
      return std::nullopt;
    }
    if (const auto known = same_as(id)) {
      plan_.stores[*known].same.push_back(id);
      clause.stores.push_back(*known);
      return std::nullopt;
    }
    Store store;
    store.situation = id;
    const agreement::Situation& situation = agreement_.situations[id.index];
    auto obstacle =
        std::visit([&](const auto& what) { return describe(what, store); }, situation.what);
    if (!obstacle && store.period && store.period->seconds <= 0) {
      obstacle = "its period is nothing";
    }
    if (!obstacle) {
      clause.stores.push_back(plan_.stores.size());
      plan_.stores.push_back(store);
    }
    return obstacle;
  }

  [[nodiscard]] std::optional<std::size_t> same_as(SituationId id) const {
    const auto* response = std::get_if<agreement::Response>(&agreement_.situations[id.index].what);
    for (std::size_t i = 0; response != nullptr && i < plan_.stores.size(); ++i) {
      const auto known = plan_.stores[i].situation;
      const auto* other =
          known ? std::get_if<agreement::Response>(&agreement_.situations[known->index].what)
                : nullptr;
      if (other != nullptr && is_same(*response, *other)) {
        return i;
      }
    }
    return std::nullopt;
  }

  std::optional<std::string> place(const std::optional<agreement::Nearness>& nearness,
                                   Store& store) const {
    if (!nearness) {
      return std::nullopt;
    }
    store.where = nearness->within ? Store::Where::Near : Store::Where::SamePlace;
    store.within = nearness->within.value_or(base::Metres{});
    if (nearness->within && store.within.value <= 0) {
      return "a distance of nothing";
    }
    return std::nullopt;
  }

  static std::optional<std::string> plain(const agreement::Occurrence& occurrence) {
    if (occurrence.from) {
      return "its acts count from a moment on";
    }
    const bool has_situation =
        std::any_of(occurrence.exceptions.begin(), occurrence.exceptions.end(),
                    [](const agreement::Exception& exception) {
                      return exception.what == agreement::Exception::What::InSituation;
                    });
    return has_situation ? std::optional<std::string>("its acts are excepted in a situation")
                         : std::nullopt;
  }

  static std::optional<std::string> describe(const agreement::Streak&, Store&) {
    return "the end of an uninterrupted period is known only when all reports are in";
  }

  std::optional<std::string> describe(const agreement::StandingStreak& streak, Store& store) {
    store.what = Store::What::Quiet;
    store.period = agreement::look_back(streak.period);
    if (streak.from) {
      if (streak.from->base != agreement::MomentExpression::Base::Fixed ||
          !streak.from->steps.empty()) {
        return "its period begins at a moment that is worked out";
      }
      store.from = streak.from->fixed;
    } else if (agreement_.force_from || agreement_.date || !agreement_.signatories.empty()) {
      return "its period begins with the agreement";
    }
    for (const agreement::Condition& holding : streak.holdings) {
      if (!holding.situation) {
        return "it holds while something undefined does";
      }
      const auto* occurrence =
          std::get_if<agreement::Occurrence>(&agreement_.situations[holding.situation->index].what);
      if (occurrence == nullptr) {
        return "it holds while something other than an act does";
      }
      if (auto why = plain(*occurrence)) {
        return why;
      }
    }
    return place(streak.nearness, store);
  }

  std::optional<std::string> describe(const agreement::Frequency& frequency, Store& store) {
    store.what = Store::What::Count;
    store.period = agreement::look_back(frequency.within);
    if (!frequency.at_least || *frequency.at_least < 1) {
      return "no number is set for its occasions";
    }
    store.at_least = *frequency.at_least;
    auto why = plain(frequency.occasion);
    return why ? why : place(frequency.nearness, store);
  }

  std::optional<std::string> describe(const agreement::Response& response, Store& store) {
    store.what = Store::What::Latest;
    store.is_open =
        response.is_necessary || response.is_proportionate || !response.reported_to.empty();
    if (response.within) {
      if (!is_exact(agreement_, *response.within)) {
        return "days of the calendar are counted";
      }
      store.period = agreement::look_back(*response.within);
    } else if (response.nearness && response.nearness->within) {
      return "however long ago something nearby counts";
    }
    return place(response.nearness, store);
  }

  std::optional<std::string> describe(const agreement::Occurrence& occurrence, Store& store) {
    store.what = Store::What::Latest;
    store.is_negated = occurrence.is_negated;
    if (!occurrence.during) {
      return "an act of the very same time counts, whichever row comes first";
    }
    store.period = agreement::look_back(*occurrence.during);
    auto why = plain(occurrence);
    return why ? why : place(occurrence.nearness, store);
  }

  std::optional<std::string> need(const agreement::Condition& condition, ClausePlan& clause) {
    return condition.situation ? need(*condition.situation, clause) : std::nullopt;
  }

  // A particular that does not hinder judging a prohibition, permission or `report when`.
  std::optional<std::string> judge_particular(const agreement::Particular& particular,
                                              ClausePlan& clause) {
    return std::visit(
        [&](const auto& what) -> std::optional<std::string> {
          using What = std::decay_t<decltype(what)>;
          if constexpr (std::is_same_v<What, agreement::From> ||
                        std::is_same_v<What, agreement::Until>) {
            return is_fixed(agreement_, what.at)
                       ? std::nullopt
                       : std::optional<std::string>("it runs from or until what happens");
          } else if constexpr (std::is_same_v<What, agreement::If> ||
                               std::is_same_v<What, agreement::While> ||
                               std::is_same_v<What, agreement::Unless>) {
            return need(what.condition, clause);
          } else if constexpr (std::is_same_v<What, agreement::Exception>) {
            return what.what == agreement::Exception::What::InSituation && what.situation
                       ? need(*what.situation, clause)
                       : std::nullopt;
          } else if constexpr (std::is_same_v<What, agreement::Upon>) {
            return "it begins upon something else";
          } else if constexpr (std::is_same_v<What, agreement::Amending>) {
            return "it takes the place of another clause once the text is amended";
          } else {
            return std::nullopt;
          }
        },
        particular.what);
  }

  std::optional<std::string> judge_act(const Clause& entry, ClausePlan& clause) {
    for (const agreement::Particular& particular : entry.particulars) {
      if (auto why = judge_particular(particular, clause)) {
        return why;
      }
      if (const auto* in_place = std::get_if<agreement::InPlace>(&particular.what)) {
        for (const agreement::Noun& noun : in_place->places.items) {
          if (noun.head == agreement::Noun::Head::Undefined) {
            return "it names a place that nobody declared";
          }
        }
      }
    }
    return entry.watched ? need(*entry.watched, clause) : std::nullopt;
  }

  std::optional<std::string> judge_duty(const Clause& entry, ClausePlan& clause) {
    const auto* whenever = entry.find<agreement::Whenever>();
    if (whenever == nullptr) {
      return "a duty that arises once is judged when all reports are in";
    }
    if (entry.subject.is_anyone || entry.subject.agents.size() != 1 ||
        entry.subject.agents.front().who != agreement::Agent::Who::Actor) {
      return "several may have to answer";
    }
    if (auto why = plain(whenever->what)) {
      return why;
    }
    Store store;
    store.what = Store::What::Requests;
    store.clause = clause.clause;
    for (const agreement::Particular& particular : entry.particulars) {
      if (const auto* due = std::get_if<agreement::Due>(&particular.what)) {
        if (store.period || due->deadline.moment || !due->deadline.within ||
            !is_exact(agreement_, *due->deadline.within)) {
          return "its deadline is no plain period";
        }
        store.period = agreement::look_back(*due->deadline.within);
        continue;
      }
      const bool is_plain = std::holds_alternative<agreement::Whenever>(particular.what) ||
                            std::holds_alternative<agreement::InPlace>(particular.what) ||
                            std::holds_alternative<agreement::Monitored>(particular.what) ||
                            std::holds_alternative<agreement::Determined>(particular.what) ||
                            std::holds_alternative<agreement::Ensured>(particular.what) ||
                            std::holds_alternative<agreement::Consequence>(particular.what) ||
                            std::holds_alternative<agreement::Note>(particular.what);
      if (!is_plain) {
        return "more than a deadline is asked of its answers";
      }
    }
    if (!store.period) {
      return "it has no deadline";
    }
    clause.stores.push_back(plan_.stores.size());
    plan_.stores.push_back(store);
    return std::nullopt;
  }

  std::optional<std::string> judge(ClausePlan& clause) {
    const Clause& entry = agreement_.clause(clause.clause);
    switch (entry.form) {
      case Form::Prohibition:
      case Form::Permission:
      case Form::Watch:
        return judge_act(entry, clause);
      case Form::Duty:
        return judge_duty(entry, clause);
      case Form::Effort:
        return "an effort is broken only by a determination";
      case Form::Phases:
        return "phases are judged slice by slice when all reports are in";
      case Form::Power:
      case Form::Reservation:
        // Without an institutional act on record they change nothing.
        return std::nullopt;
    }
    return std::nullopt;
  }

  const Agreement& agreement_;
  Plan plan_;
};

}  // namespace

bool Plan::is_whole() const {
  return !obstacle && std::none_of(clauses.begin(), clauses.end(), [](const ClausePlan& clause) {
    return clause.obstacle.has_value();
  });
}

std::optional<std::size_t> Plan::store_of(SituationId situation) const {
  for (std::size_t i = 0; i < stores.size(); ++i) {
    const std::vector<agreement::SituationId>& same = stores[i].same;
    if (stores[i].situation == situation ||
        std::find(same.begin(), same.end(), situation) != same.end()) {
      return i;
    }
  }
  return std::nullopt;
}

std::string first_obstacle(const Agreement& agreement, const Plan& plan) {
  if (plan.obstacle) {
    return *plan.obstacle;
  }
  for (const ClausePlan& clause : plan.clauses) {
    if (clause.obstacle) {
      return fmt::format("{}: {}", agreement.clause(clause.clause).number, *clause.obstacle);
    }
  }
  return {};
}

Plan plan_of(const Agreement& agreement) { return Planner(agreement).plan(); }

}  // namespace truce::stream
