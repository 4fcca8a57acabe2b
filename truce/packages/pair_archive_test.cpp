// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/internal/pair_archive.h"

#include <random>

#include <gtest/gtest.h>

namespace truce::packages::internal {
namespace {

// By the definition: some pair within all bounds that no point of the archive reaches. Below the
// least numbers here nothing is different.
bool leaves_room_by_trying(const PairArchive& archive, const Directions& directions,
                           const Bounds& bounds) {
  for (std::int64_t first = -100; first <= 24; ++first) {
    for (std::int64_t second = -100; second <= 24; ++second) {
      bool is_new = true;
      for (std::size_t which = 0; which < kDirections; ++which) {
        is_new = is_new && directions[which].of({first, second}) <= bounds[which];
      }
      for (const PairArchive::Entry& entry : archive.points()) {
        is_new = is_new && (entry.worth.first < first || entry.worth.second < second);
      }
      if (is_new) {
        return true;
      }
    }
  }
  return false;
}

TEST(PairArchive, KeepsWhatNothingBettersAndSeesEveryGap) {
  std::mt19937 random(7);
  const auto below = [&](std::int64_t count) {
    return static_cast<std::int64_t>(random() % static_cast<std::uint32_t>(count));
  };
  Directions directions{{{1, 0}, {0, 1}}};
  for (std::size_t which = 2; which < kDirections; ++which) {
    const auto part = static_cast<std::int64_t>(which);
    directions[which] = {part, static_cast<std::int64_t>(kDirections) - part};
  }
  std::size_t with_room = 0;
  for (int round = 0; round < 300; ++round) {
    PairArchive archive;
    for (std::int64_t points = below(12) + 1; points > 0; --points) {
      archive.add({below(20), below(20)}, {});
    }
    for (std::size_t at = 1; at < archive.points().size(); ++at) {
      const Pair& before = archive.points()[at - 1].worth;
      const Pair& here = archive.points()[at].worth;
      EXPECT_TRUE(here.first < before.first && before.second < here.second);
    }
    const Pair inside{below(18), below(18)};
    Bounds bounds{};
    for (std::size_t which = 0; which < kDirections; ++which) {
      bounds[which] = directions[which].of(inside);
    }
    const bool expected = leaves_room_by_trying(archive, directions, bounds);
    const bool leaves_room = archive.leaves_room(directions, bounds);
    with_room += leaves_room ? 1 : 0;
    EXPECT_EQ(leaves_room, expected);
  }
  EXPECT_GT(with_room, 20U);
  EXPECT_LT(with_room, 280U);
}

}  // namespace
}  // namespace truce::packages::internal
