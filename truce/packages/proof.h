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

/// A log from which anybody can check that `frontier` is the frontier of the game, and that the
/// rules choose what is chosen: docs/formats/proofs.md gives its form. Fails with Unsupported where
/// it would be longer than `limits` say, and with Corrupt where the frontier is another one than
/// that which the log proves, which is a bug.
base::Result<std::string> write_proof(const Game& game, const Frontier& frontier, GainFrom from,
                                      const ProofLimits& limits = {});

/// What follows are claims, parts of a log; proof_of() puts them together. Each fails as
/// write_proof() does.

/// What the rule chooses, asked alone; `optimum` is complete.
base::Result<std::string> prove_choice(const Game& game, Rule rule, GainFrom from,
                                       const Optimum& optimum, const ProofLimits& limits = {});

enum class Among { Demands, Issues };

/// All minimal conflicts and relaxations; `conflicts` is complete.
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

/// The log of these claims.
std::string proof_of(const std::string& claims);

}  // namespace truce::packages
