// SPDX-License-Identifier: Apache-2.0
#include "truce/document/internal/shapes.h"

#include <algorithm>
#include <cmath>

namespace truce::document::internal {
namespace {

using encoding::JsonValue;

double rounded(double degrees) { return std::round(degrees * 1e6) / 1e6; }

// Twice the signed area in degrees: positive when counterclockwise. Enough to tell the direction.
double doubled_area(const geometry::Ring& ring) {
  double sum = 0;
  for (std::size_t index = 0; index < ring.size(); ++index) {
    const base::Point& from = ring[index];
    const base::Point& to = ring[(index + 1) % ring.size()];
    sum +=
        from.longitude.degrees * to.latitude.degrees - to.longitude.degrees * from.latitude.degrees;
  }
  return sum;
}

JsonValue geometry_of(std::string_view type, JsonValue coordinates) {
  JsonValue geometry = JsonValue::object();
  geometry.set("type", type);
  geometry.set("coordinates", std::move(coordinates));
  return geometry;
}

}  // namespace

JsonValue to_position(base::Point point) {
  JsonValue position = JsonValue::array();
  position.push_back(rounded(point.longitude.degrees));
  position.push_back(rounded(point.latitude.degrees));
  return position;
}

JsonValue to_positions(const std::vector<base::Point>& points) {
  JsonValue positions = JsonValue::array();
  for (const base::Point& point : points) {
    positions.push_back(to_position(point));
  }
  return positions;
}

JsonValue to_rings(const geometry::Polygon& polygon) {
  JsonValue rings = JsonValue::array();
  for (std::size_t index = 0; index < polygon.size(); ++index) {
    geometry::Ring ring = polygon[index];
    if (ring.empty()) {
      continue;
    }
    if (ring.size() > 1 && ring.front() == ring.back()) {
      ring.pop_back();
    }
    const bool is_outer = index == 0;
    if ((doubled_area(ring) > 0) != is_outer) {
      std::reverse(ring.begin(), ring.end());
    }
    ring.push_back(ring.front());
    rings.push_back(to_positions(ring));
  }
  return rings;
}

JsonValue to_geometry(const geometry::Region& region) {
  JsonValue areas = JsonValue::array();
  for (const geometry::Polygon& polygon : region.outlines()) {
    areas.push_back(to_rings(polygon));
  }
  JsonValue lines = JsonValue::array();
  for (const geometry::Polyline& line : region.drawn_lines()) {
    lines.push_back(to_positions(line));
  }
  const bool has_areas = !areas.elements().empty();
  const bool has_lines = !lines.elements().empty();
  if (has_areas && has_lines) {
    JsonValue geometries = JsonValue::array();
    geometries.push_back(geometry_of("MultiPolygon", std::move(areas)));
    geometries.push_back(geometry_of("MultiLineString", std::move(lines)));
    JsonValue geometry = JsonValue::object();
    geometry.set("type", "GeometryCollection");
    geometry.set("geometries", std::move(geometries));
    return geometry;
  }
  if (has_areas) {
    return geometry_of("MultiPolygon", std::move(areas));
  }
  return has_lines ? geometry_of("MultiLineString", std::move(lines)) : JsonValue();
}

}  // namespace truce::document::internal
