// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "truce/workbench/separate.h"

namespace truce::cli::internal {

/// The corridors for relief; empty where none are asked for.
std::string relief_text(const workbench::SeparateRun& run);

/// Index and lines of a run with more than two sides.
std::string many_text(const workbench::SeparateRun& run);

}  // namespace truce::cli::internal
