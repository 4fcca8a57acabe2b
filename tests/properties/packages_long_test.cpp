// SPDX-License-Identifier: Apache-2.0
#include "tests/properties/packages_proofs.h"
#include "tests/properties/packages_property.h"
#include "tests/support/effort.h"
#include <gtest/gtest.h>

namespace truce::testing {
namespace {

TEST(PackagesLong, FrontierAndSolutionsAreThoseOfTryingEveryPackage) {
  for (std::uint64_t seed = 1; seed <= cases(100000) && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    expect_as_by_trying(seed);
  }
}

TEST(PackagesLong, ProofsOfEveryKindAreAcceptedAndChangedOnesAreNot) {
  for (std::uint64_t seed = 1; seed <= cases(10000) && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    expect_proofs(seed);
  }
}

}  // namespace
}  // namespace truce::testing
