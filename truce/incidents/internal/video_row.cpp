// SPDX-License-Identifier: Apache-2.0
#include "truce/incidents/internal/video_row.h"

#include <fmt/format.h>

#include "truce/incidents/internal/embedded_mappings.h"
#include "truce/incidents/internal/truce_row.h"
#include "truce/incidents/names.h"

namespace truce::incidents {
namespace {

// Places are the centres of towns and quarters.
constexpr double kRadius = 5'000;
// A clock without a zone shows a time that passed everywhere this much later than in UTC.
constexpr base::Duration kLatestZone{12 * 3600};
constexpr std::string_view kNoChannel = "a channel that is not named";

}  // namespace

bool VideoRows::fits(const Table& table) {
  return table.has_all({"reference_code", "recording_date", "hour_minute", "violation_type",
                        "source", "latitude", "longitude"});
}

VideoRows::VideoRows(Table& table, const ReadOptions& options)
    : options_(options),
      shipped_(internal::read_shipped_mapping(internal::kVideoMapping)),
      words_(options.mapping, &shipped_),
      columns_{.code = table.column("reference_code"),
               .date = table.column("recording_date"),
               .time = table.column("hour_minute"),
               .city = table.column("city"),
               .quarter = table.column("neighborhood"),
               .latitude = table.column("latitude"),
               .longitude = table.column("longitude"),
               .quarter_latitude = table.column("lat_inferred"),
               .quarter_longitude = table.column("lon_inferred"),
               .violation = table.column("violation_type"),
               .weapons = table.column("weapons_used"),
               .description = table.column("description"),
               .channel = table.column("source"),
               .address = table.column("youtube_id")} {}

std::string_view VideoRows::kind_text(const Table& table) const {
  return table.field(columns_.violation);
}

std::optional<RowProblem> VideoRows::read(const Table& table, Report& report) const {
  report.incident = table.field(columns_.code);
  if (report.incident.empty()) {
    return RowProblem{columns_.code, "no video is named"};
  }
  report.is_video = true;
  report.account = report.incident;
  report.source_id = report.incident;
  const std::string_view channel = bare_name(table.field(columns_.channel));
  report.according_to = channel.empty() ? kNoChannel : channel;
  report.observed_by = "one video";
  report.source = table.field(columns_.address);
  report.note = table.field(columns_.description);
  const std::string_view violation = table.field(columns_.violation);
  report.kinds = words_.apply("kind", violation);
  if (words_.has("target", violation)) {
    report.targets = words_.apply("target", violation);
  }
  report.weapons = words_.apply("weapon", table.field(columns_.weapons));
  if (auto problem = read_when(table, report)) {
    return problem;
  }
  return read_place(table, report);
}

// What is filmed happened before it was published, and after the day before began.
std::optional<RowProblem> VideoRows::read_when(const Table& table, Report& report) const {
  const std::string_view date_text = table.field(columns_.date);
  const auto date = base::parse_date(date_text);
  if (!date) {
    return RowProblem{columns_.date, fmt::format("`{}` is no day", date_text)};
  }
  const std::string_view time_text = table.field(columns_.time);
  base::Instant published = base::start_of(*date) + base::kDay;
  if (!time_text.empty()) {
    const auto read = base::parse_instant(fmt::format("{}T{}", date_text, time_text), {0});
    if (!read) {
      return RowProblem{columns_.time,
                        fmt::format("`{}` is no time of day; it is given as 16:05", time_text)};
    }
    published = read->at;
  }
  report.reported_at = published + kLatestZone;
  report.when = {base::start_of(*date) - base::kDay - options_.clock_offset, *report.reported_at};
  return std::nullopt;
}

std::optional<RowProblem> VideoRows::read_place(const Table& table, Report& report) const {
  const std::string_view quarter = bare_name(table.field(columns_.quarter));
  const std::string_view city = bare_name(table.field(columns_.city));
  report.place = quarter;
  if (!city.empty()) {
    report.place += fmt::format("{}{}", quarter.empty() ? "" : ", ", city);
  }
  std::optional<RowProblem> problem;
  report.point = read_point(table, columns_.latitude, columns_.longitude, problem);
  if (!problem && !report.point) {
    report.point =
        read_point(table, columns_.quarter_latitude, columns_.quarter_longitude, problem);
  }
  if (report.point) {
    report.radius = {kRadius};
  }
  return problem;
}

}  // namespace truce::incidents
