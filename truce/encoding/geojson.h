// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "truce/base/quantity.h"
#include "truce/base/result.h"

namespace truce::encoding {

/// One feature: its properties as text, and its geometry by kind. A geometry collection is taken
/// apart; a feature without geometry has none of the three.
struct GeoJsonFeature {
  // The outer ring first, then the holes, as written: the last corner may repeat the first.
  using Polygon = std::vector<std::vector<base::Point>>;

  // Numbers and truth values as JSON writes them, nested values as JSON text, null left out.
  std::map<std::string, std::string> properties;
  std::vector<Polygon> polygons;
  std::vector<std::vector<base::Point>> lines;
  std::vector<base::Point> points;
};

/// The features of a GeoJSON text (RFC 7946): a collection, one feature, or a bare geometry, in
/// file order. Fails with InvalidArgument for text that is not JSON or not GeoJSON, nested too
/// deep, or with a coordinate off the globe, and with Unsupported for a reference system other
/// than WGS 84; the message names `name`, the feature and the place in it.
base::Result<std::vector<GeoJsonFeature>> read_geojson(std::string_view name,
                                                       std::string_view text);

/// A feature read one by one: a bad one costs itself and no other.
struct GeoJsonEntry {
  GeoJsonFeature feature;
  // The line on which it begins, from 1.
  std::uint64_t line = 1;
  // Why it could not be read.
  std::optional<std::string> problem;
};

/// The features as read_geojson() reads them, each with its place; fails only where the whole text
/// cannot be read.
base::Result<std::vector<GeoJsonEntry>> read_geojson_entries(std::string_view name,
                                                             std::string_view text);

}  // namespace truce::encoding
