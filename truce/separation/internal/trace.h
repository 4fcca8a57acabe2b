// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "truce/separation/equal_area.h"

namespace truce::separation::internal {

/// Cells parted into two, in units of a cell, the south-west corner of the first being the origin.
struct PartedCells {
  std::size_t columns = 0;
  std::size_t rows = 0;
  // By row from the south, then from the west.
  std::vector<bool> is_first;

  [[nodiscard]] bool at(std::size_t column, std::size_t row) const {
    return is_first[row * columns + column];
  }
};

/// The lines between the two kinds of cells, smoothed so that each of `points` stays on the side of
/// the cell it lies in; each closed one ends where it begins. No two touch but at a corner of a
/// cell.
std::vector<std::vector<PlanePoint>> trace(const PartedCells& cells,
                                           const std::vector<PlanePoint>& points);

}  // namespace truce::separation::internal
