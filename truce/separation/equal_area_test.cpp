// SPDX-License-Identifier: Apache-2.0
#include "truce/separation/equal_area.h"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "truce/geometry/region.h"

namespace truce::separation {
namespace {

TEST(EqualArea, ComesBackFromTheMap) {
  for (const base::Point centre : {base::Point{{36}, {37}}, base::Point{{0}, {180}},
                                   base::Point{{89.9}, {10}}, base::Point{{-90}, {0}}}) {
    const EqualArea map(centre);
    for (const double x : {-40'000.0, 0.0, 300'000.0}) {
      for (const double y : {-200'000.0, 0.0, 5.0}) {
        const PlanePoint back = map.to_plane(map.to_point({x, y}));
        EXPECT_NEAR(back.x, x, 0.1);
        EXPECT_NEAR(back.y, y, 0.1);
      }
    }
  }
}

TEST(EqualArea, LengthsAgreeWithGeodesics) {
  for (const base::Point centre :
       {base::Point{{36}, {37}}, base::Point{{-60}, {179.99}}, base::Point{{88}, {0}}}) {
    const EqualArea map(centre);
    for (int step = 0; step < 24; ++step) {
      const double angle = step * std::numbers::pi / 12;
      for (const double radius : {2'000.0, 900'000.0}) {
        const PlanePoint from = {radius * std::cos(angle), radius * std::sin(angle)};
        const PlanePoint to = {from.x + 700, from.y - 700};
        const double geodesic = geometry::distance(map.to_point(from), map.to_point(to)).value;
        EXPECT_NEAR(geodesic / std::hypot(700, 700), 1, 0.01) << radius << " at " << angle;
      }
    }
  }
}

// The area of a square of the map, by the ellipsoid's own scales at its middle, is that of the map.
TEST(EqualArea, AreasAreTrue) {
  const EqualArea map({{36}, {37}});
  for (const double away : {0.0, 500'000.0}) {
    const base::Point middle = map.to_point({away, away});
    const double side = 1e-4;
    const auto at = [&](double north, double east) {
      return map.to_plane({{middle.latitude.degrees + north}, {middle.longitude.degrees + east}});
    };
    const PlanePoint origin = at(0, 0);
    const PlanePoint north = at(side, 0);
    const PlanePoint east = at(0, side);
    const double on_map = std::abs((east.x - origin.x) * (north.y - origin.y) -
                                   (east.y - origin.y) * (north.x - origin.x));
    const double ground =
        geometry::distance(middle, {{middle.latitude.degrees + side}, middle.longitude}).value *
        geometry::distance(middle, {middle.latitude, {middle.longitude.degrees + side}}).value;
    EXPECT_NEAR(on_map / ground, 1, 1e-4);
  }
}

}  // namespace
}  // namespace truce::separation
