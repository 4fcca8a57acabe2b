// SPDX-License-Identifier: Apache-2.0
// The comparison of worlds_property_test.cpp on many more records, in parts that fit a test.
#include "tests/properties/worlds_cases.h"

namespace truce::testing {
namespace {

constexpr std::uint64_t kInPart = 2500;

class WorldsLong : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(WorldsLong, EngineEqualsTheInterpreterThatTriesEveryWorld) {
  const std::uint64_t first = 1'000'000 + GetParam() * kInPart;
  WorldsTried tried;
  for (std::uint64_t seed = first; seed < first + kInPart; ++seed) {
    expect_worlds_equal(seed, tried);
    if (::testing::Test::HasFatalFailure()) {
      return;
    }
  }
  EXPECT_GT(tried.compared, kInPart / 2);
}

INSTANTIATE_TEST_SUITE_P(Parts, WorldsLong, ::testing::Range<std::uint64_t>(0, 8));

}  // namespace
}  // namespace truce::testing
