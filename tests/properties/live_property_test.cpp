// SPDX-License-Identifier: Apache-2.0
// Whatever the order in which rows arrive, and whatever is corrected or withdrawn, the verdicts
// that are kept up to date row by row are after each row those of a replay of all rows so far.
#include "tests/properties/live_support.h"
#include <gtest/gtest.h>

namespace truce::testing {
namespace {

constexpr std::uint64_t kFirstSeed = 20160912;

TEST(LiveProperty, IsTheReplayOfAllRowsAfterEachRow) {
  LiveTally tally;
  for (std::uint64_t seed = kFirstSeed; seed < kFirstSeed + 250; ++seed) {
    expect_equal_at_every_prefix(random_truce(seed), seed, tally);
    if (::testing::Test::HasFailure()) {
      return;
    }
  }
  expect_mostly_parts(tally, 0.25);
}

TEST(LiveProperty, IsTheReplayOfAllRowsOnWhatIsNear) {
  LiveTally tally;
  for (std::uint64_t seed = kFirstSeed; seed < kFirstSeed + 400; ++seed) {
    expect_equal_at_every_prefix(random_nearness(seed), seed, tally);
    if (::testing::Test::HasFailure()) {
      return;
    }
  }
  expect_mostly_parts(tally, 0.5);
}

}  // namespace
}  // namespace truce::testing
