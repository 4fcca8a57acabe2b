// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "truce/workbench/questions.h"

namespace truce::json {

/// `truce.next/1`, described in docs/formats/packages.md.
std::string to_json(const workbench::NextRun& run);
/// `truce.robust/1`.
std::string to_json(const workbench::RobustRun& run);

}  // namespace truce::json
