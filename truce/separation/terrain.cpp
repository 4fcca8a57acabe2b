// SPDX-License-Identifier: Apache-2.0
#include "truce/separation/terrain.h"

#include <charconv>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "truce/encoding/geojson.h"

namespace truce::separation {
namespace {

base::Error invalid(std::string_view name, std::size_t feature, std::string_view why) {
  return {base::ErrorCode::InvalidArgument, fmt::format("{}: feature {} {}", name, feature, why)};
}

base::Result<TerrainPart> read_part(std::string_view name, std::size_t number,
                                    const encoding::GeoJsonFeature& feature) {
  TerrainPart part;
  const auto cost = feature.properties.find("cost");
  const std::string text = cost == feature.properties.end() ? "" : cost->second;
  if (text != "never") {
    double value = 0;
    const char* end = std::to_address(text.end());
    const auto read = std::from_chars(std::to_address(text.begin()), end, value);
    if (read.ec != std::errc{} || read.ptr != end || !(value >= kLeastCost && value <= kMostCost)) {
      return invalid(name, number,
                     fmt::format("has the cost `{}`; write a number from {} to {}, or never", text,
                                 kLeastCost, kMostCost));
    }
    part.cost = value;
  }
  if (!feature.points.empty() || (feature.polygons.empty() && feature.lines.empty())) {
    return invalid(name, number, "is no area and no line; draw one");
  }
  if (!feature.polygons.empty()) {
    auto area = geometry::Region::area(feature.polygons);
    if (!area) {
      return invalid(name, number, fmt::format("cannot be used: {}", area.error().message));
    }
    part.area = std::move(area).value();
    part.polygons = feature.polygons;
  }
  part.lines = feature.lines;
  return part;
}

}  // namespace

base::Result<void> read_terrain(std::string_view name, std::string_view text, Terrain& terrain) {
  const auto features = encoding::read_geojson(name, text);
  if (!features) {
    return features.error();
  }
  for (std::size_t i = 0; i < features->size(); ++i) {
    auto part = read_part(name, i + 1, (*features)[i]);
    if (!part) {
      return part.error();
    }
    terrain.push_back(std::move(part).value());
  }
  return {};
}

}  // namespace truce::separation
