// SPDX-License-Identifier: Apache-2.0
#include "tests/properties/separation_property.h"

#include <gtest/gtest.h>

namespace truce::testing {
namespace {

TEST(SeparationProperty, TheCutIsTheCheapestOfAllPartings) {
  for (std::uint64_t seed = 1; seed <= 300 && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    expect_cheapest_parting(seed);
  }
}

TEST(SeparationProperty, TheLineKeepsEachPositionOnItsGround) {
  for (std::uint64_t seed = 1; seed <= 30 && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    expect_line_that_parts(seed);
  }
}

}  // namespace
}  // namespace truce::testing
