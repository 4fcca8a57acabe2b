// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <gtest/gtest.h>

#include "truce/talks/commitments.h"

namespace truce::talks {
namespace {

using Deeds = std::vector<std::uint32_t>;

Commitments read(std::string_view text) {
  auto made = read_commitments("list", text);
  EXPECT_TRUE(made) << (made ? "" : made.error().message);
  return made ? std::move(made).value() : Commitments{};
}

TEST(Order, StepsFollowFromWhatIsUnconditional) {
  const Commitments made = read(
      "C does z if B does y and A does x\n"
      "B does y if A does x\n"
      "A does x  -- first\n"
      "D does w if E does v\n");
  const Order order = find_order(made.graph);
  EXPECT_EQ((Deeds{3, 2, 1, 0, 0}), order.step);
  EXPECT_EQ(3U, order.count_following());
  EXPECT_EQ(3U, order.count_possible());
  EXPECT_TRUE(order.circles.empty());
  EXPECT_FALSE(order.has_open_circle());
}

TEST(Order, AnExchangeIsMadeAtOneTimeAndOthersFollow) {
  const Commitments made = read(
      "A does x if B does y and C does z\n"
      "B does y if A does x\n"
      "C does z.\n"
      "D does w if B does y\n");
  const Order order = find_order(made.graph);
  // A x, B y, C z, D w.
  EXPECT_EQ((Deeds{2, 2, 1, 3}), order.step);
  EXPECT_EQ((std::vector<bool>{false, false, true, false}), order.follows);
  ASSERT_EQ(1U, order.circles.size());
  EXPECT_EQ((Deeds{0, 1}), order.circles[0].deeds);
  EXPECT_EQ((Deeds{0, 1}), order.circles[0].witness);
  EXPECT_EQ(1U, order.circles[0].guarantees.size());
  EXPECT_EQ(1U, order.circles[0].at_least);
  EXPECT_TRUE(order.has_open_circle());
}

TEST(Order, ACircleBehindWhatNobodyCommitsToIsNotPossible) {
  const Commitments made = read(
      "A does x if B does y and Nobody does z\n"
      "B does y if A does x\n");
  const Order order = find_order(made.graph);
  EXPECT_EQ(0U, order.count_possible());
  ASSERT_EQ(1U, order.circles.size());
  EXPECT_FALSE(order.circles[0].is_possible);
  EXPECT_TRUE(order.circles[0].guarantees.empty());
}

TEST(Order, AnotherWayToADeedTakesItOutOfTheCircle) {
  const Commitments made = read(
      "A does x if B does y\n"
      "B does y if A does x\n"
      "A does x if C does z\n"
      "C does z if D does w\n"
      "D does w if C does z\n");
  const Order order = find_order(made.graph);
  // A x, B y, C z, D w: what C and D exchange lets A go first.
  EXPECT_EQ((Deeds{2, 3, 1, 1}), order.step);
  ASSERT_EQ(1U, order.circles.size());
  EXPECT_EQ((Deeds{2, 3}), order.circles[0].deeds);
}

TEST(Order, TheShortestCircleAndTheFewestGuarantees) {
  // Two circles of three that share nobody, joined into one part by a long way round.
  const Commitments made = read(
      "A does a if B does b\nB does b if C does c\nC does c if A does a and D does d\n"
      "D does d if E does e\nE does e if D does d and A does a\n");
  const Order order = find_order(made.graph);
  ASSERT_EQ(1U, order.circles.size());
  EXPECT_EQ(5U, order.circles[0].deeds.size());
  EXPECT_EQ(2U, order.circles[0].witness.size());
  EXPECT_TRUE(order.circles[0].is_shortest);
  EXPECT_EQ(2U, order.circles[0].guarantees.size());
  EXPECT_EQ(2U, order.circles[0].at_least);
}

TEST(Order, BeyondTheEffortTheAnswerHoldsAndSaysSo) {
  CommitmentGraph graph(60);
  for (std::uint32_t i = 0; i < 60; ++i) {
    const std::vector<CommitmentGraph::Condition> conditions = {
        {(i + 1) % 60}, {(i + 7) % 60}, {(i * 11 + 5) % 60}};
    graph.add(i, conditions);
  }
  const Order order = find_order(graph, 2'000);
  ASSERT_EQ(1U, order.circles.size());
  EXPECT_LT(order.circles[0].at_least, order.circles[0].guarantees.size());
  CommitmentGraph vouched = graph;
  for (const std::uint32_t deed : order.circles[0].guarantees) {
    vouched.add(deed, {});
  }
  EXPECT_EQ(60U, find_order(vouched).count_following());
}

// Each waits for two at random among those whose turn is next of `groups`.
CommitmentGraph large_graph(std::uint32_t deeds, std::uint32_t groups) {
  CommitmentGraph graph(deeds);
  std::uint64_t any = 1;
  const auto other = [&](std::uint32_t deed) {
    any = any * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
    const auto place = static_cast<std::uint32_t>((any >> 33U) % (deeds / groups));
    return CommitmentGraph::Condition{place * groups + (deed + 1) % groups};
  };
  for (std::uint32_t i = 0; i < deeds; ++i) {
    const std::vector<CommitmentGraph::Condition> conditions = {other(i), other(i)};
    graph.add(i, conditions);
  }
  return graph;
}

TEST(Order, GuaranteesOfALargePartLetAllOfItFollow) {
  constexpr std::uint32_t kDeeds = 150'000;
  for (const std::uint32_t groups : {1U, 5U}) {
    const CommitmentGraph graph = large_graph(kDeeds, groups);
    const Order order = find_order(graph, 1'000'000);
    CommitmentGraph vouched = graph;
    for (const WaitingCircle& circle : order.circles) {
      EXPECT_TRUE(std::is_sorted(circle.deeds.begin(), circle.deeds.end()));
      EXPECT_TRUE(std::is_sorted(circle.guarantees.begin(), circle.guarantees.end()));
      for (std::size_t at = 0; at < circle.witness.size(); ++at) {
        const auto waits = graph.conditions(circle.witness[at]);
        const std::uint32_t next = circle.witness[(at + 1) % circle.witness.size()];
        EXPECT_NE(waits.end(), std::find(waits.begin(), waits.end(), next));
      }
      for (const std::uint32_t deed : circle.guarantees) {
        vouched.add(deed, {});
      }
    }
    EXPECT_EQ(kDeeds, order.count_possible());
    EXPECT_GT(order.circles.at(0).deeds.size(), 100'000U);
    EXPECT_EQ(0U, order.circles.at(0).witness.size() % groups);
    EXPECT_LT(order.circles.at(0).guarantees.size(), kDeeds / 4);
    EXPECT_EQ(kDeeds, find_order(vouched).count_following());
  }
}

TEST(Order, ADeedThatFollowedTakesItsCircleApart) {
  // B waits for C or for A, A for B and D for itself: once D is done C is, then B, then A.
  const Commitments made = read(
      "A does a if B does b\nB does b if A does a\nB does b if C does c\nC does c if D does d\n"
      "D does d if D does d\nE does e if F does f\nF does f if E does e and B does b\n");
  const Order order = find_order(made.graph);
  ASSERT_EQ(2U, order.circles.size());
  EXPECT_EQ(1U, order.circles[0].deeds.size());
  EXPECT_EQ(2U, order.circles[1].deeds.size());
  EXPECT_EQ(made.graph.deeds(), order.count_possible());
}

TEST(Order, AnAgreedExchangeIsNoOpenCircle) {
  CommitmentGraph graph(2);
  graph.add(0, std::vector<CommitmentGraph::Condition>{{1, true}});
  graph.add(1, std::vector<CommitmentGraph::Condition>{{0, true}});
  EXPECT_FALSE(find_order(graph).has_open_circle());
  EXPECT_EQ(2U, find_order(graph).count_possible());
  graph.add(0, std::vector<CommitmentGraph::Condition>{{1, false}});
  EXPECT_TRUE(find_order(graph).has_open_circle());
}

TEST(Commitments, ALineIsWhoDoesWhatIfOthersDo) {
  const Commitments made = read(
      "-- a comment\n\n"
      "  United  States does share maps if Russian Federation does ground flights.\n");
  ASSERT_EQ(2U, made.deeds.size());
  EXPECT_EQ("United States does share maps", made.deeds[0].words);
  EXPECT_EQ("Russian Federation does ground flights", made.deeds[1].words);
  EXPECT_EQ(1U, made.graph.size());
}

TEST(Commitments, WhatIsNoLineNamesItsPlace) {
  for (const std::string_view wrong :
       {"A does", "does x", "A opens x", "A does x if", "A does x if B does y and",
        "A does x if B does y if C does z", "A does x and B does y", "A does what B does"}) {
    const auto made = read_commitments("list", "C does z\n" + std::string(wrong));
    ASSERT_FALSE(made) << wrong;
    EXPECT_TRUE(made.error().message.starts_with("list:2: ")) << made.error().message;
  }
  EXPECT_FALSE(read_commitments("list", "-- nothing\n"));
}

}  // namespace
}  // namespace truce::talks
