// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "truce/workbench/packages.h"

namespace truce::json {

/// `truce.packages/1`, described in docs/formats/packages.md.
std::string to_json(const workbench::PackagesRun& run);
/// `truce.closeness/1`.
std::string to_json(const workbench::CloseRun& run);
/// `truce.proof-check/2`: whether a proof holds, and what it shows or why not.
std::string to_json(const base::Result<workbench::ProofShows>& checked);
/// `truce.blocks/1`.
std::string to_json(const workbench::BlocksRun& run);

}  // namespace truce::json
