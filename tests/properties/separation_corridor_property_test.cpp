// SPDX-License-Identifier: Apache-2.0
// Corridors looked at by code that tries every way: on small networks all paths without a circle,
// with costs added up from the roads alone.
#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <vector>

#include "tests/support/dice.h"
#include "tests/support/effort.h"
#include <gtest/gtest.h>

#include "truce/geometry/region.h"
#include "truce/separation/corridors.h"

namespace truce::testing {
namespace {

using separation::Corridor;
using separation::CorridorPlan;
using separation::Exposure;
using separation::RoadNetwork;
using separation::RouteCost;

RoadNetwork random_network(Dice& dice) {
  RoadNetwork network;
  const std::size_t junctions = 2 + dice.below(6);
  for (std::size_t i = 0; i < junctions; ++i) {
    network.junctions.push_back({{36 + static_cast<double>(dice.below(100)) * 1e-3},
                                 {37 + static_cast<double>(dice.below(100)) * 1e-3}});
  }
  const std::size_t roads = 1 + dice.below(12);
  for (std::size_t i = 0; i < roads; ++i) {
    network.roads.push_back({.name = {},
                             .speed_kmh = static_cast<double>(10 + dice.below(80)),
                             .is_closed = dice.one_in(5)});
    network.stretches.push_back({.from = static_cast<std::uint32_t>(dice.below(junctions)),
                                 .to = static_cast<std::uint32_t>(dice.below(junctions)),
                                 .road = static_cast<std::uint32_t>(i),
                                 .length = {static_cast<double>(1 + dice.below(5)) * 100}});
  }
  return network;
}

std::vector<Exposure> random_exposures(Dice& dice, const RoadNetwork& network) {
  std::vector<Exposure> exposures(network.stretches.size());
  for (std::size_t i = 0; i < exposures.size(); ++i) {
    if (dice.one_in(3)) {
      exposures[i].in_any = {network.stretches[i].length.value / 2};
      exposures[i].belts.push_back({0, exposures[i].in_any});
    }
    exposures[i].crossings.resize(dice.one_in(4) ? 1 + dice.below(2) : 0);
  }
  return exposures;
}

// What one stretch costs, said once more.
RouteCost cost_of(const RoadNetwork& network, const std::vector<Exposure>& exposures,
                  const std::vector<bool>& is_used, std::size_t stretch) {
  const separation::Stretch& one = network.stretches[stretch];
  const separation::Road& road = network.roads[one.road];
  const auto in_tenths = [](double metres) { return std::llround(metres * 10); };
  return {.closed = road.is_closed ? in_tenths(one.length.value) : 0,
          .avoided = in_tenths(exposures[stretch].in_any.value) +
                     (is_used[stretch] ? in_tenths(one.length.value) : 0),
          .crossings = static_cast<std::int64_t>(exposures[stretch].crossings.size()),
          .milliseconds = std::llround(one.length.value / road.speed_kmh * 3600)};
}

std::optional<RouteCost> least_of_all(const RoadNetwork& network,
                                      const std::vector<Exposure>& exposures,
                                      const std::vector<bool>& is_used, std::uint32_t from,
                                      std::uint32_t to, bool with_closed) {
  std::optional<RouteCost> least;
  std::vector<bool> is_seen(network.junctions.size(), false);
  const std::function<void(std::uint32_t, RouteCost)> go = [&](std::uint32_t at, RouteCost so_far) {
    if (at == to) {
      least = least ? std::min(*least, so_far) : so_far;
      return;
    }
    is_seen[at] = true;
    for (std::size_t i = 0; i < network.stretches.size(); ++i) {
      const separation::Stretch& stretch = network.stretches[i];
      if (!with_closed && network.roads[stretch.road].is_closed) {
        continue;
      }
      for (const auto& [one, other] :
           {std::pair(stretch.from, stretch.to), std::pair(stretch.to, stretch.from)}) {
        if (one == at && !is_seen[other]) {
          RouteCost there = so_far;
          there += cost_of(network, exposures, is_used, i);
          go(other, there);
        }
      }
    }
    is_seen[at] = false;
  };
  go(from, {});
  return least;
}

void expect_way(const RoadNetwork& network, const CorridorPlan& plan, const Corridor& corridor) {
  ASSERT_EQ(corridor.junctions.size(), corridor.stretches.size() + 1);
  EXPECT_EQ(corridor.junctions.front(), plan.from);
  EXPECT_EQ(corridor.junctions.back(), plan.to);
  for (std::size_t i = 0; i < corridor.stretches.size(); ++i) {
    const separation::Stretch& stretch = network.stretches[corridor.stretches[i]];
    EXPECT_FALSE(network.roads[stretch.road].is_closed);
    EXPECT_EQ(std::minmax(stretch.from, stretch.to),
              std::minmax(corridor.junctions[i], corridor.junctions[i + 1]));
  }
}

void expect_best_ways(std::uint64_t seed) {
  Dice dice(seed);
  const RoadNetwork network = random_network(dice);
  const std::vector<Exposure> exposures = random_exposures(dice, network);
  const CorridorPlan plan = separation::plan_corridors(network, exposures, 0, 1, 4);
  std::vector<bool> is_used(network.stretches.size(), false);
  for (const Corridor& corridor : plan.corridors) {
    expect_way(network, plan, corridor);
    EXPECT_EQ(corridor.cost, least_of_all(network, exposures, is_used, 0, 1, false));
    RouteCost sum;
    double shared = 0;
    for (const std::uint32_t stretch : corridor.stretches) {
      sum += cost_of(network, exposures, is_used, stretch);
      shared += is_used[stretch] ? network.stretches[stretch].length.value : 0;
    }
    EXPECT_EQ(sum, corridor.cost);
    EXPECT_NEAR(shared, corridor.shared.value, 1e-6);
    for (const std::uint32_t stretch : corridor.stretches) {
      is_used[stretch] = true;
    }
  }
  const auto with_closed = least_of_all(network, exposures, is_used, 0, 1, true);
  if (plan.corridors.empty()) {
    EXPECT_FALSE(least_of_all(network, exposures, is_used, 0, 1, false).has_value());
    EXPECT_EQ(plan.to_reopen.empty(), !with_closed.has_value());
    double closed = 0;
    for (const std::uint32_t road : plan.to_reopen) {
      EXPECT_TRUE(network.roads[road].is_closed);
      // Here each road is one stretch.
      closed += network.stretches[road].length.value;
    }
    EXPECT_NEAR(closed, with_closed ? static_cast<double>(with_closed->closed) / 10 : 0, 1e-6);
  } else {
    EXPECT_TRUE(plan.to_reopen.empty());
  }
}

TEST(CorridorProperty, EachIsTheBestOfAllWays) {
  for (std::uint64_t seed = 1; seed <= cases(3000) && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    expect_best_ways(seed);
  }
}

// Belts and crossings of random pieces, found again at a thousand points of each.
TEST(CorridorProperty, WhatARoadHasToDoWithBeltsAndLineIsSeenFromManyPoints) {
  constexpr int kPoints = 1000;
  for (std::uint64_t seed = 1; seed <= 60 && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    Dice dice(seed);
    const auto point = [&] {
      return base::Point{{36 + static_cast<double>(dice.below(20'000)) * 1e-6},
                         {37 + static_cast<double>(dice.below(20'000)) * 1e-6}};
    };
    RoadNetwork network;
    network.junctions = {point(), point()};
    network.roads.resize(1);
    network.stretches.push_back(
        {.from = 0,
         .to = 1,
         .road = 0,
         .length = geometry::distance(network.junctions[0], network.junctions[1])});
    separation::DemarcationLine line;
    line.lines = {{point(), point(), point(), point()}};
    std::vector<separation::Demand> demands(2);
    std::vector<separation::Belt> belts(2);
    for (std::size_t i = 0; i < 2; ++i) {
      demands[i].distance = {static_cast<double>(dice.below(900))};
      auto region =
          i == 0 ? geometry::Region::lines(line.lines) : geometry::Region::points({point()});
      ASSERT_TRUE(region.has_value());
      belts[i].region = std::move(region).value();
    }
    const std::vector<Exposure> found = separation::find_exposures(network, demands, belts, line);
    const double length = network.stretches[0].length.value;
    std::array<double, 3> seen = {0, 0, 0};
    for (int i = 0; i < kPoints; ++i) {
      const double share = (i + 0.5) / kPoints;
      const base::Point at = {{std::lerp(network.junctions[0].latitude.degrees,
                                         network.junctions[1].latitude.degrees, share)},
                              {std::lerp(network.junctions[0].longitude.degrees,
                                         network.junctions[1].longitude.degrees, share)}};
      bool is_any = false;
      for (std::size_t belt = 0; belt < 2; ++belt) {
        const bool is_in = belts[belt].region->distance_to(at) <= demands[belt].distance;
        seen[belt] += is_in ? length / kPoints : 0;
        is_any = is_any || is_in;
      }
      seen[2] += is_any ? length / kPoints : 0;
    }
    // 10 m at each of at most eight borders, and what a thousand points miss.
    const double slack = 80 + length / 100;
    std::array<double, 2> told = {0, 0};
    for (const Exposure::InBelt& belt : found[0].belts) {
      told[belt.demand] = belt.length.value;
    }
    EXPECT_NEAR(seen[0], told[0], slack);
    EXPECT_NEAR(seen[1], told[1], slack);
    EXPECT_NEAR(seen[2], found[0].in_any.value, slack);
    for (const base::Point at : found[0].crossings) {
      EXPECT_LT(geometry::Region::lines(line.lines)->distance_to(at).value, 1);
    }
  }
}

}  // namespace
}  // namespace truce::testing
