// SPDX-License-Identifier: Apache-2.0
#include "truce/incidents/internal/covering_disc.h"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "truce/geometry/region.h"

namespace truce::incidents {
namespace {

using Path = std::vector<base::Point>;

double radius_around(base::Point centre, const Path& points) {
  double radius = 0;
  for (const base::Point point : points) {
    radius = std::max(radius, geometry::distance(centre, point).value);
  }
  return radius;
}

// Each point as a path of its own, so that no edge counts.
std::vector<Path> apart(const Path& points) {
  std::vector<Path> paths;
  for (const base::Point point : points) {
    paths.push_back({point});
  }
  return paths;
}

TEST(CoveringDisc, OfOnePointIsThePoint) {
  const CoveringDisc disc = covering_disc({{{{36.25}, {37.5}}}, {{{36.25}, {37.5}}}});
  EXPECT_EQ(disc.centre, (base::Point{{36.25}, {37.5}}));
  EXPECT_EQ(disc.radius.value, 0);
}

TEST(CoveringDisc, OfTwoPointsIsAroundTheMiddle) {
  const CoveringDisc disc = covering_disc({{{{0}, {10}}}, {{{0}, {12}}}});
  EXPECT_NEAR(disc.centre.longitude.degrees, 11, 1e-9);
  EXPECT_NEAR(disc.radius.value, 111'319.5, 3);
}

TEST(CoveringDisc, CoversTheEdgesToo) {
  // On a parallel far north the straight edge runs south of the shortest way.
  const Path edge = {{{60}, {0}}, {{60}, {40}}};
  const CoveringDisc disc = covering_disc({edge});
  for (int part = 0; part <= 400; ++part) {
    const base::Point on_edge{{60}, {part * 0.1}};
    EXPECT_LE(geometry::distance(disc.centre, on_edge).value, disc.radius.value);
  }
}

TEST(CoveringDisc, CrossesTheDateLineAndThePole) {
  const CoveringDisc line = covering_disc(apart({{{0}, {179.5}}, {{0}, {-179.5}}}));
  EXPECT_NEAR(line.radius.value, 55'660, 5);
  const CoveringDisc pole = covering_disc(apart({{{89}, {0}}, {{89}, {120}}, {{89}, {-120}}}));
  EXPECT_NEAR(pole.centre.latitude.degrees, 90, 1e-6);
  EXPECT_NEAR(pole.radius.value, 111'694, 5);
}

// Brute force: the best centre among the middles of all pairs and, of all triples, the points at
// one distance, found by a fine search around the best.
TEST(CoveringDisc, IsAsSmallAsASearchFinds) {
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> offset(-0.5, 0.5);
  for (int round = 0; round < 40; ++round) {
    Path points;
    const int count = 2 + round % 7;
    for (int at = 0; at < count; ++at) {
      points.push_back({{36 + offset(random)}, {37 + offset(random)}});
    }
    const CoveringDisc disc = covering_disc(apart(points));
    EXPECT_LE(radius_around(disc.centre, points), disc.radius.value);
    base::Point best = disc.centre;
    double radius = radius_around(best, points);
    for (double step = 0.2; step > 1e-6; step /= 2) {
      for (const auto& [north, east] : {std::pair(1, 0), std::pair(-1, 0), std::pair(0, 1),
                                        std::pair(0, -1), std::pair(1, 1), std::pair(-1, -1)}) {
        const base::Point near{{best.latitude.degrees + north * step},
                               {best.longitude.degrees + east * step}};
        if (radius_around(near, points) < radius) {
          best = near;
          radius = radius_around(near, points);
        }
      }
    }
    EXPECT_LE(disc.radius.value, radius * 1.005 + 2);
    std::shuffle(points.begin(), points.end(), random);
    EXPECT_EQ(covering_disc(apart(points)).radius.value, disc.radius.value);
    EXPECT_EQ(covering_disc(apart(points)).centre, disc.centre);
  }
}

}  // namespace
}  // namespace truce::incidents
