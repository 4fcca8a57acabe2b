// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "truce/cli/commands.h"
#include "truce/cli/internal/status.h"
#include "truce/cli/terminal.h"
#include "truce/workbench/game_file.h"

namespace truce::cli {

int run(const PackagesOptions& options) {
  const auto read = workbench::read_game(options.game.file);
  if (!read) {
    return could_not(read.error());
  }
  const packages::Game& game = read->game;
  return write_output(fmt::format("{} parties, {} issues, {} packages\n", game.parties.size(),
                                  game.issues.size(), packages::count_packages(game).to_text()))
             ? kFine
             : output_failed();
}

}  // namespace truce::cli
