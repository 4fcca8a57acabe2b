// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "truce/incidents/internal/table.h"
#include "truce/incidents/read.h"
#include "truce/incidents/report.h"

namespace truce::incidents {

/// Half of the way around the Earth, in metres.
constexpr double kLargestRadius = 20'100'000;

/// Reads rows of the `truce` format: one account of one incident each.
class TruceRows {
 public:
  static bool fits(const Table& table);
  /// `map`: the names that the columns have in a file with names of its own; null for the format's.
  TruceRows(Table& table, const ReadOptions& options, const ColumnMap* map = nullptr);

  /// Fills `report` from the table's row, but for its origin and raw text, or says why not.
  std::optional<RowProblem> read(const Table& table, Report& report) const;
  /// The kind in the source's own words.
  [[nodiscard]] std::string_view kind_text(const Table& table) const;

 private:
  struct Columns {
    Column incident, account, according_to, reported_at, at, from, to, kind, actor, target, weapon,
        clauses, latitude, longitude, radius, place, deaths_low, deaths_best, deaths_high,
        observed_by, confidence, source, source_id, note, key;
  };

  std::optional<RowProblem> read_identity(const Table& table, Report& report) const;
  std::optional<RowProblem> read_sets(const Table& table, Report& report) const;
  std::optional<RowProblem> read_reported_at(const Table& table, Report& report) const;
  std::optional<RowProblem> read_when(const Table& table, Report& report) const;
  std::optional<RowProblem> read_unix_time(const Table& table, Report& report) const;
  std::optional<RowProblem> read_place(const Table& table, Report& report) const;
  std::optional<RowProblem> read_numbers(const Table& table, Report& report) const;

  const ReadOptions& options_;
  const ColumnMap* map_;
  Columns columns_;
};

/// The deaths of `column`; empty where the field is. Sets `problem` for what is no such number.
std::optional<std::int64_t> read_deaths(const Table& table, Column column,
                                        std::optional<RowProblem>& problem);

/// A point on the globe from two columns; none where both are empty. Sets `problem` for anything
/// else.
std::optional<base::Point> read_point(const Table& table, Column latitude, Column longitude,
                                      std::optional<RowProblem>& problem);

}  // namespace truce::incidents
