// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "truce/base/quantity.h"
#include "truce/base/result.h"
#include "truce/geometry/region.h"
#include "truce/separation/positions.h"
#include "truce/separation/terrain.h"

namespace truce::separation {

struct LineOptions {
  // The side of a cell; empty: a two-hundredth of the widest stretch of the positions, at least
  // 50 m.
  std::optional<base::Metres> cell_side = {};
  // Empty: each position keeps its side. Otherwise one is left to the other side where going round
  // it would lengthen the line by more than this, times its weight.
  std::optional<base::Metres> hold = {};
  // How far presence is felt on the ground around it; empty: a quarter of the widest stretch, at
  // least 20 cells.
  std::optional<base::Metres> reach = {};
  // Positions that keep their side whatever `hold` says.
  std::vector<std::size_t> pinned = {};
};

/// A line between two sides, of least cost on its grid.
struct DemarcationLine {
  // No two touch, none crosses itself; closed where the last point is the first. Cut at the date
  // line.
  std::vector<geometry::Polyline> lines;
  // Metres of line by what a metre costs, and the ground left to the other side.
  double cost = 0;
  // On the ground.
  base::Metres length;
  base::Metres cell_side;
  std::size_t columns = 0;
  std::size_t rows = 0;
  // For each position the side on whose ground it stands: not its own where both stand in one cell,
  // or where `hold` left it.
  std::vector<Side> ground;
  // For each position, in file order: its geodesic distance to the line; empty where there is none.
  std::vector<base::Metres> distances;

  /// How many positions stand on the other side's ground.
  [[nodiscard]] std::size_t misplaced(const std::vector<Position>& positions) const;
};

/// Draws the line, and draws it anew when a position moves, from what it knows of the last one.
/// Method: docs/methods/separation.md.
class LinePlanner {
 public:
  /// Fails with InvalidArgument for no position, positions more than 2,000 km apart, a grid of more
  /// than 4,096 x 4,096 cells or about a pole, and a length that is not above 0.
  static base::Result<LinePlanner> make(const std::vector<Position>& positions,
                                        const Terrain& terrain, const LineOptions& options);
  LinePlanner(LinePlanner&&) noexcept;
  LinePlanner& operator=(LinePlanner&&) noexcept;
  ~LinePlanner();

  /// Moves the position, which then counts where it is now. Fails with InvalidArgument for a point
  /// outside the grid; then nothing changes.
  base::Result<void> move(std::size_t position, base::Point to);
  /// Parts the cells. Fails with InvalidArgument where every line runs inside what may not be cut.
  base::Result<void> solve();
  /// What the last solve() gave.
  [[nodiscard]] DemarcationLine line() const;
  /// In metres; see DemarcationLine::cost.
  [[nodiscard]] double cost() const;

 private:
  class Impl;
  explicit LinePlanner(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace truce::separation
