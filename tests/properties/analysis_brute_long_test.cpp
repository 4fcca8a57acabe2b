// SPDX-License-Identifier: Apache-2.0
#include <iostream>

#include "tests/properties/analysis_brute.h"
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace truce::analysis {
namespace {

TEST(AnalysisBruteLong, FindingsAreThoseOfTryingEverything) {
  constexpr std::uint64_t kFirst = 1000;
  constexpr std::uint64_t kStep = 5000;
  for (std::uint64_t done = 0; done < 100000; done += kStep) {
    const Compared compared = compare_with_trying_all(kFirst + done, kStep);
    ASSERT_EQ("", compared.difference);
    ASSERT_EQ(kStep, compared.agreements);
    std::cout << fmt::format("{} agreements: {} questions, {} contradictions, {} traps\n",
                             done + kStep, compared.questions, compared.contradictions,
                             compared.traps)
              << std::flush;
  }
}

}  // namespace
}  // namespace truce::analysis
