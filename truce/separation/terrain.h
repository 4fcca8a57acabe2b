// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "truce/base/result.h"
#include "truce/geometry/region.h"

namespace truce::separation {

/// What a metre of line costs somewhere, 1 being open ground.
struct TerrainPart {
  // An area, or where there is none the lines, which count for the cells they run through.
  std::optional<geometry::Region> area;
  std::vector<geometry::Polygon> polygons;
  std::vector<geometry::Polyline> lines;
  // Empty: no line may run inside it.
  std::optional<double> cost;
};

/// In file order: a later part takes the place of an earlier one where both are.
using Terrain = std::vector<TerrainPart>;

constexpr double kLeastCost = 0.05;
constexpr double kMostCost = 20;

/// Reads GeoJSON areas and lines into `terrain`; the property `cost` of each is a number from
/// kLeastCost to kMostCost, or `never`. Fails with InvalidArgument for another cost, for points,
/// for an area whose border crosses itself and as encoding::read_geojson() does; the message names
/// the feature.
base::Result<void> read_terrain(std::string_view name, std::string_view text, Terrain& terrain);

/// The lines of a GeoJSON text, such as an earlier line. Fails with InvalidArgument where there is
/// none, and as encoding::read_geojson() does.
base::Result<std::vector<geometry::Polyline>> read_prior(std::string_view name,
                                                         std::string_view text);

/// Somewhere people live, or another place worth naming.
struct NamedPlace {
  std::string name;
  geometry::Region region;
};

/// The points and areas of a GeoJSON text that have a `name`; with `only_points` the points alone.
/// Fails with InvalidArgument for an area whose border crosses itself, and as
/// encoding::read_geojson() does.
base::Result<std::vector<NamedPlace>> read_places(std::string_view name, std::string_view text,
                                                  bool only_points);

/// Degrees from -`most` to `most`; empty for anything else.
std::optional<double> parse_degrees(std::string_view text, double most);

}  // namespace truce::separation
