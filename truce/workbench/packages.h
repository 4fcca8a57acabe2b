// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "truce/packages/solutions.h"
#include "truce/workbench/game_file.h"

namespace truce::workbench {

struct PackagesRequest {
  GameRequest game;
  packages::GainFrom gain_from = packages::GainFrom::Zero;
};

/// What could be agreed.
struct PackagesRun {
  GameFile file;
  packages::GainFrom gain_from = packages::GainFrom::Zero;
  packages::Frontier frontier;
  packages::Solutions solutions;
  double elapsed_ms = 0;
};

/// Fails as read_game() and packages::find_frontier() do; the message names the file.
base::Result<PackagesRun> find_packages(const PackagesRequest& request);

}  // namespace truce::workbench
