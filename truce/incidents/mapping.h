// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "truce/base/result.h"
#include "truce/incidents/report.h"

namespace truce::incidents {

/// How a file with columns of its own is read. Names of columns are folded.
struct ColumnMap {
  /// A column with a measure of the target or weapon.
  struct Measured {
    std::string column;
    // Empty: of what stands in the field itself; else of a thing of this kind that is its.
    std::string kind;
    std::string measure;
    // Empty for a plain number.
    std::string unit;
    bool is_of_weapon = false;
  };

  // From the name of a column of the `truce` format to the file's own.
  std::map<std::string, std::string, std::less<>> columns;
  std::string print;
  // A column of whole numbers: rows of one second happened in their order. Empty: nobody says.
  std::string order;
  // The time is in seconds since the first moment of 1970 UTC.
  bool is_unix_time = false;
  // Who says all of it; empty: a column says who.
  std::string account;
  bool is_complete = false;
  std::vector<Measured> measured;

  [[nodiscard]] bool empty() const { return columns.empty(); }
};

/// From a dataset's codes to words of the agreement. Data, not code: a CSV file with the header
/// `field,value,becomes,note`, where `field` is `actor`, `target`, `kind` or `weapon`, and
/// `becomes` may be a set `A|B`, or empty for unknown. Letter case and spacing of a value are
/// folded. Lines with other fields, such as `id`, `time` and `column`, say where a file with
/// columns of its own has them.
class Mapping {
 public:
  /// Fails with InvalidArgument naming line and column of the first bad row.
  static base::Result<Mapping> read(std::string_view file_name, std::string_view text);

  /// What `value` becomes in `field`; the value itself where the mapping is silent.
  [[nodiscard]] NameSet apply(std::string_view field, std::string_view value) const;
  /// What each name of a set becomes. One of several is a choice among all that they become; so
  /// is all of several when one of them becomes a choice, which claims less than it could.
  [[nodiscard]] NameSet apply(std::string_view field, const NameSet& values) const;
  [[nodiscard]] bool has(std::string_view field, std::string_view value) const;
  [[nodiscard]] bool empty() const { return entries_.empty(); }
  /// Empty where the file speaks of values only.
  [[nodiscard]] const ColumnMap& columns() const { return columns_; }

 private:
  std::map<std::pair<std::string, std::string>, NameSet> entries_;
  ColumnMap columns_;
};

}  // namespace truce::incidents
