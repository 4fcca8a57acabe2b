// SPDX-License-Identifier: Apache-2.0
#include "tests/properties/separation_property.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "tests/properties/crossings.h"
#include "tests/support/dice.h"
#include <gtest/gtest.h>

#include "truce/geometry/region.h"
#include "truce/separation/grid_cut.h"
#include "truce/separation/line.h"

namespace truce::testing {
namespace {

using separation::DemarcationLine;
using separation::GridCut;
using separation::LinePlanner;
using separation::Position;
using separation::Side;

struct Hold {
  std::size_t one = 0;
  std::size_t other = 0;
  GridCut::Direction direction = GridCut::East;
  std::int32_t cost = 0;
};

struct SmallGrid {
  std::size_t columns = 1;
  std::size_t rows = 1;
  std::vector<Hold> holds;
  std::vector<std::int32_t> pulls;
};

std::int32_t random_pull(Dice& dice) {
  return dice.one_in(8) ? (dice.one_in(2) ? GridCut::kFixed : -GridCut::kFixed)
                        : static_cast<std::int32_t>(dice.below(41)) - 20;
}

SmallGrid random_grid(Dice& dice) {
  SmallGrid grid;
  grid.columns = 1 + dice.below(4);
  grid.rows = 1 + dice.below(3);
  const auto add = [&](std::size_t one, std::size_t other, GridCut::Direction direction) {
    const auto cost =
        static_cast<std::int32_t>(dice.one_in(12) ? GridCut::kStrongest : dice.below(15));
    grid.holds.push_back({one, other, direction, cost});
  };
  for (std::size_t row = 0; row < grid.rows; ++row) {
    for (std::size_t column = 0; column < grid.columns; ++column) {
      const std::size_t cell = row * grid.columns + column;
      grid.pulls.push_back(random_pull(dice));
      if (column + 1 < grid.columns) {
        add(cell, cell + 1, GridCut::East);
      }
      if (row + 1 < grid.rows) {
        add(cell, cell + grid.columns, GridCut::North);
      }
      if (column + 1 < grid.columns && row + 1 < grid.rows) {
        add(cell, cell + grid.columns + 1, GridCut::NorthEast);
      }
      if (column > 0 && row + 1 < grid.rows) {
        add(cell, cell + grid.columns - 1, GridCut::NorthWest);
      }
    }
  }
  return grid;
}

GridCut cut_of(const SmallGrid& grid) {
  GridCut cut(grid.columns, grid.rows);
  for (const Hold& hold : grid.holds) {
    cut.set_hold(hold.one, hold.direction, hold.cost);
  }
  for (std::size_t cell = 0; cell < grid.pulls.size(); ++cell) {
    cut.set_pull(cell, grid.pulls[cell]);
  }
  return cut;
}

// `sides`: a bit for each cell, set where it is of the first side.
std::int64_t cost_of(const SmallGrid& grid, std::size_t sides) {
  std::int64_t cost = 0;
  for (std::size_t cell = 0; cell < grid.pulls.size(); ++cell) {
    const std::int64_t pull = grid.pulls[cell];
    cost += std::max<std::int64_t>((sides >> cell & 1U) != 0 ? -pull : pull, 0);
  }
  for (const Hold& hold : grid.holds) {
    cost += (sides >> hold.one & 1U) != (sides >> hold.other & 1U) ? hold.cost : 0;
  }
  return cost;
}

void expect_cheapest(const SmallGrid& grid, const GridCut& cut) {
  std::size_t found = 0;
  for (std::size_t cell = 0; cell < grid.pulls.size(); ++cell) {
    found |= cut.is_first(cell) ? std::size_t{1} << cell : 0;
  }
  std::int64_t cheapest = cost_of(grid, 0);
  for (std::size_t sides = 1; sides < std::size_t{1} << grid.pulls.size(); ++sides) {
    cheapest = std::min(cheapest, cost_of(grid, sides));
  }
  EXPECT_EQ(cost_of(grid, found), cheapest);
  EXPECT_EQ(cut.cost(), cheapest);
}

double nearest_of_many(const DemarcationLine& line, base::Point point) {
  constexpr int kSteps = 40;
  double nearest = 1e9;
  for (const geometry::Polyline& part : line.lines) {
    for (std::size_t i = 1; i < part.size(); ++i) {
      for (int step = 0; step <= kSteps; ++step) {
        const double share = static_cast<double>(step) / kSteps;
        const base::Point at = {
            {std::lerp(part[i - 1].latitude.degrees, part[i].latitude.degrees, share)},
            {std::lerp(part[i - 1].longitude.degrees, part[i].longitude.degrees, share)}};
        nearest = std::min(nearest, geometry::distance(point, at).value);
      }
    }
  }
  return nearest;
}

std::vector<Position> random_positions(Dice& dice) {
  std::vector<Position> positions;
  const std::size_t count = 2 + dice.below(30);
  // Apart, mixed, or an island behind the line.
  const double mixing = static_cast<double>(dice.below(4)) * 300;
  for (std::size_t i = 0; i < count; ++i) {
    const bool is_first = i % 2 == 0;
    const double east =
        static_cast<double>(dice.below(1000)) * (is_first ? -1 : 1) + mixing * (is_first ? 1 : -1);
    const double north = static_cast<double>(dice.below(2000)) - 1000;
    positions.push_back({.observation = i,
                         .side = is_first ? Side::First : Side::Second,
                         .point = {{36 + north * 1e-5}, {37 + east * 1.2e-5}},
                         .radius = {0},
                         .weight = static_cast<double>(1 + dice.below(4)) / 4});
  }
  return positions;
}

}  // namespace

void expect_cheapest_parting(std::uint64_t seed) {
  Dice dice(seed);
  SmallGrid grid = random_grid(dice);
  GridCut cut = cut_of(grid);
  cut.solve();
  expect_cheapest(grid, cut);
  for (int change = 0; change < 3; ++change) {
    for (std::size_t left = 1 + dice.below(3); left > 0; --left) {
      const std::size_t cell = dice.below(grid.pulls.size());
      grid.pulls[cell] = random_pull(dice);
      cut.set_pull(cell, grid.pulls[cell]);
    }
    cut.solve();
    expect_cheapest(grid, cut);
    GridCut anew = cut_of(grid);
    anew.solve();
    for (std::size_t cell = 0; cell < grid.pulls.size(); ++cell) {
      EXPECT_EQ(cut.is_first(cell), anew.is_first(cell));
    }
  }
}

void expect_line_that_parts(std::uint64_t seed) {
  Dice dice(seed);
  std::vector<Position> positions = random_positions(dice);
  separation::LineOptions options;
  options.cell_side = base::Metres{30 + static_cast<double>(dice.below(60))};
  if (dice.one_in(3)) {
    options.hold = base::Metres{100 + static_cast<double>(dice.below(2000))};
  }
  auto planner = LinePlanner::make(positions, {}, options);
  ASSERT_TRUE(planner.has_value()) << planner.error().message;
  ASSERT_TRUE(planner->solve().has_value());
  if (dice.one_in(2)) {
    const std::size_t moved = dice.below(positions.size());
    positions[moved].point = positions[dice.below(positions.size())].point;
    ASSERT_TRUE(planner->move(moved, positions[moved].point).has_value());
    ASSERT_TRUE(planner->solve().has_value());
  }
  const DemarcationLine line = planner->line();
  ASSERT_EQ(line.ground.size(), positions.size());
  for (std::size_t i = 1; i < positions.size(); ++i) {
    const bool is_parted =
        crossings(line.lines, positions[i - 1].point, positions[i].point) % 2 == 1;
    EXPECT_EQ(is_parted, line.ground[i - 1] != line.ground[i]) << i;
  }
  if (line.lines.empty()) {
    EXPECT_TRUE(line.distances.empty());
    return;
  }
  for (std::size_t i = 0; i < positions.size(); i += 7) {
    EXPECT_NEAR(line.distances[i].value, nearest_of_many(line, positions[i].point), 1.5);
    EXPECT_LE(line.distances[i].value, nearest_of_many(line, positions[i].point) + 1e-3);
  }
}

}  // namespace truce::testing
