// SPDX-License-Identifier: Apache-2.0
#include "truce/analysis/internal/mixes.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "tests/support/small_truce.h"
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
  std::vector<Reading> all = mixes(agreement, Interplay(agreement), whole, 100);
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
  std::vector<Reading> all = mixes(agreement, Interplay(agreement), {{0, 0}, {1, 1}}, 100);
  EXPECT_EQ(2U, all.size());
  EXPECT_FALSE(are_all(agreement, all));
  all.insert(all.end(), {{0, 0}, {1, 1}});
  EXPECT_TRUE(are_all(agreement, all));
}

TEST(Mixes, OfAFewPassagesThereIsEveryOne) {
  const Agreement agreement = with_passages({2, 2, 2, 2});
  std::vector<Reading> all =
      mixes(agreement, Interplay(agreement), {{0, 0, 0, 0}, {1, 1, 1, 1}}, 100);
  EXPECT_EQ(14U, all.size());
  all.insert(all.end(), {{0, 0, 0, 0}, {1, 1, 1, 1}});
  EXPECT_TRUE(are_all(agreement, all));
  EXPECT_LT(mixes(with_passages({2, 2, 2, 3}), Interplay(agreement), {}, 100).size(), 16U);
}

TEST(Mixes, OfOnePassageThereAreNone) {
  const Agreement agreement = with_passages({2});
  EXPECT_TRUE(mixes(agreement, Interplay(agreement), {{0}, {1}}, 100).empty());
  EXPECT_TRUE(are_all(agreement, {{0}, {1}}));
  EXPECT_TRUE(are_all(with_passages({}), {{}}));
}

// Deadlines of duties that do not wait for each other meet nowhere; what forbids meets them all.
TEST(Mixes, DeadlinesMeetWhereOneWaitsForTheOther) {
  const Agreement agreement = testing::agreement_of(
      "truce \"T\"; of 2029-12-31; clock C at UTC+00:00; days of 24 hours; vocabulary "
      "\"truce/ceasefire-1\".\nparties North; South.\nplaces Country = annex A area.\nmoments D = "
      "2030-01-01 00:00.\n"
      "1.1 North shall withdraw Tanks; within [North: 2 days | South: 3 days] of D.\n"
      "1.2 South shall withdraw Tanks; within [North: 2 days | South: 3 days] of D.\n"
      "1.3 South shall release Prisoners; upon fulfilment of 1.1; within [North: 1 day | South: 2 "
      "days].\n"
      "1.4 each Party shall not move Forces; in Country; from D; until [North: D + 1 day | South: "
      "D "
      "+ 2 days].\n"
      "1.5 North shall publish Findings; upon breach of 1.2; within [North: 1 day | South: 2 "
      "days].\n");
  ASSERT_EQ(5U, agreement.brackets.size());
  const Interplay interplay(agreement);
  EXPECT_FALSE(interplay.do_meet(0, 1));
  EXPECT_TRUE(interplay.do_meet(0, 2));
  EXPECT_FALSE(interplay.do_meet(1, 2));
  EXPECT_TRUE(interplay.do_meet(0, 3));
  EXPECT_TRUE(interplay.do_meet(1, 3));
  EXPECT_TRUE(interplay.do_meet(1, 4));
  EXPECT_FALSE(interplay.do_meet(0, 4));
  const auto id = [](std::size_t i) { return base::id_at<agreement::ClauseId>(i); };
  EXPECT_TRUE(interplay.bears_on(0, {id(2)}));
  EXPECT_FALSE(interplay.bears_on(1, {id(0), id(2)}));
  EXPECT_TRUE(interplay.bears_on(3, {id(0)}));
}

TEST(Mixes, NoMoreThanAskedFor) {
  const Agreement agreement = with_passages(std::vector<std::size_t>(40, 5));
  EXPECT_EQ(3U, mixes(agreement, Interplay(agreement), {}, 3).size());
}

}  // namespace
}  // namespace truce::analysis::internal
