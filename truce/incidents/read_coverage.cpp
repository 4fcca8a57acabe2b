// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include <fmt/format.h>

#include "truce/incidents/internal/table.h"
#include "truce/incidents/names.h"
#include "truce/incidents/read.h"

namespace truce::incidents {
namespace {

struct Columns {
  Column observer, from, to, place, kinds;
};

std::optional<RowProblem> read_when(const Table& table, const Columns& columns,
                                    base::Duration clock_offset, base::TimeRange& when) {
  struct Wanted {
    Column column;
    std::string_view name;
    bool is_end;
  };
  when = {base::kBeforeTime, base::kAfterTime};
  for (const Wanted& wanted :
       {Wanted{columns.from, "from", false}, Wanted{columns.to, "to", true}}) {
    const std::string_view text = table.field(wanted.column);
    if (text.empty()) {
      continue;
    }
    const auto read = base::parse_instant(text, clock_offset);
    if (!read) {
      return RowProblem{wanted.column,
                        fmt::format("`{}` is `{}`; write 2016-09-17, or 2016-09-17T15:55+03:00",
                                    wanted.name, text)};
    }
    if (wanted.is_end) {
      when.to = read->is_whole_day ? read->at + base::kDay : read->at;
    } else {
      when.from = read->at;
    }
  }
  if (when.to <= when.from) {
    return RowProblem{columns.to, "it ends before it starts"};
  }
  return std::nullopt;
}

std::optional<RowProblem> read_row(const Table& table, const Columns& columns,
                                   const ReadOptions& options, Coverage& coverage) {
  coverage.observer = bare_name(table.field(columns.observer));
  if (coverage.observer.empty()) {
    return RowProblem{columns.observer, "no observer is named"};
  }
  for (const auto& [column, names] :
       {std::pair(columns.place, &coverage.places), std::pair(columns.kinds, &coverage.kinds)}) {
    auto set = parse_names(table.field(column));
    if (!set) {
      return RowProblem{column, set.error().message};
    }
    *names = std::move(set->names);
  }
  return read_when(table, columns, options.clock_offset, coverage.when);
}

}  // namespace

base::Result<std::vector<Coverage>> read_coverage(std::string_view file_name, std::string_view text,
                                                  const ReadOptions& options, Reading& reading) {
  const auto decoded = decode(text, options.encoding);
  if (!decoded) {
    return decoded.error();
  }
  auto table = Table::open(file_name, *decoded);
  if (!table) {
    return table.error();
  }
  if (!table->has_all({"observer", "from", "to"})) {
    return base::Error{
        base::ErrorCode::InvalidArgument,
        fmt::format("{}: a coverage file has the columns observer, from, to, place and kinds",
                    file_name)};
  }
  const Columns columns = {table->column("observer"), table->column("from"), table->column("to"),
                           table->column("place"), table->column("kinds")};
  const auto file = static_cast<std::uint32_t>(reading.files.size());
  reading.files.emplace_back(file_name);
  reading.formats.emplace_back("coverage");
  std::vector<Coverage> list;
  while (table->next()) {
    Coverage coverage;
    coverage.origin = {file, table->line()};
    std::optional<RowProblem> problem = table->problem();
    if (!problem) {
      problem = read_row(*table, columns, options, coverage);
    }
    if (problem && options.is_strict) {
      return table->to_error(*problem);
    }
    if (problem) {
      const base::Position at = table->position(*problem);
      reading.skipped.push_back({{file, at.line}, at.column, std::move(problem->reason)});
      continue;
    }
    list.push_back(std::move(coverage));
  }
  return list;
}

}  // namespace truce::incidents
