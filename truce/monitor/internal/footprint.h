// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/base/time.h"
#include "truce/facts/fact.h"

namespace truce::monitor::internal {

/// A set of verbs that norms ask for.
class VerbSet {
 public:
  void add(agreement::VerbId verb);
  /// Every verb, those of other sets too.
  void add_all() { is_all_ = true; }
  void add(const VerbSet& other);
  [[nodiscard]] bool is_empty() const { return !is_all_ && words_.empty(); }
  [[nodiscard]] bool meets(const VerbSet& other) const;

  friend bool operator==(const VerbSet&, const VerbSet&) = default;

 private:
  // No word at the end is 0.
  std::vector<std::uint64_t> words_;
  bool is_all_ = false;
};

/// What the verdicts of one clause can depend on, besides the institutional acts, the accounts and
/// their coverage. A fact that is none of these acts changes nothing of them.
struct Footprint {
  // Of a prohibition or a `report when`: the act itself. What an incident is under it depends on
  // the incident's own facts, and on the following.
  VerbSet act;
  // Acts that the same account reports, at most `back` before an act in question or during it.
  VerbSet nearby;
  base::Duration back;
  // Acts that matter whenever and by whomever they were done: they move windows and moments. Of a
  // duty everything is here.
  VerbSet anywhere;
  // The same but for what only interrupts one of these streaks. Whether an act interrupts it
  // depends on that act alone, and its start on institutional acts alone.
  VerbSet elsewhere;
  std::vector<const agreement::Streak*> streaks;
  // A change of the present may change it at any time.
  bool is_restless = false;

  [[nodiscard]] bool is_same_part(const Footprint& other) const {
    return nearby == other.nearby && back == other.back && anywhere == other.anywhere &&
           elsewhere == other.elsewhere && streaks == other.streaks;
  }
};

/// The footprints of an agreement without brackets.
struct Footprints {
  // By clause.
  std::vector<Footprint> clauses;
  // For each verb itself and those that it implies.
  std::vector<VerbSet> implied;
  // Some definition leads back to itself: what it gives may depend on everything.
  bool has_circle = false;

  /// Whether the fact may matter for an answer about the clause beside those that the answer is
  /// about, which were done in `when`: never a false no.
  [[nodiscard]] bool may_matter(agreement::ClauseId clause, const facts::Fact& fact,
                                base::TimeRange when) const;
};

Footprints footprints_of(const agreement::Agreement& agreement);

/// The verbs that a fact may be or imply.
VerbSet verbs_of(const facts::Fact& fact, const std::vector<VerbSet>& implied);
/// For each verb itself and those that it implies.
std::vector<VerbSet> implied_verbs(const agreement::Agreement& agreement);

}  // namespace truce::monitor::internal
