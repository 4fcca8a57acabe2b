// SPDX-License-Identifier: Apache-2.0
#include "truce/incidents/internal/acled_row.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "truce/incidents/internal/embedded_mappings.h"
#include "truce/incidents/internal/fields.h"
#include "truce/incidents/internal/truce_row.h"
#include "truce/incidents/names.h"

namespace truce::incidents {
namespace {

constexpr std::string_view kAccount = "ACLED";
// How far from its point an event may lie, by `geo_precision` from 1; see
// docs/methods/incidents.md.
constexpr std::array<double, 3> kRadii = {5'000, 25'000, 100'000};
// The first and last second of the years 1 to 9999.
constexpr std::int64_t kFirstSecond = base::kBeforeTime.seconds + base::kDay.seconds;
constexpr std::int64_t kLastSecond = base::kAfterTime.seconds - base::kDay.seconds - 1;

// One side is known to have acted: the codebook calls these one-sided.
bool is_one_sided(std::string_view type) {
  const std::string folded = fold_name(type);
  return folded == "violence against civilians" || folded == "explosions/remote violence" ||
         folded == "remote violence";
}

std::optional<int> month_of(std::string_view word) {
  constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                        "jul", "aug", "sep", "oct", "nov", "dec"};
  const std::string folded = fold_name(word);
  for (std::size_t at = 0; at < kMonths.size(); ++at) {
    if (folded.starts_with(kMonths.at(at))) {
      return static_cast<int>(at) + 1;
    }
  }
  const auto number = parse_integer(word);
  return number && *number >= 1 && *number <= 12 ? std::optional(static_cast<int>(*number))
                                                 : std::nullopt;
}

std::vector<std::string_view> split(std::string_view text, std::string_view between) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(between), text.size());
    if (const std::string_view part = trim(text.substr(0, end)); !part.empty()) {
      parts.push_back(part);
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

base::Date add_days(base::Date date, int days) {
  return base::date_of(base::start_of(date) + days * base::kDay, {0});
}

// The days among which the event lies, the last one included.
std::pair<base::Date, base::Date> days_of(base::Date date, std::string_view precision) {
  if (precision == "1") {
    return {date, date};
  }
  if (precision == "2") {
    // Any week with that day in it.
    return {add_days(date, -6), add_days(date, 6)};
  }
  const base::Date first{date.year, date.month, 1};
  const base::Date in_next = add_days(first, 31);
  return {first, add_days({in_next.year, in_next.month, 1}, -1)};
}

}  // namespace

std::optional<base::Date> parse_acled_day(std::string_view text) {
  if (const auto date = base::parse_date(text)) {
    return date;
  }
  const auto parts = split(text, " -/.");
  if (parts.size() != 3) {
    return std::nullopt;
  }
  const auto day = parse_integer(parts[0]);
  const auto month = month_of(parts[1]);
  const auto year = parse_integer(parts[2]);
  if (!day || !month || !year || *day < 1 || *day > 31 || *year < 1000 || *year > 9999) {
    return std::nullopt;
  }
  const base::Date date{static_cast<int>(*year), *month, static_cast<int>(*day)};
  return base::is_valid(date) ? std::optional(date) : std::nullopt;
}

bool AcledRows::fits(const Table& table) {
  return table.has_all({"event_id_cnty", "deleted_timestamp"}) ||
         table.has_all({"event_id_cnty", "event_date", "time_precision", "event_type",
                        "sub_event_type", "actor1", "actor2", "latitude", "longitude",
                        "geo_precision"});
}

AcledRows::AcledRows(Table& table, const ReadOptions& options)
    : options_(options),
      shipped_(internal::read_shipped_mapping(internal::kAcledMapping)),
      words_(options.mapping, &shipped_),
      columns_{.id = table.column("event_id_cnty"),
               .deleted = table.column("deleted_timestamp"),
               .date = table.column("event_date"),
               .time_precision = table.column("time_precision"),
               .type = table.column("event_type"),
               .sub_type = table.column("sub_event_type"),
               .actor1 = table.column("actor1"),
               .beside1 = table.column("assoc_actor_1"),
               .actor2 = table.column("actor2"),
               .beside2 = table.column("assoc_actor_2"),
               .civilian_targeting = table.column("civilian_targeting"),
               .location = table.column("location"),
               .latitude = table.column("latitude"),
               .longitude = table.column("longitude"),
               .geo_precision = table.column("geo_precision"),
               .source = table.column("source"),
               .notes = table.column("notes"),
               .fatalities = table.column("fatalities"),
               .timestamp = table.column("timestamp")} {}

std::string_view AcledRows::kind_text(const Table& table) const {
  return table.field(columns_.sub_type);
}

std::optional<RowProblem> AcledRows::read(const Table& table, Report& report) const {
  report.incident = table.field(columns_.id);
  if (report.incident.empty()) {
    return RowProblem{columns_.id, "no event is named"};
  }
  report.account = kAccount;
  report.according_to = kAccount;
  report.source = kAccount;
  report.source_id = report.incident;
  if (columns_.deleted) {
    report.is_withdrawn = true;
    if (auto problem = read_known(table, columns_.deleted, report)) {
      return problem;
    }
    if (!report.reported_at) {
      return RowProblem{columns_.deleted, "it is not said when the event was deleted"};
    }
    report.when = {*report.reported_at, *report.reported_at};
    return std::nullopt;
  }
  report.observed_by = table.field(columns_.source);
  report.note = table.field(columns_.notes);
  if (auto problem = read_known(table, columns_.timestamp, report)) {
    return problem;
  }
  for (const auto step : {&AcledRows::read_when, &AcledRows::read_sides, &AcledRows::read_place}) {
    if (auto problem = (this->*step)(table, report)) {
      return problem;
    }
  }
  std::optional<RowProblem> problem;
  report.deaths_best = read_deaths(table, columns_.fatalities, problem);
  return problem;
}

// Seconds since 1970, or a moment, in UTC.
std::optional<RowProblem> AcledRows::read_known(const Table& table, Column column,
                                                Report& report) const {
  const std::string_view text = table.field(column);
  if (text.empty()) {
    return std::nullopt;
  }
  if (const auto seconds = parse_integer(text);
      seconds && *seconds >= kFirstSecond && *seconds <= kLastSecond) {
    report.reported_at = base::Instant{*seconds};
    return std::nullopt;
  }
  const auto read = base::parse_instant(text, {0});
  if (!read) {
    return RowProblem{column, fmt::format("`{}` is no moment; it is given in seconds since 1970, "
                                          "or as 2030-02-01 17:05",
                                          text)};
  }
  report.reported_at = read->is_whole_day ? read->at + base::kDay : read->at;
  return std::nullopt;
}

std::optional<RowProblem> AcledRows::read_when(const Table& table, Report& report) const {
  const std::string_view text = table.field(columns_.date);
  const auto date = parse_acled_day(text);
  if (!date) {
    return RowProblem{columns_.date, fmt::format("`{}` is no day; it is given as 2030-02-01, 1 "
                                                 "February 2030, or day/month/year",
                                                 text)};
  }
  const std::string_view precision = table.field(columns_.time_precision);
  if (precision != "1" && precision != "2" && precision != "3") {
    return RowProblem{columns_.time_precision,
                      fmt::format("`time_precision` is `{}`; it is 1, 2 or 3", precision)};
  }
  const auto [first, last] = days_of(*date, precision);
  report.when = {base::start_of(first) - options_.clock_offset,
                 base::start_of(last) + base::kDay - options_.clock_offset};
  return std::nullopt;
}

// Those who are said to have been beside a side may be whom it was, where a mapping knows them;
// often they are no armed group but a label, such as a religion or a trade.
void AcledRows::add_beside(const Table& table, Column column, std::string_view field,
                           NameSet& names) const {
  for (const std::string_view name : split(table.field(column), ";")) {
    if (!names.is_unknown() && words_.has(field, name)) {
      const NameSet more = words_.apply(field, name);
      if (more.is_unknown()) {
        names = {};
        return;
      }
      names.joining = NameSet::Joining::OneOf;
      add_names(more, names);
    }
  }
}

std::optional<RowProblem> AcledRows::read_sides(const Table& table, Report& report) const {
  const std::string_view type = table.field(columns_.type);
  const std::string_view sub_type = table.field(columns_.sub_type);
  if (type.empty() && sub_type.empty()) {
    return RowProblem{columns_.type, "no type of event is given"};
  }
  const bool is_by_type = !words_.has("kind", sub_type) && words_.has("kind", type);
  report.kinds = words_.apply("kind", is_by_type || sub_type.empty() ? type : sub_type);
  if (words_.has("weapon", sub_type)) {
    report.weapons = words_.apply("weapon", sub_type);
  }
  const std::string_view first = table.field(columns_.actor1);
  const std::string_view second = table.field(columns_.actor2);
  if (is_one_sided(type) || second.empty()) {
    report.actors = words_.actor(first);
    report.targets = words_.target(second);
    add_beside(table, columns_.beside1, "actor", report.actors);
    add_beside(table, columns_.beside2, "target", report.targets);
  } else {
    set_dyad(words_, first, second, report);
    for (const Column beside : {columns_.beside1, columns_.beside2}) {
      add_beside(table, beside, "actor", report.actors);
      add_beside(table, beside, "target", report.targets);
    }
  }
  // Civilians were the main target or the only one.
  const bool is_known = second.empty() || !report.targets.is_unknown();
  if (is_known && !table.field(columns_.civilian_targeting).empty()) {
    add_names(words_.target("Civilians"), report.targets);
  }
  return std::nullopt;
}

std::optional<RowProblem> AcledRows::read_place(const Table& table, Report& report) const {
  report.place = bare_name(table.field(columns_.location));
  std::optional<RowProblem> problem;
  report.point = read_point(table, columns_.latitude, columns_.longitude, problem);
  if (problem) {
    return problem;
  }
  const std::string_view text = table.field(columns_.geo_precision);
  const auto precision = parse_integer(text);
  if (!precision || *precision < 1 || *precision > 3) {
    return RowProblem{columns_.geo_precision,
                      fmt::format("`geo_precision` is `{}`; it is 1, 2 or 3", text)};
  }
  if (report.point) {
    report.radius = {kRadii.at(static_cast<std::size_t>(*precision - 1))};
  }
  return std::nullopt;
}

}  // namespace truce::incidents
