// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "truce/incidents/internal/sides.h"
#include "truce/incidents/internal/table.h"
#include "truce/incidents/read.h"
#include "truce/incidents/report.h"

namespace truce::incidents {

/// Reads rows of the UCDP Georeferenced Event Dataset: one deadly event each, by day. Its sides
/// say who fights whom and not who fired, so both are possible actors, but for one-sided violence.
/// How each field is read is in docs/methods/incidents.md.
class UcdpRows {
 public:
  static bool fits(const Table& table);
  UcdpRows(Table& table, const ReadOptions& options);

  /// Fills `report` from the table's row, but for its origin and raw text, or says why not.
  std::optional<RowProblem> read(const Table& table, Report& report) const;
  /// The kind in the source's own words.
  [[nodiscard]] std::string_view kind_text(const Table& table) const;

 private:
  struct Columns {
    Column id, type, dyad, side_a, side_b, office, precision, place, latitude, longitude, start,
        end, civilians, low, best, high;
  };

  std::optional<RowProblem> read_when(const Table& table, Report& report) const;
  std::optional<RowProblem> read_sides(const Table& table, Report& report) const;
  std::optional<RowProblem> read_place(const Table& table, Report& report) const;

  const ReadOptions& options_;
  Words words_;
  Columns columns_;
};

}  // namespace truce::incidents
