// SPDX-License-Identifier: Apache-2.0
#include <string>

#include <gtest/gtest.h>

#include "truce/geometry/region.h"

namespace truce::geometry {
namespace {

base::Point at(double latitude, double longitude) { return {{latitude}, {longitude}}; }

std::string error_of(const std::vector<Polygon>& polygons) {
  const auto region = Region::area(polygons);
  return region ? "no error" : region.error().message;
}

TEST(AreaCheck, NamesTheEdgesThatCross) {
  // A bow tie.
  EXPECT_EQ(error_of({{{at(0, 0), at(1, 1), at(0, 1), at(1, 0)}}}),
            "ring 1: the edge from corner 1 to 2 crosses or touches the edge from corner 3 to 4");
  const Ring square = {at(0, 0), at(0, 4), at(4, 4), at(4, 0), at(0, 0)};
  EXPECT_EQ(error_of({{square}, {{at(5, 5), at(6, 6), at(5, 6), at(6, 5)}}}),
            "polygon 2, ring 1: the edge from corner 1 to 2 crosses or touches the edge from "
            "corner 3 to 4");
  EXPECT_EQ(error_of({{square, {at(1, 1), at(1, 9), at(2, 2)}}}),
            "ring 1: the edge from corner 2 to 3 crosses or touches the edge from corner 1 to 2 of "
            "ring 2");
}

TEST(AreaCheck, FindsTouchesAndFoldsBack) {
  // Corner 4 touches the first edge; then a spike that runs back along itself.
  EXPECT_NE(error_of({{{at(0, 0), at(0, 4), at(2, 4), at(0, 2), at(2, 0)}}}), "no error");
  EXPECT_NE(error_of({{{at(0, 0), at(0, 4), at(0, 2), at(2, 2)}}}), "no error");
  EXPECT_NE(error_of({{{at(0, 0), at(0, 2), at(0, 4)}}}), "no error");
}

TEST(AreaCheck, CountsDifferentCorners) {
  EXPECT_EQ(error_of({{{at(0, 0), at(1, 1), at(0, 0)}}}),
            "ring 1: an area needs three different corners, and there are 2");
  EXPECT_EQ(error_of({}), "there is no polygon");
  EXPECT_EQ(error_of({{}}), "there is no ring");
  EXPECT_EQ(error_of({{{}}}), "ring 1: an area needs three different corners, and there are 0");
  EXPECT_EQ(error_of({{{at(0, 0), at(0, 0), at(0, 1), at(1, 1), at(1, 1), at(0, 0)}}}), "no error");
}

TEST(AreaCheck, RefusesTheDateLineThePolesAndWhatIsOffTheGlobe) {
  EXPECT_EQ(error_of({{{at(0, 179), at(0, -179), at(1, -179), at(1, 179)}}}),
            "ring 1, the edge from corner 1 to 2 runs across the date line; cut it in two at "
            "longitude 180");
  EXPECT_EQ(error_of({{{at(89, 0), at(90, 10), at(89, 20)}}}),
            "ring 1, corner 2: an area may not reach a pole");
  EXPECT_EQ(error_of({{{at(91, 0), at(1, 1), at(0, 1)}}}),
            "ring 1, corner 1: latitude 91 and longitude 0 are not on the globe");
  EXPECT_FALSE(Region::lines({{at(0, 179), at(0, -179)}}));
  EXPECT_FALSE(Region::lines({{at(0, 179)}}));
  EXPECT_FALSE(Region::lines({}));
  EXPECT_FALSE(Region::points({at(0, 181)}));
  EXPECT_FALSE(Region::points({}));
}

TEST(AreaCheck, WantsHolesInside) {
  const Ring square = {at(0, 0), at(0, 4), at(4, 4), at(4, 0)};
  EXPECT_EQ(error_of({{square, {at(5, 5), at(5, 6), at(6, 6)}}}),
            "ring 2: a hole lies inside the first ring, and this one does not");
  EXPECT_EQ(error_of({{square,
                       {at(1, 1), at(1, 3), at(3, 3), at(3, 1)},
                       {at(1.5, 1.5), at(1.5, 2), at(2, 2)}}}),
            "ring 3: this hole lies inside the hole that is ring 2");
}

TEST(AreaCheck, EndsOnATangle) {
  // A zigzag of long slanted edges, all side by side, which is an area but costs too much to check.
  Ring zigzag = {at(-10, -10)};
  for (int tooth = 0; tooth < 7500; ++tooth) {
    const double shift = tooth * 1e-3;
    zigzag.push_back(at(shift, -shift));
    zigzag.push_back(at(50 + shift, 50 - shift));
  }
  zigzag.push_back(at(11, -11));
  EXPECT_EQ(error_of({{zigzag}}),
            "the rings are too tangled to check (15002 corners); simplify them");
}

}  // namespace
}  // namespace truce::geometry
