// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "truce/base/result.h"
#include "truce/stream/plan.h"
#include "truce/workbench/agreement_file.h"

namespace truce::workbench {

/// How an agreement is judged. With errors in its text the plan is empty.
struct PlanRun {
  AgreementFile file;
  stream::Plan plan;
};

/// Reads the agreement with `NAME=VALUE` for its parameters and plans how to judge it. Fails where
/// the file cannot be read or is a vocabulary.
base::Result<PlanRun> plan_of(const std::string& path, const std::vector<std::string>& settings);

}  // namespace truce::workbench
