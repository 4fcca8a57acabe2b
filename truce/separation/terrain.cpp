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

base::Result<std::vector<geometry::Polyline>> read_prior(std::string_view name,
                                                         std::string_view text) {
  const auto features = encoding::read_geojson(name, text);
  if (!features) {
    return features.error();
  }
  std::vector<geometry::Polyline> lines;
  for (const encoding::GeoJsonFeature& feature : *features) {
    lines.insert(lines.end(), feature.lines.begin(), feature.lines.end());
  }
  if (lines.empty()) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("{} draws no line; an earlier line is a LineString", name)};
  }
  if (const auto checked = geometry::Region::lines(lines); !checked) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("{}: {}", name, checked.error().message)};
  }
  return lines;
}

base::Result<std::vector<NamedPlace>> read_places(std::string_view name, std::string_view text,
                                                  bool only_points) {
  const auto features = encoding::read_geojson(name, text);
  if (!features) {
    return features.error();
  }
  std::vector<NamedPlace> places;
  for (std::size_t i = 0; i < features->size(); ++i) {
    const encoding::GeoJsonFeature& feature = (*features)[i];
    const auto called = feature.properties.find("name");
    const bool is_area = !feature.polygons.empty();
    if (called == feature.properties.end() || called->second.empty() ||
        (is_area ? only_points : feature.points.empty())) {
      continue;
    }
    auto region = is_area ? geometry::Region::area(feature.polygons)
                          : geometry::Region::points(feature.points);
    if (!region) {
      return invalid(name, i + 1, fmt::format("cannot be used: {}", region.error().message));
    }
    places.push_back({called->second, std::move(region).value()});
  }
  return places;
}

std::optional<double> parse_degrees(std::string_view text, double most) {
  double value = 0;
  const char* end = std::to_address(text.end());
  const auto read = std::from_chars(std::to_address(text.begin()), end, value);
  const bool is_one = read.ec == std::errc{} && read.ptr == end && value >= -most && value <= most;
  return is_one ? std::optional(value) : std::nullopt;
}

}  // namespace truce::separation
