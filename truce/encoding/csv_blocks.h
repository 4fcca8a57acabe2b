// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "truce/encoding/csv.h"
#include "truce/encoding/csv_slots.h"
#include "truce/encoding/internal/row_slots.h"
#include "truce/encoding/internal/separators.h"

namespace truce::encoding {

/// A run of plain rows: no quote, no carriage return, ASCII, each with as many fields as the
/// header, each with what its slots ask for. Nothing is copied but the slots.
struct CsvBlock {
  // What the offsets count from.
  const char* base = nullptr;
  std::size_t columns = 0;
  std::size_t rows = 0;
  // The line of the first row, from 1.
  std::uint64_t line = 0;
  // Where each row begins, and behind the last one where the next would.
  const std::uint32_t* begins = nullptr;
  // A bit for each byte from `base`, 64 to a word: commas and line ends.
  const std::uint64_t* separators = nullptr;
  // The slots of each row, one record behind the other.
  const std::uint64_t* records = nullptr;
  // Words in a record.
  std::size_t record_size = 0;

  [[nodiscard]] std::string_view field(std::size_t row, std::size_t column) const;
};

/// Reads the same rows as CsvReader, the plain ones by the block: for files of many millions of
/// rows. A row that is not plain, or that a slot has no room for, comes alone, as CsvReader reads
/// it. The text must outlive the reader.
class CsvBlockReader {
 public:
  /// `columns`: of the header, more than the greatest column of a slot. Reading begins at `at`, the
  /// first byte of a row, on line `line`; the rows that begin before `until` are read.
  CsvBlockReader(std::string_view text, std::size_t columns, std::vector<CsvSlot> slots,
                 std::size_t at, std::uint64_t line, std::size_t until = std::string_view::npos);

  /// What `next` found: a block, or one row that is not plain.
  enum class Kind : std::uint8_t { Block, Row, End };
  Kind next();
  /// Valid until the next call of `next`.
  [[nodiscard]] const CsvBlock& block() const { return block_; }
  [[nodiscard]] const CsvRow& row() const { return *row_; }

  [[nodiscard]] std::size_t columns() const { return slots_.columns(); }
  [[nodiscard]] const CsvSlots& slots() const { return slots_.slots(); }
  /// Gives a slot more words: from the next call on.
  void widen(std::size_t slot, std::size_t width) { slots_.widen(slot, width); }

  /// Where the next row begins, and on which line.
  [[nodiscard]] std::size_t offset() const { return at_; }
  [[nodiscard]] std::uint64_t line() const { return line_; }
  /// Reads on elsewhere: `at` is the first byte of a row, on line `line`.
  void go_to(std::size_t at, std::uint64_t line, std::size_t until);

 private:
  void scan();
  void fill();
  [[nodiscard]] std::size_t count_unmarked_rows() const;
  Kind read_carefully();

  std::string_view text_;
  internal::RowSlots slots_;
  std::size_t at_;
  std::uint64_t line_;
  std::size_t until_;
  // The stretch scanned last; the first of its rows that was not read.
  std::size_t scanned_begin_ = 0;
  std::size_t scanned_end_ = 0;
  internal::Separators separators_;
  std::size_t next_row_ = 0;
  std::vector<std::uint64_t> records_;
  CsvBlock block_;
  CsvReader careful_;
  const CsvRow* row_ = nullptr;
};

}  // namespace truce::encoding
