// SPDX-License-Identifier: Apache-2.0
#include "truce/geometry/region.h"

#include <gtest/gtest.h>

namespace truce::geometry {
namespace {

base::Point at(double latitude, double longitude) { return {{latitude}, {longitude}}; }

Ring box_ring(double south, double north, double west, double east) {
  return {at(south, west), at(south, east), at(north, east), at(north, west)};
}

Region box(double south, double north, double west, double east) {
  return Region::area({{box_ring(south, north, west, east)}}).value();
}

Containment contains(const Region& region, base::Point point, double radius_m) {
  return region.contains({point, {radius_m}});
}

TEST(Distance, IsThatOfTheEllipsoid) {
  // One degree of the equator, and of the meridian from it.
  EXPECT_NEAR(distance(at(0, 0), at(0, 1)).value, 111319.491, 0.001);
  EXPECT_NEAR(distance(at(0, 0), at(1, 0)).value, 110574.389, 0.001);
  EXPECT_EQ(distance(at(36.2, 37.2), at(36.2, 37.2)).value, 0);
}

TEST(Region, HoldsItsInsideItsBorderAndItsCorners) {
  const Region region = box(36, 37, 37, 38);
  EXPECT_EQ(contains(region, at(36.5, 37.5), 0), Containment::Inside);
  EXPECT_EQ(contains(region, at(36, 37.25), 0), Containment::Inside);
  EXPECT_EQ(contains(region, at(36.25, 38), 0), Containment::Inside);
  EXPECT_EQ(contains(region, at(37, 38), 0), Containment::Inside);
  EXPECT_EQ(contains(region, at(37.000000001, 38), 0), Containment::Outside);
  EXPECT_EQ(contains(region, at(36, 38.000000001), 0), Containment::Outside);
}

TEST(Region, SaysEitherForADiscThatReachesTheBorder) {
  const Region region = box(36, 37, 37, 38);
  const double depth = distance(at(36.01, 37.5), at(36, 37.5)).value;
  EXPECT_EQ(contains(region, at(36.01, 37.5), depth - 1), Containment::Inside);
  EXPECT_EQ(contains(region, at(36.01, 37.5), depth + 1), Containment::Either);
  const double away = distance(at(35.99, 37.5), at(36, 37.5)).value;
  EXPECT_EQ(contains(region, at(35.99, 37.5), away - 1), Containment::Outside);
  EXPECT_EQ(contains(region, at(35.99, 37.5), away + 1), Containment::Either);
}

TEST(Region, LeavesHolesOut) {
  const Region region =
      Region::area({{box_ring(36, 37, 37, 38), box_ring(36.4, 36.6, 37.4, 37.6)}}).value();
  EXPECT_EQ(contains(region, at(36.5, 37.5), 0), Containment::Outside);
  EXPECT_EQ(contains(region, at(36.5, 37.5), 5000), Containment::Outside);
  EXPECT_EQ(contains(region, at(36.5, 37.5), 12000), Containment::Either);
  EXPECT_EQ(contains(region, at(36.4, 37.5), 0), Containment::Inside);
  EXPECT_EQ(contains(region, at(36.2, 37.5), 1000), Containment::Inside);
}

TEST(Region, MeasuresToLinesAndPoints) {
  const Region road = Region::lines({{at(36.2, 37.1), at(36.3, 37.1)}}).value();
  EXPECT_NEAR(road.distance_to(at(36.25, 37.2)).value,
              distance(at(36.25, 37.1), at(36.25, 37.2)).value, 2);
  EXPECT_NEAR(road.distance_to(at(36.1, 37.1)).value,
              distance(at(36.1, 37.1), at(36.2, 37.1)).value, 0.001);
  EXPECT_EQ(contains(road, at(36.25, 37.1), 0), Containment::Inside);
  EXPECT_EQ(contains(road, at(36.25, 37.1), 10), Containment::Either);
  const Region town = Region::points({at(36.2, 37.2), at(36.4, 37.2)}).value();
  EXPECT_EQ(contains(town, at(36.2, 37.2), 0), Containment::Inside);
  EXPECT_NEAR(town.distance_to(at(36.39, 37.2)).value,
              distance(at(36.39, 37.2), at(36.4, 37.2)).value, 1e-3);
}

TEST(Region, WidensByADistance) {
  const Region road = Region::lines({{at(36.2, 37.1), at(36.3, 37.1)}}).value();
  const Region belt = Region::within({3500}, road);
  const base::Point east = at(36.25, 37.15);
  const double away = road.distance_to(east).value;
  EXPECT_NEAR(away, 4493, 10);
  EXPECT_EQ(contains(belt, east, 0), Containment::Outside);
  EXPECT_EQ(contains(belt, east, away - 3501), Containment::Outside);
  EXPECT_EQ(contains(belt, east, away - 3499), Containment::Either);
  EXPECT_EQ(contains(belt, at(36.25, 37.11), 2000), Containment::Inside);
  EXPECT_NEAR(belt.distance_to(east).value, away - 3500, 0.01);
  EXPECT_EQ(belt.distance_to(at(36.25, 37.1)).value, 0);
  const Region around = Region::within({3500}, box(36, 37, 37, 38));
  EXPECT_EQ(contains(around, at(36.5, 37.5), 40000), Containment::Inside);
}

TEST(Region, JoinsAndTakesAway) {
  const Region both = Region::union_of({box(36, 37, 37, 38), box(36, 37, 39, 40)});
  EXPECT_EQ(contains(both, at(36.5, 39.5), 1000), Containment::Inside);
  EXPECT_EQ(contains(both, at(36.5, 38.5), 1000), Containment::Outside);
  EXPECT_EQ(contains(both, at(36.5, 38.5), 60000), Containment::Either);
  const Region rest = Region::difference(box(36, 37, 37, 38), box(36, 37, 37, 37.5));
  EXPECT_EQ(contains(rest, at(36.5, 37.2), 1000), Containment::Outside);
  EXPECT_EQ(contains(rest, at(36.5, 37.8), 1000), Containment::Inside);
  EXPECT_EQ(contains(rest, at(36.5, 37.5), 1000), Containment::Either);
  EXPECT_EQ(contains(rest, at(36.5, 38.5), 1000), Containment::Outside);
  EXPECT_EQ(contains(Region::union_of({}), at(36.5, 38.5), 1000), Containment::Outside);
}

TEST(Region, WorksAtTheDateLineAndNearAPole) {
  const Region east = box(-1, 1, 179, 180);
  EXPECT_EQ(contains(east, at(0, -180), 0), Containment::Inside);
  EXPECT_NEAR(east.distance_to(at(0, -179.99)).value, 1113.19, 0.1);
  const Region cap = box(88, 89, -80, 80);
  EXPECT_NEAR(cap.distance_to(at(90, 0)).value, 111694, 5);
}

TEST(RegionLiesIn, ComparesAreas) {
  const Region outer = box(36, 37, 37, 38);
  EXPECT_EQ(box(36.2, 36.8, 37.2, 37.8).lies_in(outer), Containment::Inside);
  EXPECT_EQ(outer.lies_in(outer), Containment::Inside);
  EXPECT_EQ(box(36, 36.5, 37, 37.5).lies_in(outer), Containment::Inside);
  EXPECT_EQ(outer.lies_in(box(36.2, 36.8, 37.2, 37.8)), Containment::Either);
  EXPECT_EQ(box(36.5, 37.5, 37.5, 38.5).lies_in(outer), Containment::Either);
  EXPECT_EQ(box(36, 37, 38, 39).lies_in(outer), Containment::Outside);
  EXPECT_EQ(box(40, 41, 38, 39).lies_in(outer), Containment::Outside);
  const Region holed =
      Region::area({{box_ring(36, 37, 37, 38), box_ring(36.4, 36.6, 37.4, 37.6)}}).value();
  EXPECT_EQ(box(36.2, 36.8, 37.2, 37.8).lies_in(holed), Containment::Either);
  EXPECT_EQ(box(36.45, 36.55, 37.45, 37.55).lies_in(holed), Containment::Outside);
  EXPECT_EQ(box(36.4, 36.6, 37.4, 37.6).lies_in(holed), Containment::Outside);
}

TEST(RegionLiesIn, ComparesLinesPointsAndBelts) {
  const Region area = box(36, 37, 37, 38);
  const Region road = Region::lines({{at(36.2, 37.1), at(36.3, 37.1)}}).value();
  EXPECT_EQ(road.lies_in(area), Containment::Inside);
  EXPECT_EQ(Region::lines({{at(35.9, 37.1), at(36.3, 37.1)}}).value().lies_in(area),
            Containment::Either);
  EXPECT_EQ(Region::points({at(36.5, 37.5)}).value().lies_in(area), Containment::Inside);
  EXPECT_EQ(Region::points({at(36.5, 37.5), at(35, 37)}).value().lies_in(area),
            Containment::Either);
  EXPECT_EQ(Region::within({300}, road).lies_in(Region::within({2000}, road)), Containment::Inside);
  EXPECT_EQ(Region::within({2000}, road).lies_in(Region::within({300}, road)), Containment::Either);
  EXPECT_EQ(Region::within({3500}, road).lies_in(area), Containment::Inside);
  EXPECT_EQ(Region::within({20000}, road).lies_in(area), Containment::Either);
  EXPECT_EQ(Region::within({3500}, road).lies_in(box(40, 41, 37, 38)), Containment::Outside);
  EXPECT_EQ(area.lies_in(Region::within({1000}, area)), Containment::Inside);
  EXPECT_EQ(area.lies_in(Region::within({100000}, road)), Containment::Either);
  EXPECT_EQ(box(36.6, 36.9, 37.2, 37.8).lies_in(Region::difference(area, road)),
            Containment::Inside);
  const Region rest = Region::difference(area, box(36, 37, 37, 37.5));
  EXPECT_EQ(rest.lies_in(area), Containment::Inside);
  EXPECT_EQ(rest.lies_in(box(36, 37, 37, 37.4)), Containment::Outside);
  EXPECT_EQ(Region::union_of({road, box(36.6, 36.9, 37.2, 37.8)}).lies_in(area),
            Containment::Inside);
}

TEST(RegionOutlines, AreTheCornersOfAnAreaAndTheLinesOfALine) {
  const Region area = box(36, 37, 37, 38);
  ASSERT_EQ(area.outlines().size(), 1U);
  EXPECT_EQ(area.outlines()[0][0], box_ring(36, 37, 37, 38));
  EXPECT_TRUE(area.drawn_lines().empty());
  const Region road = Region::lines({{at(36.2, 37.1), at(36.3, 37.1)}}).value();
  EXPECT_EQ(road.drawn_lines().size(), 1U);
  EXPECT_TRUE(road.outlines().empty());
}

TEST(RegionOutlines, FollowABeltToOnePartInAHundred) {
  const Region road = Region::lines({{at(36.2, 37.1), at(36.3, 37.1), at(36.3, 37.3)}}).value();
  const auto outlines = Region::within({3500}, road).outlines();
  ASSERT_EQ(outlines.size(), 1U);
  ASSERT_EQ(outlines[0].size(), 1U);
  EXPECT_GT(outlines[0][0].size(), 50U);
  for (const base::Point& corner : outlines[0][0]) {
    EXPECT_NEAR(road.distance_to(corner).value, 3500, 35);
  }
}

TEST(RegionOutlines, ShowTheHoleThatABeltEncloses) {
  const Ring corners = box_ring(36, 36.2, 37, 37.2);
  Polyline loop(corners.begin(), corners.end());
  loop.push_back(loop.front());
  const Region belt = Region::within({2000}, Region::lines({loop}).value());
  const auto outlines = belt.outlines();
  ASSERT_EQ(outlines.size(), 1U);
  EXPECT_EQ(outlines[0].size(), 2U);
  const auto rest = Region::difference(box(36, 37, 37, 38), box(36.4, 36.6, 37.4, 37.6)).outlines();
  ASSERT_EQ(rest.size(), 1U);
  EXPECT_EQ(rest[0].size(), 2U);
}

TEST(PlanarDistance, IsTrueToScaleAboutItsLatitude) {
  const base::Point from{{15}, {30}};
  EXPECT_NEAR(planar_distance(from, {{16}, {30}}, {15}).value, 110'574, 1e-6);
  EXPECT_NEAR(planar_distance(from, {{15}, {31}}, {15}).value, 107'527, 1);
  EXPECT_NEAR(planar_distance(from, {{15}, {31}}, {0}).value, 111'320, 1e-6);
  // The shorter way around, across the date line.
  EXPECT_NEAR(planar_distance({{0}, {179}}, {{0}, {-179}}, {0}).value, 222'640, 1e-6);
}

}  // namespace
}  // namespace truce::geometry
