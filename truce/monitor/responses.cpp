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
      attack_verb_(record.agreement().vocabulary.find_verb("attack")) {
  if (!attack_verb_) {
    return;
  }
  for (std::size_t account = 0; account < attacks_.size(); ++account) {
    base::Instant last_so_far = base::kBeforeTime;
    for (const facts::FactId id : record.facts_of(base::id_at<facts::AccountId>(account))) {
      const facts::Fact& fact = record.fact(id);
      if (fact.institutional == facts::InstitutionalAct::None &&
          std::any_of(fact.verbs.begin(), fact.verbs.end(), [&](agreement::VerbId verb) {
            return acts.is_or_implies(verb, *attack_verb_);
          })) {
        const base::Instant last = facts::last_of(fact.when);
        last_so_far = std::max(last_so_far, last);
        attacks_[account].push_back({id, fact.when.from, last, last_so_far});
      }
    }
  }
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

// Latest first, those that may have happened at most the response's period before the fact.
template <typename Visit>
void Responses::each_attack(const agreement::Response& response, facts::FactId fact_id,
                            Visit visit) {
  const facts::Fact& fact = record_.fact(fact_id);
  const std::vector<Attack>& attacks = attacks_[fact.account.index];
  const base::Instant last = facts::last_of(fact.when);
  auto end = std::upper_bound(attacks.begin(), attacks.end(), last,
                              [](base::Instant at, const Attack& one) { return at < one.first; });
  const auto reach = [&](base::Instant at) {
    return response.within ? adding_.after(at, *response.within) : base::kAfterTime;
  };
  while (end != attacks.begin()) {
    --end;
    if (reach(end->last_so_far) < fact.when.from) {
      return;
    }
    if (reach(end->last) < fact.when.from || record_.fact(end->fact).incident == fact.incident) {
      continue;
    }
    if (!visit(*end, reach(end->first), reach(end->last))) {
      return;
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
  each_attack(*response, fact_id,
              [&](const Attack& attack, base::Instant surely_to, base::Instant perhaps_to) {
                const Truth truth = best && is_attack(attack.fact, situation, bearer, struck);
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
                is_settled = attack.first <= fact.when.from && perhaps_to >= last &&
                             !given.has_no && (best == Truth::Maybe || !given.has_maybe);
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
  each_attack(*response, fact, [&](const Attack& attack, base::Instant, base::Instant) {
    if (is_attack(attack.fact, situation, bearer, struck_by(target)) != Truth::No) {
      found = attack.fact;
    }
    return !found;
  });
  return found;
}

}  // namespace truce::monitor::internal
