// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "truce/workbench/positions.h"

namespace truce::json {

/// `truce.positions/1`: what the positions say, as numbers, or what is wrong with them.
std::string to_json(const workbench::PositionsRun& run);

}  // namespace truce::json
