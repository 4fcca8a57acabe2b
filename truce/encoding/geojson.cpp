// SPDX-License-Identifier: Apache-2.0
#include "truce/encoding/geojson.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "truce/encoding/json_value.h"

namespace truce::encoding {
namespace {

using Points = std::vector<base::Point>;

base::Error wrong(std::string message) {
  return {base::ErrorCode::InvalidArgument, std::move(message)};
}

std::string_view type_of(const JsonValue& value) {
  const JsonValue* type = value.find("type");
  return type == nullptr ? std::string_view() : std::string_view(type->text());
}

std::string number_text(double number) {
  std::string text;
  append_json_number(text, number);
  return text;
}

base::Result<base::Point> read_point(const JsonValue& value) {
  const auto& parts = value.elements();
  if (parts.size() < 2 || !parts[0].is_number() || !parts[1].is_number()) {
    return wrong("a position is `[longitude, latitude]`");
  }
  const double longitude = parts[0].number();
  const double latitude = parts[1].number();
  if (!(latitude >= -90 && latitude <= 90)) {
    return wrong(fmt::format("latitude {} is not between -90 and 90; longitude comes first",
                             number_text(latitude)));
  }
  if (!(longitude >= -180 && longitude <= 180)) {
    return wrong(fmt::format("longitude {} is not between -180 and 180", number_text(longitude)));
  }
  return base::Point{{latitude}, {longitude}};
}

// `where` names the list for a message, as `feature 2, ring 1`, and `word` what is in it.
base::Result<Points> read_points(const JsonValue& value, const std::string& where,
                                 std::string_view word) {
  if (!value.is_array()) {
    return wrong(fmt::format("{}: there are no coordinates", where));
  }
  Points points;
  points.reserve(value.elements().size());
  for (const JsonValue& element : value.elements()) {
    const auto point = read_point(element);
    if (!point) {
      return wrong(
          fmt::format("{}, {} {}: {}", where, word, points.size() + 1, point.error().message));
    }
    points.push_back(*point);
  }
  return points;
}

// Reads each element of an array of point lists.
base::Result<std::vector<Points>> read_lists(const JsonValue& value, const std::string& where,
                                             std::string_view list_word,
                                             std::string_view point_word) {
  if (!value.is_array()) {
    return wrong(fmt::format("{}: there are no coordinates", where));
  }
  std::vector<Points> lists;
  for (const JsonValue& element : value.elements()) {
    auto points = read_points(element, fmt::format("{}, {} {}", where, list_word, lists.size() + 1),
                              point_word);
    if (!points) {
      return points.error();
    }
    lists.push_back(std::move(points).value());
  }
  return lists;
}

template <typename Value>
base::Result<void> append(base::Result<Value> read, std::vector<Value>& to) {
  if (!read) {
    return read.error();
  }
  to.push_back(std::move(read).value());
  return {};
}

template <typename Value>
base::Result<void> append_all(base::Result<std::vector<Value>> read, std::vector<Value>& to) {
  if (!read) {
    return read.error();
  }
  for (Value& value : read.value()) {
    to.push_back(std::move(value));
  }
  return {};
}

base::Result<void> read_geometry(const JsonValue& geometry, const std::string& where,
                                 GeoJsonFeature& feature);

base::Result<void> read_polygons(const JsonValue& coordinates, const std::string& where,
                                 GeoJsonFeature& feature) {
  if (!coordinates.is_array()) {
    return wrong(fmt::format("{}: there are no coordinates", where));
  }
  std::size_t number = 0;
  for (const JsonValue& element : coordinates.elements()) {
    ++number;
    auto read =
        append(read_lists(element, fmt::format("{}, polygon {}", where, number), "ring", "corner"),
               feature.polygons);
    if (!read) {
      return read;
    }
  }
  return {};
}

base::Result<void> read_collection(const JsonValue& geometry, const std::string& where,
                                   GeoJsonFeature& feature) {
  const JsonValue* members = geometry.find("geometries");
  if (members == nullptr || !members->is_array()) {
    return wrong(fmt::format("{}: a GeometryCollection has a list `geometries`", where));
  }
  for (const JsonValue& member : members->elements()) {
    // Invariant: the depth of the text, which the parser limits, bounds this recursion.
    auto read = read_geometry(member, where, feature);
    if (!read) {
      return read;
    }
  }
  return {};
}

base::Result<void> read_geometry(const JsonValue& geometry, const std::string& where,
                                 GeoJsonFeature& feature) {
  const std::string_view type = type_of(geometry);
  if (type == "GeometryCollection") {
    return read_collection(geometry, where, feature);
  }
  const JsonValue* found = geometry.find("coordinates");
  const JsonValue none;
  const JsonValue& coordinates = found == nullptr ? none : *found;
  if (type == "Point") {
    auto point = read_point(coordinates);
    if (!point) {
      return wrong(fmt::format("{}: {}", where, point.error().message));
    }
    feature.points.push_back(*point);
    return {};
  }
  if (type == "MultiPoint") {
    return append_all(read_points(coordinates, where, "point"), feature.points);
  }
  if (type == "LineString") {
    return append(read_points(coordinates, where, "point"), feature.lines);
  }
  if (type == "MultiLineString") {
    return append_all(read_lists(coordinates, where, "line", "point"), feature.lines);
  }
  if (type == "Polygon") {
    return append(read_lists(coordinates, where, "ring", "corner"), feature.polygons);
  }
  if (type == "MultiPolygon") {
    return read_polygons(coordinates, where, feature);
  }
  return wrong(fmt::format("{}: `{}` is no kind of geometry; Polygon, LineString and Point are",
                           where, type));
}

std::optional<std::string> property_text(const JsonValue& value) {
  if (value.is_null()) {
    return std::nullopt;
  }
  return value.is_text() ? value.text() : value.to_text();
}

base::Result<GeoJsonFeature> read_feature(const JsonValue& value, const std::string& where) {
  if (type_of(value) != "Feature") {
    return wrong(fmt::format("{}: this is no Feature", where));
  }
  GeoJsonFeature feature;
  if (const JsonValue* properties = value.find("properties")) {
    for (const auto& [key, property] : properties->members()) {
      if (auto text = property_text(property)) {
        feature.properties.insert_or_assign(key, std::move(*text));
      }
    }
  }
  const JsonValue* geometry = value.find("geometry");
  if (geometry != nullptr && !geometry->is_null()) {
    auto read = read_geometry(*geometry, where, feature);
    if (!read) {
      return read.error();
    }
  }
  return feature;
}

// The older GeoJSON of 2008 could name another reference system.
bool has_other_reference_system(const JsonValue& root) {
  const JsonValue* system = root.find("crs");
  if (system == nullptr || system->is_null()) {
    return false;
  }
  const std::string text = system->to_text();
  return text.find("CRS84") == std::string::npos && text.find("4326") == std::string::npos;
}

// What numbers, truth values and null are written with.
constexpr std::string_view kPlain = "+-.0123456789Eaeflnrstu";

// Where the members of the list `features` of a JSON text begin, as lines from 1. The text must be
// JSON; a key that is written with escapes is not found.
class FeatureLines {
 public:
  explicit FeatureLines(std::string_view text) : text_(text) {}

  std::vector<std::uint64_t> find() {
    std::string_view key;
    while (at_ < text_.size()) {
      const char letter = text_[at_];
      if (letter == '"') {
        note_begin();
        const std::string_view read = read_string();
        key = depth_ == 1 ? read : key;
        continue;
      }
      if (letter == '{' || letter == '[') {
        note_begin();
        ++depth_;
        is_in_features_ = is_in_features_ || (depth_ == 2 && letter == '[' && key == "features");
        if (depth_ == 2 && is_in_features_) {
          // A key that is repeated counts where it stands last.
          lines_.clear();
        }
      } else if (letter == '}' || letter == ']') {
        is_in_features_ = is_in_features_ && depth_ != 2;
        --depth_;
      } else if (kPlain.find(letter) != std::string_view::npos) {
        note_begin();
        skip_plain();
        continue;
      }
      step();
    }
    return std::move(lines_);
  }

 private:
  void note_begin() {
    if (depth_ == 2 && is_in_features_) {
      lines_.push_back(line_);
    }
  }

  // Past a number, a truth value or null.
  void skip_plain() {
    while (at_ < text_.size() && kPlain.find(text_[at_]) != std::string_view::npos) {
      step();
    }
  }

  std::string_view read_string() {
    const std::size_t begin = at_ + 1;
    step();
    while (at_ < text_.size() && text_[at_] != '"') {
      if (text_[at_] == '\\') {
        step();
      }
      step();
    }
    const std::string_view content = text_.substr(begin, std::min(at_, text_.size()) - begin);
    step();
    return content;
  }

  void step() {
    if (at_ >= text_.size()) {
      return;
    }
    const bool is_crlf = text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n';
    if (text_[at_] == '\n' || (text_[at_] == '\r' && !is_crlf)) {
      ++line_;
    }
    ++at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint64_t line_ = 1;
  std::size_t depth_ = 0;
  bool is_in_features_ = false;
  std::vector<std::uint64_t> lines_;
};

GeoJsonEntry read_entry(const JsonValue& value, std::size_t number) {
  GeoJsonEntry entry;
  auto feature = read_feature(value, fmt::format("feature {}", number));
  if (feature) {
    entry.feature = std::move(feature).value();
  } else {
    entry.problem = feature.error().message;
  }
  return entry;
}

base::Result<std::vector<GeoJsonEntry>> read_feature_list(std::string_view name,
                                                          std::string_view text,
                                                          const JsonValue& root) {
  const JsonValue* members = root.find("features");
  if (members == nullptr || !members->is_array()) {
    return wrong(fmt::format("{}: a FeatureCollection has a list `features`", name));
  }
  std::vector<GeoJsonEntry> entries;
  for (const JsonValue& member : members->elements()) {
    entries.push_back(read_entry(member, entries.size() + 1));
  }
  const std::vector<std::uint64_t> lines = FeatureLines(text).find();
  for (std::size_t at = 0; at < entries.size() && lines.size() == entries.size(); ++at) {
    entries[at].line = lines[at];
  }
  return entries;
}

}  // namespace

base::Result<std::vector<GeoJsonEntry>> read_geojson_entries(std::string_view name,
                                                             std::string_view text) {
  auto root = parse_json(name, text);
  if (!root) {
    return root.error();
  }
  if (has_other_reference_system(*root)) {
    return base::Error{base::ErrorCode::Unsupported,
                       fmt::format("{}: the reference system is not WGS 84; convert the file to "
                                   "longitude and latitude",
                                   name)};
  }
  const std::string_view type = type_of(*root);
  if (type == "FeatureCollection") {
    return read_feature_list(name, text, *root);
  }
  std::vector<GeoJsonEntry> entries;
  if (type == "Feature") {
    entries.push_back(read_entry(*root, 1));
    return entries;
  }
  if (type.empty()) {
    return wrong(fmt::format("{}: this is no GeoJSON; its `type` is missing", name));
  }
  GeoJsonFeature feature;
  auto read = read_geometry(*root, std::string(name), feature);
  if (!read) {
    return read.error();
  }
  entries.push_back({.feature = std::move(feature), .line = 1, .problem = {}});
  return entries;
}

base::Result<std::vector<GeoJsonFeature>> read_geojson(std::string_view name,
                                                       std::string_view text) {
  auto entries = read_geojson_entries(name, text);
  if (!entries) {
    return entries.error();
  }
  std::vector<GeoJsonFeature> features;
  for (GeoJsonEntry& entry : *entries) {
    if (entry.problem) {
      return wrong(fmt::format("{}: {}", name, *entry.problem));
    }
    features.push_back(std::move(entry.feature));
  }
  return features;
}

}  // namespace truce::encoding
