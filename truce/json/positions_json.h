// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "truce/workbench/positions.h"
#include "truce/workbench/settle.h"

namespace truce::json {

/// `truce.positions/1`: what the positions say, as numbers, or what is wrong with them.
std::string to_json(const workbench::PositionsRun& run);
/// `truce.settled/1`: the package and its text, or why there is none.
std::string to_json(const workbench::SettleRun& run, bool has_text);

}  // namespace truce::json
