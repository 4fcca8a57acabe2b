// SPDX-License-Identifier: Apache-2.0
#include "truce/report/ledgers.h"

#include <algorithm>
#include <map>
#include <set>

namespace truce::report {
namespace {

using agreement::Actor;
using agreement::ActorId;

// A party and those who answer for it.
bool is_one_camp(const agreement::Agreement& agreement, ActorId left, ActorId right) {
  const auto ensures = [&](ActorId guarantor, ActorId party) {
    const std::vector<ActorId>& ensured = agreement.actor(guarantor).ensures;
    return std::find(ensured.begin(), ensured.end(), party) != ensured.end();
  };
  return left == right || ensures(left, right) || ensures(right, left);
}

bool is_side(const Actor& actor) {
  return actor.role == Actor::Role::Party || actor.role == Actor::Role::Guarantor;
}

// Whether every possibility that the fact leaves has the actor in it.
bool names(const facts::Fact& fact, ActorId actor) {
  return !fact.is_actor_unknown && !fact.actors.empty() &&
         std::all_of(fact.actors.begin(), fact.actors.end(), [&](const facts::Group& group) {
           return std::find(group.begin(), group.end(), actor) != group.end();
         });
}

// What the record gives for the accused in this incident; Kept where nothing is listed against it.
Mark ruling_of(const Record& record, const IncidentView& view, ActorId accused) {
  if (view.mark == Mark::NoClause) {
    return Mark::NoClause;
  }
  Mark ruling = Mark::Kept;
  for (const std::size_t index : view.verdicts) {
    const facts::Verdict& verdict = record.replay.verdicts.verdicts[index];
    if (std::find(verdict.bearers.begin(), verdict.bearers.end(), accused) !=
        verdict.bearers.end()) {
      ruling = std::min(ruling, mark_of(verdict.outcome));
    }
  }
  return ruling;
}

// Those against whom anything is listed, and the parties.
std::set<ActorId> bound(const Record& record) {
  std::set<ActorId> actors;
  for (const ActorId party : record.agreement.parties()) {
    actors.insert(party);
  }
  for (const facts::Verdict& verdict : record.replay.verdicts.verdicts) {
    if (verdict.incident) {
      actors.insert(verdict.bearers.begin(), verdict.bearers.end());
    }
  }
  return actors;
}

void add_claim(const Record& record, const IncidentView& view, ActorId accused, Ledger& ledger) {
  const Mark ruling = ruling_of(record, view, accused);
  if (ruling == Mark::Kept) {
    return;
  }
  ledger.claims.push_back(view.id);
  ledger.rulings.push_back(ruling);
  ++ledger.counts[static_cast<std::size_t>(ruling)];
  bool has_others = false;
  bool is_denied = false;
  for (const facts::FactId id : record.evidence.incidents[view.id.index].facts) {
    const facts::Fact& fact = record.evidence.fact(id);
    if (record.evidence.accounts[fact.account.index].actor == ledger.speaker) {
      continue;
    }
    has_others = true;
    const bool may_be = fact.is_actor_unknown ||
                        std::any_of(fact.actors.begin(), fact.actors.end(), [&](const auto& group) {
                          return std::find(group.begin(), group.end(), accused) != group.end();
                        });
    is_denied = is_denied || !may_be;
  }
  ledger.alone += has_others ? 0 : 1;
  ledger.denied += is_denied ? 1 : 0;
}

}  // namespace

std::vector<Ledger> ledgers_of(const Record& record, const Overview& overview) {
  const std::set<ActorId> accused = bound(record);
  std::map<std::pair<ActorId, ActorId>, Ledger> ledgers;
  std::vector<const IncidentView*> views;
  for (const IncidentView& view : overview.incidents) {
    views.push_back(&view);
  }
  std::stable_sort(views.begin(), views.end(),
                   [](const auto* left, const auto* right) { return left->when < right->when; });
  for (const IncidentView* view : views) {
    std::set<std::pair<ActorId, ActorId>> claimed;
    for (const facts::FactId id : record.evidence.incidents[view->id.index].facts) {
      const facts::Fact& fact = record.evidence.fact(id);
      const auto speaker = record.evidence.accounts[fact.account.index].actor;
      if (!speaker || !is_side(record.agreement.actor(*speaker))) {
        continue;
      }
      for (const ActorId other : accused) {
        if (!is_one_camp(record.agreement, *speaker, other) && names(fact, other)) {
          claimed.emplace(*speaker, other);
        }
      }
    }
    for (const auto& [speaker, other] : claimed) {
      Ledger& ledger = ledgers[{speaker, other}];
      ledger.speaker = speaker;
      ledger.accused = other;
      add_claim(record, *view, other, ledger);
    }
  }
  std::vector<Ledger> result;
  for (auto& [key, ledger] : ledgers) {
    if (!ledger.claims.empty()) {
      result.push_back(std::move(ledger));
    }
  }
  return result;
}

}  // namespace truce::report
