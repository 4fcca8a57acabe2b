// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/packages.h"

#include <chrono>

#include <fmt/format.h>

namespace truce::workbench {

base::Result<PackagesRun> find_packages(const PackagesRequest& request) {
  auto file = read_game(request.game);
  if (!file) {
    return file.error();
  }
  const auto begin = std::chrono::steady_clock::now();
  PackagesRun run;
  run.file = std::move(file.value());
  run.gain_from = request.gain_from;
  auto frontier = packages::find_frontier(run.file.game);
  if (!frontier) {
    return base::Error{frontier.error().code,
                       fmt::format("{}: {}", request.game.path, frontier.error().message)};
  }
  run.frontier = std::move(frontier.value());
  run.solutions = packages::choose(run.file.game, run.frontier, request.gain_from);
  run.elapsed_ms =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
  return run;
}

}  // namespace truce::workbench
