// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "truce/incidents/internal/table.h"
#include "truce/incidents/mapping.h"

namespace truce::incidents {

/// Reads the lines of a mapping file that name columns.
class ColumnReader {
 public:
  struct Line {
    std::string field;
    std::string value;
    std::string becomes;
  };

  /// Whether lines with this field name columns.
  static bool knows(std::string_view field);

  /// Takes the line in, or says why not; the problem has a column where `becomes` is at fault, and
  /// none where the value is.
  std::optional<RowProblem> read(const Line& line);
  /// What a file of columns cannot do without; empty where nothing is missing.
  [[nodiscard]] std::optional<std::string> missing() const;
  [[nodiscard]] ColumnMap take() && { return std::move(map_); }

 private:
  std::optional<RowProblem> read_measure(const Line& line);
  std::optional<RowProblem> read_place_of(const std::string& name, const std::string& own);

  ColumnMap map_;
  // Fields that may stand once, and stood.
  std::set<std::string> seen_;
};

}  // namespace truce::incidents
