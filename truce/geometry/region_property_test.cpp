// SPDX-License-Identifier: Apache-2.0
// Regions against brute force: a crossing count in floating point, and the nearest of many samples.
#include <cmath>
#include <limits>
#include <random>

#include <gtest/gtest.h>

#include "truce/geometry/region.h"

namespace truce::geometry {
namespace {

using Random = std::mt19937_64;

double uniform(Random& random, double low, double high) {
  return low + (high - low) * static_cast<double>(random() >> 11U) * 0x1p-53;
}

// Corners around a centre in order of angle: never crosses itself.
Ring random_star(Random& random, int corners, double size) {
  const double latitude = uniform(random, -60, 60);
  const double longitude = uniform(random, -170, 170);
  Ring ring;
  for (int corner = 0; corner < corners; ++corner) {
    const double angle = 6.283185307179586 * corner / corners;
    const double reach = uniform(random, 0.2, 1) * size;
    ring.push_back({{latitude + reach * std::sin(angle)}, {longitude + reach * std::cos(angle)}});
  }
  return ring;
}

base::Point random_point_near(Random& random, const Ring& ring, double size) {
  const base::Point& corner = ring[random() % ring.size()];
  return {{corner.latitude.degrees + uniform(random, -size, size)},
          {corner.longitude.degrees + uniform(random, -size, size)}};
}

bool is_inside_by_count(base::Point point, const Ring& ring) {
  bool is_inside = false;
  for (std::size_t at = 0; at < ring.size(); ++at) {
    const base::Point& a = ring[at];
    const base::Point& b = ring[(at + 1) % ring.size()];
    const double y = point.latitude.degrees;
    if ((a.latitude.degrees > y) != (b.latitude.degrees > y)) {
      const double x = a.longitude.degrees + (y - a.latitude.degrees) *
                                                 (b.longitude.degrees - a.longitude.degrees) /
                                                 (b.latitude.degrees - a.latitude.degrees);
      is_inside ^= point.longitude.degrees < x;
    }
  }
  return is_inside;
}

double nearest_sample(base::Point point, const Ring& ring, int samples) {
  double nearest = std::numeric_limits<double>::infinity();
  for (std::size_t at = 0; at < ring.size(); ++at) {
    const base::Point& a = ring[at];
    const base::Point& b = ring[(at + 1) % ring.size()];
    for (int sample = 0; sample <= samples; ++sample) {
      const double share = static_cast<double>(sample) / samples;
      const base::Point on_edge{{std::lerp(a.latitude.degrees, b.latitude.degrees, share)},
                                {std::lerp(a.longitude.degrees, b.longitude.degrees, share)}};
      nearest = std::min(nearest, distance(point, on_edge).value);
    }
  }
  return nearest;
}

TEST(RegionProperty, HoldsTheSamePointsAsACrossingCount) {
  Random random(20160912);
  for (int round = 0; round < 200; ++round) {
    const double size = uniform(random, 0.001, 8);
    const Ring ring = random_star(random, 3 + static_cast<int>(random() % 300), size);
    const Region region = Region::area({{ring}}).value();
    for (int query = 0; query < 100; ++query) {
      const base::Point point = random_point_near(random, ring, size);
      const bool is_inside = region.contains({point, {0}}) == Containment::Inside;
      EXPECT_EQ(is_inside, is_inside_by_count(point, ring)) << "round " << round;
    }
  }
}

TEST(RegionProperty, MeasuresTheNearestOfManySamples) {
  Random random(20160919);
  for (int round = 0; round < 60; ++round) {
    const double size = uniform(random, 0.01, 3);
    const Ring ring = random_star(random, 3 + static_cast<int>(random() % 8), size);
    Polyline loop(ring.begin(), ring.end());
    loop.push_back(ring.front());
    const Region border = Region::lines({loop}).value();
    for (int query = 0; query < 5; ++query) {
      const base::Point point = random_point_near(random, ring, size);
      const double sampled = nearest_sample(point, ring, 400);
      const double measured = border.distance_to(point).value;
      // No sample is nearer, and the gap between samples bounds how much nearer the edge is.
      EXPECT_LE(measured, sampled + 0.01);
      EXPECT_GE(measured, sampled - size * 2 * 111'320 / 400);
      if (sampled > size * 11'132) {
        EXPECT_NEAR(measured, sampled, sampled * 0.01);
      }
    }
  }
}

TEST(RegionProperty, DiscsAgreeWithTheirOwnPoints) {
  Random random(7);
  for (int round = 0; round < 100; ++round) {
    const double size = uniform(random, 0.01, 2);
    const Ring ring = random_star(random, 3 + static_cast<int>(random() % 40), size);
    const Region area = Region::area({{ring}}).value();
    const Region belt = Region::within({uniform(random, 10, 20000)}, area);
    for (int query = 0; query < 10; ++query) {
      const base::Point centre = random_point_near(random, ring, size);
      const double radius = uniform(random, 0, size * 30'000);
      const Containment in_area = area.contains({centre, {radius}});
      const Containment in_belt = belt.contains({centre, {radius}});
      for (int sample = 0; sample < 20; ++sample) {
        const double reach = radius / 111'700;
        const base::Point point{{centre.latitude.degrees + uniform(random, -reach, reach)},
                                {centre.longitude.degrees + uniform(random, -reach, reach)}};
        if (distance(centre, point).value > radius) {
          continue;
        }
        const Containment exact = area.contains({point, {0}});
        EXPECT_TRUE(in_area == Containment::Either || in_area == exact);
        const Containment exact_in_belt = belt.contains({point, {0}});
        EXPECT_TRUE(in_belt == Containment::Either || in_belt == exact_in_belt);
      }
    }
  }
}

TEST(RegionProperty, BoxesAgreeWithTheirOwnPoints) {
  Random random(11);
  std::size_t decided = 0;
  for (int round = 0; round < 100; ++round) {
    const double size = uniform(random, 0.01, 2);
    const Ring ring = random_star(random, 3 + static_cast<int>(random() % 40), size);
    const Region area = Region::area({{ring}}).value();
    const Ring other_ring = random_star(random, 5, size);
    const Region other = Region::area({{other_ring}}).value();
    const Polyline loop(ring.begin(), ring.end());
    const std::vector<Region> regions = {
        area, Region::lines({loop}).value(), Region::within({uniform(random, 10, 20000)}, area),
        Region::union_of({area, other}),
        Region::difference(area, Region::within({1000}, Region::points({ring[0]}).value()))};
    for (int query = 0; query < 20; ++query) {
      const base::Point low = random_point_near(random, ring, size);
      const base::Point high{{low.latitude.degrees + uniform(random, 0, size)},
                             {low.longitude.degrees + uniform(random, 0, size)}};
      for (const Region& region : regions) {
        const Containment all = region.contains_box(low, high);
        decided += all == Containment::Either ? 0 : 1;
        for (int sample = 0; sample < 20 && all != Containment::Either; ++sample) {
          const base::Point point{{uniform(random, low.latitude.degrees, high.latitude.degrees)},
                                  {uniform(random, low.longitude.degrees, high.longitude.degrees)}};
          EXPECT_EQ(region.contains({point, {0}}), all) << "round " << round;
        }
      }
    }
  }
  EXPECT_GT(decided, 2000U);
}

}  // namespace
}  // namespace truce::geometry
