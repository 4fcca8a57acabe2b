// SPDX-License-Identifier: Apache-2.0
#include "truce/separation/internal/plane.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace truce::separation::internal {
namespace {

constexpr double kRadians = std::numbers::pi / 180;
constexpr double kFarthest = 1'000'000;

// The middle of the smallest box of directions: does not depend on how many stand where.
base::Point middle_of(const std::vector<Position>& positions) {
  std::array<double, 3> low = {2, 2, 2};
  std::array<double, 3> high = {-2, -2, -2};
  for (const Position& position : positions) {
    const double north = position.point.latitude.degrees * kRadians;
    const double east = position.point.longitude.degrees * kRadians;
    const std::array<double, 3> direction = {std::cos(north) * std::cos(east),
                                             std::cos(north) * std::sin(east), std::sin(north)};
    for (std::size_t axis = 0; axis < 3; ++axis) {
      low[axis] = std::min(low[axis], direction[axis]);
      high[axis] = std::max(high[axis], direction[axis]);
    }
  }
  const double x = low[0] + high[0];
  const double y = low[1] + high[1];
  const double z = low[2] + high[2];
  return {{std::atan2(z, std::hypot(x, y)) / kRadians}, {std::atan2(y, x) / kRadians}};
}

}  // namespace

base::Result<Plane> lay_out(const std::vector<Position>& positions) {
  if (positions.empty()) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       "there is no position of either side; check the names and the time"};
  }
  Plane plane{
      .map = EqualArea(middle_of(positions)), .points = {}, .south_west = {}, .north_east = {}};
  plane.points.reserve(positions.size());
  for (const Position& position : positions) {
    const PlanePoint at = plane.map.to_plane(position.point);
    if (std::hypot(at.x, at.y) > kFarthest) {
      return base::Error{base::ErrorCode::InvalidArgument,
                         "the positions lie more than 2,000 km apart; give those of one front"};
    }
    plane.south_west = plane.points.empty() ? at
                                            : PlanePoint{std::min(plane.south_west.x, at.x),
                                                         std::min(plane.south_west.y, at.y)};
    plane.north_east = plane.points.empty() ? at
                                            : PlanePoint{std::max(plane.north_east.x, at.x),
                                                         std::max(plane.north_east.y, at.y)};
    plane.points.push_back(at);
  }
  return plane;
}

}  // namespace truce::separation::internal
