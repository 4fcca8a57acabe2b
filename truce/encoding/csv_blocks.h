// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "truce/encoding/csv.h"
#include "truce/encoding/internal/separators.h"

namespace truce::encoding {

/// A run of plain rows: no quote, no carriage return, ASCII, each with as many fields as the
/// header. Field `f` of row `r` is read without a copy.
struct CsvBlock {
  // What the offsets count from.
  const char* base = nullptr;
  std::size_t columns = 0;
  std::size_t rows = 0;
  // The byte at which the first row begins.
  std::uint32_t begin = 0;
  // The line of the first row, from 1.
  std::uint64_t line = 0;
  // Where each field ends, row by row: the place of its comma or line end.
  std::span<const std::uint32_t> ends;

  [[nodiscard]] std::uint32_t end_of(std::size_t row, std::size_t column) const {
    return ends[row * columns + column];
  }
  [[nodiscard]] std::uint32_t begin_of(std::size_t row, std::size_t column) const {
    const std::size_t at = row * columns + column;
    return at == 0 ? begin : ends[at - 1] + 1;
  }
  [[nodiscard]] std::string_view field(std::size_t row, std::size_t column) const {
    const std::uint32_t from = begin_of(row, column);
    return {base + from, end_of(row, column) - from};
  }
};

/// Reads the same rows as CsvReader, the plain ones by the block: for files of many millions of
/// rows. A row that is not plain comes alone, as CsvReader reads it. The text must outlive the
/// reader.
class CsvBlockReader {
 public:
  /// `columns`: of the header. Reading begins at `at`, the first byte of a row, on line `line`.
  CsvBlockReader(std::string_view text, std::size_t columns, std::size_t at, std::uint64_t line);

  /// What `next` found: a block, or one row that is not plain.
  enum class Kind : std::uint8_t { Block, Row, End };
  Kind next();
  /// Valid until the next call of `next`.
  [[nodiscard]] const CsvBlock& block() const { return block_; }
  [[nodiscard]] const CsvRow& row() const { return *row_; }

 private:
  void scan();
  [[nodiscard]] std::size_t count_plain_rows() const;
  [[nodiscard]] std::size_t next_special() const;
  void pass_over(std::size_t until);

  std::string_view text_;
  std::size_t columns_;
  std::size_t at_;
  std::uint64_t line_;
  // The stretch scanned last: where its commas and line ends are, where its line ends alone, and a
  // bit for each byte that no plain row has. The two counters pass over what was read.
  std::size_t scanned_begin_ = 0;
  std::size_t scanned_end_ = 0;
  internal::Separators separators_;
  std::size_t next_separator_ = 0;
  std::size_t next_line_end_ = 0;
  CsvBlock block_;
  CsvReader careful_;
  const CsvRow* row_ = nullptr;
};

}  // namespace truce::encoding
