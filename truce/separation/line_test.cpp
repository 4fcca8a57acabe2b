// SPDX-License-Identifier: Apache-2.0
#include "truce/separation/line.h"

#include <cmath>
#include <string>

#include <gtest/gtest.h>

namespace truce::separation {
namespace {

Position at(Side side, double north, double east) {
  return {.observation = 0, .side = side, .point = {{north}, {east}}, .radius = {0}, .weight = 1};
}

// Two columns of five, 2 km apart.
std::vector<Position> two_columns(double longitude) {
  std::vector<Position> positions;
  for (int row = 0; row < 5; ++row) {
    positions.push_back(at(Side::First, 10 + row * 0.005, std::remainder(longitude - 0.009, 360)));
    positions.push_back(at(Side::Second, 10 + row * 0.005, std::remainder(longitude + 0.009, 360)));
  }
  return positions;
}

DemarcationLine plan(const std::vector<Position>& positions, const std::string& terrain = "",
                     const LineOptions& options = {}) {
  Terrain parts;
  if (!terrain.empty()) {
    const auto read = read_terrain("t.geojson", terrain, parts);
    EXPECT_TRUE(read.has_value()) << (read ? "" : read.error().message);
  }
  auto planner = LinePlanner::make(positions, parts, options);
  EXPECT_TRUE(planner.has_value()) << (planner ? "" : planner.error().message);
  const auto solved = planner->solve();
  EXPECT_TRUE(solved.has_value()) << (solved ? "" : solved.error().message);
  return planner->line();
}

TEST(Line, RunsBetweenTwoColumnsHalfWay) {
  const std::vector<Position> positions = two_columns(37);
  const DemarcationLine line = plan(positions);
  ASSERT_EQ(line.lines.size(), 1U);
  EXPECT_EQ(line.misplaced(positions), 0U);
  for (const base::Metres distance : line.distances) {
    EXPECT_NEAR(distance.value, 985, 60);
  }
  // From edge to edge of the grid, and little more.
  EXPECT_NEAR(line.length.value, 3200, 250);
}

TEST(Line, TheDateLineChangesNothingButWhereItIsCut) {
  const DemarcationLine here = plan(two_columns(37));
  const DemarcationLine there = plan(two_columns(180));
  EXPECT_NEAR(here.cost, there.cost, 1);
  EXPECT_NEAR(here.length.value, there.length.value, 1);
  ASSERT_EQ(here.distances.size(), there.distances.size());
  for (std::size_t i = 0; i < here.distances.size(); ++i) {
    EXPECT_NEAR(here.distances[i].value, there.distances[i].value, 1);
  }
}

std::string area(double west, double east, const char* cost) {
  const std::string w = std::to_string(west);
  const std::string e = std::to_string(east);
  return R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"cost":)" +
         std::string(cost) + R"(},"geometry":{"type":"Polygon","coordinates":[[[)" + w + ",9.9],[" +
         e + ",9.9],[" + e + ",10.2],[" + w + ",10.2],[" + w + ",9.9]]]}}]}";
}

TEST(Line, GoesRoundWhatMayNotBeCutAndAlongWhatIsCheap) {
  const DemarcationLine beside = plan(two_columns(37), area(36.997, 37.003, R"("never")"));
  for (const geometry::Polyline& part : beside.lines) {
    for (const base::Point point : part) {
      EXPECT_GE(std::abs(point.longitude.degrees - 37), 0.002);
    }
  }
  const DemarcationLine along = plan(two_columns(37), area(37.004, 37.006, "0.1"));
  EXPECT_LT(along.cost, plan(two_columns(37)).cost * 2 / 3);
  EXPECT_NEAR(along.lines.at(0).at(along.lines.at(0).size() / 2).longitude.degrees, 37.005, 0.001);
}

TEST(Line, SaysThatNoLineLeavesOutWhatMayNotBeCut) {
  Terrain terrain;
  ASSERT_TRUE(read_terrain("t", area(36.9, 37.1, R"("never")"), terrain).has_value());
  auto planner = LinePlanner::make(two_columns(37), terrain, {});
  ASSERT_TRUE(planner.has_value());
  EXPECT_FALSE(planner->solve().has_value());
}

TEST(Line, AnIslandIsRoundedOrLeftAsIsAsked) {
  std::vector<Position> positions = two_columns(37);
  positions.push_back(at(Side::Second, 10.01, 36.985));
  const DemarcationLine rounded = plan(positions);
  EXPECT_EQ(rounded.misplaced(positions), 0U);
  EXPECT_EQ(rounded.lines.size(), 2U);
  const DemarcationLine left = plan(positions, "", {.hold = base::Metres{100}});
  EXPECT_EQ(left.misplaced(positions), 1U);
  EXPECT_EQ(left.ground.back(), Side::First);
  EXPECT_EQ(left.lines.size(), 1U);
}

TEST(Line, InOneCellTheSurerStandsOnItsGround) {
  std::vector<Position> positions = {at(Side::First, 36, 37), at(Side::Second, 36, 37)};
  positions[0].weight = 0.5;
  const DemarcationLine line = plan(positions);
  EXPECT_EQ(line.misplaced(positions), 1U);
  EXPECT_EQ(line.ground[1], Side::Second);
}

TEST(Line, PositionsAtOnePointAreKeptTogether) {
  std::vector<Position> positions = two_columns(37);
  const std::vector<Position> twice = two_columns(37);
  positions.insert(positions.end(), twice.begin(), twice.end());
  const DemarcationLine line = plan(positions);
  EXPECT_EQ(line.misplaced(positions), 0U);
  for (std::size_t i = 0; i < twice.size(); ++i) {
    EXPECT_EQ(line.distances[i].value, line.distances[i + twice.size()].value);
  }
}

TEST(Line, GroundThatCrossesItselfIsGroundAllTheSame) {
  const DemarcationLine line = plan(
      two_columns(37),
      R"({"type":"Feature","properties":{"cost":0.1},"geometry":{"type":"LineString","coordinates":[[36.999,9.9],[37.001,10.2],[36.999,10.2],[37.001,9.9],[36.999,9.9]]}})");
  EXPECT_EQ(line.misplaced(two_columns(37)), 0U);
  EXPECT_LT(line.cost, plan(two_columns(37)).cost);
}

TEST(Line, OneSideAloneHasNone) { EXPECT_TRUE(plan({at(Side::First, 10, 37)}).lines.empty()); }

TEST(Line, AMoveIsWhatANewPlanGives) {
  std::vector<Position> positions = two_columns(37);
  auto planner = LinePlanner::make(positions, {}, {});
  ASSERT_TRUE(planner.has_value());
  ASSERT_TRUE(planner->solve().has_value());
  const double before = planner->cost();
  const base::Point home = positions[4].point;
  // Within the box of all, so that the grid of a new plan is the same.
  positions[4].point = {{10.012}, {37.004}};
  ASSERT_TRUE(planner->move(4, positions[4].point).has_value());
  ASSERT_TRUE(planner->solve().has_value());
  EXPECT_NE(planner->cost(), before);
  auto anew = LinePlanner::make(positions, {}, {});
  ASSERT_TRUE(anew.has_value());
  ASSERT_TRUE(anew->solve().has_value());
  EXPECT_EQ(planner->cost(), anew->cost());
  EXPECT_EQ(planner->line().lines, anew->line().lines);
  ASSERT_TRUE(planner->move(4, home).has_value());
  ASSERT_TRUE(planner->solve().has_value());
  EXPECT_EQ(planner->cost(), before);
  EXPECT_FALSE(planner->move(4, {{11}, {37}}).has_value());
}

TEST(Line, RefusesWhatCannotBePlanned) {
  EXPECT_FALSE(LinePlanner::make({}, {}, {}).has_value());
  EXPECT_FALSE(LinePlanner::make(two_columns(37), {}, {.cell_side = base::Metres{0}}).has_value());
  EXPECT_FALSE(
      LinePlanner::make(two_columns(37), {}, {.cell_side = base::Metres{0.1}}).has_value());
  const auto pole =
      LinePlanner::make({at(Side::First, 89.99, 0), at(Side::Second, 89.99, 180)}, {}, {});
  ASSERT_FALSE(pole.has_value());
  EXPECT_NE(pole.error().message.find("pole"), std::string::npos);
}

TEST(Terrain, RefusesWhatItCannotUse) {
  for (
      const char* feature :
      {R"({"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[0,0],[1,1]]}})",
       R"({"type":"Feature","properties":{"cost":0},"geometry":{"type":"LineString","coordinates":[[0,0],[1,1]]}})",
       R"({"type":"Feature","properties":{"cost":2},"geometry":{"type":"Point","coordinates":[0,0]}})",
       R"({"type":"Feature","properties":{"cost":2},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]}})"}) {
    Terrain terrain;
    const auto read = read_terrain("t.geojson", feature, terrain);
    ASSERT_FALSE(read.has_value()) << feature;
    EXPECT_NE(read.error().message.find("feature 1"), std::string::npos) << read.error().message;
  }
}

}  // namespace
}  // namespace truce::separation
