// SPDX-License-Identifier: Apache-2.0
#include "truce/semantics/scenarios.h"

#include <filesystem>
#include <string>

#include "tests/support/small_truce.h"
#include <gtest/gtest.h>

namespace truce::semantics {
namespace {

// Every scenario passes, and there are as many as the file is known to tell.
void expect_all_pass(const agreement::Agreement& agreement, std::size_t count) {
  const std::vector<ScenarioResult> results = run_scenarios(agreement);
  EXPECT_EQ(results.size(), count);
  for (const ScenarioResult& result : results) {
    EXPECT_FALSE(result.expectations.empty()) << result.name;
    for (const ExpectationResult& expectation : result.expectations) {
      EXPECT_TRUE(expectation.has_passed)
          << result.name << ": " << expectation.text << ", got: " << expectation.got;
    }
  }
}

TEST(Scenarios, OfTheShippedAgreementPass) {
  expect_all_pass(testing::agreement_in("examples/syria-2016-09/agreement.truce"), 3);
}

}  // namespace
}  // namespace truce::semantics
