// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "truce/workbench/rounds.h"

namespace truce::json {

/// `truce.since/1`.
std::string to_json(const workbench::RoundsRun& run);

}  // namespace truce::json
