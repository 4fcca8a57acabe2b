// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace truce::testing {

/// The engines against trying every package, on the random game of this seed.
void expect_as_by_trying(std::uint64_t seed);

/// The rules asked alone against the frontier, on a random game of 10^7 packages or more.
void expect_alone_as_of_frontier(std::uint64_t seed);

}  // namespace truce::testing
