// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "truce/base/time.h"
#include "truce/incidents/internal/sides.h"
#include "truce/incidents/internal/table.h"
#include "truce/incidents/read.h"
#include "truce/incidents/report.h"

namespace truce::incidents {

/// Reads rows of the Armed Conflict Location and Event Data: events, one row each, or the list of
/// events that were deleted. How each field is read is in docs/methods/incidents.md.
class AcledRows {
 public:
  static bool fits(const Table& table);
  AcledRows(Table& table, const ReadOptions& options);
  // Neither copied nor moved: its words point at its mapping.
  AcledRows(const AcledRows&) = delete;
  AcledRows& operator=(const AcledRows&) = delete;

  /// Fills `report` from the table's row, but for its origin and raw text, or says why not.
  std::optional<RowProblem> read(const Table& table, Report& report) const;
  /// The kind in the source's own words.
  [[nodiscard]] std::string_view kind_text(const Table& table) const;

 private:
  struct Columns {
    Column id, deleted, date, time_precision, type, sub_type, actor1, beside1, actor2, beside2,
        civilian_targeting, location, latitude, longitude, geo_precision, source, notes, fatalities,
        timestamp;
  };

  std::optional<RowProblem> read_when(const Table& table, Report& report) const;
  std::optional<RowProblem> read_known(const Table& table, Column column, Report& report) const;
  std::optional<RowProblem> read_sides(const Table& table, Report& report) const;
  std::optional<RowProblem> read_place(const Table& table, Report& report) const;
  void add_beside(const Table& table, Column column, std::string_view field, NameSet& names) const;

  const ReadOptions& options_;
  Mapping shipped_;
  Words words_;
  Columns columns_;
};

/// A day as the dataset writes it: `2030-02-01`, `1 February 2030`, `01-Feb-2030`, or day, month
/// and year as `01/02/2030`. Empty when it is anything else or no such day.
std::optional<base::Date> parse_acled_day(std::string_view text);

}  // namespace truce::incidents
