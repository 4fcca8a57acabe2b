// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/facts/fact.h"
#include "truce/facts/match.h"

namespace truce::monitor {

/// A truth from an instant on.
struct TruthFrom {
  base::Instant from;
  facts::Truth truth = facts::Truth::No;

  friend bool operator==(const TruthFrom&, const TruthFrom&) = default;
};

/// A test that one report cannot answer: whether a situation holds at it.
struct Lookup {
  agreement::SituationId situation;
  bool is_negated = false;
  // Of a response: whose attack would be answered, and who was attacked. `struck` empty: nobody
  // says whom the act strikes.
  agreement::ActorId bearer;
  std::optional<agreement::ActorId> struck;

  friend bool operator==(const Lookup&, const Lookup&) = default;
};

/// What a clause says of an act apart from what else happened: a truth, the tests that must hold
/// besides, and when the clause is in force.
struct Guard {
  facts::Truth truth = facts::Truth::No;
  std::vector<Lookup> lookups;
  // In order of time, the first from kBeforeTime; never empty.
  std::vector<TruthFrom> in_force;

  friend bool operator==(const Guard&, const Guard&) = default;
};

/// Whether one act is a breach by one bearer, or a point: any of the strands whose guard holds and
/// none of whose lifts does.
struct Formula {
  agreement::ClauseId clause;
  // Empty for a point.
  std::optional<agreement::ActorId> bearer;
  struct Strand {
    Guard guard;
    std::vector<Guard> lifts;

    friend bool operator==(const Strand&, const Strand&) = default;
  };
  std::vector<Strand> strands;

  friend bool operator==(const Formula&, const Formula&) = default;
};

/// What the clauses say of one report by itself. For an agreement without brackets and a record
/// without institutional acts; clauses whose window hangs on what happened are the caller's
/// business. docs/methods/monitor.md, "Logs".
class Formulas {
 public:
  /// The agreement must outlive it.
  explicit Formulas(const agreement::Agreement& agreement);
  ~Formulas();
  Formulas(Formulas&&) noexcept;
  Formulas& operator=(Formulas&&) noexcept;

  /// Whether the fact leaves nothing open but where it was: one verb, one group of actors, one set
  /// of targets and of weapons. Of such facts alone the rest below is right.
  [[nodiscard]] static bool is_exact(const facts::Fact& fact);
  /// Of each prohibition and each bearer who acted, and of each `report when`; those that are No
  /// whatever happened are left out.
  [[nodiscard]] std::vector<Formula> formulas(const facts::Fact& fact) const;
  /// Whether the fact is what the occurrence speaks of, its time apart. Exceptions in situations
  /// are the caller's business.
  [[nodiscard]] facts::Truth is_occurrence(const agreement::Occurrence& occurrence,
                                           const facts::Fact& fact) const;
  /// Whether it is an attack on what the response protects, when `bearer` answers, by `struck`, or
  /// where that is empty by anybody.
  [[nodiscard]] facts::Truth is_attack(agreement::SituationId response, agreement::ActorId bearer,
                                       std::optional<agreement::ActorId> struck,
                                       const facts::Fact& fact) const;
  /// Whether it is the act of the duty, done by all of the bearers.
  [[nodiscard]] facts::Truth is_performance(agreement::ClauseId duty,
                                            const std::vector<agreement::ActorId>& bearers,
                                            const facts::Fact& fact) const;
  /// Everybody whom the clause or situation binds, in order.
  [[nodiscard]] std::vector<agreement::ActorId> subjects(const agreement::Subject& subject) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace truce::monitor
