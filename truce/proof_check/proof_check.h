// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "truce/base/result.h"
#include "truce/packages/game.h"

namespace truce::proof_check {

/// What a proof establishes.
struct Checked {
  // All minimal conflicts, and all minimal relaxations.
  struct Sets {
    std::size_t conflicts = 0;
    std::size_t relaxations = 0;
  };
  // The size of the frontier.
  std::optional<std::size_t> points;
  // The number of packages near which all others lie.
  std::optional<std::size_t> nearby;
  // What these rules choose.
  std::vector<std::string> rules;
  std::optional<Sets> demands;
  std::optional<Sets> issues;
};

/// Checks a log of docs/formats/proofs.md against the game, line by line. Of `packages` it uses
/// what a game is and what it means, game.h and integer.h, and nothing that searches. Fails with
/// Corrupt, naming the line, where a line does not follow.
base::Result<Checked> check_proof(const packages::Game& game, std::string_view proof);

}  // namespace truce::proof_check
