// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "truce/base/result.h"
#include "truce/separation/equal_area.h"
#include "truce/separation/positions.h"

namespace truce::separation::internal {

/// Positions on a flat map about their middle, and the box they lie in.
struct Plane {
  EqualArea map;
  // One for each position.
  std::vector<PlanePoint> points;
  PlanePoint south_west;
  PlanePoint north_east;
};

/// Fails with InvalidArgument where there is no position, or one more than 1,000 km from the middle
/// of all.
base::Result<Plane> lay_out(const std::vector<Position>& positions);

}  // namespace truce::separation::internal
