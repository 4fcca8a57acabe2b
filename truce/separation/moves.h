// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "truce/base/quantity.h"
#include "truce/separation/line.h"

namespace truce::separation {

/// Who must move, and the least that is far enough.
struct Move {
  // Index into the positions.
  std::size_t position = 0;
  base::Metres distance;

  friend bool operator==(const Move&, const Move&) = default;
};

/// The positions that stand on the other side's ground, or on their own within `belt` of the line,
/// in their order: each must come to its own side, out of the belt. None where there is no line.
std::vector<Move> find_moves(const std::vector<Position>& positions, const DemarcationLine& line,
                             base::Metres belt);

}  // namespace truce::separation
