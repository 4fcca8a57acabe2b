// SPDX-License-Identifier: Apache-2.0
#include <iostream>

#include "tests/properties/compare_property.h"
#include <gtest/gtest.h>

namespace truce::testing {
namespace {

TEST(CompareLong, SameTextsJudgeAlikeWhateverIsReported) {
  const Compared counts = compare_edited(1000, 1600);
  std::cout << counts.changed << " changed, " << counts.same << " the same, " << counts.missed
            << " where a random record differs and no conduct was found\n";
  EXPECT_GT(counts.same, 10);
  EXPECT_GT(counts.changed, 100);
}

}  // namespace
}  // namespace truce::testing
