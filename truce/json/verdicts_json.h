// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "truce/workbench/monitor.h"

namespace truce::json {

/// `truce.verdicts/1`: docs/formats/verdicts.md. Times are ISO 8601 on the agreement's clock.
std::string to_json(const workbench::MonitorRun& run);

}  // namespace truce::json
