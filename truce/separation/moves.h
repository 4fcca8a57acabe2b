// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/base/quantity.h"
#include "truce/base/time.h"
#include "truce/geometry/region.h"
#include "truce/separation/demands.h"
#include "truce/separation/line.h"
#include "truce/separation/terrain.h"

namespace truce::separation {

/// What one demand asks of one position.
struct Need {
  // Index into the demands.
  std::size_t demand = 0;
  // The least that is far enough.
  base::Metres distance;
  // The row does not say whether the position is of what the demand is about.
  bool is_doubtful = false;

  friend bool operator==(const Need&, const Need&) = default;
};

/// Who must move, and the least that is far enough.
struct Move {
  // Index into the positions.
  std::size_t position = 0;
  // At least this: what the farthest of the needs asks, or to come to its own side.
  base::Metres distance;
  // The earliest deadline of the needs; empty where none has a date.
  std::optional<base::Instant> by;
  // In the order of the demands.
  std::vector<Need> needs;

  friend bool operator==(const Move&, const Move&) = default;
};

/// The ground that a demand wants free.
struct Belt {
  // Empty where `problem` says why.
  std::optional<geometry::Region> region;
  // The ways out of the place itself where it is an area: its border.
  std::optional<geometry::Region> border;
  std::vector<geometry::Polygon> outlines;
  std::string problem;
  struct Held {
    std::string name;
    // Otherwise only a part of it lies in the belt.
    bool is_whole = false;
  };
  // Places of the agreement first, each in the order given.
  std::vector<Held> places;
};

/// One belt for each demand: about its place, or along the line on both sides. `settlements` are
/// looked for in each, and the places of the agreement that are drawn.
std::vector<Belt> make_belts(const agreement::Agreement& text, const std::vector<Demand>& demands,
                             const DemarcationLine& line,
                             const std::vector<NamedPlace>& settlements);

/// The positions that stand on the other side's ground, or where a demand wants their like away, in
/// their order. `kinds`: what each position is, as its row says. None for the line where there is
/// none.
std::vector<Move> find_moves(const agreement::Agreement& text,
                             const std::vector<Position>& positions,
                             const std::vector<incidents::NameSet>& kinds,
                             const DemarcationLine& line, const std::vector<Demand>& demands,
                             const std::vector<Belt>& belts);

}  // namespace truce::separation
