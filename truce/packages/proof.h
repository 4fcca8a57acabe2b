// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "truce/packages/conflicts.h"
#include "truce/packages/optimum.h"
#include "truce/packages/solutions.h"

namespace truce::packages {

/// How long a proof may be: of points, or of lines where packages are ruled out.
struct ProofLimits {
  std::size_t points = 500'000;
  std::size_t lines = 500'000;
  // Asked now and then: whether to give up.
  std::function<bool()> is_stopped = {};
};

/// The game as a log states it, docs/formats/proofs.md.
std::string statement_of(const Game& game);

/// The game in which every issue has one option more, "as each would like", worth to each party as
/// much as the best one, with which nothing that is said of the issue matters. Vetoes must hold,
/// and the first party demands of each issue, in order, that this option is not chosen: what cannot
/// stand together among issues is what cannot stand together among these demands.
Game with_ways_out(const Game& game);

/// A log from which anybody can check that `frontier` is the frontier of the game, and that the
/// rules choose what is chosen. Fails with Unsupported where it would be longer than `limits` say,
/// and with Corrupt where the frontier is another one than that which the log proves, which is a
/// bug.
base::Result<std::string> write_proof(const Game& game, const Frontier& frontier, GainFrom from,
                                      const ProofLimits& limits = {});

/// What follows are claims, parts of a log; proof_of() puts them together. Each fails as
/// write_proof() does.

/// What the rule chooses, asked alone; `optimum` is complete.
base::Result<std::string> prove_choice(const Game& game, Rule rule, GainFrom from,
                                       const Optimum& optimum, const ProofLimits& limits = {});

enum class Among { Demands, Issues };

/// All minimal conflicts and relaxations; `conflicts` is complete. Those of issues are those of
/// demands of the game with_ways_out(), which is stated before.
base::Result<std::string> prove_conflicts(const Game& game, const Conflicts& conflicts, Among among,
                                          const ProofLimits& limits = {});

/// Packages near which all others lie, and the claim that they do.
struct ProvenNearness {
  Frontier frontier;
  std::string claim;
};

/// As find_frontier_within(), of about `most_points` behind each choice that has been made.
base::Result<ProvenNearness> prove_nearness(const Game& game, std::size_t most_points,
                                            const ProofLimits& limits = {});

/// The log of these claims about the game.
std::string proof_of(const Game& game, const std::string& claims);

/// The same with the claims about any games, each behind its statement.
std::string log_of(const std::string& claims);

}  // namespace truce::packages
