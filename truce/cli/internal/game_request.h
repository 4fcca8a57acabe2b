// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "truce/cli/options.h"
#include "truce/workbench/game_file.h"

namespace truce::cli::internal {

workbench::GameRequest request_of(const GameOptions& options);

/// What was read, and how; empty where there is nothing to say.
std::string heading(const workbench::GameFile& file);

/// Exactly where that is short, otherwise how much it is about.
std::string drawn(const packages::Fraction& utility);
/// `Monitors: armed; Withdrawal: 30 days`.
std::string drawn(const packages::Game& game, const packages::Package& package);

}  // namespace truce::cli::internal
