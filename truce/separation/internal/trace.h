// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "truce/separation/equal_area.h"

namespace truce::separation::internal {

/// Cells of two sides or more, in units of a cell, the south-west corner of the first being the
/// origin.
struct PartedCells {
  std::size_t columns = 0;
  std::size_t rows = 0;
  // By row from the south, then from the west.
  std::vector<std::uint8_t> side_of;

  [[nodiscard]] std::uint8_t at(std::size_t column, std::size_t row) const {
    return side_of[row * columns + column];
  }
};

/// A line between two sides, the lesser number first.
struct TracedLine {
  std::uint8_t one = 0;
  std::uint8_t other = 0;
  std::vector<PlanePoint> points;
};

/// The lines between the sides, smoothed so that each of `points` stays on the side of the cell it
/// lies in; each closed one ends where it begins. No two touch but at a corner of a cell; where
/// three sides meet, or four, all lines end at that corner.
std::vector<TracedLine> trace(const PartedCells& cells, const std::vector<PlanePoint>& points);

}  // namespace truce::separation::internal
