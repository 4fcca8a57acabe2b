// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "truce/base/quantity.h"
#include "truce/base/result.h"
#include "truce/separation/demands.h"
#include "truce/separation/line.h"
#include "truce/separation/moves.h"
#include "truce/separation/roads.h"
#include "truce/separation/terrain.h"

namespace truce::separation {

/// What a stretch of road has to do with belts and line.
struct Exposure {
  struct InBelt {
    // Index into the demands.
    std::size_t demand = 0;
    base::Metres length;
  };
  // In the order of the demands; to within 10 m for each border of a belt.
  std::vector<InBelt> belts;
  // In one belt or another.
  base::Metres in_any;
  std::vector<base::Point> crossings;
};

/// One for each stretch. A belt is all within the width of a demand; one without a width, or that
/// could not be measured, holds nothing.
std::vector<Exposure> find_exposures(const RoadNetwork& network, const std::vector<Demand>& demands,
                                     const std::vector<Belt>& belts, const DemarcationLine& line);

/// What is avoided first, before anything that stands behind it. Whole numbers, so that sums do not
/// depend on their order.
struct RouteCost {
  // Closed road, in tenths of a metre; 0 on every corridor.
  std::int64_t closed = 0;
  // In belts, and on road that an earlier corridor uses, in tenths of a metre.
  std::int64_t avoided = 0;
  // Of the line.
  std::int64_t crossings = 0;
  std::int64_t milliseconds = 0;

  friend auto operator<=>(const RouteCost&, const RouteCost&) = default;
  RouteCost& operator+=(const RouteCost& other);
};

/// A way for relief.
struct Corridor {
  // Where it goes through a belt without leaving its road.
  struct Passage {
    std::size_t demand = 0;
    std::uint32_t road = 0;
    base::Metres length;
    base::Point from;
    base::Point to;
  };
  struct Crossing {
    std::uint32_t road = 0;
    base::Point at;
  };

  // Indices into the stretches, and the junctions from the first to the last, one more.
  std::vector<std::uint32_t> stretches;
  std::vector<std::uint32_t> junctions;
  RouteCost cost;
  base::Metres length;
  // On road that an earlier one uses.
  base::Metres shared;
  base::Metres in_belts;
  // In the order of the way; of two belts that overlap both are named.
  std::vector<Passage> passages;
  std::vector<Crossing> crossings;
};

struct CorridorPlan {
  // The junction where the way begins and ends, and how far that is from what was asked for.
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  base::Metres to_first_road;
  base::Metres from_last_road;
  // Best first; none: there is no way on open roads.
  std::vector<Corridor> corridors;
  // Where there is none, the closed roads of the way with least of them, in its order; empty: not
  // even those join the two.
  std::vector<std::uint32_t> to_reopen;
};

constexpr std::size_t kMostCorridors = 9;
constexpr base::Metres kFarthestRoad{5'000};

/// The junction nearest to the point among those of open roads, or of any where no open one is
/// within kFarthestRoad. Fails with NotFound where none is that near; `what` is named.
base::Result<std::uint32_t> find_junction(const RoadNetwork& network, base::Point point,
                                          const std::string& what);

/// Up to `count` corridors, each the cheapest by RouteCost, with what earlier ones use among what
/// is avoided; fewer where the cheapest is one that is there already. O(count · n log n).
CorridorPlan plan_corridors(const RoadNetwork& network, const std::vector<Exposure>& exposures,
                            std::uint32_t from, std::uint32_t to, std::size_t count);

}  // namespace truce::separation
