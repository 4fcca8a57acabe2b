// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/facts/match.h"
#include "truce/monitor/internal/record.h"

namespace truce::monitor::internal {

/// One alternative of what a fact says was done: a verb, what it was done to and what with. Several
/// targets or weapons stand in one alternative only where they were struck or used together.
struct Alternative {
  agreement::VerbId verb;
  std::vector<facts::Value> targets;
  std::vector<facts::Value> weapons;
};

/// All alternatives of a fact apart from who did it and when.
std::vector<Alternative> alternatives_of(const facts::Fact& fact);
/// Each target with each weapon alone.
std::vector<Alternative> singles_of(const Alternative& alternative);

/// An alternative of a fact in an epoch of the record.
struct Scene {
  const facts::Fact& fact;
  const Alternative& alternative;
  std::size_t epoch = 0;
};

/// The norms' words against the reports' words, whoever acted and at whatever instant of an epoch.
class Acts {
 public:
  /// For each verb done and each asked, whether the one is or implies the other.
  using Closure = std::vector<std::vector<bool>>;

  /// `closure`: that of the agreement, where it is known already.
  explicit Acts(const Record& record, std::shared_ptr<const Closure> closure = nullptr);

  [[nodiscard]] const std::shared_ptr<const Closure>& closure() const { return closure_; }

  /// The alternatives of a fact by whose verb it may be the act. Of a report that leaves open what
  /// was done most are none.
  struct Possible {
    std::vector<Alternative> alternatives;
    // There are others, which are not the act whatever they were done to.
    bool has_others = false;
  };
  [[nodiscard]] Possible possible(const facts::Fact& fact, const agreement::Act& act) const;

  /// Whether the scene is `act` as a clause borne by `bearer` means it: verb, object, complements.
  /// With `needs_all_nouns` an object joined by `and` is done only when all of it is.
  [[nodiscard]] facts::Truth is_act(const Scene& scene, const agreement::Act& act,
                                    agreement::ActorId bearer, bool needs_all_nouns) const;
  /// Whether the scene lies in one of the places of each `in` of the clause.
  [[nodiscard]] facts::Truth is_in(const Scene& scene, const agreement::Clause& clause,
                                   agreement::ActorId bearer) const;
  /// Whether the scene lies in the area of the local truce.
  [[nodiscard]] facts::Truth is_within(const Scene& scene,
                                       const agreement::LocalTruce& local) const;
  /// Whether `except against` or `except for` lifts the clause; No for `except in`.
  [[nodiscard]] facts::Truth is_excepted(const Scene& scene, const agreement::Exception& exception,
                                         agreement::ActorId bearer) const;
  /// Whether the scene performs the act of a duty, or a slice of phases: what is excepted does not.
  [[nodiscard]] facts::Truth is_performance(const Scene& scene, const agreement::Clause& clause,
                                            const agreement::Act& act,
                                            agreement::ActorId bearer) const;
  /// Whether one of the objects is what one of the nouns names.
  [[nodiscard]] facts::Truth has_object(const Scene& scene, const agreement::Nouns& nouns,
                                        agreement::ActorId bearer) const;
  /// Whether the group of each alternative holds the actor.
  [[nodiscard]] static facts::Truth acts(const facts::Fact& fact, agreement::ActorId actor);
  /// Whether some verb of the fact is the asked one or implies it. An act with no verb of the
  /// vocabulary may be anything.
  [[nodiscard]] bool may_be(const facts::Fact& fact, const agreement::Act& act) const;

  [[nodiscard]] bool is_or_implies(agreement::VerbId done, agreement::VerbId asked) const {
    return (*closure_)[done.index][asked.index];
  }

 private:
  [[nodiscard]] facts::Truth lies_in(const Scene& scene, agreement::PlaceId place) const;
  [[nodiscard]] facts::Truth is_noun(const Scene& scene, const facts::Value& value,
                                     const agreement::Noun& noun, agreement::VerbId verb,
                                     agreement::ActorId bearer) const;
  [[nodiscard]] facts::Truth has_objects(const Scene& scene,
                                         const std::vector<facts::Value>& objects,
                                         const agreement::Nouns& nouns, agreement::VerbId verb,
                                         agreement::ActorId bearer, bool needs_all_nouns) const;
  [[nodiscard]] facts::Truth has_complement(const Scene& scene,
                                            const agreement::Complement& complement,
                                            agreement::VerbId verb,
                                            agreement::ActorId bearer) const;
  // What the implied verb is done to when `scene` is done; the scene's own objects for its own
  // verb.
  [[nodiscard]] std::vector<facts::Value> objects_of(const Scene& scene,
                                                     agreement::VerbId asked) const;

  const Record& record_;
  const agreement::Agreement& agreement_;
  std::shared_ptr<const Closure> closure_;
};

}  // namespace truce::monitor::internal
