// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <vector>

#include "truce/report/overview.h"

namespace truce::report {

/// What one side's account says that another side did, and what the whole record gives for it.
struct Ledger {
  agreement::ActorId speaker;
  agreement::ActorId accused;
  // In order of time; the incidents of harm in which the account names the accused and nobody of
  // another side instead.
  std::vector<facts::IncidentId> claims;
  // For each claim what the record gives for the accused.
  std::vector<Mark> rulings;
  std::array<std::uint64_t, kMarkCount> counts{};
  // Claims of which nobody else speaks.
  std::uint64_t alone = 0;
  // Claims of which another account speaks and does not name the accused.
  std::uint64_t denied = 0;
};

/// One for each side that speaks of another: parties and guarantors about those whom a clause binds
/// and who are not of their own camp. In order of speaker, then of accused.
std::vector<Ledger> ledgers_of(const Record& record, const Overview& overview);

}  // namespace truce::report
