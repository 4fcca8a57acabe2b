// SPDX-License-Identifier: Apache-2.0
#include "truce/semantics/internal/record.h"

#include <algorithm>
#include <tuple>

namespace truce::semantics::internal {
namespace {

template <typename Item>
void add_new(std::vector<Item>& items, const Item& item) {
  if (std::find(items.begin(), items.end(), item) == items.end()) {
    items.push_back(item);
  }
}

void join(const facts::Fact& fact, OfficialAct& act) {
  act.first = std::min(act.first, fact.when.from);
  act.last = std::max(act.last, facts::last_of(fact.when));
  // Where nobody is named nobody is an author, whoever it may have been.
  if (!fact.is_actor_unknown) {
    for (const facts::Group& group : fact.actors) {
      for (agreement::ActorId author : group) {
        add_new(act.authors, author);
      }
    }
  }
  for (agreement::ClauseId clause : fact.clauses) {
    add_new(act.clauses, clause);
  }
  act.are_clauses_named = act.are_clauses_named || fact.are_clauses_named;
  for (const facts::Value& target : fact.objects.items) {
    add_new(act.targets, target);
    if (target.head == facts::Value::Head::Place) {
      add_new(act.places, target.place);
    }
  }
  if (fact.named_place.has_value()) {
    add_new(act.places, *fact.named_place);
  }
  if (fact.fixed_moment.has_value()) {
    act.moment = fact.fixed_moment;
  }
}

}  // namespace

std::vector<OfficialAct> official_acts(const agreement::Agreement& agreement,
                                       const facts::Evidence& evidence) {
  std::vector<OfficialAct> acts;
  for (const facts::Fact& fact : evidence.facts) {
    if (fact.institutional == facts::InstitutionalAct::None) {
      continue;
    }
    const auto same = std::find_if(acts.begin(), acts.end(), [&](const OfficialAct& act) {
      return act.incident == fact.incident && act.act == fact.institutional;
    });
    if (same != acts.end()) {
      join(fact, *same);
      continue;
    }
    OfficialAct act;
    act.incident = fact.incident;
    act.act = fact.institutional;
    act.first = fact.when.from;
    act.last = facts::last_of(fact.when);
    join(fact, act);
    acts.push_back(std::move(act));
  }
  const auto sort = [&] {
    std::sort(acts.begin(), acts.end(), [](const OfficialAct& a, const OfficialAct& b) {
      return std::tie(a.first, a.last, a.incident, a.act, a.decided_by) <
             std::tie(b.first, b.last, b.incident, b.act, b.decided_by);
    });
  };
  sort();
  for (OfficialAct& decision : decisions(agreement, evidence.now, acts)) {
    acts.push_back(std::move(decision));
  }
  sort();
  return acts;
}

bool contains(const std::vector<agreement::ActorId>& actors, agreement::ActorId actor) {
  return std::find(actors.begin(), actors.end(), actor) != actors.end();
}

bool contains(const std::vector<agreement::ClauseRef>& clauses, agreement::ClauseId clause) {
  return std::any_of(clauses.begin(), clauses.end(), [&](const agreement::ClauseRef& reference) {
    return reference.clause == clause;
  });
}

bool is_done_by(const agreement::Agreement& agreement, const std::vector<agreement::Agent>& agents,
                bool is_any, const facts::Group& authors) {
  bool is_all_done = true;
  bool is_any_done = false;
  for (const agreement::Agent& agent : agents) {
    const std::vector<agreement::ActorId> named = agreement.resolve(agent, {});
    // Nobody can be whom the text does not name.
    is_all_done = is_all_done && !named.empty();
    for (agreement::ActorId actor : named) {
      is_all_done = is_all_done && contains(authors, actor);
      is_any_done = is_any_done || contains(authors, actor);
    }
  }
  return is_any ? is_any_done : is_all_done && !agents.empty();
}

std::vector<agreement::ActorId> bearers_of(const agreement::Agreement& agreement,
                                           const agreement::Subject& subject) {
  std::vector<agreement::ActorId> bearers;
  if (subject.is_no_one) {
    return bearers;
  }
  if (subject.is_anyone) {
    for (std::size_t i = 0; i < agreement.actors.size(); ++i) {
      bearers.push_back(base::id_at<agreement::ActorId>(i));
    }
    return bearers;
  }
  for (const agreement::Agent& agent : subject.agents) {
    for (agreement::ActorId actor : agreement.resolve(agent, {})) {
      add_new(bearers, actor);
    }
  }
  std::sort(bearers.begin(), bearers.end());
  return bearers;
}

}  // namespace truce::semantics::internal
