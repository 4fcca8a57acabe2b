// SPDX-License-Identifier: Apache-2.0
// Alpha-expansion by minimum cuts, and a bound from below by parting each side from all others.
// Source: Boykov, Veksler and Zabih 2001.
#include "truce/separation/many_cut.h"

#include <algorithm>

#include "truce/base/check.h"
#include "truce/separation/grid_cut.h"

namespace truce::separation {
namespace {

constexpr std::array kDirections = {GridCut::East, GridCut::North, GridCut::NorthEast,
                                    GridCut::NorthWest};

// Each cell to the side that it is cheapest for, the first of several.
std::vector<std::uint8_t> cheapest_sides(const ManyGrid& grid) {
  std::vector<std::uint8_t> side_of(grid.cells(), 0);
  for (std::size_t cell = 0; cell < grid.cells(); ++cell) {
    for (std::size_t side = 1; side < grid.sides; ++side) {
      if (grid.costs[side][cell] < grid.costs[side_of[cell]][cell]) {
        side_of[cell] = static_cast<std::uint8_t>(side);
      }
    }
    side_of[cell] = grid.fixed[cell].value_or(side_of[cell]);
  }
  return side_of;
}

// Of a cell that stays what it is or becomes of the side.
std::int32_t pull_of_fixed(bool is_of_side) {
  return is_of_side ? GridCut::kFixed : -GridCut::kFixed;
}

// The cheapest of all partings in which each cell stays what it is or becomes of the side. All
// twice, so that halves are whole: of two neighbours of different other sides, whichever stays
// alone or with the other pays for the edge, so only both together are free of it.
void expand(const ManyGrid& grid, std::uint8_t side, std::vector<std::uint8_t>& side_of) {
  GridCut cut(grid.columns, grid.rows);
  std::vector<std::int64_t> pulls(grid.cells());
  for (std::size_t cell = 0; cell < grid.cells(); ++cell) {
    pulls[cell] += 2 * (std::int64_t{grid.costs[side_of[cell]][cell]} - grid.costs[side][cell]);
    for (std::size_t i = 0; i < ManyGrid::kDirections; ++i) {
      const auto other = grid.neighbour(cell, i);
      if (!other) {
        continue;
      }
      const std::int32_t hold = grid.holds[cell][i];
      const bool is_apart =
          side_of[cell] != side_of[*other] && side_of[cell] != side && side_of[*other] != side;
      cut.set_hold(cell, kDirections[i], is_apart ? hold : 2 * hold);
      pulls[cell] += is_apart ? hold : 0;
      pulls[*other] += is_apart ? hold : 0;
    }
  }
  for (std::size_t cell = 0; cell < grid.cells(); ++cell) {
    const bool stays = side_of[cell] == side || grid.fixed[cell].has_value();
    cut.set_pull(cell, stays ? pull_of_fixed(side_of[cell] == side)
                             : static_cast<std::int32_t>(pulls[cell]));
  }
  cut.solve();
  for (std::size_t cell = 0; cell < grid.cells(); ++cell) {
    side_of[cell] = cut.is_first(cell) ? side : side_of[cell];
  }
}

// Twice what a cell costs where it is fixed; otherwise the cheapest and the next: with two sides
// the bound is then the cost itself.
std::int64_t share_of(const ManyGrid& grid, std::size_t cell) {
  if (grid.fixed[cell]) {
    return 2 * std::int64_t{grid.costs[*grid.fixed[cell]][cell]};
  }
  std::array<std::int64_t, 2> least = {2 * std::int64_t{ManyGrid::kStrongest},
                                       2 * std::int64_t{ManyGrid::kStrongest}};
  for (std::size_t side = 0; side < grid.sides; ++side) {
    const std::int64_t cost = grid.costs[side][cell];
    least = cost < least[0]   ? std::array{cost, least[0]}
            : cost < least[1] ? std::array{least[0], cost}
                              : least;
  }
  return least[0] + least[1];
}

// Half of each edge belongs to either of the two sides that it parts, so the cheapest ways of
// parting each side from all others together cost no more than any parting.
std::int64_t twice_at_least(const ManyGrid& grid) {
  std::int64_t sum = 0;
  std::vector<std::int64_t> shares(grid.cells());
  for (std::size_t cell = 0; cell < grid.cells(); ++cell) {
    shares[cell] = share_of(grid, cell);
    sum += shares[cell];
  }
  for (std::size_t side = 0; side < grid.sides; ++side) {
    GridCut cut(grid.columns, grid.rows);
    std::int64_t free = 0;
    for (std::size_t cell = 0; cell < grid.cells(); ++cell) {
      for (std::size_t i = 0; i < ManyGrid::kDirections; ++i) {
        if (grid.neighbour(cell, i)) {
          cut.set_hold(cell, kDirections[i], grid.holds[cell][i]);
        }
      }
      if (grid.fixed[cell]) {
        cut.set_pull(cell, pull_of_fixed(*grid.fixed[cell] == side));
        continue;
      }
      const std::int64_t pull = shares[cell] - 2 * std::int64_t{grid.costs[side][cell]};
      cut.set_pull(cell, static_cast<std::int32_t>(pull));
      free += std::max<std::int64_t>(pull, 0);
    }
    cut.solve();
    sum += cut.cost() - free;
  }
  return sum;
}

}  // namespace

std::optional<std::size_t> ManyGrid::neighbour(std::size_t cell, std::size_t direction) const {
  const std::size_t column = cell % columns;
  const bool has_north = cell / columns + 1 < rows;
  switch (direction) {
    case 0:
      return column + 1 < columns ? std::optional(cell + 1) : std::nullopt;
    case 1:
      return has_north ? std::optional(cell + columns) : std::nullopt;
    case 2:
      return has_north && column + 1 < columns ? std::optional(cell + columns + 1) : std::nullopt;
    default:
      return has_north && column > 0 ? std::optional(cell + columns - 1) : std::nullopt;
  }
}

std::int64_t ManyGrid::cost(const std::vector<std::uint8_t>& side_of) const {
  std::int64_t sum = 0;
  for (std::size_t cell = 0; cell < cells(); ++cell) {
    sum += costs[side_of[cell]][cell];
    for (std::size_t i = 0; i < kDirections; ++i) {
      const auto other = neighbour(cell, i);
      sum += other && side_of[cell] != side_of[*other] ? holds[cell][i] : 0;
    }
  }
  return sum;
}

ManyParting part_among(const ManyGrid& grid) {
  TRUCE_CHECK(grid.sides >= 2 && grid.sides <= 250,
              "a parting has sides, and few enough to number");
  ManyParting parting;
  parting.side_of = cheapest_sides(grid);
  parting.cost = grid.cost(parting.side_of);
  std::size_t unchanged = 0;
  for (std::size_t side = 0; unchanged < grid.sides; side = (side + 1) % grid.sides) {
    std::vector<std::uint8_t> tried = parting.side_of;
    expand(grid, static_cast<std::uint8_t>(side), tried);
    const std::int64_t cost = grid.cost(tried);
    ++unchanged;
    if (cost < parting.cost) {
      parting.side_of = std::move(tried);
      parting.cost = cost;
      unchanged = 1;
    }
  }
  parting.twice_at_least = twice_at_least(grid);
  return parting;
}

}  // namespace truce::separation
