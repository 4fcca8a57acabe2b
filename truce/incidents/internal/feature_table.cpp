// SPDX-License-Identifier: Apache-2.0
#include "truce/incidents/internal/feature_table.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "truce/encoding/geojson.h"
#include "truce/encoding/kml.h"
#include "truce/incidents/internal/covering_disc.h"
#include "truce/incidents/internal/fields.h"
#include "truce/incidents/internal/truce_row.h"
#include "truce/incidents/names.h"

namespace truce::incidents {
namespace {

using Paths = std::vector<std::vector<base::Point>>;

// A feature with its properties by the name of a column.
struct Feature {
  std::uint64_t line = 1;
  std::map<std::string, std::string> fields;
  std::optional<std::string> problem;

  void set(std::string_view name, std::string_view value) {
    if (value.find('\0') != std::string_view::npos && !problem) {
      problem = "a NUL character";
    }
    const auto [found, is_new] = fields.try_emplace(fold_name(name), value);
    if (!is_new && !problem) {
      problem = fmt::format("the property `{}` twice", found->first);
    }
  }
  void set_default(std::string_view name, std::string_view value) {
    if (!value.empty() && !says(name)) {
      fields[std::string(name)] = value;
    }
  }
  [[nodiscard]] bool says(std::string_view name) const {
    const auto found = fields.find(std::string(name));
    return found != fields.end() && !found->second.empty();
  }
};

// The features whose place is no point, for one warning.
class Shapes {
 public:
  // The place as a point and a radius; what the feature says of its own radius is added to a shape.
  void set_place(const Paths& paths, Feature& feature) {
    if (paths.empty()) {
      return;
    }
    const bool is_point = paths.size() == 1 && paths.front().size() == 1;
    const CoveringDisc disc = covering_disc(paths);
    // No `-0`, which would not be read back the same.
    feature.fields["latitude"] = fmt::format("{}", disc.centre.latitude.degrees + 0.0);
    feature.fields["longitude"] = fmt::format("{}", disc.centre.longitude.degrees + 0.0);
    if (is_point) {
      return;
    }
    const double own = parse_number(trim(feature.fields["radius_m"])).value_or(0);
    const double radius = std::min(disc.radius.value + std::max(own, 0.0), kLargestRadius);
    feature.fields["radius_m"] = fmt::format("{}", radius);
    if (count_++ == 0 || radius > widest_) {
      widest_ = radius;
      line_ = feature.line;
    }
  }

  void warn(std::string_view file_name, Reading& reading) const {
    if (count_ > 0) {
      reading.warnings.push_back(
          fmt::format("{}: {} of another shape than a point {} read as the smallest disc that "
                      "covers it; the widest has a radius of {:.1f} km (line {})",
                      file_name, count_ == 1 ? "a place" : fmt::format("{} places", count_),
                      count_ == 1 ? "is" : "are", widest_ / 1000, line_));
    }
  }

 private:
  std::uint64_t count_ = 0;
  double widest_ = 0;
  std::uint64_t line_ = 0;
};

Table to_table(std::string_view file_name, std::vector<Feature> features) {
  std::set<std::string> names;
  for (const Feature& feature : features) {
    for (const auto& [name, value] : feature.fields) {
      names.insert(name);
    }
  }
  std::vector<std::string> header(names.begin(), names.end());
  std::vector<Record> records;
  records.reserve(features.size());
  for (Feature& feature : features) {
    Record record{.line = feature.line, .fields = {}, .problem = std::move(feature.problem)};
    for (const std::string& name : header) {
      const auto found = feature.fields.find(name);
      record.fields.push_back(found == feature.fields.end() ? "" : std::move(found->second));
    }
    records.push_back(std::move(record));
  }
  return Table::from_records(file_name, std::move(header), std::move(records));
}

Paths paths_of(const encoding::GeoJsonFeature& feature) {
  Paths paths = feature.lines;
  for (const base::Point point : feature.points) {
    paths.push_back({point});
  }
  for (const encoding::GeoJsonFeature::Polygon& polygon : feature.polygons) {
    // Holes lie inside the outer ring.
    if (!polygon.empty()) {
      paths.push_back(polygon.front());
      if (!polygon.front().empty()) {
        paths.back().push_back(polygon.front().front());
      }
    }
  }
  std::erase_if(paths, [](const auto& path) { return path.empty(); });
  return paths;
}

// The first and the last day of a year or a month, as KML may write a time; as it is otherwise.
std::pair<std::string, std::string> days_of(std::string_view time) {
  constexpr std::size_t kYear = 4;
  constexpr std::size_t kMonth = 7;
  if (time.size() != kYear && time.size() != kMonth) {
    return {std::string(time), std::string(time)};
  }
  const std::string first = std::string(time) + (time.size() == kYear ? "-01-01" : "-01");
  const std::string_view last_month = time.size() == kYear ? "-12" : "";
  for (int day = 31; day >= 28; --day) {
    std::string last = fmt::format("{}{}-{}", time, last_month, day);
    if (base::parse_date(last)) {
      return {first, std::move(last)};
    }
  }
  return {std::string(time), std::string(time)};
}

// What KML says of the time stands in for the columns, where they are not there.
void set_time(const encoding::KmlPlacemark& placemark, Feature& feature) {
  if (feature.says("from") || feature.says("at")) {
    return;
  }
  if (!placemark.when.empty()) {
    const auto [first, last] = days_of(placemark.when);
    feature.set_default("from", first);
    feature.set_default("to", first == last ? std::string() : last);
    return;
  }
  if (placemark.has_span && (placemark.begin.empty() || placemark.end.empty())) {
    feature.problem = feature.problem.value_or(
        fmt::format("its time span has no {}", placemark.begin.empty() ? "beginning" : "end"));
    return;
  }
  feature.set_default("from", days_of(placemark.begin).first);
  feature.set_default("to", days_of(placemark.end).second);
}

}  // namespace

base::Result<Table> read_geojson_table(std::string_view file_name, std::string_view text,
                                       Reading& reading) {
  const auto entries = encoding::read_geojson_entries(file_name, text);
  if (!entries) {
    return entries.error();
  }
  std::vector<Feature> features;
  std::set<std::string> names;
  Shapes shapes;
  for (const encoding::GeoJsonEntry& entry : *entries) {
    Feature feature{.line = entry.line, .fields = {}, .problem = entry.problem};
    for (const auto& [name, value] : entry.feature.properties) {
      feature.set(name, value);
      names.insert(name);
    }
    shapes.set_place(paths_of(entry.feature), feature);
    features.push_back(std::move(feature));
  }
  const bool is_empty = features.empty();
  Table table = to_table(file_name, std::move(features));
  if (!is_empty && !TruceRows::fits(table)) {
    return base::Error{
        base::ErrorCode::InvalidArgument,
        fmt::format("{}: no feature has the properties incident, kind, from (or at) and "
                    "according_to (or account); they have {}",
                    file_name, names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", ")))};
  }
  shapes.warn(file_name, reading);
  return table;
}

base::Result<Table> read_kml_table(std::string_view file_name, std::string_view text, bool is_utf8,
                                   Reading& reading) {
  const auto file = encoding::read_kml(file_name, text, {.is_utf8 = is_utf8});
  if (!file) {
    return file.error();
  }
  std::vector<Feature> features;
  Shapes shapes;
  std::uint64_t spoken_for = 0;
  for (const encoding::KmlPlacemark& placemark : file->placemarks) {
    Feature feature{.line = placemark.line, .fields = {}, .problem = placemark.problem};
    for (const auto& [name, value] : placemark.data) {
      feature.set(name, value);
    }
    shapes.set_place(placemark.problem ? Paths() : placemark.paths, feature);
    feature.set_default("incident", placemark.name);
    feature.set_default("note", placemark.description);
    set_time(placemark, feature);
    if (!feature.says("according_to") && !feature.says("account")) {
      feature.set_default("according_to", file->document_name);
      spoken_for += file->document_name.empty() ? 0 : 1;
    }
    features.push_back(std::move(feature));
  }
  if (features.empty()) {
    reading.warnings.push_back(
        fmt::format("{}: there is no placemark in it; what a map links to is not read", file_name));
  }
  if (spoken_for > 0) {
    reading.warnings.push_back(fmt::format(
        "{}: {} placemarks do not say who reports them; they are taken as according to {}, the "
        "name of the document",
        file_name, spoken_for, file->document_name));
  }
  shapes.warn(file_name, reading);
  return to_table(file_name, std::move(features));
}

}  // namespace truce::incidents
