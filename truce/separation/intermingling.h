// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "truce/base/quantity.h"
#include "truce/base/result.h"
#include "truce/base/time.h"
#include "truce/separation/positions.h"

namespace truce::separation {

/// How much of the presence of two sides is mixed: 0 apart, 1 mixed. `low <= index <= high`: what
/// it is if everything in doubt were to speak for apart, or for mixed. Formula:
/// docs/methods/intermingling.md.
struct IndexFigure {
  double index = 0;
  double low = 0;
  double high = 0;

  friend bool operator==(const IndexFigure&, const IndexFigure&) = default;
};

/// A square of the grid of equal areas in which there is somebody.
struct IndexCell {
  // South-west, south-east, north-east, north-west.
  std::array<base::Point, 4> corners;
  IndexFigure figure;
  std::uint64_t positions = 0;
};

struct Intermingling {
  IndexFigure whole;
  // The share of each side's presence that has the other within the distance.
  std::array<IndexFigure, 2> of_side;
  // By row from the south, then from the west.
  std::vector<IndexCell> cells;
  base::Metres cell_side;
};

struct InterminglingOptions {
  base::Metres distance{1000};
  // The side of a square; empty: the distance, or more where that makes more than 200 in a row.
  std::optional<base::Metres> cell_side = {};
  // Rows of the files that could not be used: they may be of anybody, anywhere.
  std::uint64_t unusable = 0;
};

/// Fails with InvalidArgument where a side has no position, where positions lie more than 2,000 km
/// apart, or for a distance that is not above 0 and at most 100 km. 100,000 positions take well
/// under a second.
base::Result<Intermingling> measure_intermingling(const Positions& positions,
                                                  const InterminglingOptions& options);

/// The index of one stretch of time; empty where a side was not seen in it.
struct IndexWindow {
  base::TimeRange when;
  std::uint64_t positions = 0;
  std::optional<IndexFigure> figure;
};

/// Windows of `length`, from that of the first observation of either side to that of the last. In
/// each only what was seen in it counts, aged as at its end. Fails with InvalidArgument for more
/// than 1,000 windows, and as measure_intermingling() does for reasons other than an empty side.
base::Result<std::vector<IndexWindow>> measure_windows(const PresenceReading& reading,
                                                       const std::vector<Belonging>& belongings,
                                                       const AgeingOptions& ageing,
                                                       const InterminglingOptions& options,
                                                       base::Duration length);

}  // namespace truce::separation
