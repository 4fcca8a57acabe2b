// SPDX-License-Identifier: Apache-2.0
#include "truce/geometry/internal/shape.h"

#include <algorithm>
#include <utility>

namespace truce::geometry {
namespace {

constexpr std::int64_t kMostBands = 4096;
constexpr std::int64_t kEdgesInBand = 4;
// Long edges stand in many bands; past this many entries per edge the bands are made wider.
constexpr std::int64_t kEntriesPerEdge = 8;

std::vector<std::pair<GridPoint, GridPoint>> edges_of(const GridPolygon& polygon) {
  std::vector<std::pair<GridPoint, GridPoint>> edges;
  for (const GridRing& ring : polygon) {
    GridPoint from = ring.back();
    for (const GridPoint to : ring) {
      edges.emplace_back(from, to);
      from = to;
    }
  }
  return edges;
}

// The bands from `first` to `last` that an edge stands in.
std::pair<std::size_t, std::size_t> bands_of(const std::pair<GridPoint, GridPoint>& edge,
                                             std::int64_t south, std::int64_t height) {
  const auto [low, high] = std::minmax(edge.first.y, edge.second.y);
  return {static_cast<std::size_t>((low - south) / height),
          static_cast<std::size_t>((high - south) / height)};
}

}  // namespace

Shape::Shape(std::vector<GridPolygon> polygons)
    : polygons_(std::move(polygons)), boundary_(make_boundary()) {
  for (const GridPolygon& polygon : polygons_) {
    indexes_.push_back(make_index(polygon));
    box_.add(indexes_.back().box.low);
    box_.add(indexes_.back().box.high);
  }
}

Shape::Shape(std::vector<std::vector<GridPoint>> lines)
    : lines_(std::move(lines)), boundary_(make_boundary()) {
  for (const auto& line : lines_) {
    for (const GridPoint point : line) {
      box_.add(point);
    }
  }
}

Boundary Shape::make_boundary() const {
  std::vector<Edge> edges;
  for_each_edge(
      [&](GridPoint from, GridPoint to) { edges.push_back({from_grid(from), from_grid(to)}); });
  return Boundary(edges);
}

Shape::Index Shape::make_index(const GridPolygon& polygon) {
  Index index;
  for (const GridPoint corner : polygon.front()) {
    index.box.add(corner);
  }
  const auto edges = edges_of(polygon);
  const auto edge_count = static_cast<std::int64_t>(edges.size());
  const std::int64_t height = index.box.high.y - index.box.low.y + 1;
  std::int64_t count = std::clamp<std::int64_t>(edge_count / kEdgesInBand, 1, kMostBands);
  while (true) {
    index.band_height = height / count + 1;
    std::int64_t entries = 0;
    for (const auto& edge : edges) {
      const auto [first, last] = bands_of(edge, index.box.low.y, index.band_height);
      entries += static_cast<std::int64_t>(last - first + 1);
    }
    if (count == 1 || entries <= kEntriesPerEdge * edge_count) {
      break;
    }
    count /= 2;
  }
  index.bands.resize(static_cast<std::size_t>(count));
  for (const auto& edge : edges) {
    const auto [first, last] = bands_of(edge, index.box.low.y, index.band_height);
    for (std::size_t band = first; band <= last; ++band) {
      index.bands[band].edges.push_back(edge);
    }
  }
  return index;
}

// The rule of locate(), over the edges of one band: every edge that the ray meets is among them.
bool Shape::is_in(GridPoint point, const Index& index) {
  if (!index.box.contains(point)) {
    return false;
  }
  const auto band = static_cast<std::size_t>((point.y - index.box.low.y) / index.band_height);
  bool is_inside = false;
  for (const auto& [from, to] : index.bands[band].edges) {
    const bool is_from_above = from.y > point.y;
    const bool is_to_above = to.y > point.y;
    if (is_from_above == is_to_above) {
      if ((from.y == point.y || to.y == point.y) && is_on_segment(point, from, to)) {
        return true;
      }
      continue;
    }
    const int side = side_of(point, from, to);
    if (side == 0) {
      return true;
    }
    is_inside ^= (side > 0) == is_to_above;
  }
  return is_inside;
}

bool Shape::is_on_line(GridPoint point) const {
  for (const auto& line : lines_) {
    if (line.size() == 1 && line.front() == point) {
      return true;
    }
    for (std::size_t at = 1; at < line.size(); ++at) {
      if (is_on_segment(point, line[at - 1], line[at])) {
        return true;
      }
    }
  }
  return false;
}

namespace {

// Whether the segment may share a point with the box: its own box does, and the corners are not all
// on one side of it.
bool may_meet(const GridBox& box, GridPoint from, GridPoint to) {
  if (std::max(from.x, to.x) < box.low.x || std::min(from.x, to.x) > box.high.x ||
      std::max(from.y, to.y) < box.low.y || std::min(from.y, to.y) > box.high.y) {
    return false;
  }
  const int first = side_of(box.low, from, to);
  return first == 0 || side_of(box.high, from, to) != first ||
         side_of({box.low.x, box.high.y}, from, to) != first ||
         side_of({box.high.x, box.low.y}, from, to) != first;
}

}  // namespace

bool Shape::may_cross(const GridBox& box, const Index& index) {
  if (box.high.x < index.box.low.x || box.low.x > index.box.high.x ||
      box.high.y < index.box.low.y || box.low.y > index.box.high.y) {
    return false;
  }
  const auto band_of = [&](std::int64_t y) {
    return static_cast<std::size_t>(
        (std::clamp(y, index.box.low.y, index.box.high.y) - index.box.low.y) / index.band_height);
  };
  for (std::size_t band = band_of(box.low.y); band <= band_of(box.high.y); ++band) {
    for (const auto& [from, to] : index.bands[band].edges) {
      if (may_meet(box, from, to)) {
        return true;
      }
    }
  }
  return false;
}

bool Shape::may_cross(const GridBox& box) const {
  for (const Index& index : indexes_) {
    if (may_cross(box, index)) {
      return true;
    }
  }
  for (const auto& line : lines_) {
    for (std::size_t at = 0; at < line.size(); ++at) {
      if (may_meet(box, line[at == 0 ? 0 : at - 1], line[at])) {
        return true;
      }
    }
  }
  return false;
}

bool Shape::contains(GridPoint point) const {
  if (box_.contains(point)) {
    for (const Index& index : indexes_) {
      if (is_in(point, index)) {
        return true;
      }
    }
    return is_on_line(point);
  }
  // The date line has two longitudes, and a border may be drawn along either.
  constexpr std::int64_t kDateLine = 180'000'000'000;
  const GridPoint twin{-point.x, point.y};
  const bool is_on_date_line = point.x == kDateLine || point.x == -kDateLine;
  return is_on_date_line && box_.contains(twin) && contains(twin);
}

GridPoint Shape::inner_point() const {
  // On a parallel between two corners the middle of the widest stretch inside.
  const GridPolygon& polygon = polygons_.front();
  std::vector<std::int64_t> heights;
  for (const GridPoint corner : polygon.front()) {
    heights.push_back(corner.y);
  }
  std::sort(heights.begin(), heights.end());
  std::int64_t widest = 0;
  std::int64_t y = heights.front();
  for (std::size_t at = 1; at < heights.size(); ++at) {
    if (heights[at] - heights[at - 1] > widest) {
      widest = heights[at] - heights[at - 1];
      y = heights[at - 1] + widest / 2;
    }
  }
  std::vector<double> crossings;
  for (const auto& [from, to] : edges_of(polygon)) {
    if ((from.y > y) != (to.y > y)) {
      const double share = static_cast<double>(y - from.y) / static_cast<double>(to.y - from.y);
      crossings.push_back(static_cast<double>(from.x) + share * static_cast<double>(to.x - from.x));
    }
  }
  std::sort(crossings.begin(), crossings.end());
  double width = -1;
  double x = 0;
  for (std::size_t at = 1; at < crossings.size(); at += 2) {
    if (crossings[at] - crossings[at - 1] > width) {
      width = crossings[at] - crossings[at - 1];
      x = (crossings[at] + crossings[at - 1]) / 2;
    }
  }
  return {static_cast<std::int64_t>(x), y};
}

}  // namespace truce::geometry
