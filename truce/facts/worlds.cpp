// SPDX-License-Identifier: Apache-2.0
// The ways of reading a report, as far as they may make a difference.
#include "truce/facts/worlds.h"

#include <algorithm>
#include <map>
#include <set>
#include <variant>

#include "truce/facts/match.h"
#include "truce/geometry/faces.h"

namespace truce::facts {
namespace {

using agreement::Agreement;

// Every date and every period that the text states.
class Stated {
 public:
  explicit Stated(const Agreement& agreement) : agreement_(agreement) {
    if (agreement.date.has_value()) {
      instants_.push_back(base::start_of(*agreement.date) - agreement.clock.offset);
    }
    take(agreement.force_from);
    for (const agreement::Actor& actor : agreement.actors) {
      take(actor.decision.within);
    }
    for (const agreement::Moment& moment : agreement.moments) {
      take(moment.expression);
      if (moment.streak.has_value()) {
        take(*moment.streak);
      }
    }
    for (const agreement::Situation& situation : agreement.situations) {
      std::visit([&](const auto& what) { take(what); }, situation.what);
    }
    for (const agreement::Clause& clause : agreement.clauses) {
      take(clause.power.period);
      take(clause.power.notice);
      for (const agreement::Particular& particular : clause.particulars) {
        std::visit([&](const auto& what) { take(what); }, particular.what);
      }
    }
    std::sort(periods_.begin(), periods_.end());
    periods_.erase(std::unique(periods_.begin(), periods_.end()), periods_.end());
  }

  [[nodiscard]] const std::vector<base::Instant>& instants() const { return instants_; }

  /// These and everything a period of the text before or after them, as far as it lies in `span`.
  [[nodiscard]] std::vector<base::Instant> with_periods(const std::vector<base::Instant>& from,
                                                        base::TimeRange span) const {
    std::vector<base::Instant> found;
    const auto add = [&](base::Instant at) {
      if (at >= span.from && at <= span.to) {
        found.push_back(at);
      }
    };
    for (const base::Instant at : from) {
      add(at);
      if (at <= base::kBeforeTime || at >= base::kAfterTime) {
        continue;
      }
      for (const agreement::Period& period : periods_) {
        for (const std::int64_t sign : {-1, 1}) {
          add(agreement::add(at, period, sign, agreement_.day_rule, agreement_.clock));
        }
        add(at + agreement::look_back(period));
      }
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
  }

 private:
  template <typename What>
  void take(const std::optional<What>& what) {
    if (what.has_value()) {
      take(*what);
    }
  }
  void take(const agreement::Period& period) { periods_.push_back(period); }
  void take(const agreement::MomentExpression& expression) {
    if (expression.base == agreement::MomentExpression::Base::Fixed) {
      instants_.push_back(expression.fixed);
      if (expression.is_whole_day) {
        instants_.push_back(expression.fixed + base::kDay);
      }
    }
    for (const agreement::MomentExpression::Step& step : expression.steps) {
      take(step.period);
    }
  }
  void take(const agreement::Deadline& deadline) {
    take(deadline.moment);
    take(deadline.within);
  }
  void take(const agreement::Streak& streak) {
    take(streak.period);
    take(streak.from);
  }
  void take(const agreement::StandingStreak& streak) {
    take(streak.period);
    take(streak.from);
  }
  void take(const agreement::Response& response) { take(response.within); }
  void take(const agreement::Frequency& frequency) {
    take(frequency.within);
    take(frequency.occasion);
  }
  void take(const agreement::Occurrence& occurrence) {
    take(occurrence.during);
    take(occurrence.from);
  }
  void take(const agreement::From& from) { take(from.at); }
  void take(const agreement::Until& until) { take(until.at); }
  void take(const agreement::For& lasting) { take(lasting.period); }
  void take(const agreement::Due& due) { take(due.deadline); }
  void take(const agreement::Start& start) { take(start.deadline); }
  void take(const agreement::Finish& finish) { take(finish.deadline); }
  void take(const agreement::Interval& interval) { take(interval.period); }
  void take(const agreement::Renewable& renewable) { take(renewable.period); }
  void take(const agreement::Determined& determined) { take(determined.within); }
  void take(const agreement::Notice& notice) { take(notice.period); }
  void take(const agreement::Whenever& whenever) { take(whenever.what); }
  // The others state neither.
  template <typename Other>
  void take(const Other& /*other*/) {}

  const Agreement& agreement_;
  std::vector<base::Instant> instants_;
  std::vector<agreement::Period> periods_;
};

template <typename Change>
void add_way(const Fact& fact, FactId id, std::vector<Part>& ways, Change change) {
  Fact way = fact;
  change(way);
  Part part;
  part.emplace_back(id, std::move(way));
  ways.push_back(std::move(part));
}

void add_values(const Fact& fact, FactId id, Values Fact::* role, std::vector<Part>& ways) {
  if ((fact.*role).is_all_of || (fact.*role).items.size() < 2) {
    return;
  }
  for (const Value& value : (fact.*role).items) {
    add_way(fact, id, ways, [&](Fact& way) { (way.*role).items = {value}; });
  }
}

// By the sets of places in which the disc's points lie.
void add_places(const Agreement& agreement, const Fact& fact, FactId id, std::vector<Part>& ways) {
  if (!fact.where.has_value()) {
    return;
  }
  std::vector<agreement::PlaceId> places;
  std::vector<const geometry::Region*> regions;
  for (std::size_t i = 0; i < agreement.places.size(); ++i) {
    const auto place = base::id_at<agreement::PlaceId>(i);
    if (agreement.places[i].region != nullptr && lies_in(agreement, fact, place) == Truth::Maybe) {
      places.push_back(place);
      regions.push_back(agreement.places[i].region.get());
    }
  }
  if (places.empty()) {
    return;
  }
  const auto faces = geometry::faces_of(*fact.where, regions);
  if (!faces.has_value()) {
    return;
  }
  for (const geometry::Face& face : *faces) {
    add_way(fact, id, ways, [&](Fact& way) {
      for (std::size_t i = 0; i < places.size(); ++i) {
        way.located.push_back({places[i], face[i]});
      }
    });
  }
}

// The parts of a range between the cuts.
std::vector<base::TimeRange> stretches(base::TimeRange when,
                                       const std::vector<base::Instant>& cuts) {
  std::vector<base::TimeRange> found;
  base::Instant from = when.from;
  for (auto cut = std::upper_bound(cuts.begin(), cuts.end(), when.from);
       cut != cuts.end() && *cut < when.to; ++cut) {
    found.push_back({from, *cut});
    from = *cut;
  }
  found.push_back({from, when.to});
  return found;
}

std::vector<Part> times_of(const Evidence& evidence, const std::vector<FactId>& together,
                           const std::vector<base::Instant>& cuts) {
  base::Instant first = evidence.fact(together.front()).when.from;
  base::Instant last = last_of(evidence.fact(together.front()).when);
  for (const FactId id : together) {
    first = std::min(first, evidence.fact(id).when.from);
    last = std::max(last, last_of(evidence.fact(id).when));
  }
  std::vector<Part> ways;
  if (first == last) {
    return ways;
  }
  for (const base::TimeRange& stretch : stretches({first, last + base::Duration{1}}, cuts)) {
    Part part;
    for (const FactId id : together) {
      part.emplace_back(id, evidence.fact(id));
      part.back().second.when = stretch;
    }
    ways.push_back(std::move(part));
  }
  return ways;
}

}  // namespace

std::vector<std::vector<FactId>> realised_together(const Evidence& evidence, AccountId account,
                                                   bool with_institutional) {
  std::vector<std::vector<FactId>> found;
  std::map<std::pair<IncidentId, InstitutionalAct>, std::vector<FactId>> acts;
  for (std::size_t i = 0; i < evidence.facts.size(); ++i) {
    const auto id = base::id_at<FactId>(i);
    const Fact& fact = evidence.facts[i];
    if (fact.institutional != InstitutionalAct::None) {
      acts[{fact.incident, fact.institutional}].push_back(id);
    } else if (fact.account == account) {
      found.push_back({id});
    }
  }
  if (with_institutional) {
    for (auto& [key, facts] : acts) {
      found.push_back(std::move(facts));
    }
  }
  return found;
}

std::vector<Part> ways_of(const Agreement& agreement, const Evidence& evidence,
                          const std::vector<FactId>& together, Doubt doubt,
                          const std::vector<base::Instant>& cuts) {
  const FactId id = together.front();
  const Fact& fact = evidence.fact(id);
  const bool is_institutional = fact.institutional != InstitutionalAct::None;
  std::vector<Part> ways;
  if (doubt == Doubt::When) {
    ways = times_of(evidence, together, cuts);
  } else if (!is_institutional) {
    switch (doubt) {
      case Doubt::Where:
        add_places(agreement, fact, id, ways);
        break;
      case Doubt::Who:
        for (const Group& group : fact.actors) {
          add_way(fact, id, ways, [&](Fact& way) {
            way.actors = {group};
            way.is_actor_unknown = false;
          });
        }
        break;
      case Doubt::Target:
        add_values(fact, id, &Fact::objects, ways);
        break;
      case Doubt::Weapon:
        add_values(fact, id, &Fact::weapons, ways);
        break;
      case Doubt::What:
        for (const agreement::VerbId verb : fact.verbs) {
          add_way(fact, id, ways, [&](Fact& way) {
            way.verbs = {verb};
            way.is_verb_unknown = false;
          });
        }
        break;
      case Doubt::When:
        break;
    }
  }
  if (ways.size() > 1) {
    return ways;
  }
  Part as_it_stands;
  for (const FactId one : together) {
    as_it_stands.emplace_back(one, evidence.fact(one));
  }
  return {as_it_stands};
}

std::vector<base::Instant> cuts_of(const Agreement& agreement, const Evidence& evidence,
                                   AccountId account) {
  // What is moved twice, as an end that is renewed or a deadline after a streak, is moved once
  // from what was moved once.
  constexpr std::size_t kMostToMoveAgain = 2000;
  constexpr base::TimeRange kEver{base::kBeforeTime, base::kAfterTime};
  base::TimeRange open{base::kAfterTime, base::kBeforeTime};
  for (const Fact& fact : evidence.facts) {
    const bool is_institutional = fact.institutional != InstitutionalAct::None;
    if (is_institutional || (fact.account == account && fact.when.from < last_of(fact.when))) {
      open = {std::min(open.from, fact.when.from), std::max(open.to, fact.when.to)};
    }
  }
  if (open.from > open.to) {
    return {};
  }
  const Stated stated(agreement);
  std::vector<base::Instant> cuts = stated.instants();
  for (const Fact& fact : evidence.facts) {
    if (fact.account == account || fact.institutional != InstitutionalAct::None) {
      cuts.push_back(fact.when.from);
      cuts.push_back(last_of(fact.when));
    }
  }
  for (const ResolvedCoverage& row : evidence.coverage) {
    cuts.push_back(row.when.from);
    cuts.push_back(row.when.to);
  }
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  cuts = stated.with_periods(cuts, kEver);
  if (cuts.size() <= kMostToMoveAgain) {
    cuts = stated.with_periods(cuts, open);
  }
  std::vector<base::Instant> both;
  for (const base::Instant cut : cuts) {
    if (both.empty() || both.back() != cut) {
      both.push_back(cut);
    }
    both.push_back(cut + base::Duration{1});
  }
  return both;
}

std::size_t count_worlds(const Agreement& agreement, const Evidence& evidence, AccountId account,
                         bool with_institutional) {
  const std::vector<base::Instant> cuts = cuts_of(agreement, evidence, account);
  std::size_t count = 1;
  for (const auto& together : realised_together(evidence, account, with_institutional)) {
    for (const Doubt doubt : kDoubts) {
      count *= ways_of(agreement, evidence, together, doubt, cuts).size();
      if (count > kMostWorlds) {
        return kMostWorlds + 1;
      }
    }
  }
  return count;
}

namespace {

bool waits_upon_acts(const Agreement& agreement, agreement::ClauseId id,
                     std::set<agreement::ClauseId>& seen) {
  using What = agreement::Upon::What;
  if (!seen.insert(id).second) {
    return false;
  }
  for (const auto* upon : agreement.clause(id).find_all<agreement::Upon>()) {
    const bool is_act = upon->what == What::Determination || upon->what == What::ReportOfClause ||
                        upon->what == What::ReportOfThing || upon->what == What::Notice;
    const bool is_breach_of_one =
        upon->what == What::Breach &&
        std::any_of(upon->clauses.begin(), upon->clauses.end(),
                    [&](const agreement::ClauseRef& reference) {
                      return waits_upon_acts(agreement, reference.clause, seen);
                    });
    if (is_act || is_breach_of_one) {
      return true;
    }
  }
  return false;
}

}  // namespace

bool waits_upon_acts(const Agreement& agreement, agreement::ClauseId clause) {
  std::set<agreement::ClauseId> seen;
  return waits_upon_acts(agreement, clause, seen);
}

}  // namespace truce::facts
