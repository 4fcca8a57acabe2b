// SPDX-License-Identifier: Apache-2.0
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

}  // namespace
}  // namespace truce::testing
