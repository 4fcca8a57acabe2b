// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "truce/workbench/plan.h"

namespace truce::json {

/// `truce explain plan --format json`: truce.plan/1.
std::string to_json(const workbench::PlanRun& run);

}  // namespace truce::json
