// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "truce/base/quantity.h"
#include "truce/base/result.h"

namespace truce::separation {

/// A road as its file has it.
struct Road {
  // Empty: it has none.
  std::string name;
  double speed_kmh = 30;
  bool is_closed = false;
};

/// A straight piece of a road, of 500 m at most, that can be driven both ways.
struct Stretch {
  // Indices into the junctions.
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  std::uint32_t road = 0;
  base::Metres length;
};

/// Roads join where they share a point as written, to a ten-millionth of a degree.
struct RoadNetwork {
  std::vector<base::Point> junctions;
  std::vector<Road> roads;
  std::vector<Stretch> stretches;
};

constexpr std::size_t kMostStretches = 5'000'000;
constexpr double kSlowest = 1;
constexpr double kFastest = 150;

/// Reads GeoJSON lines into `network`. Of a line's properties count `name`; `speed_kmh` from
/// kSlowest to kFastest, or else `class`, one of `motorway`, `primary`, `secondary`, `tertiary`,
/// `residential`, `track`; `closed`, true or false. Fails with InvalidArgument for another value,
/// for a feature that is no line, for more than kMostStretches, and as encoding::read_geojson()
/// does; the message names the feature.
base::Result<void> read_roads(std::string_view name, std::string_view text, RoadNetwork& network);

}  // namespace truce::separation
