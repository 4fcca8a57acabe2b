// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "truce/base/source_text.h"

namespace truce::encoding {

/// A quote that is not closed within this many bytes is taken to be a mistake, which keeps one
/// forgotten quote from swallowing the file.
constexpr std::size_t kLongestQuotedField = 256 * 1024;

/// One field: its text without quotes, doubled quotes undone, and the byte where it begins.
struct CsvField {
  std::string_view text;
  std::size_t offset = 0;
};

/// What is wrong with a row, and the byte where it is.
struct CsvProblem {
  std::size_t offset = 0;
  std::string message;
};

/// One row. The fields of a row with a problem are as far as they could be read.
struct CsvRow {
  // The line on which the row begins, from 1.
  std::uint64_t line = 0;
  std::vector<CsvField> fields;
  // As written, without the line end.
  std::string_view raw;
  std::optional<CsvProblem> problem;
};

/// Reads the rows of a CSV text (RFC 4180): a byte-order mark, CRLF, LF and lone CR, and quoted
/// fields that hold separators, line ends and doubled quotes. Empty lines are passed over. A quote
/// that is never closed, text after a closing quote, bytes that are not UTF-8 and NUL bytes are
/// the row's problem; reading goes on at the next line. The text must outlive the reader.
class CsvReader {
 public:
  explicit CsvReader(std::string_view text);

  /// The next row, valid until the next call; null at the end.
  const CsvRow* next();
  /// Reads on at another place: `at` is the first byte of a row, on line `line`.
  void go_to(std::size_t at, std::uint64_t line);
  /// The byte and the line at which the next row is looked for.
  [[nodiscard]] std::size_t offset() const { return at_; }
  [[nodiscard]] std::uint64_t line() const { return line_; }
  /// Where a byte of the current row stands: line, and column in code points. Linear in the row.
  [[nodiscard]] base::Position position(std::size_t offset) const;

 private:
  struct Piece;

  void read_row();
  Piece read_field();
  Piece read_quoted_field();
  void skip_line_end();
  void note_problem(std::size_t offset, std::string message);
  [[nodiscard]] std::size_t end_of_line(std::size_t from) const;

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint64_t line_ = 1;
  // Where the current row began.
  std::size_t row_begin_ = 0;
  CsvRow row_;
  // Fields whose doubled quotes were undone.
  std::string unescaped_;
};

struct CsvWriteOptions {
  // A field that a spreadsheet would run as a formula gets an apostrophe in front; numbers do not.
  bool are_formulas_made_safe = false;
};

/// `field` as it stands in a CSV row: quoted where it must be.
std::string to_csv_field(std::string_view field, const CsvWriteOptions& options = {});

/// One row with its line end, `\n`.
std::string to_csv_row(std::span<const std::string> fields, const CsvWriteOptions& options = {});

}  // namespace truce::encoding
