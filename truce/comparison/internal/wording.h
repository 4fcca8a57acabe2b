// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <set>
#include <string>

#include "truce/agreement/agreement.h"

namespace truce::comparison::internal {

using agreement::Agreement;
using agreement::Clause;
using agreement::ClauseId;

/// What a clause says, whatever its number, the order of its particulars, and what the terms that
/// it uses are called: a term stands as what it is defined to be. Two clauses with the same wording
/// mean the same where the clauses they refer to do.
struct Wording {
  // What a verdict can follow from.
  std::string conduct;
  // The other particulars, each by itself: who monitors, what a breach is answered with.
  std::set<std::string> rest;

  friend bool operator==(const Wording&, const Wording&) = default;
};

/// How a reference to a clause is written.
using Reference = std::function<std::string(ClauseId)>;

/// The words of one text without brackets.
class Words {
 public:
  /// `redrawn`: annexes, as `A area`, that are drawn otherwise than in the other text.
  Words(const Agreement& agreement, std::string side, std::set<std::string> redrawn)
      : agreement_(agreement), side_(std::move(side)), redrawn_(std::move(redrawn)) {}

  [[nodiscard]] Wording clause(ClauseId id, const Reference& reference) const;
  /// The clauses it refers to, what answers for its breach among them.
  [[nodiscard]] std::set<ClauseId> references(ClauseId id) const;
  /// What holds for all clauses: clock, entry into force, who is who.
  [[nodiscard]] Wording frame() const;
  /// What a term is defined to be; its name where only that tells it from others.
  [[nodiscard]] std::string place(agreement::PlaceId id) const { return place(id, 0); }
  [[nodiscard]] std::string moment(agreement::MomentId id) const { return moment(id, 0); }
  [[nodiscard]] std::string situation(agreement::SituationId id) const { return situation(id, 0); }
  [[nodiscard]] std::string kind(agreement::KindId id) const { return kind(id, 0); }

 private:
  friend class Writer;
  [[nodiscard]] std::string place(agreement::PlaceId id, int depth) const;
  [[nodiscard]] std::string moment(agreement::MomentId id, int depth) const;
  [[nodiscard]] std::string situation(agreement::SituationId id, int depth) const;
  [[nodiscard]] std::string kind(agreement::KindId id, int depth) const;

  const Agreement& agreement_;
  std::string side_;
  std::set<std::string> redrawn_;
};

/// `A area`.
std::string annex_key(const agreement::PlaceTerm& term);
/// Annexes, as `A area`, that both texts name and that are drawn otherwise.
std::set<std::string> redrawn_annexes(const Agreement& one, const Agreement& other);

}  // namespace truce::comparison::internal
