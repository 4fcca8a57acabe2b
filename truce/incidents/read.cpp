// SPDX-License-Identifier: Apache-2.0
#include "truce/incidents/read.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "truce/incidents/internal/acled_row.h"
#include "truce/incidents/internal/feature_table.h"
#include "truce/incidents/internal/fields.h"
#include "truce/incidents/internal/mapped_row.h"
#include "truce/incidents/internal/table.h"
#include "truce/incidents/internal/truce_row.h"
#include "truce/incidents/internal/ucdp_row.h"
#include "truce/incidents/internal/video_row.h"
#include "truce/incidents/names.h"

namespace truce::incidents {
namespace {

constexpr std::size_t kMostColumnsNamed = 24;
constexpr std::array kFormats = {Format::Truce, Format::Ucdp,  Format::Acled, Format::GeoJson,
                                 Format::Kml,   Format::Video, Format::Mapped};
// What a mapping makes of a kind whose rows tell of no act.
constexpr std::string_view kNoAct = "no act";

std::string list_columns(const std::vector<std::string>& names) {
  const std::size_t shown = std::min(names.size(), kMostColumnsNamed);
  std::string list = fmt::format(
      "{}", fmt::join(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
  if (shown < names.size()) {
    list += fmt::format(" and {} more", names.size() - shown);
  }
  return list;
}

base::Error no_format(std::string_view file_name, const Table& table) {
  // A tab has become a space in the name of a column.
  if (table.header().size() == 1 &&
      table.header().front().find_first_of("; ") != std::string::npos) {
    return {base::ErrorCode::InvalidArgument,
            fmt::format("{}: no commas stand between its columns, `{}`; save it with commas",
                        file_name, table.header().front())};
  }
  return {base::ErrorCode::InvalidArgument,
          fmt::format("{}: no known format has these columns: {}; `truce` needs incident, kind, "
                      "from (or at) and according_to (or account), `ucdp` needs id, "
                      "type_of_violence, side_a, side_b, where_prec, latitude, longitude, "
                      "date_start, date_end, low, best and high, `acled` needs event_id_cnty, "
                      "event_date, time_precision, event_type, sub_event_type, actor1, actor2, "
                      "latitude, longitude and geo_precision, `video` needs reference_code, "
                      "recording_date, hour_minute, violation_type, source, latitude and longitude",
                      file_name, list_columns(table.header()))};
}

bool fits(const Table& table, Format format) {
  switch (format) {
    case Format::Truce:
      return TruceRows::fits(table);
    case Format::Ucdp:
      return UcdpRows::fits(table);
    case Format::Acled:
      return AcledRows::fits(table);
    case Format::Video:
      return VideoRows::fits(table);
    case Format::GeoJson:
    case Format::Kml:
    case Format::Mapped:
      return false;
  }
  return false;
}

std::optional<Format> find_fitting(const Table& table) {
  for (const Format format : kFormats) {
    if (fits(table, format)) {
      return format;
    }
  }
  return std::nullopt;
}

// `A|B` says what `B|A` says.
bool is_same_set(const NameSet& a, const NameSet& b) {
  return a.joining == b.joining && a.names.size() == b.names.size() &&
         std::is_permutation(a.names.begin(), a.names.end(), b.names.begin());
}

// Everything a report says but for its sets, without where it was read and how it was spelt.
auto content_of(const Report& report) {
  return std::tie(report.incident, report.account, report.according_to, report.reported_at,
                  report.when, report.clauses, report.point, report.radius, report.place,
                  report.deaths_low, report.deaths_best, report.deaths_high, report.observed_by,
                  report.confidence, report.source, report.source_id, report.note, report.key,
                  report.print, report.order, report.is_withdrawn);
}

bool is_same_content(const Report& a, const Report& b) {
  return content_of(a) == content_of(b) && is_same_set(a.kinds, b.kinds) &&
         is_same_set(a.actors, b.actors) && is_same_set(a.targets, b.targets) &&
         is_same_set(a.weapons, b.weapons);
}

std::size_t hash_of(const Report& report) {
  std::size_t hash = 0;
  const auto mix = [&](std::size_t more) { hash = (hash ^ more) * 0x9E3779B97F4A7C15U; };
  for (const std::string* text : {&report.incident, &report.account, &report.place,
                                  &report.source_id, &report.note, &report.key}) {
    mix(std::hash<std::string>{}(*text));
  }
  mix(static_cast<std::size_t>(report.when.from.seconds));
  mix(static_cast<std::size_t>(report.when.to.seconds));
  mix(static_cast<std::size_t>(report.reported_at.value_or(base::kBeforeTime).seconds));
  mix(static_cast<std::size_t>(report.deaths_best.value_or(-1)));
  mix(std::hash<double>{}(report.point.value_or(base::Point{}).latitude.degrees));
  mix(std::hash<double>{}(report.point.value_or(base::Point{}).longitude.degrees));
  return hash;
}

// Puts reports into the reading, but not the same one twice. Of two spellings the bytewise greater
// row stays, so that a tie with a third row does not depend on the order of arrival.
class Collector {
 public:
  explicit Collector(Reading& reading) : reading_(reading) {
    for (std::size_t index = 0; index < reading.reports.size(); ++index) {
      seen_.emplace(hash_of(reading.reports[index]), index);
    }
  }

  void add(Report report) {
    const std::size_t hash = hash_of(report);
    const auto [first, last] = seen_.equal_range(hash);
    const auto known = std::find_if(first, last, [&](const auto& entry) {
      return is_same_content(reading_.reports[entry.second], report);
    });
    if (known != last) {
      ++reading_.duplicates;
      Report& kept = reading_.reports[known->second];
      if (report.raw > kept.raw) {
        kept = std::move(report);
      }
      return;
    }
    seen_.emplace(hash, reading_.reports.size());
    reading_.reports.push_back(std::move(report));
  }

 private:
  Reading& reading_;
  // From a hash to places in Reading::reports.
  std::unordered_multimap<std::size_t, std::size_t> seen_;
};

// What of a file is not among its reports, counted while it is read.
class Rest {
 public:
  Rest(const Table& table, std::uint32_t file) : file_(file) {
    for (const std::size_t column : table.unread_columns()) {
      columns_.push_back({.name = table.header()[column], .count = 0, .first = {}});
      places_.push_back(column);
    }
  }

  void see(const Table& table) {
    for (std::size_t at = 0; at < places_.size(); ++at) {
      if (!table.field(places_[at]).empty() && columns_[at].count++ == 0) {
        columns_[at].first = {file_, table.line()};
      }
    }
  }

  void leave_out(const Table& table, std::string_view kind) {
    const RowOrigin origin{file_, table.line()};
    LeftOut& entry =
        kinds_.try_emplace(std::string(kind), LeftOut{std::string(kind), 0, origin}).first->second;
    ++entry.count;
  }

  void add_to(std::string_view file_name, Reading& reading) const {
    for (const UnreadColumn& column : columns_) {
      if (column.count > 0) {
        reading.unread_columns.push_back(column);
      }
    }
    std::uint64_t count = 0;
    std::vector<std::string> words;
    for (const auto& [kind, entry] : kinds_) {
      reading.left_out.push_back(entry);
      count += entry.count;
      words.push_back(fmt::format("{} ({})", kind, entry.count));
    }
    if (count > 0) {
      reading.warnings.push_back(fmt::format("{}: {} that {} of no act {} left out: {}", file_name,
                                             count == 1 ? "a row" : fmt::format("{} rows", count),
                                             count == 1 ? "tells" : "tell",
                                             count == 1 ? "is" : "are", fmt::join(words, ", ")));
    }
  }

 private:
  std::uint32_t file_;
  std::vector<UnreadColumn> columns_;
  std::vector<std::size_t> places_;
  std::map<std::string, LeftOut> kinds_;
};

bool is_no_act(const Report& report) {
  return report.kinds.names.size() == 1 && report.kinds.names.front() == kNoAct;
}

template <typename Rows>
base::Result<void> read_rows(Table& table, const Rows& rows, const ReadOptions& options,
                             Reading& reading) {
  const auto file = static_cast<std::uint32_t>(reading.files.size() - 1);
  Collector collector(reading);
  Rest rest(table, file);
  while (table.next()) {
    ++reading.rows;
    Report report;
    std::optional<RowProblem> problem = table.problem();
    if (!problem) {
      rest.see(table);
      problem = rows.read(table, report);
    }
    if (problem && options.is_strict) {
      return table.to_error(*problem);
    }
    if (problem) {
      const base::Position at = table.position(*problem);
      reading.skipped.push_back({{file, at.line}, at.column, std::move(problem->reason)});
      continue;
    }
    if (is_no_act(report)) {
      rest.leave_out(table, rows.kind_text(table));
      continue;
    }
    report.origin = {file, table.line()};
    report.raw = table.raw();
    collector.add(std::move(report));
  }
  rest.add_to(reading.files.back(), reading);
  return {};
}

base::Result<Format> choose_format(std::string_view file_name, const Table& table,
                                   std::optional<Format> wanted) {
  const std::optional<Format> format = wanted ? wanted : find_fitting(table);
  if (!format || !fits(table, *format)) {
    return no_format(file_name, table);
  }
  return *format;
}

// Of these files every column is ours, so one that is not read may be a slip.
base::Result<void> read_truce_rows(Table& table, const ReadOptions& options, Reading& reading) {
  const TruceRows rows(table, options);
  std::vector<std::string> unread;
  for (const std::size_t column : table.unread_columns()) {
    unread.push_back(table.header()[column]);
  }
  if (!unread.empty()) {
    reading.warnings.push_back(fmt::format("{}: these columns are not read: {}",
                                           reading.files.back(), list_columns(unread)));
  }
  return read_rows(table, rows, options, reading);
}

// The format of a file that is no table, by how it begins.
std::optional<Format> format_of_bytes(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) {
    text.remove_prefix(kByteOrderMark.size());
  }
  const std::string_view begin = trim(text.substr(0, std::min<std::size_t>(text.size(), 4096)));
  const bool is_wide =
      text.starts_with("\xFF\xFE<") || text.starts_with(std::string_view("\xFE\xFF\0<", 4));
  if (begin.starts_with('{')) {
    return Format::GeoJson;
  }
  return begin.starts_with('<') || is_wide ? std::optional(Format::Kml) : std::nullopt;
}

std::optional<base::Error> refuse_archive(std::string_view file_name, std::string_view text) {
  if (!text.starts_with("PK\x03\x04")) {
    return std::nullopt;
  }
  return base::Error{base::ErrorCode::Unsupported,
                     fmt::format("{}: this is an archive, as KMZ files are; unpack it and name the "
                                 ".kml file in it",
                                 file_name)};
}

bool is_utf8_name(std::string_view encoding) {
  const std::string name = fold_name(encoding);
  return name == "utf-8" || name == "utf8";
}

base::Result<void> read_features(std::string_view file_name, std::string_view text,
                                 std::string_view decoded, const ReadOptions& options,
                                 Reading& reading) {
  const bool is_declared = is_utf8_name(options.encoding);
  auto table = options.format == Format::Kml
                   ? read_kml_table(file_name, is_declared ? text : decoded, !is_declared, reading)
                   : read_geojson_table(file_name, decoded, reading);
  if (!table) {
    return table.error();
  }
  reading.files.emplace_back(file_name);
  reading.formats.emplace_back(to_text(*options.format));
  return read_truce_rows(*table, options, reading);
}

base::Result<void> read_table(Table& table, Format format, const ReadOptions& options,
                              Reading& reading) {
  switch (format) {
    case Format::Ucdp:
      return read_rows(table, UcdpRows(table, options), options, reading);
    case Format::Acled:
      return read_rows(table, AcledRows(table, options), options, reading);
    case Format::Video:
      return read_rows(table, VideoRows(table, options), options, reading);
    case Format::Truce:
    case Format::GeoJson:
    case Format::Kml:
      return read_truce_rows(table, options, reading);
    case Format::Mapped:
      break;
  }
  return {};
}

base::Result<void> read_mapped(Table& table, const ReadOptions& options, Reading& reading) {
  const ColumnMap& map = options.mapping.columns();
  const std::string& file_name = reading.files.back();
  if (map.empty()) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("{}: no mapping names its columns; write a mapping file with "
                                   "`id`, `time`, `column` and `account`",
                                   file_name)};
  }
  if (const auto missing = MappedRows::missing_column(table, map)) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("{}: the mapping names a column `{}`, and the file has {}",
                                   file_name, *missing, list_columns(table.header()))};
  }
  const std::size_t first = reading.reports.size();
  if (auto read = read_rows(table, MappedRows(table, options), options, reading); !read) {
    return read;
  }
  if (map.is_complete) {
    std::set<std::string> observers;
    for (std::size_t i = first; i < reading.reports.size(); ++i) {
      if (observers.insert(reading.reports[i].according_to).second) {
        reading.coverage.push_back({.observer = reading.reports[i].according_to,
                                    .when = {base::kBeforeTime, base::kAfterTime},
                                    .places = {},
                                    .kinds = {},
                                    .origin = reading.reports[i].origin});
      }
    }
  }
  return {};
}

}  // namespace

std::optional<Format> find_format(std::string_view name) {
  for (const Format format : kFormats) {
    if (to_text(format) == name) {
      return format;
    }
  }
  return std::nullopt;
}

std::string_view to_text(Format format) {
  switch (format) {
    case Format::Truce:
      return "truce";
    case Format::Ucdp:
      return "ucdp";
    case Format::Acled:
      return "acled";
    case Format::GeoJson:
      return "geojson";
    case Format::Kml:
      return "kml";
    case Format::Video:
      return "video";
    case Format::Mapped:
      return "mapped";
  }
  return "";
}

std::string list_formats() {
  std::string list;
  for (const Format format : kFormats) {
    const bool is_last = format == kFormats.back();
    list += fmt::format("{}={}", list.empty() ? "" : is_last ? " or " : ", ", to_text(format));
  }
  return list;
}

base::Result<Format> recognise_format(std::string_view file_name, std::string_view text,
                                      std::string_view encoding) {
  if (auto archive = refuse_archive(file_name, text)) {
    return *std::move(archive);
  }
  if (const auto format = format_of_bytes(text)) {
    return *format;
  }
  const auto decoded = decode(text, encoding);
  if (!decoded) {
    return decoded.error();
  }
  const auto table = Table::open(file_name, *decoded);
  if (!table) {
    return table.error();
  }
  return choose_format(file_name, *table, std::nullopt);
}

base::Result<void> read_reports(std::string_view file_name, std::string_view text,
                                const ReadOptions& options, Reading& reading) {
  if (auto archive = refuse_archive(file_name, text)) {
    return *std::move(archive);
  }
  const auto decoded = decode(text, options.encoding);
  if (!decoded) {
    return decoded.error();
  }
  const auto wanted = options.format ? options.format : format_of_bytes(text);
  if (wanted == Format::GeoJson || wanted == Format::Kml) {
    ReadOptions chosen = options;
    chosen.format = wanted;
    return read_features(file_name, text, *decoded, chosen, reading);
  }
  auto table = Table::open(file_name, *decoded);
  if (!table) {
    return table.error();
  }
  const bool is_mapped =
      options.format == Format::Mapped ||
      (!options.format && !find_fitting(*table) && !options.mapping.columns().empty());
  if (is_mapped) {
    reading.files.emplace_back(file_name);
    return read_mapped(*table, options, reading);
  }
  const auto format = choose_format(file_name, *table, options.format);
  if (!format) {
    return format.error();
  }
  reading.files.emplace_back(file_name);
  reading.formats.emplace_back(to_text(*format));
  return read_table(*table, *format, options, reading);
}

}  // namespace truce::incidents
