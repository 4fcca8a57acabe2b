// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "truce/incidents/internal/truce_row.h"
#include "truce/incidents/mapping.h"

namespace truce::incidents {

/// Reads rows of a file with columns of its own, as a mapping names them.
class MappedRows {
 public:
  /// The first column that the mapping names and the file does not have.
  static std::optional<std::string> missing_column(Table& table, const ColumnMap& map);
  /// The mapping's columns must be there.
  MappedRows(Table& table, const ReadOptions& options);

  /// Fills `report` from the table's row, but for its origin and raw text, or says why not.
  std::optional<RowProblem> read(const Table& table, Report& report) const;
  /// The kind in the source's own words.
  [[nodiscard]] std::string_view kind_text(const Table& table) const {
    return rows_.kind_text(table);
  }

 private:
  struct Measured {
    Column column;
    const ColumnMap::Measured* what = nullptr;
  };

  const ColumnMap& map_;
  TruceRows rows_;
  Column print_;
  Column order_;
  std::vector<Measured> measured_;
};

}  // namespace truce::incidents
