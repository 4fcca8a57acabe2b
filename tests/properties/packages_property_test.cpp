// SPDX-License-Identifier: Apache-2.0
#include "tests/properties/packages_property.h"

#include "tests/properties/packages_proofs.h"
#include "tests/support/effort.h"
#include <gtest/gtest.h>

namespace truce::testing {
namespace {

TEST(PackagesProperty, FrontierAndSolutionsAreThoseOfTryingEveryPackage) {
  for (std::uint64_t seed = 1; seed <= cases(2000) && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    expect_as_by_trying(seed);
  }
}

// Gains of one beside gains of 10^30, which a double cannot tell from nothing.
TEST(PackagesProperty, RulesAreRightWhereDoublesLoseTheSmallGains) { expect_as_by_trying(33951); }

TEST(PackagesProperty, RulesAskedAloneAreThoseOfTheFrontierWhereThereIsMuchToSearch) {
  for (std::uint64_t seed = 1; seed <= cases(24) && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    expect_alone_as_of_frontier(seed);
  }
}

TEST(PackagesProperty, ProofsOfEveryKindAreAcceptedAndChangedOnesAreNot) {
  for (std::uint64_t seed = 1; seed <= cases(200) && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    expect_proofs(seed);
  }
}

}  // namespace
}  // namespace truce::testing
