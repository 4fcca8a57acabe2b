// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/facts/fact.h"
#include "truce/semantics/internal/ranges.h"

namespace truce::semantics::internal {

/// An institutional act as it stands on record: what all accounts of it say together.
struct OfficialAct {
  facts::IncidentId incident;
  facts::InstitutionalAct act = facts::InstitutionalAct::None;
  // It was made at some instant of first … last.
  base::Instant first;
  base::Instant last;
  facts::Group authors;
  std::vector<agreement::ClauseId> clauses;
  // Some account names clauses, perhaps none that there is.
  bool are_clauses_named = false;
  std::vector<facts::Value> targets;
  std::optional<agreement::MomentId> moment;
  std::vector<agreement::PlaceId> places;
  // A decision that the acts of a body's members make, possibly none: then `last` is never.
  std::optional<agreement::ActorId> decided_by;

  [[nodiscard]] MomentRange when() const { return {first, last}; }
};

/// The institutional acts of the evidence and the decisions of bodies, in order of their
/// beginnings.
std::vector<OfficialAct> official_acts(const agreement::Agreement& agreement,
                                       const facts::Evidence& evidence);
/// What bodies decide by the acts of their members, each act by one body.
std::vector<OfficialAct> decisions(const agreement::Agreement& agreement, base::Instant now,
                                   const std::vector<OfficialAct>& acts);

bool contains(const std::vector<agreement::ActorId>& actors, agreement::ActorId actor);
bool contains(const std::vector<agreement::ClauseRef>& clauses, agreement::ClauseId clause);

/// Whether all, or with `is_any` any, of the actors that `agents` name are among `authors`.
bool is_done_by(const agreement::Agreement& agreement, const std::vector<agreement::Agent>& agents,
                bool is_any, const facts::Group& authors);

/// Whom a clause binds or empowers, each one alone; empty for nobody who signed.
std::vector<agreement::ActorId> bearers_of(const agreement::Agreement& agreement,
                                           const agreement::Subject& subject);

}  // namespace truce::semantics::internal
