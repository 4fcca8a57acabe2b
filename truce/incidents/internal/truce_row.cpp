// SPDX-License-Identifier: Apache-2.0
#include "truce/incidents/internal/truce_row.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "truce/incidents/internal/fields.h"
#include "truce/incidents/names.h"

namespace truce::incidents {
namespace {

// More than have died in any war: a slip of the keyboard, and sums must not overflow.
constexpr std::int64_t kMostDeaths = 1'000'000'000;

std::string wrong_time(std::string_view name, std::string_view text) {
  return fmt::format("`{}` is `{}`; write 2016-09-17, or 2016-09-17T15:55+03:00", name, text);
}

// Around a number; `§` is two bytes.
constexpr std::string_view kSection = "\u00A7";

std::string_view number_in(std::string_view word) {
  while (word.starts_with(kSection)) {
    word.remove_prefix(kSection.size());
  }
  while (word.ends_with('.')) {
    word.remove_suffix(1);
  }
  return word;
}

bool is_filler(std::string_view word) {
  const std::string folded = fold_name(word);
  return folded.empty() || folded == "and" || folded == "clause" || folded == "clauses" ||
         folded == "article" || folded == "articles";
}

// The numbers as people list them: `clauses 1.1 and §1.2`, `[1.1]; 1.2/1.3.`. A cell without a
// number is a word of its own, so that it never reads as one that is empty.
std::vector<std::string> split_clauses(std::string_view text) {
  constexpr std::string_view kBetween = " \t\r\n|;,/&()[]{}";
  std::vector<std::string> clauses;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = std::min(rest.find_first_of(kBetween), rest.size());
    const std::string_view word = number_in(rest.substr(0, end));
    if (!is_filler(word)) {
      clauses.emplace_back(word);
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (clauses.empty() && !text.empty()) {
    clauses.emplace_back(text);
  }
  return clauses;
}

}  // namespace

std::optional<std::int64_t> read_deaths(const Table& table, Column column,
                                        std::optional<RowProblem>& problem) {
  const std::string_view text = table.field(column);
  if (text.empty() || problem) {
    return std::nullopt;
  }
  const auto deaths = parse_integer(text);
  if (!deaths) {
    problem = RowProblem{column, fmt::format("`{}` is no number of deaths", text)};
  } else if (*deaths < 0) {
    problem = RowProblem{column, fmt::format("negative deaths, {}", text)};
  } else if (*deaths > kMostDeaths) {
    problem = RowProblem{column, fmt::format("{} deaths are more than any war had", text)};
  }
  return deaths;
}

std::optional<base::Point> read_point(const Table& table, Column latitude, Column longitude,
                                      std::optional<RowProblem>& problem) {
  const std::array<std::string_view, 2> texts = {table.field(latitude), table.field(longitude)};
  if (texts[0].empty() && texts[1].empty()) {
    return std::nullopt;
  }
  const auto degrees_north = parse_number(texts[0]);
  const auto degrees_east = parse_number(texts[1]);
  if (!degrees_north || *degrees_north < -90 || *degrees_north > 90) {
    problem = RowProblem{latitude,
                         fmt::format("latitude `{}` is no number between -90 and 90", texts[0])};
    return std::nullopt;
  }
  if (!degrees_east || *degrees_east < -180 || *degrees_east > 180) {
    problem = RowProblem{longitude,
                         fmt::format("longitude `{}` is no number between -180 and 180", texts[1])};
    return std::nullopt;
  }
  return base::Point{{*degrees_north}, {*degrees_east}};
}

bool TruceRows::fits(const Table& table) {
  const bool has_time = table.has("from") || table.has("at");
  const bool has_account = table.has("according_to") || table.has("account");
  return table.has_all({"incident", "kind"}) && has_time && has_account;
}

TruceRows::TruceRows(Table& table, const ReadOptions& options, const ColumnMap* map)
    : options_(options), map_(map) {
  const auto find = [&](std::string_view name) {
    if (map_ == nullptr) {
      return table.column(name);
    }
    const auto own = map_->columns.find(name);
    return own == map_->columns.end() ? Column() : table.column(own->second);
  };
  columns_ = {.incident = find("incident"),
              .account = find("account"),
              .according_to = find("according_to"),
              .reported_at = find("reported_at"),
              .at = find("at"),
              .from = find("from"),
              .to = find("to"),
              .kind = find("kind"),
              .actor = find("actor"),
              .target = find("target"),
              .weapon = find("weapon"),
              .clauses = find("clauses"),
              .latitude = find("latitude"),
              .longitude = find("longitude"),
              .radius = find("radius_m"),
              .place = find("place"),
              .deaths_low = find("deaths_low"),
              .deaths_best = find("deaths_best"),
              .deaths_high = find("deaths_high"),
              .observed_by = find("observed_by"),
              .confidence = find("confidence"),
              .source = find("source"),
              .source_id = find("source_id"),
              .note = find("note"),
              .key = find("key")};
}

std::string_view TruceRows::kind_text(const Table& table) const {
  return table.field(columns_.kind);
}

std::optional<RowProblem> TruceRows::read(const Table& table, Report& report) const {
  for (const auto step : {&TruceRows::read_identity, &TruceRows::read_sets, &TruceRows::read_when,
                          &TruceRows::read_place, &TruceRows::read_numbers}) {
    if (auto problem = (this->*step)(table, report)) {
      return problem;
    }
  }
  report.clauses = split_clauses(table.field(columns_.clauses));
  report.place = bare_name(table.field(columns_.place));
  report.observed_by = table.field(columns_.observed_by);
  report.source = table.field(columns_.source);
  report.source_id = table.field(columns_.source_id);
  report.note = table.field(columns_.note);
  report.key = table.field(columns_.key);
  return std::nullopt;
}

std::optional<RowProblem> TruceRows::read_identity(const Table& table, Report& report) const {
  report.incident = table.field(columns_.incident);
  report.account = bare_name(table.field(columns_.account));
  report.according_to = bare_name(table.field(columns_.according_to));
  if (map_ != nullptr && report.account.empty() && report.according_to.empty()) {
    report.according_to = map_->account;
  }
  if (report.incident.empty()) {
    return RowProblem{columns_.incident, "no incident is named"};
  }
  if (report.account.empty() && report.according_to.empty()) {
    return RowProblem{columns_.according_to ? columns_.according_to : columns_.account,
                      "nobody is named whose account this is"};
  }
  if (report.account.empty()) {
    report.account = report.according_to;
  } else if (report.according_to.empty()) {
    report.according_to = report.account;
  }
  return std::nullopt;
}

std::optional<RowProblem> TruceRows::read_sets(const Table& table, Report& report) const {
  if (fold_name(table.field(columns_.kind)) == "withdrawn") {
    report.is_withdrawn = true;
  }
  struct Wanted {
    Column column;
    std::string_view field;
    NameSet Report::* set;
  };
  for (const Wanted& wanted : {Wanted{columns_.kind, "kind", &Report::kinds},
                               Wanted{columns_.actor, "actor", &Report::actors},
                               Wanted{columns_.target, "target", &Report::targets},
                               Wanted{columns_.weapon, "weapon", &Report::weapons}}) {
    const auto names = parse_names(table.field(wanted.column));
    if (!names) {
      return RowProblem{wanted.column, names.error().message};
    }
    report.*wanted.set = options_.mapping.apply(wanted.field, *names);
  }
  if (report.is_withdrawn) {
    report.kinds = {};
  }
  return std::nullopt;
}

std::optional<RowProblem> TruceRows::read_unix_time(const Table& table, Report& report) const {
  const std::string_view text = table.field(columns_.at);
  const auto seconds = parse_integer(text);
  if (!seconds || base::Instant{*seconds} <= base::kBeforeTime ||
      base::Instant{*seconds} >= base::kAfterTime) {
    return RowProblem{columns_.at, fmt::format("the time is `{}`; write seconds since 1970", text)};
  }
  report.when = {base::Instant{*seconds}, base::Instant{*seconds}};
  return std::nullopt;
}

std::optional<RowProblem> TruceRows::read_reported_at(const Table& table, Report& report) const {
  const std::string_view text = table.field(columns_.reported_at);
  if (text.empty()) {
    return std::nullopt;
  }
  const auto reported = base::parse_instant(text, options_.clock_offset);
  if (!reported) {
    return RowProblem{columns_.reported_at, wrong_time("reported_at", text)};
  }
  // What is reported on a day is known when the day is over.
  report.reported_at = reported->is_whole_day ? reported->at + base::kDay : reported->at;
  return std::nullopt;
}

std::optional<RowProblem> TruceRows::read_when(const Table& table, Report& report) const {
  if (map_ != nullptr && map_->is_unix_time) {
    return read_unix_time(table, report);
  }
  if (auto problem = read_reported_at(table, report)) {
    return problem;
  }
  const std::string_view at_text = table.field(columns_.at);
  const bool has_at = !at_text.empty();
  const Column from_column = has_at ? columns_.at : columns_.from;
  const std::string_view from_text = has_at ? at_text : table.field(columns_.from);
  const std::string_view to_text = has_at ? std::string_view() : table.field(columns_.to);
  if (report.is_withdrawn && !report.reported_at) {
    return RowProblem{columns_.reported_at, "a withdrawal says in `reported_at` when it was made"};
  }
  if (from_text.empty() && report.is_withdrawn) {
    report.when = {*report.reported_at, *report.reported_at};
    return std::nullopt;
  }
  if (has_at && (!table.field(columns_.from).empty() || !table.field(columns_.to).empty())) {
    return RowProblem{columns_.at, "both `at` and a span are given; leave one of them empty"};
  }
  const auto from = base::parse_instant(from_text, options_.clock_offset);
  if (!from) {
    return RowProblem{from_column, wrong_time(has_at ? "at" : "from", from_text)};
  }
  report.when = {from->at, from->is_whole_day ? from->at + base::kDay : from->at};
  if (to_text.empty()) {
    return std::nullopt;
  }
  const auto to = base::parse_instant(to_text, options_.clock_offset);
  if (!to) {
    return RowProblem{columns_.to, wrong_time("to", to_text)};
  }
  report.when.to = to->is_whole_day ? to->at + base::kDay : to->at;
  // Compared before a whole day is added: a day that ends where the span begins is the day before.
  if (to->at < report.when.from && report.when.to <= report.when.from) {
    return RowProblem{columns_.to,
                      fmt::format("it ends, {}, before it starts, {}", to_text, from_text)};
  }
  return std::nullopt;
}

std::optional<RowProblem> TruceRows::read_place(const Table& table, Report& report) const {
  std::optional<RowProblem> problem;
  report.point = read_point(table, columns_.latitude, columns_.longitude, problem);
  const std::string_view text = table.field(columns_.radius);
  if (!problem && !text.empty()) {
    const auto radius = parse_number(text);
    if (!radius || *radius < 0 || *radius > kLargestRadius) {
      problem = RowProblem{columns_.radius,
                           fmt::format("`radius_m` is `{}`; write a distance in metres", text)};
    } else {
      report.radius = {*radius};
    }
  }
  return problem;
}

std::optional<RowProblem> TruceRows::read_numbers(const Table& table, Report& report) const {
  std::optional<RowProblem> problem;
  report.deaths_low = read_deaths(table, columns_.deaths_low, problem);
  report.deaths_best = read_deaths(table, columns_.deaths_best, problem);
  report.deaths_high = read_deaths(table, columns_.deaths_high, problem);
  const std::string_view text = table.field(columns_.confidence);
  if (!problem && !text.empty()) {
    report.confidence = parse_number(text);
    if (!report.confidence || *report.confidence < 0 || *report.confidence > 1) {
      problem = RowProblem{columns_.confidence,
                           fmt::format("`confidence` is `{}`; write a number from 0 to 1", text)};
    }
  }
  return problem;
}

}  // namespace truce::incidents
