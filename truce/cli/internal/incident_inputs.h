// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "truce/base/result.h"
#include "truce/cli/options.h"
#include "truce/workbench/incident_files.h"

namespace truce::cli {

/// The files, each `PATH` or `PATH=FORMAT`, with how they are read. Fails with InvalidArgument for
/// an option that cannot be read.
base::Result<workbench::IncidentInputs> to_inputs(const std::vector<std::string>& files,
                                                  const IncidentInputOptions& options);

}  // namespace truce::cli
