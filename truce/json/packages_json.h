// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "truce/workbench/packages.h"

namespace truce::json {

/// `truce.packages/1`, described in docs/formats/packages.md.
std::string to_json(const workbench::PackagesRun& run);
/// `truce.closeness/1`.
std::string to_json(const workbench::CloseRun& run);
/// `truce.proof-check/1`: whether a proof holds, and how many points it has or why not.
std::string proof_check_to_json(const base::Result<std::size_t>& points);
/// `truce.blocks/1`.
std::string to_json(const workbench::BlocksRun& run);

}  // namespace truce::json
