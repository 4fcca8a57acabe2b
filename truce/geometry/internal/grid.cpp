// SPDX-License-Identifier: Apache-2.0
#include "truce/geometry/internal/grid.h"

#include <algorithm>
#include <cmath>

namespace truce::geometry {
namespace {

constexpr double kStepsPerDegree = 1e9;
// Differences of grid coordinates have 39 bits and their products 78.
__extension__ using Wide = __int128;

int sign(Wide value) { return value > 0 ? 1 : (value < 0 ? -1 : 0); }

}  // namespace

GridPoint to_grid(base::Point point) {
  return {std::llround(point.longitude.degrees * kStepsPerDegree),
          std::llround(point.latitude.degrees * kStepsPerDegree)};
}

base::Point from_grid(GridPoint point) {
  return {{static_cast<double>(point.y) / kStepsPerDegree},
          {static_cast<double>(point.x) / kStepsPerDegree}};
}

int side_of(GridPoint point, GridPoint from, GridPoint to) {
  return sign(Wide{to.x - from.x} * (point.y - from.y) - Wide{to.y - from.y} * (point.x - from.x));
}

bool is_on_segment(GridPoint point, GridPoint from, GridPoint to) {
  return point.x >= std::min(from.x, to.x) && point.x <= std::max(from.x, to.x) &&
         point.y >= std::min(from.y, to.y) && point.y <= std::max(from.y, to.y) &&
         side_of(point, from, to) == 0;
}

bool do_meet(GridPoint first_from, GridPoint first_to, GridPoint second_from, GridPoint second_to) {
  const int from_side = side_of(second_from, first_from, first_to);
  const int to_side = side_of(second_to, first_from, first_to);
  if (from_side * to_side > 0) {
    return false;
  }
  const int first_side = side_of(first_from, second_from, second_to);
  const int last_side = side_of(first_to, second_from, second_to);
  if (first_side * last_side > 0) {
    return false;
  }
  if (from_side * to_side < 0 && first_side * last_side < 0) {
    return true;
  }
  return is_on_segment(second_from, first_from, first_to) ||
         is_on_segment(second_to, first_from, first_to) ||
         is_on_segment(first_from, second_from, second_to) ||
         is_on_segment(first_to, second_from, second_to);
}

void GridBox::add(GridPoint point) {
  low = {std::min(low.x, point.x), std::min(low.y, point.y)};
  high = {std::max(high.x, point.x), std::max(high.y, point.y)};
}

bool GridBox::contains(GridPoint point) const {
  return point.x >= low.x && point.x <= high.x && point.y >= low.y && point.y <= high.y;
}

}  // namespace truce::geometry
