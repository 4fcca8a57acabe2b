// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace truce::testing {

/// The engines against trying every package, on the random game of this seed.
void expect_as_by_trying(std::uint64_t seed);

}  // namespace truce::testing
