// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "truce/agreement/agreement.h"

namespace truce::monitor::internal {

/// The bearers and those by whom the clause says that compliance is ensured; sorted.
std::vector<agreement::ActorId> blame_of(const agreement::Agreement& agreement,
                                         agreement::ClauseId clause,
                                         const std::vector<agreement::ActorId>& bearers);

}  // namespace truce::monitor::internal
