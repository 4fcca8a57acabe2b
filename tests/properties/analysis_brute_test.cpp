// SPDX-License-Identifier: Apache-2.0
#include "tests/properties/analysis_brute.h"

#include <iostream>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace truce::analysis {
namespace {

TEST(AnalysisBrute, FindingsAreThoseOfTryingEverything) {
  const Compared compared = compare_with_trying_all(0, 500);
  EXPECT_EQ("", compared.difference);
  EXPECT_EQ(500U, compared.agreements);
  std::cout << fmt::format("{} questions: {} contradictions, {} traps, {} loopholes, {} implied\n",
                           compared.questions, compared.contradictions, compared.traps,
                           compared.loopholes, compared.implied);
  // A comparison that never sees one shows nothing.
  EXPECT_GT(compared.contradictions, 20U);
  EXPECT_GT(compared.traps, 5U);
  EXPECT_GT(compared.loopholes, 20U);
  EXPECT_GT(compared.implied, 5U);
}

TEST(AnalysisBrute, APermissionThatBeginsLaterLiftsNothingBefore) {
  EXPECT_EQ("", compare_with_trying_all(2432, 1).difference);
  EXPECT_EQ("", compare_with_trying_all(5805, 1).difference);
}

}  // namespace
}  // namespace truce::analysis
