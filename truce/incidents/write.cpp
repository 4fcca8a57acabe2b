// SPDX-License-Identifier: Apache-2.0
#include "truce/incidents/write.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "truce/encoding/csv.h"
#include "truce/encoding/json_value.h"
#include "truce/encoding/xml.h"
#include "truce/incidents/internal/table.h"
#include "truce/incidents/internal/truce_row.h"
#include "truce/incidents/names.h"
#include "truce/incidents/read.h"

namespace truce::incidents {
namespace {

constexpr std::array<std::string_view, 23> kColumns = {
    "incident",    "account",    "according_to", "reported_at", "from",        "to",
    "kind",        "actor",      "target",       "weapon",      "clauses",     "latitude",
    "longitude",   "radius_m",   "place",        "deaths_low",  "deaths_best", "deaths_high",
    "observed_by", "confidence", "source",       "source_id",   "note"};
constexpr std::size_t kFrom = 4;
constexpr std::size_t kTo = 5;
constexpr std::size_t kKind = 6;
constexpr std::size_t kLatitude = 11;
constexpr std::size_t kLongitude = 12;

// One text for each column.
using Fields = std::vector<std::string>;

// The moment as text that is read back the same. On the clock, or, for one that falls out of the
// years 1 to 9999 there, on another.
std::string moment_text(base::Instant at, base::Duration clock_offset) {
  constexpr base::Duration kFar{18 * 3600};
  for (const base::Duration offset : {clock_offset, base::Duration{0}, kFar, {-kFar.seconds}}) {
    std::string text = base::to_iso(at, offset);
    const auto read = base::parse_instant(text, offset);
    if (read && read->at == at) {
      return text;
    }
  }
  // Only the end of a last day is left: the day itself, which is read to its end.
  return base::to_iso(base::date_of(at - base::kDay, clock_offset));
}

// As spreadsheets take it for a time, on the clock.
std::string flat_moment_text(base::Instant at, base::Duration clock_offset) {
  // `2030-02-01T10:00:00` and an offset.
  constexpr std::size_t kLength = 19;
  std::string text = base::to_iso(at, clock_offset).substr(0, kLength);
  text[10] = ' ';
  return text;
}

template <typename Number>
std::string number_text(const std::optional<Number>& number) {
  return number ? fmt::format("{}", *number) : std::string();
}

// With its times as `moment` writes them.
template <typename Moment>
Fields fields_of(const Report& report, base::Duration clock_offset, Moment moment) {
  std::string clauses = fmt::format("{}", fmt::join(report.clauses, " "));
  return {report.incident,
          report.account,
          report.according_to,
          report.reported_at ? moment(*report.reported_at, clock_offset) : "",
          moment(report.when.from, clock_offset),
          moment(report.when.to, clock_offset),
          report.is_withdrawn ? "withdrawn" : to_text(report.kinds),
          to_text(report.actors),
          to_text(report.targets),
          to_text(report.weapons),
          std::move(clauses),
          report.point ? fmt::format("{}", report.point->latitude.degrees) : "",
          report.point ? fmt::format("{}", report.point->longitude.degrees) : "",
          report.radius.value == 0 ? "" : fmt::format("{}", report.radius.value),
          report.place,
          number_text(report.deaths_low),
          number_text(report.deaths_best),
          number_text(report.deaths_high),
          report.observed_by,
          number_text(report.confidence),
          report.source,
          report.source_id,
          report.note};
}

Fields fields_of(const Report& report, base::Duration clock_offset) {
  return fields_of(report, clock_offset, moment_text);
}

// What can stand in no XML is replaced there.
Fields as_xml_keeps(Fields fields) {
  constexpr std::string_view kNone =
      "\x01\x02\x03\x04\x05\x06\x07\x08\x0B\x0C\x0E\x0F\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19"
      "\x1A\x1B\x1C\x1D\x1E\x1F";
  for (std::string& field : fields) {
    for (std::size_t at = field.find_first_of(kNone); at != std::string::npos;
         at = field.find_first_of(kNone, at)) {
      field.replace(at, 1, "\uFFFD");
    }
  }
  return fields;
}

// Which columns of a report are not what they were once its fields are read back.
class Keeping {
 public:
  explicit Keeping(base::Duration clock_offset) { options_.clock_offset = clock_offset; }

  void check(const Report& report, const Fields& fields) {
    Table table = Table::from_records("", {kColumns.begin(), kColumns.end()},
                                      {Record{.line = 1, .fields = fields, .problem = {}}});
    const TruceRows rows(table, options_);
    table.next();
    Report read;
    if (const auto problem = rows.read(table, read)) {
      lose(problem->column.value_or(0), report);
      return;
    }
    const std::array<bool, kColumns.size()> is_kept = {
        read.incident == report.incident,
        read.account == report.account,
        read.according_to == report.according_to,
        read.reported_at == report.reported_at,
        read.when.from == report.when.from,
        read.when.to == report.when.to,
        read.kinds == report.kinds && read.is_withdrawn == report.is_withdrawn,
        read.actors == report.actors,
        read.targets == report.targets,
        read.weapons == report.weapons,
        read.clauses == report.clauses,
        read.point == report.point,
        true,
        read.radius == report.radius,
        read.place == report.place,
        read.deaths_low == report.deaths_low,
        read.deaths_best == report.deaths_best,
        read.deaths_high == report.deaths_high,
        read.observed_by == report.observed_by,
        read.confidence == report.confidence,
        read.source == report.source,
        read.source_id == report.source_id,
        read.note == report.note};
    for (std::size_t column = 0; column < is_kept.size(); ++column) {
      if (!is_kept.at(column)) {
        lose(column, report);
      }
    }
  }

  void lose(std::size_t column, const Report& report) {
    Loss& loss = losses_[column];
    if (loss.count++ == 0) {
      loss.column = kColumns.at(column);
      loss.first = report.origin;
    }
  }

  [[nodiscard]] std::vector<Loss> losses() const {
    std::vector<Loss> list;
    for (const auto& [column, loss] : losses_) {
      list.push_back(loss);
    }
    return list;
  }

 private:
  ReadOptions options_;
  std::map<std::size_t, Loss> losses_;
};

std::string header_row(const std::vector<std::string>& more = {}) {
  std::vector<std::string> names(kColumns.begin(), kColumns.end());
  names.insert(names.end(), more.begin(), more.end());
  return encoding::to_csv_row(names);
}

Written write_truce(const std::vector<Report>& reports, base::Duration clock_offset) {
  Keeping keeping(clock_offset);
  Written written{.text = header_row(), .losses = {}};
  for (const Report& report : reports) {
    const Fields fields = fields_of(report, clock_offset);
    written.text += encoding::to_csv_row(fields);
    keeping.check(report, fields);
  }
  written.losses = keeping.losses();
  return written;
}

encoding::JsonValue properties_of(const Report& report, const Fields& fields) {
  using encoding::JsonValue;
  JsonValue properties = JsonValue::object();
  for (std::size_t column = 0; column < kColumns.size(); ++column) {
    const bool is_place = column == kLatitude || column == kLongitude;
    // A reader looks for the kind, known or not.
    if (!is_place && (!fields[column].empty() || column == kKind)) {
      properties.set(kColumns.at(column), fields[column]);
    }
  }
  if (report.radius.value != 0) {
    properties.set("radius_m", report.radius.value);
  }
  for (const auto& [name, deaths] :
       {std::pair("deaths_low", report.deaths_low), std::pair("deaths_best", report.deaths_best),
        std::pair("deaths_high", report.deaths_high)}) {
    if (deaths) {
      properties.set(name, *deaths);
    }
  }
  if (report.confidence) {
    properties.set("confidence", *report.confidence);
  }
  return properties;
}

encoding::JsonValue feature_of(const Report& report, const Fields& fields) {
  using encoding::JsonValue;
  JsonValue geometry;
  if (report.point) {
    JsonValue position = JsonValue::array();
    position.push_back(report.point->longitude.degrees);
    position.push_back(report.point->latitude.degrees);
    geometry.set("type", "Point");
    geometry.set("coordinates", std::move(position));
  }
  JsonValue feature = JsonValue::object();
  feature.set("type", "Feature");
  feature.set("geometry", std::move(geometry));
  feature.set("properties", properties_of(report, fields));
  return feature;
}

Written write_geojson(const std::vector<Report>& reports, base::Duration clock_offset) {
  Keeping keeping(clock_offset);
  // A feature a line, so that messages name its place.
  Written written{.text = "{\"type\":\"FeatureCollection\",\"features\":[", .losses = {}};
  bool is_first = true;
  for (const Report& report : reports) {
    const Fields fields = fields_of(report, clock_offset);
    written.text += (is_first ? "\n" : ",\n") + feature_of(report, fields).to_text();
    is_first = false;
    keeping.check(report, fields);
  }
  written.text += "\n]}\n";
  written.losses = keeping.losses();
  return written;
}

std::string element(std::string_view name, std::string_view text) {
  return text.empty() ? std::string()
                      : fmt::format("<{}>{}</{}>", name, encoding::to_xml_text(text), name);
}

// The name and the note are shown by other programs; what is read back are the data.
std::string placemark_of(const Report& report, const Fields& fields) {
  std::string text =
      "<Placemark>" + element("name", report.incident) + element("description", report.note);
  text += fmt::format("<TimeSpan><begin>{}</begin><end>{}</end></TimeSpan>", fields[kFrom],
                      fields[kTo]);
  text += "<ExtendedData>";
  for (std::size_t column = 0; column < kColumns.size(); ++column) {
    const bool is_place = column == kLatitude || column == kLongitude;
    if (!is_place && !fields[column].empty()) {
      text += fmt::format("<Data name=\"{}\"><value>{}</value></Data>", kColumns.at(column),
                          encoding::to_xml_text(fields[column]));
    }
  }
  text += "</ExtendedData>";
  if (report.point) {
    text += fmt::format("<Point><coordinates>{},{}</coordinates></Point>", fields[kLongitude],
                        fields[kLatitude]);
  }
  return text + "</Placemark>\n";
}

Written write_kml(const std::vector<Report>& reports, base::Duration clock_offset) {
  Keeping keeping(clock_offset);
  Written written{.text =
                      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                      "<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document>\n",
                  .losses = {}};
  for (const Report& report : reports) {
    const Fields fields = fields_of(report, clock_offset);
    written.text += placemark_of(report, fields);
    keeping.check(report, as_xml_keeps(fields));
  }
  written.text += "</Document></kml>\n";
  written.losses = keeping.losses();
  return written;
}

const Report* address_of(const Report& report) { return &report; }
const Report* address_of(const Report* report) { return report; }

std::string clock_text(base::Duration clock_offset) {
  const std::string iso = base::to_iso(base::Instant{0}, clock_offset);
  return clock_offset.seconds == 0 ? "UTC" : "UTC" + iso.substr(iso.size() - 6);
}

template <typename Reports>
Written write_csv(const Reports& reports, base::Duration clock_offset) {
  constexpr encoding::CsvWriteOptions kSafe{.are_formulas_made_safe = true};
  Keeping keeping(clock_offset);
  Written written{.text = header_row({"clock"}), .losses = {}};
  const std::string clock = clock_text(clock_offset);
  for (const auto& one : reports) {
    const Report& report = *address_of(one);
    Fields fields = fields_of(report, clock_offset, flat_moment_text);
    for (std::size_t column = 0; column < fields.size(); ++column) {
      if (encoding::to_csv_field(fields[column], kSafe) != encoding::to_csv_field(fields[column])) {
        keeping.lose(column, report);
      }
    }
    fields.push_back(clock);
    written.text += encoding::to_csv_row(fields, kSafe);
  }
  written.losses = keeping.losses();
  return written;
}

}  // namespace

std::optional<Form> find_form(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, Form>, 4> kForms = {
      {{"truce", Form::Truce}, {"geojson", Form::GeoJson}, {"kml", Form::Kml}, {"csv", Form::Csv}}};
  const auto* found = std::find_if(kForms.begin(), kForms.end(),
                                   [&](const auto& form) { return form.first == name; });
  return found == kForms.end() ? std::nullopt : std::optional(found->second);
}

encoding::JsonValue feature_of(const Report& report, base::Duration clock_offset) {
  return feature_of(report, fields_of(report, clock_offset));
}

std::string csv_rows(const std::vector<const Report*>& reports, base::Duration clock_offset,
                     bool has_header) {
  std::string text = write_csv(reports, clock_offset).text;
  return has_header ? text : text.substr(text.find('\n') + 1);
}

Written write_reports(const std::vector<Report>& reports, Form form, base::Duration clock_offset) {
  switch (form) {
    case Form::Truce:
      return write_truce(reports, clock_offset);
    case Form::GeoJson:
      return write_geojson(reports, clock_offset);
    case Form::Kml:
      return write_kml(reports, clock_offset);
    case Form::Csv:
      return write_csv(reports, clock_offset);
  }
  return {};
}

}  // namespace truce::incidents
