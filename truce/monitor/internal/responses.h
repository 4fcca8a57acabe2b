// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/monitor/internal/acts.h"
#include "truce/monitor/internal/record.h"
#include "truce/monitor/internal/streak.h"
#include "truce/monitor/internal/timeline.h"

namespace truce::monitor::internal {

/// When an act may count as a response to an attack that the same account reports.
class Responses {
 public:
  Responses(const Record& record, const Acts& acts, Adding adding);

  /// When `fact`, done by `bearer` to `target`, would be the response that `situation` describes.
  /// Right only at the instants of the fact. O(log n + attacks in the look-back).
  Timeline response(agreement::SituationId situation, agreement::ActorId bearer, facts::FactId fact,
                    const facts::Value& target);
  /// The attack that may have been answered, latest first; empty if there is none.
  std::optional<facts::FactId> answered(agreement::SituationId situation, agreement::ActorId bearer,
                                        facts::FactId fact, const facts::Value& target);
  /// The definition, where the situation is a response; otherwise null.
  [[nodiscard]] const agreement::Response* definition(agreement::SituationId situation) const;

 private:
  struct Attack {
    facts::FactId fact;
    base::Instant first;
    base::Instant last;
    // The greatest `last` of this and all before it.
    base::Instant last_so_far;
  };
  // Whether a fact of that signature is an attack on what the response protects, by `struck`; by
  // anybody where it is empty.
  facts::Truth is_attack(facts::FactId attack, agreement::SituationId situation,
                         agreement::ActorId bearer, std::optional<agreement::ActorId> struck);

  // Attacks in order of first instant; with a place asked for, by place and attacker.
  using Attacks = std::vector<Attack>;
  struct Index {
    Attacks all;
    // Where the place is a word: by the word and one of those who may have done it.
    std::unordered_map<std::uint64_t, Attacks> by_place;
    // The others.
    Attacks elsewhere;
  };

  static void put(Attack attack, Attacks& attacks);
  // Made when it is first asked for.
  const Index& index(facts::AccountId account);
  std::vector<const Attacks*> lists(const agreement::Response& response, facts::FactId fact,
                                    std::optional<agreement::ActorId> struck);
  template <typename Visit>
  void each_attack(const agreement::Response& response, facts::FactId fact,
                   std::optional<agreement::ActorId> struck, Visit visit);

  const Record& record_;
  const Acts& acts_;
  Adding adding_;
  // By account.
  std::vector<std::optional<Index>> attacks_;
  std::optional<agreement::VerbId> attack_verb_;
  std::unordered_map<std::uint64_t, std::unordered_map<std::uint64_t, facts::Truth>> known_;
};

}  // namespace truce::monitor::internal
