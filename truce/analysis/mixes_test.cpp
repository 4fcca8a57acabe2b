// SPDX-License-Identifier: Apache-2.0
#include "truce/analysis/internal/mixes.h"

#include <algorithm>
#include <set>
#include <tuple>

#include <gtest/gtest.h>

namespace truce::analysis::internal {
namespace {

using agreement::Agreement;
using agreement::Reading;

Agreement with_passages(const std::vector<std::size_t>& alternatives) {
  Agreement agreement;
  for (const std::size_t count : alternatives) {
    agreement.brackets.emplace_back().alternatives.resize(count);
  }
  return agreement;
}

TEST(Mixes, AnyTwoPassagesStandAsAnybodyWroteThem) {
  const std::vector<std::size_t> counts = {2, 3, 2, 4, 2, 2, 3, 2, 2, 2};
  const Agreement agreement = with_passages(counts);
  const std::vector<Reading> whole = {Reading(counts.size(), 0), Reading(counts.size(), 1)};
  std::vector<Reading> all = mixes(agreement, whole, 100);
  // Of 9216 readings.
  EXPECT_LE(all.size(), 20U);
  all.insert(all.end(), whole.begin(), whole.end());
  std::set<std::tuple<std::size_t, std::uint32_t, std::size_t, std::uint32_t>> seen;
  for (const Reading& reading : all) {
    ASSERT_EQ(counts.size(), reading.size());
    for (std::size_t second = 0; second < reading.size(); ++second) {
      ASSERT_LT(reading[second], counts[second]);
      for (std::size_t first = 0; first < second; ++first) {
        seen.emplace(first, reading[first], second, reading[second]);
      }
    }
  }
  std::size_t wanted = 0;
  for (std::size_t second = 0; second < counts.size(); ++second) {
    for (std::size_t first = 0; first < second; ++first) {
      wanted += counts[first] * counts[second];
    }
  }
  EXPECT_EQ(wanted, seen.size());
  EXPECT_FALSE(are_all(agreement, all));
}

TEST(Mixes, OfTwoPassagesThereAreTwoMore) {
  const Agreement agreement = with_passages({2, 2});
  std::vector<Reading> all = mixes(agreement, {{0, 0}, {1, 1}}, 100);
  EXPECT_EQ(2U, all.size());
  EXPECT_FALSE(are_all(agreement, all));
  all.insert(all.end(), {{0, 0}, {1, 1}});
  EXPECT_TRUE(are_all(agreement, all));
}

TEST(Mixes, OfOnePassageThereAreNone) {
  const Agreement agreement = with_passages({2});
  EXPECT_TRUE(mixes(agreement, {{0}, {1}}, 100).empty());
  EXPECT_TRUE(are_all(agreement, {{0}, {1}}));
  EXPECT_TRUE(are_all(with_passages({}), {{}}));
}

TEST(Mixes, NoMoreThanAskedFor) {
  EXPECT_EQ(3U, mixes(with_passages(std::vector<std::size_t>(40, 5)), {}, 3).size());
}

}  // namespace
}  // namespace truce::analysis::internal
