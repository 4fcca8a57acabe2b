// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <numbers>

#include "truce/geometry/internal/ellipsoid.h"
#include "truce/geometry/region.h"

namespace truce::geometry {

namespace {

// Of the WGS 84 ellipsoid at the equator, as the textbooks of plane surveying round them.
constexpr double kMetresPerDegreeNorth = 110'574;
constexpr double kMetresPerDegreeEast = 111'320;

}  // namespace

base::Metres distance(base::Point from, base::Point to) { return {geodesic(from, to).length_m}; }

base::Metres planar_distance(base::Point from, base::Point to, base::Latitude latitude) {
  constexpr double kHalfTurn = 180;
  // The shorter way around.
  const double east = std::remainder(to.longitude.degrees - from.longitude.degrees, 2 * kHalfTurn) *
                      kMetresPerDegreeEast *
                      std::cos(latitude.degrees * std::numbers::pi / kHalfTurn);
  const double north = (to.latitude.degrees - from.latitude.degrees) * kMetresPerDegreeNorth;
  return {std::hypot(east, north)};
}

}  // namespace truce::geometry
