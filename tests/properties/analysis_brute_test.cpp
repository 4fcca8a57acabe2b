// SPDX-License-Identifier: Apache-2.0
#include "tests/properties/analysis_brute.h"

#include <iostream>

#include "tests/support/effort.h"
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace truce::analysis {
namespace {

TEST(AnalysisBrute, FindingsAreThoseOfTryingEverything) {
  const std::uint64_t count = testing::cases(500);
  const Compared compared = compare_with_trying_all(0, count);
  EXPECT_EQ("", compared.difference);
  EXPECT_EQ(count, compared.agreements);
  std::cout << fmt::format("{} questions: {} contradictions, {} traps, {} loopholes, {} implied\n",
                           compared.questions, compared.contradictions, compared.traps,
                           compared.loopholes, compared.implied);
  // A comparison that never sees one shows nothing.
  EXPECT_GE(compared.contradictions, count / 25);
  EXPECT_GE(compared.traps, count / 100);
  EXPECT_GE(compared.loopholes, count / 25);
  EXPECT_GE(compared.implied, count / 100);
}

TEST(AnalysisBrute, APermissionThatBeginsLaterLiftsNothingBefore) {
  EXPECT_EQ("", compare_with_trying_all(2432, 1).difference);
  EXPECT_EQ("", compare_with_trying_all(5805, 1).difference);
}

}  // namespace
}  // namespace truce::analysis
