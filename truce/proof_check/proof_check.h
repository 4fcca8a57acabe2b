// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace truce::proof_check {

/// What a log proves of a game that it states.
struct Proved {
  // All minimal conflicts, and all minimal relaxations.
  struct Sets {
    std::size_t conflicts = 0;
    std::size_t relaxations = 0;
  };
  // The words that state the game, as they stand in the log.
  std::string_view game;
  // The size of the frontier.
  std::optional<std::size_t> points;
  // The number of packages near which all others lie.
  std::optional<std::size_t> nearby;
  // What these rules choose.
  std::vector<std::string> rules;
  // Of all demands, walk-away values among them; and of demands where those are kept.
  std::optional<Sets> demands;
  std::optional<Sets> demands_beside_walk_away;
};

struct Checked {
  // The first line that does not follow, and why; nothing is proved then.
  std::optional<std::string> problem;
  // In the order in which they are stated.
  std::vector<Proved> games;
};

/// Checks a log of docs/formats/proofs.md, line by line. It uses no other code of Truce: whole
/// numbers are those of GMP. Whether a game that the log states is the one that is meant, is for
/// the caller to see; its words are a part of `log`.
[[nodiscard]] Checked check_proof(std::string_view log);

}  // namespace truce::proof_check
