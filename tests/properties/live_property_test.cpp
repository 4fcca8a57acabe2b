// SPDX-License-Identifier: Apache-2.0
// Whatever the order in which rows arrive, and whatever is corrected or withdrawn, the verdicts
// that are kept up to date row by row are after each row those of a replay of all rows so far.
#include <string>

#include "tests/properties/live_support.h"
#include "tests/support/effort.h"
#include "tests/support/sentence_forms.h"
#include <gtest/gtest.h>

namespace truce::testing {
namespace {

constexpr std::uint64_t kFirstSeed = 20160912;

TEST(LiveProperty, IsTheReplayOfAllRowsAfterEachRow) {
  LiveTally tally;
  for (std::uint64_t seed = kFirstSeed; seed < kFirstSeed + cases(250); ++seed) {
    expect_equal_at_every_prefix(random_truce(seed), seed, tally);
    if (::testing::Test::HasFailure()) {
      return;
    }
  }
  expect_mostly_parts(tally, 0.25);
}

TEST(LiveProperty, IsTheReplayOfAllRowsOnWhatIsNear) {
  LiveTally tally;
  for (std::uint64_t seed = kFirstSeed; seed < kFirstSeed + cases(400); ++seed) {
    expect_equal_at_every_prefix(random_nearness(seed), seed, tally);
    if (::testing::Test::HasFailure()) {
      return;
    }
  }
  expect_mostly_parts(tally, 0.5);
}

// Each form of sentence, on agreements centred on it.
class LiveForms : public ::testing::TestWithParam<std::size_t> {};

TEST_P(LiveForms, AreTheReplayOfAllRowsAfterEachRow) {
  constexpr std::uint64_t kTraces = cases(15);
  LiveTally tally;
  for (std::uint64_t seed = 0; seed < kTraces && !::testing::Test::HasFailure(); ++seed) {
    expect_equal_at_every_prefix(form_truce(sentence_forms()[GetParam()], seed), seed, tally);
  }
}

INSTANTIATE_TEST_SUITE_P(Sentence, LiveForms,
                         ::testing::Range<std::size_t>(0, sentence_forms().size()),
                         [](const auto& tested) {
                           return std::string(sentence_forms()[tested.param].name);
                         });

}  // namespace
}  // namespace truce::testing
