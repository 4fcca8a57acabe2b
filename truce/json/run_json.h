// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "truce/workbench/monitor.h"
#include "truce/workbench/record_run.h"

namespace truce::json {

/// `truce.verdict-run/1`: what a replay was made from and came to, without a word of its content.
std::string to_json(const workbench::MonitorRun& run, const workbench::MonitorRequest& request,
                    const std::vector<workbench::RunFile>& files, std::string_view program);

}  // namespace truce::json
