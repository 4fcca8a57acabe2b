// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "truce/base/result.h"
#include "truce/packages/game.h"

namespace truce::proof_check {

/// What a proof establishes.
struct Checked {
  // The size of the frontier.
  std::size_t points = 0;
};

/// Checks a log of docs/formats/proofs.md against the game, line by line. Of `packages` it uses
/// what a game is and what it means, game.h and integer.h, and nothing that searches. Fails with
/// Corrupt, naming the line, where a line does not follow.
base::Result<Checked> check_proof(const packages::Game& game, std::string_view proof);

}  // namespace truce::proof_check
