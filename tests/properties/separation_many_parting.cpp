// SPDX-License-Identifier: Apache-2.0
// More than two sides: the cost of a parting against that of all partings of a small grid.
#include <algorithm>
#include <cstdint>
#include <vector>

#include "tests/properties/separation_property.h"
#include "tests/support/dice.h"
#include <gtest/gtest.h>

#include "truce/separation/many_cut.h"

namespace truce::testing {
namespace {

using separation::ManyGrid;
using separation::ManyParting;

ManyGrid random_grid(Dice& dice, std::size_t sides) {
  ManyGrid grid;
  grid.columns = 1 + dice.below(3);
  grid.rows = 1 + dice.below(sides == 2 ? 4 : 3);
  grid.sides = sides;
  grid.holds.resize(grid.cells());
  grid.fixed.resize(grid.cells());
  for (std::size_t cell = 0; cell < grid.cells(); ++cell) {
    for (auto& hold : grid.holds[cell]) {
      hold = static_cast<std::int32_t>(dice.one_in(15) ? ManyGrid::kStrongest : dice.below(12));
    }
    if (dice.one_in(5)) {
      grid.fixed[cell] = static_cast<std::uint8_t>(dice.below(sides));
    }
  }
  grid.costs.resize(sides);
  for (auto& costs : grid.costs) {
    for (std::size_t cell = 0; cell < grid.cells(); ++cell) {
      costs.push_back(static_cast<std::int32_t>(dice.below(20)));
    }
  }
  return grid;
}

std::int64_t least_of_all(const ManyGrid& grid) {
  std::vector<std::uint8_t> side_of(grid.cells(), 0);
  std::int64_t least = -1;
  while (true) {
    bool is_allowed = true;
    for (std::size_t cell = 0; cell < grid.cells(); ++cell) {
      is_allowed = is_allowed && (!grid.fixed[cell] || *grid.fixed[cell] == side_of[cell]);
    }
    if (is_allowed) {
      const std::int64_t cost = grid.cost(side_of);
      least = least < 0 ? cost : std::min(least, cost);
    }
    std::size_t cell = 0;
    while (cell < grid.cells() && ++side_of[cell] == grid.sides) {
      side_of[cell++] = 0;
    }
    if (cell == grid.cells()) {
      return least;
    }
  }
}

std::int64_t cost_of_cheapest_sides(const ManyGrid& grid) {
  std::vector<std::uint8_t> side_of;
  for (std::size_t cell = 0; cell < grid.cells(); ++cell) {
    std::size_t best = grid.fixed[cell].value_or(0);
    for (std::size_t side = 0; side < grid.sides && !grid.fixed[cell]; ++side) {
      best = grid.costs[side][cell] < grid.costs[best][cell] ? side : best;
    }
    side_of.push_back(static_cast<std::uint8_t>(best));
  }
  return grid.cost(side_of);
}

}  // namespace

bool expect_promised_parting(std::uint64_t seed) {
  Dice dice(seed);
  const ManyGrid grid = random_grid(dice, 2 + dice.below(3));
  const ManyParting parting = separation::part_among(grid);
  EXPECT_EQ(parting.cost, grid.cost(parting.side_of));
  for (std::size_t cell = 0; cell < grid.cells(); ++cell) {
    EXPECT_EQ(grid.fixed[cell].value_or(parting.side_of[cell]), parting.side_of[cell]);
  }
  EXPECT_LE(parting.cost, cost_of_cheapest_sides(grid));
  const std::int64_t least = least_of_all(grid);
  EXPECT_LE(parting.cost, 2 * least);
  EXPECT_LE(parting.twice_at_least, 2 * least);
  if (grid.sides == 2) {
    EXPECT_EQ(parting.cost, least);
    EXPECT_EQ(parting.twice_at_least, 2 * least);
  }
  return parting.cost == least;
}

}  // namespace truce::testing
