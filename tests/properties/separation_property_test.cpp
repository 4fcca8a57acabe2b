// SPDX-License-Identifier: Apache-2.0
#include "tests/properties/separation_property.h"

#include "tests/support/effort.h"
#include <gtest/gtest.h>

namespace truce::testing {
namespace {

TEST(SeparationProperty, TheCutIsTheCheapestOfAllPartings) {
  for (std::uint64_t seed = 1; seed <= cases(300) && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    expect_cheapest_parting(seed);
  }
}

TEST(SeparationProperty, APartingOfManySidesHoldsWhatIsPromisedOfIt) {
  constexpr std::uint64_t kSeeds = cases(400);
  std::uint64_t cheapest = 0;
  for (std::uint64_t seed = 1; seed <= kSeeds && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    cheapest += expect_promised_parting(seed) ? 1 : 0;
  }
  // Nothing promises this, but where it fell the moves would be broken.
  EXPECT_GT(cheapest, kSeeds * 9 / 10);
  RecordProperty("cheapest", static_cast<int>(cheapest));
}

TEST(SeparationProperty, TheLineKeepsEachPositionOnItsGround) {
  for (std::uint64_t seed = 1; seed <= 30 && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    expect_line_that_parts(seed);
  }
}

}  // namespace
}  // namespace truce::testing
