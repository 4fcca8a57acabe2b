// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace truce::separation {

/// What parting the cells of a grid among several sides costs. Cells are counted by row from the
/// south, then from the west.
struct ManyGrid {
  // The most that two neighbours may hold together, and that giving a cell to a side may cost.
  static constexpr std::int32_t kStrongest = 1 << 26;
  // To the east, north, north-east and north-west.
  static constexpr std::size_t kDirections = 4;

  std::size_t columns = 0;
  std::size_t rows = 0;
  // From 2 to 250.
  std::size_t sides = 2;
  // For each cell what it costs to part it from its neighbours; 0 where there is none.
  std::vector<std::array<std::int32_t, kDirections>> holds;
  // For each side, for each cell, what it costs to give it to that side.
  std::vector<std::vector<std::int32_t>> costs;
  // Cells that have to be of one side.
  std::vector<std::optional<std::uint8_t>> fixed;

  [[nodiscard]] std::size_t cells() const { return columns * rows; }
  /// The number of the neighbour; empty where the grid ends.
  [[nodiscard]] std::optional<std::size_t> neighbour(std::size_t cell, std::size_t direction) const;
  /// What it costs where cells are of these sides.
  [[nodiscard]] std::int64_t cost(const std::vector<std::uint8_t>& side_of) const;
};

struct ManyParting {
  // Of each cell.
  std::vector<std::uint8_t> side_of;
  std::int64_t cost = 0;
  // No parting costs less: doubled, so that it is whole.
  std::int64_t twice_at_least = 0;
};

/// A cheap parting, by alpha-expansion: whole cuts by which one side takes cells from all others,
/// until none makes it cheaper. Never dearer than giving each cell to its cheapest side, at most
/// twice the cheapest parting of all, and the cheapest where there are two sides. Method:
/// docs/methods/separation.md.
ManyParting part_among(const ManyGrid& grid);

}  // namespace truce::separation
