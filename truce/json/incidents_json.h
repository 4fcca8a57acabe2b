// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "truce/workbench/incidents.h"

namespace truce::json {

/// `truce.incidents/1`: what incident files hold and what was written of it, ended by a line feed.
/// `output`: the file that was written; empty for none.
std::string to_json(const workbench::IncidentsRun& run, const std::string& output);

}  // namespace truce::json
