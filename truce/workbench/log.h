// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "truce/workbench/monitor.h"

namespace truce::workbench {

/// What list_ids() gives, and whether anything was broken.
struct LogIds {
  std::string ids;
  bool has_breach = false;
};

/// The ids of a log that is judged row by row as it is read (truce/stream), many times faster than
/// monitor() and in memory that does not grow with it. Empty where the agreement, the file or what
/// is asked needs the whole record, or where something is wrong: monitor() does it then, and says
/// so. Tells why by `on_progress`.
std::optional<LogIds> list_ids_of_log(const MonitorRequest& request);

}  // namespace truce::workbench
