// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/monitor/internal/record.h"

namespace truce::monitor::internal {

/// What bodies decide by the acts of their members, each as an act of its own by the body; `last`
/// is kAfterTime where it possibly was not decided. `acts` are in order of their beginnings.
std::vector<InstitutionalRecord> decisions_of(const agreement::Agreement& agreement,
                                              base::Instant now,
                                              const std::vector<InstitutionalRecord>& acts);

}  // namespace truce::monitor::internal
