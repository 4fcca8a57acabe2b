// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "truce/workbench/monitor.h"

namespace truce::workbench {

/// One line for each broken verdict, and for each point of a `report when` that certainly holds:
/// what the mapping's `print` column shows for the incident, else the incident's id. For a duty
/// that arose `whenever` something was done it is that act's. In the order of the rows, which means
/// nothing. A verdict that no report stands behind has no line.
std::string list_ids(const MonitorRun& run);

}  // namespace truce::workbench
