// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "truce/packages/exchange.h"
#include "truce/packages/robustness.h"
#include "truce/workbench/game_file.h"

namespace truce::workbench {

/// What could be the next step; from the package on the table where one is named.
struct NextRequest {
  GameRequest game;
  // `4.3: not later than D`, once for each issue; empty: nothing is on the table.
  std::vector<std::string> on_table = {};
};

struct NextRun {
  GameFile file;
  std::optional<packages::Package> on_table;
  // Whether some package is accepted by all.
  bool is_deal_there = false;
  // With nothing on the table and no deal there.
  std::optional<packages::DemandPair> demands;
  // With a package on the table.
  std::optional<packages::Exchange> exchange;
  double elapsed_ms = 0;
};

/// Fails as read_game(), package_named() and packages::find_frontier() do.
base::Result<NextRun> find_next(const NextRequest& request);

struct RobustRequest {
  GameRequest game;
  // As above; empty: the rule chooses.
  std::vector<std::string> package = {};
  std::string rule = "nash";
  // By what share the numbers of those may be off who do not say; from 0 to 1.
  packages::Fraction error = {1, 10};
};

struct RobustRun {
  GameFile file;
  packages::Fraction error;
  // None where no package is accepted by all; then there is nothing else.
  std::optional<packages::Package> package;
  std::vector<packages::Errors> errors;
  packages::Robustness robustness;
  // None where it was not counted; `not_found` says why.
  std::optional<packages::Unsettled> unsettled;
  std::string not_found;
  double elapsed_ms = 0;
};

/// Fails as read_game(), package_named() and packages::find_frontier() do.
base::Result<RobustRun> find_robust(const RobustRequest& request);

/// The answers as one HTML page each, with the plot.
std::string to_html(const NextRun& run);
std::string to_html(const RobustRun& run);

/// What is asked in a question: `what is 4.3 worth to North?`
std::string to_text(const packages::Game& game, const packages::Question& question);

}  // namespace truce::workbench
