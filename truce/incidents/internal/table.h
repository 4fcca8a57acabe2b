// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "truce/base/result.h"
#include "truce/encoding/csv.h"
#include "truce/incidents/report.h"

namespace truce::incidents {

/// A column by its place in the header; empty when the file has no such column.
using Column = std::optional<std::size_t>;

/// Why a row cannot be used, and the column to point at; without one, the whole row.
struct RowProblem {
  Column column;
  std::string reason;
};

/// A row of a file that is no CSV.
struct Record {
  // Where it stands in the file, from 1.
  std::uint64_t line = 0;
  // One for each column of the header.
  std::vector<std::string> fields;
  // Why it cannot be used.
  std::optional<std::string> problem;
};

/// Rows under a header, whose fields are found by the name of their column: a CSV text, or records
/// from a file of another form. The text must outlive the table.
class Table {
 public:
  /// Fails with InvalidArgument for a text without a header, one that cannot be read, or one that
  /// names a column twice.
  static base::Result<Table> open(std::string_view file_name, std::string_view text);
  /// `header`: names as fold_name() gives them, no two the same.
  static Table from_records(std::string_view file_name, std::vector<std::string> header,
                            std::vector<Record> records);

  /// The column of that name, which is read from now on.
  [[nodiscard]] Column column(std::string_view name);
  [[nodiscard]] bool has(std::string_view name) const { return find(name).has_value(); }
  [[nodiscard]] bool has_all(std::initializer_list<std::string_view> names) const;
  [[nodiscard]] const std::vector<std::string>& header() const { return header_; }
  /// The columns with a name that nobody asked for, as places in the header.
  [[nodiscard]] std::vector<std::size_t> unread_columns() const;

  /// Steps to the next row; false at the end.
  bool next();
  /// What is wrong with the row before its fields are looked at.
  [[nodiscard]] std::optional<RowProblem> problem() const;
  /// A field of the row without spaces around it; empty when the column is not there.
  [[nodiscard]] std::string_view field(Column column) const;
  /// The row as written; of a record, what it says, as a CSV row.
  [[nodiscard]] std::string_view raw() const { return row_->raw; }
  [[nodiscard]] std::uint64_t line() const { return row_->line; }
  /// The place of a problem of the row.
  [[nodiscard]] base::Position position(const RowProblem& problem) const;
  /// `file:line:column: reason`.
  [[nodiscard]] base::Error to_error(const RowProblem& problem) const;

 private:
  Table(std::string_view file_name, std::string_view text);

  [[nodiscard]] Column find(std::string_view name) const;
  const encoding::CsvRow* next_record();

  std::string file_name_;
  encoding::CsvReader reader_;
  bool has_records_ = false;
  std::vector<Record> records_;
  std::size_t records_read_ = 0;
  encoding::CsvRow record_row_;
  std::string record_raw_;
  const encoding::CsvRow* row_ = nullptr;
  std::vector<std::string> header_;
  std::vector<bool> is_read_;
};

}  // namespace truce::incidents
