// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "truce/base/result.h"
#include "truce/packages/game.h"

namespace truce::workbench {

/// The package whose options are named, `4.3: not later than D`, once for each issue, as
/// `truce talks packages` names them. Fails with InvalidArgument for a name that is none, that is
/// given twice or that is missing.
base::Result<packages::Package> package_named(const packages::Game& game,
                                              const std::vector<std::string>& words);

/// What a rule (nash, kalai-smorodinsky, egalitarian or utilitarian) chooses from what everybody
/// accepts, gains counted from the walk-away values; none where nobody could agree. Fails as
/// packages::find_frontier() does.
base::Result<std::optional<packages::Package>> chosen_by_rule(const packages::Game& game,
                                                              const std::string& rule);

}  // namespace truce::workbench
