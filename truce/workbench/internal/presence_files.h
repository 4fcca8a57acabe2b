// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "truce/base/result.h"
#include "truce/base/time.h"
#include "truce/separation/presence.h"
#include "truce/workbench/incident_files.h"

namespace truce::workbench::internal {

/// Adds what the files say of who was observed where. Fails with NotFound or Io where one cannot be
/// read, and as separation::read_presence().
base::Result<void> read_presence_files(const std::vector<std::string>& paths,
                                       const separation::PresenceOptions& options,
                                       separation::PresenceReading& reading);

/// Adds who was reported where by incident files, as far as is known now, and lists their rows that
/// could not be used. Fails as read_incident_files().
base::Result<void> read_reported_presence(const IncidentInputs& inputs, base::Duration offset,
                                          separation::PresenceReading& reading);

}  // namespace truce::workbench::internal
