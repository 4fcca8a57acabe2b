// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

#include "truce/packages/solutions.h"

namespace truce::packages {

/// A log from which anybody can check that `frontier` is the frontier of the game, and that the
/// rules choose what is chosen: docs/formats/proofs.md gives its form. Fails with Unsupported where
/// it would have more than `most_points` points, and with Corrupt where the frontier is another one
/// than that which the log proves, which is a bug.
base::Result<std::string> write_proof(const Game& game, const Frontier& frontier, GainFrom from,
                                      std::size_t most_points = 500'000);

}  // namespace truce::packages
