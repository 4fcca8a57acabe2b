// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "truce/base/time.h"
#include "truce/workbench/follow.h"

namespace truce::json {

/// `truce.changes/1`: one change on one line, ended by a line feed, times on a clock `offset` ahead
/// of UTC. docs/formats/changes.md describes it.
std::string to_json_line(const workbench::ToldChange& change, base::Duration offset);

}  // namespace truce::json
