// SPDX-License-Identifier: Apache-2.0
#include "truce/agreement/places_file.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "truce/encoding/csv.h"
#include "truce/encoding/geojson.h"

namespace truce::agreement {
namespace {

constexpr std::string_view kColumns[] = {"zone", "seq", "lon", "lat"};

// A corner and its place among the corners of its zone.
using Corners = std::vector<std::pair<double, base::Point>>;

std::optional<double> number_in(std::string_view text) {
  double number = 0;
  const char* end = std::to_address(text.end());
  const auto read = std::from_chars(std::to_address(text.begin()), end, number);
  const bool is_whole = read.ec == std::errc{} && read.ptr == end && std::isfinite(number);
  return is_whole ? std::optional(number) : std::nullopt;
}

base::Error error_at(std::string_view file_name, base::Position at, std::string_view reason) {
  return {base::ErrorCode::InvalidArgument,
          fmt::format("{}:{}:{}: {}", file_name, at.line, at.column, reason)};
}

base::Result<std::map<std::string, Corners>> read_corners(std::string_view file_name,
                                                          std::string_view text) {
  encoding::CsvReader reader(text);
  const encoding::CsvRow* row = reader.next();
  const auto is_header = [&] {
    return row != nullptr && row->fields.size() == std::size(kColumns) &&
           std::equal(row->fields.begin(), row->fields.end(), std::begin(kColumns),
                      [](const auto& field, std::string_view name) { return field.text == name; });
  };
  if (!is_header()) {
    return error_at(file_name, {1, 1},
                    "a file of places is GeoJSON, or CSV with the header `zone,seq,lon,lat`");
  }
  std::map<std::string, Corners> zones;
  while ((row = reader.next()) != nullptr) {
    const base::Position at = {static_cast<std::uint32_t>(row->line), 1};
    if (row->problem || row->fields.size() != std::size(kColumns)) {
      return error_at(file_name, at,
                      row->problem ? row->problem->message : "a line has zone, seq, lon and lat");
    }
    std::vector<double> numbers;
    for (std::size_t i = 1; i < row->fields.size(); ++i) {
      const auto number = number_in(row->fields[i].text);
      if (!number) {
        return error_at(file_name, reader.position(row->fields[i].offset),
                        fmt::format("`{}` is no number", row->fields[i].text));
      }
      numbers.push_back(*number);
    }
    zones[std::string(row->fields[0].text)].emplace_back(numbers[0],
                                                         base::Point{{numbers[2]}, {numbers[1]}});
  }
  return zones;
}

base::Result<std::vector<geometry::Polygon>> read_csv(std::string_view file_name,
                                                      std::string_view text) {
  auto zones = read_corners(file_name, text);
  if (!zones) {
    return zones.error();
  }
  std::vector<geometry::Polygon> polygons;
  for (auto& [zone, corners] : zones.value()) {
    std::stable_sort(corners.begin(), corners.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    geometry::Ring ring;
    for (const auto& [seq, point] : corners) {
      ring.push_back(point);
    }
    polygons.push_back({std::move(ring)});
  }
  return polygons;
}

base::Result<std::vector<geometry::Polygon>> read_features(std::string_view file_name,
                                                           std::string_view text) {
  auto features = encoding::read_geojson(std::string(file_name), text);
  if (!features) {
    return features.error();
  }
  std::vector<geometry::Polygon> polygons;
  for (const encoding::GeoJsonFeature& feature : *features) {
    polygons.insert(polygons.end(), feature.polygons.begin(), feature.polygons.end());
  }
  return polygons;
}

}  // namespace

base::Result<geometry::Region> read_places_file(std::string_view file_name, std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  const bool is_json = first != std::string_view::npos && text[first] == '{';
  auto polygons = is_json ? read_features(file_name, text) : read_csv(file_name, text);
  if (!polygons) {
    return polygons.error();
  }
  if (polygons->empty()) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("{}: it draws no area", file_name)};
  }
  // One by one: places of such a list may overlap, which the parts of one area must not.
  std::vector<geometry::Region> regions;
  for (std::size_t i = 0; i < polygons->size(); ++i) {
    auto region = geometry::Region::area({(*polygons)[i]});
    if (!region) {
      return base::Error{base::ErrorCode::InvalidArgument,
                         fmt::format("{}: area {}: {}", file_name, i + 1, region.error().message)};
    }
    regions.push_back(std::move(region).value());
  }
  return geometry::Region::union_of(regions);
}

}  // namespace truce::agreement
