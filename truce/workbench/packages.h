// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "truce/packages/closeness.h"
#include "truce/packages/conflicts.h"
#include "truce/packages/optimum.h"
#include "truce/packages/solutions.h"
#include "truce/proof_check/proof_check.h"
#include "truce/workbench/game_file.h"

namespace truce::workbench {

/// What a search may take, and who is told of it.
struct Patience {
  // Seconds; none: as long as the limits of the search allow.
  std::optional<double> time_limit;
  // Asked often: whether somebody wants the answer as far as it is.
  std::function<bool()> is_stopped = {};
  std::function<void(const std::string&)> on_progress = {};

  void tell(const std::string& what) const {
    if (on_progress) {
      on_progress(what);
    }
  }
};

struct PackagesRequest {
  GameRequest game;
  packages::GainFrom gain_from = packages::GainFrom::Zero;
  // Write a proof too.
  bool is_proved = false;
  Patience patience = {};
};

/// What could be agreed.
struct PackagesRun {
  GameFile file;
  packages::GainFrom gain_from = packages::GainFrom::Zero;
  packages::Frontier frontier;
  packages::Solutions solutions;
  // Where the frontier was not found to its end: why.
  std::string problem;
  // Then each rule was asked alone, in the order of packages::Rule; none where that cannot tell.
  // What it chose stands among the points, to which `solutions` leads.
  std::vector<std::optional<packages::Optimum>> optima;
  packages::Closeness closeness;
  // Issues that stand in the way, where no package is accepted by all; none where that was not
  // found.
  std::optional<packages::Conflicts> sticking_points;
  // As docs/formats/proofs.md describes; empty where none was asked for.
  std::string proof;
  // Where one was: what it does not show, and why.
  std::vector<std::string> unproved;
  double elapsed_ms = 0;
};

/// The answer as one HTML page, docs/formats/packages.md.
std::string to_html(const PackagesRun& run);

/// How far the parties are from a deal.
struct CloseRun {
  GameFile file;
  packages::Closeness closeness;
  double elapsed_ms = 0;
};

/// The answer as one HTML page, with the plot.
std::string to_html(const CloseRun& run);

/// What stands in the way of a deal.
struct BlocksRun {
  GameFile file;
  std::vector<packages::Demand> demands;
  packages::Conflicts among_demands;
  packages::Conflicts among_issues;
  // As docs/formats/proofs.md describes; empty where none was asked for.
  std::string proof;
  // Where one was: what it does not show, and why.
  std::vector<std::string> unproved;
  double elapsed_ms = 0;
};

/// The answer as one HTML page.
std::string to_html(const BlocksRun& run);

/// Fails as read_game() does, and where values need more binary digits than are carried; the
/// message names the file. Where the frontier is not found, `problem` says why.
base::Result<PackagesRun> find_packages(const PackagesRequest& request);
/// What a proof shows of a game.
struct ProofShows {
  proof_check::Proved of_game;
  // All minimal conflicts and relaxations among issues.
  std::optional<proof_check::Proved::Sets> issues;
};

/// What the proof in the file at `proof` shows of the game; fails with Corrupt where it does not
/// hold, or is about another game.
base::Result<ProofShows> verify_proof(const GameRequest& request, const std::string& proof);
base::Result<CloseRun> find_close(const GameRequest& request, const Patience& patience = {});
/// With `is_proved` a proof is written too; fails with Unsupported where it would be too long.
base::Result<BlocksRun> find_blocks(const GameRequest& request, const Patience& patience = {},
                                    bool is_proved = false);

}  // namespace truce::workbench
