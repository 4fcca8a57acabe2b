// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "truce/packages/frontier.h"

namespace truce::testing {

/// Of the random game of this seed: every kind of proof is accepted, and a change of it is not.
void expect_proofs(std::uint64_t seed);

/// The same of the proof of a frontier alone.
void expect_proof_of_frontier(const packages::Game& game, const packages::Frontier& frontier,
                              std::uint64_t seed);

/// Whether some packages are as near to all of the frontier as they say.
void expect_near(const packages::Game& game, const packages::Frontier& some,
                 const packages::Frontier& frontier);

}  // namespace truce::testing
