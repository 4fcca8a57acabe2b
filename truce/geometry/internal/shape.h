// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "truce/geometry/internal/area_check.h"
#include "truce/geometry/internal/boundary.h"
#include "truce/geometry/internal/grid.h"
#include "truce/geometry/region.h"

namespace truce::geometry {

/// Checked polygons, lines and points on the grid, with their edges indexed. Immutable.
class Shape {
 public:
  explicit Shape(std::vector<GridPolygon> polygons);
  /// A line of one point is a point.
  explicit Shape(std::vector<std::vector<GridPoint>> lines);

  [[nodiscard]] bool is_area() const { return !polygons_.empty(); }
  [[nodiscard]] const std::vector<GridPolygon>& polygons() const { return polygons_; }
  [[nodiscard]] const std::vector<std::vector<GridPoint>>& lines() const { return lines_; }
  [[nodiscard]] const Boundary& boundary() const { return boundary_; }
  [[nodiscard]] const GridBox& box() const { return box_; }

  /// Whether the point belongs to the shape, borders included. Exact on the grid.
  [[nodiscard]] bool contains(GridPoint point) const;
  /// Whether an edge or a single point may lie in the box: where not, all of the box is inside or
  /// none of it.
  [[nodiscard]] bool may_cross(const GridBox& box) const;
  /// Calls `visit(from, to)` for each edge and single point.
  template <typename Visit>
  void for_each_edge(Visit visit) const;
  /// A point inside the first polygon. The shape must be an area.
  [[nodiscard]] GridPoint inner_point() const;

 private:
  // The edges of one polygon by bands of latitude, so that a point meets few of them.
  struct Band {
    std::vector<std::pair<GridPoint, GridPoint>> edges;
  };
  struct Index {
    GridBox box;
    std::int64_t band_height = 1;
    std::vector<Band> bands;
  };

  static Index make_index(const GridPolygon& polygon);
  [[nodiscard]] static bool is_in(GridPoint point, const Index& index);
  [[nodiscard]] static bool may_cross(const GridBox& box, const Index& index);
  [[nodiscard]] bool is_on_line(GridPoint point) const;
  [[nodiscard]] Boundary make_boundary() const;

  std::vector<GridPolygon> polygons_;
  std::vector<std::vector<GridPoint>> lines_;
  std::vector<Index> indexes_;
  GridBox box_;
  Boundary boundary_;
};

template <typename Visit>
void Shape::for_each_edge(Visit visit) const {
  for (const GridPolygon& polygon : polygons_) {
    for (const GridRing& ring : polygon) {
      GridPoint from = ring.back();
      for (const GridPoint to : ring) {
        visit(from, to);
        from = to;
      }
    }
  }
  for (const auto& line : lines_) {
    if (line.size() == 1) {
      visit(line.front(), line.front());
    }
    for (std::size_t at = 1; at < line.size(); ++at) {
      visit(line[at - 1], line[at]);
    }
  }
}

}  // namespace truce::geometry
