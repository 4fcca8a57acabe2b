// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "truce/base/time.h"
#include "truce/separation/demands.h"
#include "truce/separation/moves.h"

namespace truce::separation {

/// Who moves in one slice of reciprocal phases.
struct Slice {
  base::Instant due;
  // For each side indices into the positions, in file order.
  std::array<std::vector<std::size_t>, 2> positions;

  friend bool operator==(const Slice&, const Slice&) = default;
};

/// Reciprocal phases as a table: after each slice both sides have done the same share of their
/// moves, to within one position, and on the same stretch of the front. The properties and their
/// proofs: docs/methods/separation.md.
struct Schedule {
  // Of the clause.
  std::string number;
  // Empty where the text does not date the slices.
  std::vector<Slice> slices;
  std::array<std::size_t, 2> movers = {0, 0};
  // The most by which a side has done more of its share than the other: after a slice, and within
  // one, whoever begins. Empty where a side has nobody to move.
  std::optional<double> ahead_after;
  std::optional<double> ahead_within;

  friend bool operator==(const Schedule&, const Schedule&) = default;
};

/// One for each clause with reciprocal phases, in the order of the text. O(n log n).
std::vector<Schedule> plan_schedules(const std::vector<Position>& positions,
                                     const std::vector<Demand>& demands,
                                     const std::vector<Move>& moves);

}  // namespace truce::separation
