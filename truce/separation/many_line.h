// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "truce/base/quantity.h"
#include "truce/base/result.h"
#include "truce/geometry/region.h"
#include "truce/separation/line.h"
#include "truce/separation/positions.h"
#include "truce/separation/terrain.h"

namespace truce::separation {

/// A line between two of several sides: it begins and ends at the edge of the grid, where a third
/// side begins, or where it began. Cut at the date line.
struct LineBetween {
  // The first has the lesser number.
  std::size_t one = 0;
  std::size_t other = 0;
  geometry::Polyline line;
  base::Metres length;
};

/// Lines that part several sides.
struct ManyLines {
  std::vector<LineBetween> lines;
  // Metres of line by what a metre costs, and the ground left to others than are felt most.
  double cost = 0;
  // No lines cost less than this, on the same grid.
  double at_least = 0;
  base::Metres length;
  base::Metres cell_side;
  std::size_t columns = 0;
  std::size_t rows = 0;
  // For each position the side on whose ground it stands.
  std::vector<std::size_t> ground;
  // For each position its geodesic distance to the nearest line, in file order; empty where there
  // is none.
  std::vector<base::Metres> distances;

  /// Of all lines between these two; the lesser number first.
  [[nodiscard]] base::Metres length_between(std::size_t one, std::size_t other) const;
};

/// Of positions whose sides are told by `side_of`, from 0 to `sides` - 1: their own `side` does not
/// count. With two sides the line is that of LinePlanner. Costs are those of the two-sided line:
/// giving a cell to a side costs the share by which another is felt more there. Fails as
/// LinePlanner does.
base::Result<ManyLines> part_sides(const std::vector<Position>& positions,
                                   const std::vector<std::size_t>& side_of, std::size_t sides,
                                   const Terrain& terrain, const LineOptions& options);

}  // namespace truce::separation
