// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "truce/workbench/compare.h"

namespace truce::json {

/// `truce.comparison/1`: what changed between two drafts, or `truce.diagnostics/1` where a text has
/// errors; ended by a line feed.
std::string to_json(const workbench::CompareRun& run);

}  // namespace truce::json
