// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>

#include "truce/base/quantity.h"

namespace truce::geometry {

/// A point in whole billionths of a degree (0.1 mm on the ground): on this grid every question of
/// sides and crossings has an exact answer in integers.
struct GridPoint {
  // East and north.
  std::int64_t x = 0;
  std::int64_t y = 0;

  friend auto operator<=>(const GridPoint&, const GridPoint&) = default;
};

GridPoint to_grid(base::Point point);
base::Point from_grid(GridPoint point);

/// 1 when `point` lies left of the line from `from` to `to`, -1 right of it, 0 on it. Exact.
int side_of(GridPoint point, GridPoint from, GridPoint to);

/// Whether `point` lies on the closed segment. Exact.
bool is_on_segment(GridPoint point, GridPoint from, GridPoint to);

/// Whether two closed segments share a point. Exact.
bool do_meet(GridPoint first_from, GridPoint first_to, GridPoint second_from, GridPoint second_to);

/// A box of the grid, closed; empty when `low` is not below `high`.
struct GridBox {
  GridPoint low{INT64_MAX, INT64_MAX};
  GridPoint high{INT64_MIN, INT64_MIN};

  void add(GridPoint point);
  [[nodiscard]] bool contains(GridPoint point) const;
};

}  // namespace truce::geometry
