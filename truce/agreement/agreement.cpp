// SPDX-License-Identifier: Apache-2.0
#include "truce/agreement/agreement.h"

#include <algorithm>

namespace truce::agreement {

base::Duration look_back(const Period& period) { return approximate(period); }

namespace {

template <typename AnyId, typename Part, typename Key>
std::optional<AnyId> find(const std::vector<Part>& parts, std::string_view wanted,
                          const Key& key_of) {
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (key_of(parts[i]) == wanted) {
      return base::id_at<AnyId>(i);
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<ActorId> Agreement::find_actor(std::string_view name) const {
  return find<ActorId>(actors, name, [](const Actor& actor) -> std::string_view {
    return actor.role == Actor::Role::Unnamed ? std::string_view() : actor.name;
  });
}

std::optional<PlaceId> Agreement::find_place(std::string_view name) const {
  return find<PlaceId>(places, name,
                       [](const Place& place) -> std::string_view { return place.name; });
}

std::optional<ClauseId> Agreement::find_clause(std::string_view number) const {
  return find<ClauseId>(clauses, number,
                        [](const Clause& clause) -> std::string_view { return clause.number; });
}

const LocalTruce* local_truce_of(const Agreement& agreement, const Clause& clause) {
  return clause.part.where == Part::Where::LocalTruce && clause.part.index.has_value()
             ? &agreement.local_truces[*clause.part.index]
             : nullptr;
}

Agreement shown_to(const Agreement& agreement, std::optional<ActorId> who) {
  Agreement shown = agreement;
  for (Clause& clause : shown.clauses) {
    if (clause.part.where != Part::Where::ConfidentialAnnex || !clause.part.index.has_value()) {
      continue;
    }
    const std::vector<Agent>& audience =
        agreement.confidential_annexes[*clause.part.index].audience;
    clause.is_shown =
        who.has_value() && std::any_of(audience.begin(), audience.end(), [&](const Agent& agent) {
          const std::vector<ActorId> actors = agreement.resolve(agent, {});
          return std::find(actors.begin(), actors.end(), *who) != actors.end();
        });
    if (!clause.is_shown) {
      clause.number = "a clause that is not shown here";
      clause.text.clear();
    }
  }
  return shown;
}

std::vector<ActorId> Agreement::parties() const {
  std::vector<ActorId> found;
  for (std::size_t i = 0; i < actors.size(); ++i) {
    if (actors[i].role == Actor::Role::Party) {
      found.push_back(base::id_at<ActorId>(i));
    }
  }
  return found;
}

std::vector<ActorId> Agreement::guarantors_of(ActorId party) const {
  std::vector<ActorId> found;
  for (std::size_t i = 0; i < actors.size(); ++i) {
    const std::vector<ActorId>& ensures = actors[i].ensures;
    if (std::find(ensures.begin(), ensures.end(), party) != ensures.end()) {
      found.push_back(base::id_at<ActorId>(i));
    }
  }
  return found;
}

std::vector<ActorId> Agreement::resolve(const Agent& agent, ActorId bearer) const {
  switch (agent.who) {
    case Agent::Who::Actor:
      return {agent.actor};
    case Agent::Who::EachParty:
      return parties();
    case Agent::Who::AnotherParty: {
      std::vector<ActorId> others = parties();
      std::erase(others, bearer);
      return others;
    }
    case Agent::Who::EachGuarantor: {
      std::vector<ActorId> found;
      for (std::size_t i = 0; i < actors.size(); ++i) {
        if (!actors[i].ensures.empty() || actors[i].role == Actor::Role::Guarantor) {
          found.push_back(base::id_at<ActorId>(i));
        }
      }
      return found;
    }
    case Agent::Who::ItsGuarantor:
      return guarantors_of(bearer);
    case Agent::Who::ItsParty:
      return actor(bearer).ensures;
    case Agent::Who::SameParty:
      return {bearer};
    case Agent::Who::Undefined:
      return {};
  }
  return {};
}

}  // namespace truce::agreement
