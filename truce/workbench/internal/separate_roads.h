// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "truce/workbench/separate.h"

namespace truce::workbench::internal {

/// Plans the corridors asked for, after the rest of the plan. Fails with InvalidArgument for a
/// place that is not named or cannot be read, and as read_roads() and find_junction() do.
base::Result<void> plan_relief(const SeparateRequest& request,
                               const std::vector<separation::NamedPlace>& settlements,
                               SeparateRun& run);

}  // namespace truce::workbench::internal
