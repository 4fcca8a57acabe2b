// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "truce/base/result.h"
#include "truce/geometry/region.h"
#include "truce/separation/internal/plane.h"
#include "truce/separation/line.h"
#include "truce/separation/terrain.h"

namespace truce::separation::internal {

// What a line as long as a cell costs on open ground.
constexpr double kUnit = 1024;
// Of an edge between neighbours along an axis, and of one along a diagonal: with these weights the
// cost of a cut is its length, by the formula of Cauchy and Crofton for eight directions.
constexpr double kAlongAxis = kUnit * 0.39269908169872414;
constexpr double kAlongDiagonal = kAlongAxis / 1.4142135623730951;
// A weight of 1 in the sums of presence.
constexpr double kWeight = 65'536;

/// The grid on which a line is looked for. Places on it are in cells from its south-west corner.
struct Ground {
  Plane plane;
  double side = 0;
  PlanePoint origin;
  std::size_t columns = 0;
  std::size_t rows = 0;
  // How far presence is felt, in metres and in cells.
  double reach_m = 0;
  std::size_t reach = 0;

  [[nodiscard]] std::size_t cells() const { return columns * rows; }
  [[nodiscard]] PlanePoint on_grid(PlanePoint point) const {
    return {(point.x - origin.x) / side, (point.y - origin.y) / side};
  }
  [[nodiscard]] bool is_on(PlanePoint place) const {
    return place.x >= 0 && place.y >= 0 && place.x < static_cast<double>(columns) &&
           place.y < static_cast<double>(rows);
  }
  [[nodiscard]] std::size_t cell_of(PlanePoint place) const {
    return static_cast<std::size_t>(place.y) * columns + static_cast<std::size_t>(place.x);
  }
  /// One for each position.
  [[nodiscard]] std::vector<PlanePoint> places() const;
  /// Back on the Earth, in parts that stay on one side of the date line.
  [[nodiscard]] std::vector<geometry::Polyline> on_earth(const std::vector<PlanePoint>& line) const;
};

/// Fails as LinePlanner::make() does.
base::Result<Ground> lay_ground(const std::vector<Position>& positions, const LineOptions& options);

/// For each cell what a metre of line costs; 0 where it may never be cut.
std::vector<float> ground_costs(const Ground& ground, const Terrain& terrain);

/// What an edge between cells of these costs holds, `open` being what it costs on open ground; 0
/// where it may never be cut.
std::int32_t held_between(float one, float other, double open);

/// Turns what stands in each cell into what is felt of it there and around.
void spread(const Ground& ground, std::vector<std::int64_t>& felt);

std::int64_t felt_weight(const Position& position);

}  // namespace truce::separation::internal
