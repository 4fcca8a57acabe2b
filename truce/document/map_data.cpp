// SPDX-License-Identifier: Apache-2.0
#include "truce/document/internal/map_data.h"

#include "truce/document/internal/shapes.h"
#include "truce/encoding/geojson.h"

namespace truce::document::internal {

using encoding::JsonValue;

JsonValue zone_layer(const Record& record) {
  JsonValue zones = JsonValue::array();
  for (const agreement::Place& place : record.agreement.places) {
    if (!place.region) {
      continue;
    }
    JsonValue zone = JsonValue::object();
    zone.append_member("n", place.name);
    zone.append_member("title", place.title);
    JsonValue areas = JsonValue::array();
    for (const geometry::Polygon& polygon : place.region->outlines()) {
      areas.push_back(to_rings(polygon));
    }
    JsonValue lines = JsonValue::array();
    for (const geometry::Polyline& line : place.region->drawn_lines()) {
      lines.push_back(to_positions(line));
    }
    zone.append_member("a", std::move(areas));
    zone.append_member("l", std::move(lines));
    zones.push_back(std::move(zone));
  }
  return zones;
}

JsonValue base_layer(const Record& record) {
  JsonValue layer = JsonValue::array();
  if (record.basemap.empty()) {
    return layer;
  }
  const auto features = encoding::read_geojson("basemap", record.basemap);
  if (!features) {
    // Without its base layer the map still shows zones and incidents.
    return layer;
  }
  const auto property = [](const encoding::GeoJsonFeature& feature, const std::string& name) {
    const auto found = feature.properties.find(name);
    return found == feature.properties.end() ? std::string() : found->second;
  };
  for (const encoding::GeoJsonFeature& feature : *features) {
    JsonValue value = JsonValue::object();
    value.append_member("k", property(feature, "kind"));
    value.append_member("n", property(feature, "name"));
    value.append_member("rank", property(feature, "rank"));
    JsonValue areas = JsonValue::array();
    for (const auto& polygon : feature.polygons) {
      areas.push_back(to_rings(polygon));
    }
    JsonValue lines = JsonValue::array();
    for (const auto& line : feature.lines) {
      lines.push_back(to_positions(line));
    }
    value.append_member("a", std::move(areas));
    value.append_member("l", std::move(lines));
    value.append_member("p", to_positions(feature.points));
    layer.push_back(std::move(value));
  }
  return layer;
}

}  // namespace truce::document::internal
