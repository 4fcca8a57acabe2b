// SPDX-License-Identifier: Apache-2.0
#include "truce/incidents/internal/ucdp_row.h"

#include <array>

#include <fmt/format.h>

#include "truce/incidents/internal/fields.h"
#include "truce/incidents/internal/sides.h"
#include "truce/incidents/internal/truce_row.h"

namespace truce::incidents {
namespace {

constexpr std::string_view kOneSided = "3";
// How far from its point an event may lie, by `where_prec` from 1; see docs/methods/incidents.md.
// Precisions 6 and 7 mean a whole country or the open sea, whose point says nothing.
constexpr std::array<double, 5> kRadii = {5'000, 25'000, 50'000, 100'000, 250'000};

// A day, or midnight of a day as later editions write it.
std::optional<base::Date> parse_day(std::string_view text) {
  constexpr std::size_t kDateLength = 10;
  if (text.size() > kDateLength &&
      text.substr(kDateLength).find_first_not_of(" T0:.Z") == std::string_view::npos) {
    text = text.substr(0, kDateLength);
  }
  return base::parse_date(text);
}

}  // namespace

bool UcdpRows::fits(const Table& table) {
  return table.has_all({"id", "type_of_violence", "side_a", "side_b", "where_prec", "latitude",
                        "longitude", "date_start", "date_end", "low", "best", "high"});
}

UcdpRows::UcdpRows(Table& table, const ReadOptions& options)
    : options_(options),
      words_(options.mapping),
      columns_{.id = table.column("id"),
               .type = table.column("type_of_violence"),
               .dyad = table.column("dyad_name"),
               .side_a = table.column("side_a"),
               .side_b = table.column("side_b"),
               .office = table.column("source_office"),
               .precision = table.column("where_prec"),
               .place = table.column("where_coordinates"),
               .latitude = table.column("latitude"),
               .longitude = table.column("longitude"),
               .start = table.column("date_start"),
               .end = table.column("date_end"),
               .civilians = table.column("deaths_civilians"),
               .low = table.column("low"),
               .best = table.column("best"),
               .high = table.column("high")} {}

std::optional<RowProblem> UcdpRows::read(const Table& table, Report& report) const {
  report.incident = table.field(columns_.id);
  if (report.incident.empty()) {
    return RowProblem{columns_.id, "no incident is named"};
  }
  report.account = "UCDP";
  report.according_to = "UCDP";
  report.source = "UCDP GED";
  report.source_id = report.incident;
  report.observed_by = table.field(columns_.office);
  report.note = table.field(columns_.dyad);
  for (const auto step : {&UcdpRows::read_when, &UcdpRows::read_sides, &UcdpRows::read_place}) {
    if (auto problem = (this->*step)(table, report)) {
      return problem;
    }
  }
  std::optional<RowProblem> problem;
  report.deaths_low = read_deaths(table, columns_.low, problem);
  report.deaths_best = read_deaths(table, columns_.best, problem);
  report.deaths_high = read_deaths(table, columns_.high, problem);
  return problem;
}

std::optional<RowProblem> UcdpRows::read_when(const Table& table, Report& report) const {
  const auto start = parse_day(table.field(columns_.start));
  if (!start) {
    return RowProblem{columns_.start, fmt::format("`{}` is no day", table.field(columns_.start))};
  }
  const auto end = parse_day(table.field(columns_.end));
  if (!end) {
    return RowProblem{columns_.end, fmt::format("`{}` is no day", table.field(columns_.end))};
  }
  if (*end < *start) {
    return RowProblem{columns_.end, fmt::format("it ends, {}, before it starts, {}",
                                                base::to_iso(*end), base::to_iso(*start))};
  }
  report.when = {base::start_of(*start) - options_.clock_offset,
                 base::start_of(*end) + base::kDay - options_.clock_offset};
  return std::nullopt;
}

std::string_view UcdpRows::kind_text(const Table& table) const {
  return table.field(columns_.type);
}

std::optional<RowProblem> UcdpRows::read_sides(const Table& table, Report& report) const {
  const std::string_view type = table.field(columns_.type);
  if (type != "1" && type != "2" && type != kOneSided) {
    return RowProblem{columns_.type,
                      fmt::format("`type_of_violence` is `{}`; it is 1, 2 or 3", type)};
  }
  report.kinds = words_.has("kind", type) ? words_.apply("kind", type) : NameSet{{"attack"}};
  const std::string_view side_a = table.field(columns_.side_a);
  const std::string_view side_b = table.field(columns_.side_b);
  if (type == kOneSided) {
    report.actors = words_.actor(side_a);
    report.targets = words_.target(side_b);
    return std::nullopt;
  }
  set_dyad(words_, side_a, side_b, report);
  const auto civilians = parse_integer(table.field(columns_.civilians));
  if (!report.targets.is_unknown() && civilians && *civilians > 0) {
    add_names(words_.target("Civilians"), report.targets);
  }
  return std::nullopt;
}

std::optional<RowProblem> UcdpRows::read_place(const Table& table, Report& report) const {
  report.place = table.field(columns_.place);
  std::optional<RowProblem> problem;
  const auto point = read_point(table, columns_.latitude, columns_.longitude, problem);
  if (problem) {
    return problem;
  }
  const std::string_view text = table.field(columns_.precision);
  const auto precision = parse_integer(text);
  if (!precision || *precision < 1 || *precision > 7) {
    return RowProblem{columns_.precision, fmt::format("`where_prec` is `{}`; it is 1 to 7", text)};
  }
  const auto rank = static_cast<std::size_t>(*precision - 1);
  if (rank < kRadii.size()) {
    report.point = point;
    report.radius = {kRadii.at(rank)};
  }
  return std::nullopt;
}

}  // namespace truce::incidents
