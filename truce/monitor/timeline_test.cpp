// SPDX-License-Identifier: Apache-2.0
#include "truce/monitor/internal/timeline.h"

#include <gtest/gtest.h>

namespace truce::monitor::internal {
namespace {

using base::Instant;
using facts::Truth;

TEST(Timeline, SinceAMomentKnownAsARangeIsMaybeInsideIt) {
  const Timeline since = Timeline::since({Instant{10}, Instant{20}});
  EXPECT_EQ(since.at(Instant{9}), Truth::No);
  EXPECT_EQ(since.at(Instant{10}), Truth::Maybe);
  EXPECT_EQ(since.at(Instant{19}), Truth::Maybe);
  EXPECT_EQ(since.at(Instant{20}), Truth::Yes);
}

TEST(Timeline, BeforeIsTheOppositeOfSince) {
  const Timeline before = Timeline::before({Instant{10}, Instant{10}});
  EXPECT_EQ(before.at(Instant{9}), Truth::Yes);
  EXPECT_EQ(before.at(Instant{10}), Truth::No);
}

TEST(Timeline, WhatNeverComesIsAlwaysBefore) {
  EXPECT_TRUE(Timeline::before(kNever).is_always(Truth::Yes));
  EXPECT_TRUE(Timeline::since(kAlways).is_always(Truth::Yes));
  EXPECT_TRUE(Timeline::since(kWhenever).is_always(Truth::Maybe));
}

TEST(Timeline, OfAnEmptyRangeCountsTheInstantItself) {
  const Timeline since = Timeline::since({Instant{10}, Instant{10}});
  EXPECT_EQ(since.over({Instant{10}, Instant{10}}).truth(), Truth::Yes);
  EXPECT_EQ(since.over({Instant{9}, Instant{10}}).truth(), Truth::No);
  EXPECT_EQ(since.over({Instant{9}, Instant{11}}).truth(), Truth::Maybe);
}

TEST(Timeline, JoinsLikeKleeneAtEveryInstant) {
  const Timeline a = Timeline::since({Instant{2}, Instant{6}});
  const Timeline b = Timeline::within(Instant{4}, Instant{8}, Truth::Maybe);
  for (std::int64_t second = 0; second < 10; ++second) {
    const Instant at{second};
    EXPECT_EQ((a && b).at(at), (a.at(at) && b.at(at))) << second;
    EXPECT_EQ((a || b).at(at), (a.at(at) || b.at(at))) << second;
    EXPECT_EQ((!a).at(at), !a.at(at)) << second;
  }
}

TEST(Timeline, AnyOfManyIsTheirDisjunction) {
  std::vector<Timeline> parts;
  for (std::int64_t from = 0; from < 50; from += 10) {
    parts.push_back(Timeline::within(Instant{from}, Instant{from + 3}, Truth::Yes));
  }
  const Timeline any = Timeline::any_of(parts);
  for (std::int64_t second = 0; second < 60; ++second) {
    EXPECT_EQ(any.at(Instant{second}) == Truth::Yes, second < 50 && second % 10 < 3) << second;
  }
  EXPECT_TRUE(Timeline::any_of({}).is_always(Truth::No));
}

TEST(Tally, OfPairsHasWhatTheirConjunctionsGive) {
  Tally mixed;
  mixed.add(Truth::Yes);
  mixed.add(Truth::No);
  Tally yes;
  yes.add(Truth::Yes);
  EXPECT_EQ(Tally::both(yes, yes).truth(), Truth::Yes);
  EXPECT_EQ(Tally::both(mixed, yes).truth(), Truth::Maybe);
  Tally no;
  no.add(Truth::No);
  EXPECT_EQ(Tally::both(mixed, no).truth(), Truth::No);
}

}  // namespace
}  // namespace truce::monitor::internal
