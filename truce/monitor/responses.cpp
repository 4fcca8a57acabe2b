// SPDX-License-Identifier: Apache-2.0
#include "truce/monitor/internal/responses.h"

#include <algorithm>

namespace truce::monitor::internal {

using facts::Truth;

Responses::Responses(const Record& record, const Acts& acts, Adding adding)
    : record_(record),
      acts_(acts),
      adding_(std::move(adding)),
      attacks_(record.evidence().accounts.size() + 1),
      attack_verb_(record.agreement().vocabulary.find_verb("attack")) {}

void Responses::put(Attack attack, Attacks& attacks) {
  attack.last_so_far =
      attacks.empty() ? attack.last : std::max(attack.last, attacks.back().last_so_far);
  attacks.push_back(attack);
}

namespace {

std::uint64_t place_key(std::uint32_t word, agreement::ActorId actor) {
  return (std::uint64_t{word} << 32U) | actor.index;
}

}  // namespace

const Responses::Index& Responses::index(facts::AccountId account) {
  std::optional<Index>& known = attacks_[account.index];
  if (known) {
    return *known;
  }
  Index& into = known.emplace();
  if (!attack_verb_) {
    return into;
  }
  for (const facts::FactId id : record_.facts_of(account)) {
    const facts::Fact& fact = record_.fact(id);
    const bool is_attack =
        fact.institutional == facts::InstitutionalAct::None &&
        std::any_of(fact.verbs.begin(), fact.verbs.end(), [&](agreement::VerbId verb) {
          return acts_.is_or_implies(verb, *attack_verb_);
        });
    if (!is_attack) {
      continue;
    }
    const Attack attack{id, fact.when.from, facts::last_of(fact.when), {}};
    put(attack, into.all);
    const std::uint32_t word = record_.place_word(id);
    if (word == Record::kNoWord) {
      put(attack, into.elsewhere);
      continue;
    }
    std::vector<agreement::ActorId> actors;
    for (const facts::Group& group : fact.actors) {
      actors.insert(actors.end(), group.begin(), group.end());
    }
    std::sort(actors.begin(), actors.end());
    actors.erase(std::unique(actors.begin(), actors.end()), actors.end());
    for (const agreement::ActorId actor : actors) {
      put(attack, into.by_place[place_key(word, actor)]);
    }
  }
  return into;
}

// Those among which the attacks that may have been answered are.
std::vector<const Responses::Attacks*> Responses::lists(const agreement::Response& response,
                                                        facts::FactId fact,
                                                        std::optional<agreement::ActorId> struck) {
  const Index& attacks = index(record_.fact(fact).account);
  const std::uint32_t word = record_.place_word(fact);
  const bool is_by_place =
      response.nearness && !response.nearness->within && word != Record::kNoWord && struck;
  if (!is_by_place) {
    return {&attacks.all};
  }
  std::vector<const Attacks*> found = {&attacks.elsewhere};
  const auto there = attacks.by_place.find(place_key(word, *struck));
  if (there != attacks.by_place.end()) {
    found.push_back(&there->second);
  }
  return found;
}

const agreement::Response* Responses::definition(agreement::SituationId situation) const {
  return std::get_if<agreement::Response>(&record_.agreement().situations[situation.index].what);
}

namespace {

// Whom striking the value strikes: an actor, or the owner of a thing. Empty: nobody says.
std::optional<agreement::ActorId> struck_by(const facts::Value& target) {
  return target.head == facts::Value::Head::Actor ? target.actor : target.owner;
}

}  // namespace

Truth Responses::is_attack(facts::FactId attack, agreement::SituationId situation,
                           agreement::ActorId bearer, std::optional<agreement::ActorId> struck) {
  const std::uint64_t question = (std::uint64_t{situation.index} << 42U) |
                                 (std::uint64_t{bearer.index} << 21U) |
                                 (struck ? struck->index + 1U : 0U);
  const facts::Fact& fact = record_.fact(attack);
  const auto epochs = record_.epochs_of(fact.when);
  auto& answers = known_[question];
  const std::uint64_t key = std::uint64_t{record_.signature(attack).index} * record_.epoch_count() *
                                record_.epoch_count() +
                            epochs.front().first * record_.epoch_count() + epochs.back().first;
  const auto at = answers.find(key);
  if (at != answers.end()) {
    return at->second;
  }
  Tally tally;
  for (const Alternative& alternative : alternatives_of(fact)) {
    for (const auto& [epoch, when] : epochs) {
      tally.add(
          acts_.is_or_implies(alternative.verb, *attack_verb_)
              ? acts_.has_object({fact, alternative, epoch}, definition(situation)->on, bearer)
              : Truth::No);
    }
  }
  const Truth truth = tally.truth() && (struck ? Acts::acts(fact, *struck) : Truth::Maybe);
  answers.emplace(key, truth);
  return truth;
}

// Those that may have happened at most the response's period before the fact, near enough; latest
// first in each list, until `visit` wants no more of it.
template <typename Visit>
void Responses::each_attack(const agreement::Response& response, facts::FactId fact_id,
                            std::optional<agreement::ActorId> struck, Visit visit) {
  const facts::Fact& fact = record_.fact(fact_id);
  const base::Instant last = facts::last_of(fact.when);
  const auto reach = [&](base::Instant at) {
    return response.within ? adding_.after(at, *response.within) : base::kAfterTime;
  };
  for (const Attacks* attacks : lists(response, fact_id, struck)) {
    auto end = std::upper_bound(attacks->begin(), attacks->end(), last,
                                [](base::Instant at, const Attack& one) { return at < one.first; });
    while (end != attacks->begin()) {
      --end;
      if (reach(end->last_so_far) < fact.when.from) {
        break;
      }
      const facts::Fact& attack = record_.fact(end->fact);
      if (reach(end->last) < fact.when.from || attack.incident == fact.incident ||
          facts::comes_after(attack, fact)) {
        continue;
      }
      const Truth is_near =
          response.nearness ? facts::is_near(record_.agreement(), attack, fact, *response.nearness)
                            : Truth::Yes;
      if (is_near != Truth::No && !visit(*end, is_near, reach(end->first), reach(end->last))) {
        break;
      }
    }
  }
}

Timeline Responses::response(agreement::SituationId situation, agreement::ActorId bearer,
                             facts::FactId fact_id, const facts::Value& target) {
  const agreement::Response* response = definition(situation);
  // Striking the protected answers nobody's attack.
  if (response == nullptr || facts::is_protected(record_.agreement(), target)) {
    return Timeline(Truth::No);
  }
  const std::optional<agreement::ActorId> struck = struck_by(target);
  const bool is_open =
      response->is_necessary || response->is_proportionate || !response->reported_to.empty();
  const Truth best = is_open ? Truth::Maybe : Truth::Yes;
  const facts::Fact& fact = record_.fact(fact_id);
  const base::Instant last = facts::last_of(fact.when);
  std::vector<Timeline> parts;
  bool is_settled = false;
  each_attack(
      *response, fact_id, struck,
      [&](const Attack& attack, Truth is_near, base::Instant surely_to, base::Instant perhaps_to) {
        if (is_settled) {
          return false;
        }
        const Truth truth = best && is_near && is_attack(attack.fact, situation, bearer, struck);
        if (truth == Truth::No) {
          return true;
        }
        const base::Duration second{1};
        Timeline part = Timeline::within(attack.first, perhaps_to + second, Truth::Maybe);
        if (truth == Truth::Yes) {
          part = part || Timeline::within(attack.last, surely_to + second, Truth::Yes);
        }
        // Nothing more can come of it where one attack already gives the best at every
        // instant.
        const Tally given = part.over(fact.when);
        is_settled = attack.first <= fact.when.from && perhaps_to >= last && !given.has_no &&
                     (best == Truth::Maybe || !given.has_maybe);
        parts.push_back(std::move(part));
        return !is_settled;
      });
  if (is_settled) {
    return std::move(parts.back());
  }
  return Timeline::any_of(std::move(parts));
}

std::optional<facts::FactId> Responses::answered(agreement::SituationId situation,
                                                 agreement::ActorId bearer, facts::FactId fact,
                                                 const facts::Value& target) {
  const agreement::Response* response = definition(situation);
  std::optional<facts::FactId> found;
  if (response == nullptr || facts::is_protected(record_.agreement(), target)) {
    return found;
  }
  base::Instant latest = base::kBeforeTime;
  const std::optional<agreement::ActorId> struck = struck_by(target);
  each_attack(*response, fact, struck,
              [&](const Attack& attack, Truth, base::Instant, base::Instant) {
                // The first of a list that fits is its latest.
                const bool fits = is_attack(attack.fact, situation, bearer, struck) != Truth::No;
                if (fits && (!found || attack.first > latest)) {
                  found = attack.fact;
                  latest = attack.first;
                }
                return !fits;
              });
  return found;
}

}  // namespace truce::monitor::internal
