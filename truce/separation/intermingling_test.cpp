// SPDX-License-Identifier: Apache-2.0
#include "truce/separation/intermingling.h"

#include <algorithm>
#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "truce/geometry/region.h"

namespace truce::separation {
namespace {

Position at(Side side, double north, double east, double radius = 0, double weight = 1) {
  return {.observation = 0,
          .side = side,
          .point = {{north}, {east}},
          .radius = {radius},
          .weight = weight};
}

Intermingling measure(const std::vector<Position>& positions, double distance = 1000) {
  Positions all;
  all.positions = positions;
  const auto found = measure_intermingling(all, {.distance = {distance}});
  EXPECT_TRUE(found.has_value()) << (found ? "" : found.error().message);
  return found ? *found : Intermingling();
}

// The formula of docs/methods/intermingling.md, each pair looked at.
IndexFigure brute(const std::vector<Position>& positions, double distance, std::uint64_t missing) {
  IndexFigure sum;
  for (const Side side : {Side::First, Side::Second}) {
    double weight = 0;
    IndexFigure of_side;
    for (const Position& one : positions) {
      if (one.side != side) {
        continue;
      }
      IndexFigure near;
      for (const Position& other : positions) {
        if (other.side == side) {
          continue;
        }
        const double apart = geometry::distance(one.point, other.point).value;
        const double doubt = one.radius.value + other.radius.value;
        near.index = apart <= distance ? 1 : near.index;
        near.low = apart <= distance - doubt ? std::max(near.low, other.weight) : near.low;
        near.high = apart <= distance + doubt ? 1 : near.high;
      }
      weight += one.weight;
      of_side.index += one.weight * near.index;
      of_side.low += one.weight * near.low;
      of_side.high += one.weight * near.high;
    }
    const double share =
        static_cast<double>(missing) / static_cast<double>(missing + positions.size());
    sum.index += of_side.index / weight / 2;
    sum.low += of_side.low / weight * (1 - share) / 2;
    sum.high += (of_side.high / weight * (1 - share) + share) / 2;
  }
  return sum;
}

TEST(Intermingling, IsZeroApartAndOneMixed) {
  const IndexFigure apart = measure({at(Side::First, 36, 37), at(Side::Second, 36, 37.02)}).whole;
  EXPECT_EQ(apart, (IndexFigure{0, 0, 0}));
  const IndexFigure mixed = measure({at(Side::First, 36, 37), at(Side::Second, 36, 37)}).whole;
  EXPECT_EQ(mixed, (IndexFigure{1, 1, 1}));
}

TEST(Intermingling, DoubtWidensTheBandAlone) {
  const IndexFigure figure =
      measure({at(Side::First, 36, 37, 400), at(Side::Second, 36, 37.01, 400, 0.5)}).whole;
  EXPECT_EQ(figure, (IndexFigure{1, 0, 1}));
  const IndexFigure far =
      measure({at(Side::First, 36, 37, 400), at(Side::Second, 36, 37.0150, 400)}).whole;
  EXPECT_EQ(far, (IndexFigure{0, 0, 1}));
}

TEST(Intermingling, MissingRowsSpeakForBoth) {
  Positions all;
  all.positions = {at(Side::First, 36, 37), at(Side::Second, 36, 37)};
  all.doubtful = 1;
  const auto found = measure_intermingling(all, {.unusable = 1});
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->whole, (IndexFigure{1, 0.5, 1}));
}

TEST(Intermingling, EqualsTheFormulaOnRandomPositions) {
  std::mt19937 random(7);
  for (int round = 0; round < 150; ++round) {
    // Also across the date line, and about a pole.
    const base::Point middle = round % 3 == 0   ? base::Point{{36}, {37}}
                               : round % 3 == 1 ? base::Point{{-17}, {180}}
                                                : base::Point{{89.99}, {0}};
    std::vector<Position> positions;
    const int count = 2 + static_cast<int>(random() % 40);
    for (int i = 0; i < count; ++i) {
      const double north = static_cast<double>(random() % 2000) / 1e5 - 0.01;
      const double east = static_cast<double>(random() % 2000) / 1e5 - 0.01;
      const double longitude = middle.longitude.degrees + (round % 3 == 2 ? east * 18'000 : east);
      positions.push_back(
          at(i % 2 == 0 ? Side::First : Side::Second,
             std::min(middle.latitude.degrees + north, 90.0), std::remainder(longitude, 360.0),
             static_cast<double>(random() % 3) * 150, static_cast<double>(1 + random() % 4) / 4));
    }
    const double distance = 50 + static_cast<double>(random() % 1500);
    Positions all;
    all.positions = positions;
    all.unplaced = random() % 3;
    const auto found = measure_intermingling(all, {.distance = {distance}});
    ASSERT_TRUE(found.has_value()) << found.error().message;
    const IndexFigure wanted = brute(positions, distance, all.unplaced);
    EXPECT_NEAR(found->whole.index, wanted.index, 1e-9) << round;
    EXPECT_NEAR(found->whole.low, wanted.low, 1e-9) << round;
    EXPECT_NEAR(found->whole.high, wanted.high, 1e-9) << round;
    EXPECT_LE(found->whole.low, found->whole.index);
    EXPECT_LE(found->whole.index, found->whole.high);
  }
}

TEST(Intermingling, CellsHoldEachPositionOnce) {
  const Intermingling found = measure({at(Side::First, 36, 37), at(Side::Second, 36, 37.001),
                                       at(Side::Second, 36, 37.05), at(Side::First, 36.03, 37)});
  std::uint64_t positions = 0;
  for (const IndexCell& cell : found.cells) {
    positions += cell.positions;
    EXPECT_NEAR(geometry::distance(cell.corners[0], cell.corners[1]).value, 1000, 15);
  }
  EXPECT_EQ(positions, 4U);
}

TEST(Intermingling, RefusesWhatCannotBeMeasured) {
  Positions all;
  EXPECT_FALSE(measure_intermingling(all, {}).has_value());
  all.positions = {at(Side::First, 36, 37)};
  EXPECT_FALSE(measure_intermingling(all, {}).has_value());
  all.positions.push_back(at(Side::Second, 36, 37));
  EXPECT_FALSE(measure_intermingling(all, {.distance = {0}}).has_value());
  EXPECT_FALSE(measure_intermingling(all, {.distance = {std::nan("")}}).has_value());
  all.positions.push_back(at(Side::Second, -36, 37));
  const auto far = measure_intermingling(all, {});
  ASSERT_FALSE(far.has_value());
  EXPECT_NE(far.error().message.find("2,000 km"), std::string::npos);
}

PresenceReading reading_of(std::initializer_list<Observation> rows) {
  PresenceReading reading;
  reading.observations = rows;
  reading.rows = rows.size();
  return reading;
}

Observation seen(const char* id, std::int64_t hour, double east, double confidence = 1) {
  Observation row;
  row.id = id;
  row.at = {hour * 3600};
  row.point = base::Point{{36}, {east}};
  row.confidence = confidence;
  return row;
}

TEST(Positions, TheLatestOfAnIdStandsAndOldOnesWeighLess) {
  const PresenceReading reading = reading_of({seen("a", 10, 37), seen("a", 5, 38), seen("", 5, 37),
                                              seen("b", 30, 37), seen("c", 10, 37, 0)});
  const Positions found =
      positions_at(reading, std::vector<Belonging>(5, Belonging::First),
                   {.at = base::Instant{20 * 3600}, .half_life = base::Duration{10 * 3600}});
  ASSERT_EQ(found.positions.size(), 2U);
  EXPECT_EQ(found.positions[0].observation, 0U);
  EXPECT_DOUBLE_EQ(found.positions[0].weight, 0.5);
  EXPECT_DOUBLE_EQ(found.positions[1].weight, std::exp2(-1.5));
  EXPECT_EQ(found.later, 1U);
  EXPECT_EQ(found.replaced, 1U);
  EXPECT_EQ(found.disbelieved, 1U);
}

TEST(Positions, WhoMayBeEitherIsOfNeither) {
  const PresenceReading reading =
      reading_of({seen("a", 1, 37), seen("b", 1, 37), seen("c", 1, 37)});
  const Positions found =
      positions_at(reading, {Belonging::First, Belonging::Doubtful, Belonging::Neither}, {});
  EXPECT_EQ(found.count(Side::First), 1U);
  EXPECT_EQ(found.count(Side::Second), 0U);
  EXPECT_EQ(found.doubtful, 1U);
  EXPECT_EQ(found.others, 1U);
}

TEST(Windows, ShowAGrowingOverlap) {
  const PresenceReading reading = reading_of(
      {seen("", 0, 37), seen("", 1, 37.05), seen("", 24, 37), seen("", 25, 37), seen("", 50, 37)});
  const std::vector<Belonging> belongings = {Belonging::First, Belonging::Second, Belonging::First,
                                             Belonging::Second, Belonging::First};
  const auto windows = measure_windows(reading, belongings, {}, {}, base::kDay);
  ASSERT_TRUE(windows.has_value());
  ASSERT_EQ(windows->size(), 3U);
  EXPECT_EQ((*windows)[0].figure, (IndexFigure{0, 0, 0}));
  EXPECT_EQ((*windows)[1].figure, (IndexFigure{1, 1, 1}));
  EXPECT_FALSE((*windows)[2].figure.has_value());
  EXPECT_FALSE(measure_windows(reading, belongings, {}, {}, base::Duration{1}).has_value());
}

}  // namespace
}  // namespace truce::separation
