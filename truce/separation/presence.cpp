// SPDX-License-Identifier: Apache-2.0
#include "truce/separation/presence.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <memory>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "truce/encoding/csv.h"
#include "truce/encoding/geojson.h"
#include "truce/incidents/names.h"

namespace truce::separation {
namespace {

enum Field : std::uint8_t {
  Id,
  Actor,
  At,
  Latitude,
  Longitude,
  Radius,
  Confidence,
  Source,
  Kind,
  AccordingTo
};
constexpr std::size_t kFields = 10;
constexpr std::array<std::string_view, kFields> kNames = {
    "id",       "actor",      "at",     "latitude", "longitude",
    "radius_m", "confidence", "source", "kind",     "according_to"};

// The fields of a row by name; empty where the file has no such column.
using Fields = std::array<std::string_view, kFields>;

struct Problem {
  Field field = Actor;
  std::string reason;
};

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpaces = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kSpaces);
  return begin == std::string_view::npos
             ? std::string_view()
             : text.substr(begin, text.find_last_not_of(kSpaces) - begin + 1);
}

// Empty where the text is no finite number.
std::optional<double> parse_number(std::string_view text) {
  if (text.size() > 1 && text.front() == '+' && text[1] != '-') {
    text.remove_prefix(1);
  }
  double number = 0;
  const char* end = std::to_address(text.end());
  const auto read = std::from_chars(std::to_address(text.begin()), end, number);
  return read.ec == std::errc{} && read.ptr == end && std::isfinite(number)
             ? std::optional<double>(number)
             : std::nullopt;
}

// A number of [low, high], or the problem; nothing where the field is empty.
std::optional<double> read_number(const Fields& fields, Field field,
                                  std::pair<double, double> range, std::string_view wanted,
                                  std::optional<Problem>& problem) {
  const std::string_view text = fields[field];
  if (text.empty() || problem) {
    return std::nullopt;
  }
  const auto number = parse_number(text);
  if (!number || *number < range.first || *number > range.second) {
    problem = Problem{field, fmt::format("`{}` is `{}`; write {}", kNames[field], text, wanted)};
  }
  return number;
}

void read_place(const Fields& fields, Observation& seen, std::optional<Problem>& problem) {
  const auto north = read_number(fields, Latitude, {-90, 90}, "degrees from -90 to 90", problem);
  const auto east =
      read_number(fields, Longitude, {-180, 180}, "degrees from -180 to 180", problem);
  if (!problem && north.has_value() != east.has_value()) {
    problem = Problem{north ? Longitude : Latitude,
                      fmt::format("`{}` is missing beside the other coordinate",
                                  kNames[north ? Longitude : Latitude])};
  }
  if (north && east) {
    seen.point = base::Point{{*north}, {*east}};
  }
}

std::optional<Problem> read_observation(const Fields& fields, const PresenceOptions& options,
                                        Observation& seen) {
  auto actor = incidents::parse_names(fields[Actor]);
  if (!actor) {
    return Problem{Actor, actor.error().message};
  }
  seen.actor = std::move(actor).value();
  auto kind = incidents::parse_names(fields[Kind]);
  if (!kind) {
    return Problem{Kind, kind.error().message};
  }
  seen.kind = std::move(kind).value();
  const auto at = base::parse_instant(fields[At], options.clock_offset);
  if (!at) {
    return Problem{
        At, fmt::format("`at` is `{}`; write 2016-09-17, or 2016-09-17T15:55+03:00", fields[At])};
  }
  seen.at = at->at;
  std::optional<Problem> problem;
  read_place(fields, seen, problem);
  seen.radius.value = read_number(fields, Radius, {0, kWidestRadius.value},
                                  fmt::format("metres from 0 to {}", kWidestRadius.value), problem)
                          .value_or(0);
  seen.confidence =
      read_number(fields, Confidence, {0, 1}, "a number from 0 to 1", problem).value_or(1);
  seen.id = fields[Id];
  seen.source = fields[Source];
  seen.according_to = fields[AccordingTo];
  return problem;
}

// Takes rows of one file in.
class Rows {
 public:
  Rows(std::string_view file, const PresenceOptions& options, PresenceReading& reading)
      : file_(file), options_(&options), reading_(&reading) {
    reading.files.emplace_back(file);
  }

  [[nodiscard]] std::optional<Problem> read(const Fields& fields, std::uint64_t line) {
    Observation seen;
    seen.origin = origin(line);
    auto problem = read_observation(fields, *options_, seen);
    if (!problem) {
      ++reading_->rows;
      reading_->observations.push_back(std::move(seen));
    }
    return problem;
  }

  // Lists a row that cannot be used; fails where that ends the reading.
  base::Result<void> skip(std::uint64_t line, std::uint64_t column, const std::string& reason) {
    ++reading_->rows;
    if (options_->is_strict) {
      return base::Error{base::ErrorCode::InvalidArgument,
                         fmt::format("{}:{}:{}: {}", file_, line, column, reason)};
    }
    reading_->skipped.push_back({.origin = origin(line), .column = column, .reason = reason});
    return {};
  }

 private:
  [[nodiscard]] incidents::RowOrigin origin(std::uint64_t line) const {
    return {.file = static_cast<std::uint32_t>(reading_->files.size() - 1), .line = line};
  }

  std::string file_;
  const PresenceOptions* options_;
  PresenceReading* reading_;
};

using Columns = std::array<std::optional<std::size_t>, kFields>;

base::Result<Columns> read_header(std::string_view file, const encoding::CsvRow& row) {
  Columns columns;
  for (std::size_t at = 0; at < row.fields.size(); ++at) {
    const std::string name = incidents::fold_name(row.fields[at].text);
    for (std::size_t field = 0; field < kFields; ++field) {
      if (name != kNames[field]) {
        continue;
      }
      if (columns[field]) {
        return base::Error{base::ErrorCode::InvalidArgument,
                           fmt::format("{} has the column `{}` twice; leave one", file, name)};
      }
      columns[field] = at;
    }
  }
  for (const Field field : {Actor, At, Latitude, Longitude}) {
    if (!columns[field]) {
      return base::Error{base::ErrorCode::InvalidArgument,
                         fmt::format("{} has no column `{}`; a presence file begins with "
                                     "id,actor,at,latitude,longitude,radius_m,confidence,source",
                                     file, kNames[field])};
    }
  }
  return columns;
}

base::Result<void> read_csv(std::string_view file, std::string_view text, Rows& rows) {
  encoding::CsvReader reader(text);
  const encoding::CsvRow* row = reader.next();
  if (row == nullptr || row->problem) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("{} has no header; a presence file begins with "
                                   "id,actor,at,latitude,longitude,radius_m,confidence,source",
                                   file)};
  }
  const auto columns = read_header(file, *row);
  if (!columns) {
    return columns.error();
  }
  while ((row = reader.next()) != nullptr) {
    Fields fields;
    for (std::size_t field = 0; field < kFields; ++field) {
      const auto column = (*columns)[field];
      if (column && *column < row->fields.size()) {
        fields[field] = trimmed(row->fields[*column].text);
      }
    }
    std::size_t offset = row->problem ? row->problem->offset : 0;
    std::string reason = row->problem ? row->problem->message : std::string();
    if (!row->problem) {
      auto problem = rows.read(fields, row->line);
      if (!problem) {
        continue;
      }
      const std::size_t column = (*columns)[problem->field].value_or(0);
      offset = column < row->fields.size() ? row->fields[column].offset : row->fields[0].offset;
      reason = std::move(problem->reason);
    }
    const base::Position place = reader.position(offset);
    if (auto skipped = rows.skip(place.line, place.column, reason); !skipped) {
      return skipped;
    }
  }
  return {};
}

base::Result<void> read_features(std::string_view file, std::string_view text, Rows& rows) {
  const auto entries = encoding::read_geojson_entries(file, text);
  if (!entries) {
    return entries.error();
  }
  for (const encoding::GeoJsonEntry& entry : *entries) {
    const encoding::GeoJsonFeature& feature = entry.feature;
    std::string reason = entry.problem.value_or("");
    if (!entry.problem &&
        (feature.points.size() > 1 || !feature.lines.empty() || !feature.polygons.empty())) {
      reason = "a position is one point; write a feature for each, with `radius_m`";
    }
    if (reason.empty()) {
      Fields fields;
      for (std::size_t field = 0; field < kFields; ++field) {
        const auto property = feature.properties.find(std::string(kNames[field]));
        if (property != feature.properties.end()) {
          fields[field] = trimmed(property->second);
        }
      }
      std::string north;
      std::string east;
      if (!feature.points.empty()) {
        // The geometry says where; written so that the number reads back the same.
        north = fmt::format("{}", feature.points.front().latitude.degrees);
        east = fmt::format("{}", feature.points.front().longitude.degrees);
        fields[Latitude] = north;
        fields[Longitude] = east;
      }
      auto problem = rows.read(fields, entry.line);
      if (!problem) {
        continue;
      }
      reason = std::move(problem->reason);
    }
    if (auto skipped = rows.skip(entry.line, 1, reason); !skipped) {
      return skipped;
    }
  }
  return {};
}

}  // namespace

base::Result<void> read_presence(std::string_view file_name, std::string_view text,
                                 const PresenceOptions& options, PresenceReading& reading) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  std::string_view body = text;
  if (body.starts_with(kMark)) {
    body.remove_prefix(kMark.size());
  }
  Rows rows(file_name, options, reading);
  return trimmed(body).starts_with('{') ? read_features(file_name, body, rows)
                                        : read_csv(file_name, text, rows);
}

}  // namespace truce::separation
