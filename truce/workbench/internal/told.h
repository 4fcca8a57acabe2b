// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/base/result.h"
#include "truce/incidents/report.h"
#include "truce/monitor/live.h"
#include "truce/workbench/checkpoint.h"
#include "truce/workbench/follow.h"

namespace truce::workbench {

/// Whether the incident of a prohibition is on record now, and was before.
struct OnRecord {
  bool is_known = false;
  bool was_known = false;
};

/// `broken`, …; of a point whether it holds.
std::string verdict_word(const monitor::StandingVerdict& verdict);

/// The change in the words in which it is told; without its number and the present.
ToldChange told_of(const agreement::Agreement& agreement, const monitor::VerdictChange& change,
                   const OnRecord& incident);

std::vector<ToldVerdict> to_names(const agreement::Agreement& agreement,
                                  const monitor::StandingVerdicts& standing);
/// Fails with Corrupt for a clause or somebody that the agreement does not have.
base::Result<monitor::StandingVerdicts> from_names(const agreement::Agreement& agreement,
                                                   const std::vector<ToldVerdict>& told);

/// Coverage of everything, always.
incidents::Coverage covers_all(const std::string& observer);

}  // namespace truce::workbench
