// SPDX-License-Identifier: Apache-2.0
// The comparison of monitor_property_test.cpp on many more agreements, in parts that fit a test.
#include "tests/support/random_agreements.h"
#include <gtest/gtest.h>

#include "truce/monitor/replay.h"
#include "truce/semantics/evaluate.h"

namespace truce::testing {
namespace {

constexpr std::uint64_t kInPart = 2500;

class MonitorLong : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(MonitorLong, EqualsTheInterpreter) {
  const std::uint64_t first = GetParam() * kInPart;
  for (std::uint64_t seed = first; seed < first + kInPart; ++seed) {
    const RandomTruce one = random_truce(seed);
    ASSERT_EQ(one.complaints, "") << "seed " << seed;
    const facts::Evidence evidence = one.record.on(one.agreement);
    const monitor::Replay got = monitor::replay(
        one.agreement, evidence, {.reading = {}, .with_explanations = false, .with_worlds = false});
    ASSERT_EQ(got.verdicts, semantics::evaluate(one.agreement, evidence, {.with_worlds = false}))
        << "seed " << seed << "\n--- agreement\n"
        << one.text << "\n--- reports\n"
        << one.rows << "\n--- coverage\n"
        << one.coverage;
  }
}

INSTANTIATE_TEST_SUITE_P(Parts, MonitorLong, ::testing::Range<std::uint64_t>(0, 8));

}  // namespace
}  // namespace truce::testing
