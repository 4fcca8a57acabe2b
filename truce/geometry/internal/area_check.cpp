// SPDX-License-Identifier: Apache-2.0
#include "truce/geometry/internal/area_check.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace truce::geometry {
namespace {

// Less than a second of work; a ring of a hundred thousand corners needs less, unless it is a
// tangle.
constexpr std::uint64_t kMostComparisons = 100'000'000;
// A straight edge that covers more of the globe than this is shorter the other way round.
constexpr double kHalfGlobe = 180;

base::Error wrong(std::string message) {
  return {base::ErrorCode::InvalidArgument, std::move(message)};
}

// An edge with what a message needs: its ring, and the corners as the file numbers them.
struct CheckedEdge {
  GridPoint from;
  GridPoint to;
  std::size_t ring = 0;
  std::size_t position = 0;
  std::size_t from_corner = 0;
  std::size_t to_corner = 0;

  [[nodiscard]] std::int64_t left() const { return std::min(from.x, to.x); }
  [[nodiscard]] std::int64_t right() const { return std::max(from.x, to.x); }
};

struct CheckedRing {
  GridRing corners;
  // The number in the file of each corner.
  std::vector<std::size_t> numbers;
};

std::string ring_name(const std::string& polygon, std::size_t ring) {
  return fmt::format("{}ring {}", polygon, ring + 1);
}

std::string edge_name(const CheckedEdge& edge) {
  return fmt::format("the edge from corner {} to {}", edge.from_corner, edge.to_corner);
}

base::Result<CheckedRing> check_ring(const Ring& ring, const std::string& name) {
  CheckedRing checked;
  for (std::size_t at = 0; at < ring.size(); ++at) {
    const std::size_t next = (at + 1) % ring.size();
    if (!is_on_globe(ring[at])) {
      return off_globe(ring[at], fmt::format("{}, corner {}", name, at + 1));
    }
    if (std::abs(ring[at].latitude.degrees) == 90) {
      return wrong(fmt::format("{}, corner {}: an area may not reach a pole", name, at + 1));
    }
    if (crosses_date_line(ring[at], ring[next])) {
      return across_date_line(
          fmt::format("{}, the edge from corner {} to {}", name, at + 1, next + 1));
    }
    const GridPoint corner = to_grid(ring[at]);
    if (checked.corners.empty() || checked.corners.back() != corner) {
      checked.corners.push_back(corner);
      checked.numbers.push_back(at + 1);
    }
  }
  while (checked.corners.size() > 1 && checked.corners.back() == checked.corners.front()) {
    checked.corners.pop_back();
    checked.numbers.pop_back();
  }
  if (checked.corners.size() < 3) {
    return wrong(fmt::format("{}: an area needs three different corners, and there {} {}", name,
                             checked.corners.size() == 1 ? "is" : "are", checked.corners.size()));
  }
  return checked;
}

// Whether two edges share a point that they may not share. Neighbours share their common corner.
bool do_conflict(const CheckedEdge& a, const CheckedEdge& b, std::size_t ring_size) {
  const bool is_before = a.ring == b.ring && (a.position + 1) % ring_size == b.position;
  const bool is_after = a.ring == b.ring && (b.position + 1) % ring_size == a.position;
  if (is_before) {
    return is_on_segment(b.to, a.from, a.to) || is_on_segment(a.from, b.from, b.to);
  }
  if (is_after) {
    return is_on_segment(a.to, b.from, b.to) || is_on_segment(b.from, a.from, a.to);
  }
  return do_meet(a.from, a.to, b.from, b.to);
}

base::Error conflict(const std::string& polygon, const CheckedEdge& a, const CheckedEdge& b) {
  const CheckedEdge& first = std::pair(a.ring, a.position) < std::pair(b.ring, b.position) ? a : b;
  const CheckedEdge& second = &first == &a ? b : a;
  const std::string other =
      first.ring == second.ring ? "" : fmt::format(" of ring {}", second.ring + 1);
  return wrong(fmt::format("{}: {} crosses or touches {}{}", ring_name(polygon, first.ring),
                           edge_name(first), edge_name(second), other));
}

// Sweeps from west to east and compares the edges whose boxes overlap.
base::Result<void> check_crossings(std::vector<CheckedEdge> edges,
                                   const std::vector<CheckedRing>& rings,
                                   const std::string& polygon) {
  std::sort(edges.begin(), edges.end(), [](const CheckedEdge& a, const CheckedEdge& b) {
    return std::tuple(a.left(), a.ring, a.position) < std::tuple(b.left(), b.ring, b.position);
  });
  std::vector<std::size_t> open;
  std::uint64_t comparisons = 0;
  for (std::size_t at = 0; at < edges.size(); ++at) {
    const CheckedEdge& edge = edges[at];
    std::erase_if(open, [&](std::size_t other) { return edges[other].right() < edge.left(); });
    comparisons += open.size();
    if (comparisons > kMostComparisons) {
      return wrong(fmt::format("{}the rings are too tangled to check ({} corners); simplify them",
                               polygon, edges.size()));
    }
    const auto [low, high] = std::minmax(edge.from.y, edge.to.y);
    for (const std::size_t other_at : open) {
      const CheckedEdge& other = edges[other_at];
      const bool is_apart =
          std::max(other.from.y, other.to.y) < low || std::min(other.from.y, other.to.y) > high;
      if (!is_apart && do_conflict(edge, other, rings[edge.ring].corners.size())) {
        return conflict(polygon, edge, other);
      }
    }
    open.push_back(at);
  }
  return {};
}

// Rings do not meet here, so one corner tells where the whole ring lies.
base::Result<void> check_holes(const std::vector<CheckedRing>& rings, const std::string& polygon) {
  std::vector<GridBox> boxes(rings.size());
  for (std::size_t ring = 0; ring < rings.size(); ++ring) {
    for (const GridPoint corner : rings[ring].corners) {
      boxes[ring].add(corner);
    }
  }
  const auto is_in = [&](std::size_t inner, std::size_t outer) {
    const GridPoint corner = rings[inner].corners.front();
    return boxes[outer].contains(corner) &&
           locate(corner, rings[outer].corners) == RingSide::Inside;
  };
  for (std::size_t hole = 1; hole < rings.size(); ++hole) {
    if (!is_in(hole, 0)) {
      return wrong(fmt::format("{}: a hole lies inside the first ring, and this one does not",
                               ring_name(polygon, hole)));
    }
    for (std::size_t other = 1; other < rings.size(); ++other) {
      if (other != hole && is_in(hole, other)) {
        return wrong(fmt::format("{}: this hole lies inside the hole that is ring {}",
                                 ring_name(polygon, hole), other + 1));
      }
    }
  }
  return {};
}

base::Result<GridPolygon> check_polygon(const Polygon& polygon, const std::string& name) {
  std::vector<CheckedRing> rings;
  std::vector<CheckedEdge> edges;
  for (const Ring& ring : polygon) {
    auto checked = check_ring(ring, ring_name(name, rings.size()));
    if (!checked) {
      return checked.error();
    }
    const auto& corners = checked->corners;
    const auto& numbers = checked->numbers;
    for (std::size_t at = 0; at < corners.size(); ++at) {
      const std::size_t next = (at + 1) % corners.size();
      edges.push_back({corners[at], corners[next], rings.size(), at, numbers[at], numbers[next]});
    }
    rings.push_back(std::move(checked).value());
  }
  if (rings.empty()) {
    return wrong(fmt::format("{}there is no ring", name));
  }
  auto is_simple = check_crossings(std::move(edges), rings, name);
  if (!is_simple) {
    return is_simple.error();
  }
  auto has_holes_inside = check_holes(rings, name);
  if (!has_holes_inside) {
    return has_holes_inside.error();
  }
  GridPolygon result;
  for (CheckedRing& ring : rings) {
    result.push_back(std::move(ring.corners));
  }
  return result;
}

}  // namespace

base::Result<std::vector<GridPolygon>> check_area(const std::vector<Polygon>& polygons) {
  if (polygons.empty()) {
    return wrong("there is no polygon");
  }
  std::vector<GridPolygon> checked;
  for (const Polygon& polygon : polygons) {
    const std::string name =
        polygons.size() == 1 ? "" : fmt::format("polygon {}, ", checked.size() + 1);
    auto grid = check_polygon(polygon, name);
    if (!grid) {
      return grid.error();
    }
    checked.push_back(std::move(grid).value());
  }
  return checked;
}

bool is_on_globe(base::Point point) {
  return std::abs(point.latitude.degrees) <= 90 && std::abs(point.longitude.degrees) <= 180;
}

base::Error off_globe(base::Point point, const std::string& where) {
  return wrong(fmt::format("{}: latitude {} and longitude {} are not on the globe", where,
                           point.latitude.degrees, point.longitude.degrees));
}

bool crosses_date_line(base::Point from, base::Point to) {
  return std::abs(to.longitude.degrees - from.longitude.degrees) > kHalfGlobe;
}

base::Error across_date_line(const std::string& where) {
  return wrong(fmt::format("{} runs across the date line; cut it in two at longitude 180", where));
}

RingSide locate(GridPoint point, const GridRing& ring) {
  bool is_inside = false;
  GridPoint from = ring.back();
  for (const GridPoint to : ring) {
    if (to == point) {
      return RingSide::On;
    }
    const bool is_from_above = from.y > point.y;
    const bool is_to_above = to.y > point.y;
    if (is_from_above != is_to_above) {
      const int side = side_of(point, from, to);
      if (side == 0) {
        return RingSide::On;
      }
      // An edge that passes east of the point has it on the left when it rises.
      is_inside ^= (side > 0) == is_to_above;
    } else if (from.y == point.y && to.y == point.y && is_on_segment(point, from, to)) {
      return RingSide::On;
    }
    from = to;
  }
  return is_inside ? RingSide::Inside : RingSide::Outside;
}

}  // namespace truce::geometry
