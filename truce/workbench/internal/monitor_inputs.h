// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/base/result.h"
#include "truce/incidents/report.h"
#include "truce/workbench/incident_files.h"
#include "truce/workbench/monitor.h"

namespace truce::workbench {

/// How the incident files of the request are read.
IncidentInputs inputs_of(const MonitorRequest& request);

/// The coverage file; nothing where none is named. What is wrong with its rows goes to `reading`.
base::Result<std::vector<incidents::Coverage>> read_coverage_file(const MonitorRequest& request,
                                                                  base::Duration offset,
                                                                  incidents::Reading& reading);

/// The party in whose reading the text is replayed; empty where `name` is. Fails with
/// InvalidArgument where nobody of that name proposed anything.
base::Result<std::optional<agreement::ActorId>> find_reading(const agreement::Agreement& agreement,
                                                             const std::string& name);

}  // namespace truce::workbench
