// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "truce/facts/fact.h"
#include "truce/incidents/actor_book.h"

namespace truce::facts {

/// The current reports in the words of `agreement`. `now`: the present; empty for the latest time
/// in the record. Unknown words are kept as unknown and counted. Linear in the reports.
/// The reports must outlive the evidence.
Evidence resolve(const agreement::Agreement& agreement,
                 const std::vector<const incidents::Report*>& reports,
                 const incidents::ActorBook& actors,
                 const std::vector<incidents::Coverage>& coverage,
                 std::optional<base::Instant> now);

/// A scenario's events. Events `according to` somebody at the same time, one after the other, are
/// accounts of one incident; the others are the whole record. Each incident is named `event N`.
Evidence from_scenario(const agreement::Agreement& agreement, const agreement::Scenario& scenario);

}  // namespace truce::facts
