// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "truce/base/result.h"
#include "truce/packages/game.h"
#include "truce/workbench/positions.h"

namespace truce::workbench {

/// Which package's text is wanted: a chosen one, or what a rule chooses from the packages that all
/// accept.
struct SettleRequest {
  PositionsRequest talks;
  // `4.3: not later than D`, one for each bracket. Empty: the rule chooses.
  std::vector<std::string> choices;
  // nash, kalai-smorodinsky, egalitarian or utilitarian.
  std::string rule = "nash";
};

/// A combination that makes a text that cannot be carried out.
struct Exclusion {
  packages::Conjunction options;
  // Codes with clauses and messages of what was found.
  std::vector<std::string> reasons;
};

struct SettleRun {
  PositionsRun talks;
  // Of the brackets, in the order of talks.issues; empty where no package is left.
  std::optional<packages::Package> package;
  std::vector<Exclusion> exclusions;
  // The same kind of hole where no bracket stands in its clauses: no package mends it.
  std::vector<std::string> remaining;
  // The clean text; empty where there is no package.
  std::string text;
};

/// Makes the text of a package and analyses it. Where it holds a contradiction, a circle of waits,
/// a deadline that cannot be met or a side set up to fail, which nobody accepted, the options in
/// those clauses and in the definitions are excluded together and the next package is tried. With
/// errors in the draft or a position nothing is settled. Fails as read_positions() and
/// packages::find_frontier() do, with InvalidArgument for a choice that is none or is missing.
base::Result<SettleRun> settle(const SettleRequest& request);

}  // namespace truce::workbench
