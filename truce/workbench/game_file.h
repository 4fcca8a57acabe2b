// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "truce/base/result.h"
#include "truce/packages/game.h"

namespace truce::workbench {

/// What is negotiated, and the files that say so.
struct GameFile {
  packages::Game game;
  std::vector<std::string> read;
};

/// Reads a game. Fails with InvalidArgument, naming the file and the place in it, where it is no
/// game.
base::Result<GameFile> read_game(const std::string& path);

}  // namespace truce::workbench
