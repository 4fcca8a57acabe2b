// SPDX-License-Identifier: Apache-2.0
#include "truce/geometry/faces.h"

#include <gtest/gtest.h>

namespace truce::geometry {
namespace {

Region square(double west, double east, double south = 50, double north = 51) {
  const auto at = [](double latitude, double longitude) {
    return base::Point{{latitude}, {longitude}};
  };
  return *Region::area({{{at(south, west), at(south, east), at(north, east), at(north, west)}}});
}

Disc disc(double latitude, double longitude, double radius) {
  return {{{latitude}, {longitude}}, {radius}};
}

using Faces = std::vector<Face>;

TEST(Faces, KnowsThatADiscAcrossASharedBorderIsInOneOfTheTwo) {
  const Region west = square(10, 10.5);
  const Region east = square(10.5, 11);
  const auto faces = faces_of(disc(50.5, 10.5, 5000), {&west, &east});
  ASSERT_TRUE(faces.has_value());
  EXPECT_EQ(*faces, (Faces{{false, true}, {true, false}}));
}

TEST(Faces, FindsTheGapAndTheOverlap) {
  const Region west = square(10, 10.5);
  const Region apart = square(10.501, 11);
  const Region over = square(10.499, 11);
  EXPECT_EQ(*faces_of(disc(50.5, 10.5, 5000), {&west, &apart}),
            (Faces{{false, false}, {false, true}, {true, false}}));
  EXPECT_EQ(*faces_of(disc(50.5, 10.5, 5000), {&west, &over}),
            (Faces{{false, true}, {true, false}, {true, true}}));
}

TEST(Faces, GivesAPointInEachPart) {
  const Region west = square(10, 10.5);
  const Region over = square(10.499, 11);
  const auto points = points_of_faces(disc(50.5, 10.5, 5000), {&west, &over});
  ASSERT_TRUE(points.has_value());
  ASSERT_EQ(3U, points->size());
  for (const auto& [face, point] : *points) {
    EXPECT_EQ(face[0], west.contains({point, {0}}) == Containment::Inside);
    EXPECT_EQ(face[1], over.contains({point, {0}}) == Containment::Inside);
  }
}

TEST(Faces, FindsASmallPartInALargeDisc) {
  const Region village = square(10.4, 10.4005, 50.4, 50.4003);
  const Region country = square(10, 10.6);
  const auto faces = faces_of(disc(50.5, 10.5, 20'000), {&village, &country});
  ASSERT_TRUE(faces.has_value());
  EXPECT_EQ(*faces, (Faces{{false, false}, {false, true}, {true, true}}));
}

TEST(Faces, TakesWhatIsLeftOfADifferenceForItsComplement) {
  const Region country = square(10, 11);
  const Region town = square(10.4, 10.6, 50.4, 50.6);
  const Region rest = Region::difference(country, town);
  EXPECT_EQ(*faces_of(disc(50.5, 10.6, 3000), {&town, &rest}),
            (Faces{{false, true}, {true, false}}));
}

TEST(Faces, KnowsThatANarrowBeltLiesInAWideOne) {
  const Region road = *Region::lines({{{{50.5}, {10.2}}, {{50.5}, {10.4}}}});
  const Region strip = Region::within({500}, road);
  const Region belt = Region::within({3500}, road);
  EXPECT_EQ(*faces_of(disc(50.53, 10.3, 4000), {&strip, &belt}),
            (Faces{{false, false}, {false, true}, {true, true}}));
}

TEST(Faces, SettlesWhatTheDiscSettlesAndLeavesOneOpenBothWays) {
  const Region west = square(10, 10.5);
  const Region east = square(10.6, 11);
  EXPECT_EQ(*faces_of(disc(50.5, 10.2, 500), {&west, &east}), (Faces{{true, false}}));
  EXPECT_EQ(*faces_of(disc(50.5, 10.5, 500), {&west, &east}),
            (Faces{{false, false}, {true, false}}));
}

TEST(Faces, DoesNotGuessWhereALineIsAmongSeveral) {
  const Region road = *Region::lines({{{{50.5}, {10.2}}, {{50.5}, {10.4}}}});
  const Region east = square(10.3, 11);
  EXPECT_FALSE(faces_of(disc(50.5, 10.3, 500), {&road, &east}).has_value());
}

}  // namespace
}  // namespace truce::geometry
