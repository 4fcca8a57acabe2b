// SPDX-License-Identifier: Apache-2.0
// The comparison of live_property_test.cpp on many more agreements, in parts that fit a test.
#include "tests/properties/live_support.h"
#include <gtest/gtest.h>

namespace truce::testing {
namespace {

constexpr std::uint64_t kInPart = 1500;

class LiveLong : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(LiveLong, IsTheReplayOfAllRowsAfterEachRow) {
  LiveTally tally;
  const std::uint64_t first = GetParam() * kInPart;
  for (std::uint64_t seed = first; seed < first + kInPart; ++seed) {
    expect_equal_at_every_prefix(random_truce(seed), seed, tally);
    expect_equal_at_every_prefix(random_nearness(seed), seed, tally);
    if (::testing::Test::HasFailure()) {
      return;
    }
  }
  expect_mostly_parts(tally, 0.25);
}

TEST_P(LiveLong, IsTheReplayOfAllRowsInEachForm) {
  constexpr std::uint64_t kTraces = 60;
  LiveTally tally;
  const std::uint64_t first = 1000 + GetParam() * kTraces;
  for (const SentenceForm& form : sentence_forms()) {
    for (std::uint64_t seed = first; seed < first + kTraces; ++seed) {
      expect_equal_at_every_prefix(form_truce(form, seed), seed, tally);
      if (::testing::Test::HasFailure()) {
        return;
      }
    }
  }
  expect_mostly_parts(tally, 0.1);
}

INSTANTIATE_TEST_SUITE_P(Parts, LiveLong, ::testing::Range<std::uint64_t>(0, 4));

}  // namespace
}  // namespace truce::testing
