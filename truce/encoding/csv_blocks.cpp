// SPDX-License-Identifier: Apache-2.0
#include "truce/encoding/csv_blocks.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace truce::encoding {
namespace {

// A stretch is scanned and then read while it is still in the nearest cache.
constexpr std::size_t kStretch = std::size_t{16} * 1024;
// Words behind the last record that may be written over.
constexpr std::size_t kBehind = 16;

}  // namespace

std::string_view CsvBlock::field(std::size_t row, std::size_t column) const {
  std::size_t from = begins[row];
  if (column > 0) {
    from = internal::find_separator(separators, from, column - 1) + 1;
  }
  return {base + from, internal::find_separator(separators, from, 0) - from};
}

CsvBlockReader::CsvBlockReader(std::string_view text, std::size_t columns,
                               std::vector<CsvSlot> slots, std::size_t at, std::uint64_t line,
                               std::size_t until)
    : text_(text),
      slots_(std::move(slots), columns),
      at_(at),
      line_(line),
      until_(std::min(until, text.size())),
      scanned_begin_(at),
      scanned_end_(at),
      careful_(text) {}

void CsvBlockReader::go_to(std::size_t at, std::uint64_t line, std::size_t until) {
  at_ = at;
  line_ = line;
  until_ = std::min(until, text_.size());
  scanned_begin_ = at;
  scanned_end_ = at;
}

void CsvBlockReader::scan() {
  scanned_begin_ = at_;
  scanned_end_ = std::min(text_.size(), at_ + kStretch);
  internal::find_separators(text_.data() + scanned_begin_, scanned_end_ - scanned_begin_,
                            separators_);
  next_row_ = 0;
}

// Rows that end in the stretch, begin where rows are wanted, and have no byte that is special.
std::size_t CsvBlockReader::count_unmarked_rows() const {
  const std::uint32_t* const first = separators_.begins.data() + next_row_;
  const std::uint32_t* last = separators_.begins.data() + separators_.begin_count - 1;
  if (until_ < scanned_end_) {
    last = std::lower_bound(first, last, until_ - scanned_begin_);
  }
  if (separators_.has_specials && first < last) {
    std::size_t word = *first / 64;
    std::uint64_t bits = separators_.specials[word] >> (*first % 64) << (*first % 64);
    while (bits == 0 && (word + 1) * 64 < *last) {
      bits = separators_.specials[++word];
    }
    if (bits != 0) {
      const std::size_t special = word * 64 + static_cast<std::size_t>(std::countr_zero(bits));
      last = std::min(last, std::upper_bound(first, last, special) - 1);
    }
  }
  return static_cast<std::size_t>(last - first);
}

void CsvBlockReader::fill() {
  block_.rows = 0;
  // Where a row was read alone the next may begin elsewhere than behind a line feed.
  if (separators_.begins[next_row_] != at_ - scanned_begin_) {
    return;
  }
  internal::Rows rows;
  rows.base = text_.data() + scanned_begin_;
  rows.before = scanned_begin_;
  rows.readable = text_.size() - scanned_begin_;
  rows.begins = separators_.begins.data() + next_row_;
  rows.count = count_unmarked_rows();
  rows.separators = separators_.all.data();
  const std::size_t size = slots_.slots().record_size();
  if (records_.size() < rows.count * size + kBehind) {
    records_.resize(rows.count * size + kBehind);
  }
  block_.rows = slots_.fill(rows, records_.data());
  block_.base = rows.base;
  block_.columns = slots_.columns();
  block_.line = line_;
  block_.begins = rows.begins;
  block_.separators = rows.separators;
  block_.records = records_.data();
  block_.record_size = size;
}

CsvBlockReader::Kind CsvBlockReader::read_carefully() {
  // Empty lines are passed over here: the row behind them may not be wanted.
  while (at_ < until_ && (text_[at_] == '\n' || text_[at_] == '\r')) {
    at_ += text_.substr(at_, 2) == "\r\n" ? 2 : 1;
    ++line_;
  }
  if (at_ >= until_) {
    return Kind::End;
  }
  careful_.go_to(at_, line_);
  row_ = careful_.next();
  at_ = careful_.offset();
  line_ = careful_.line();
  const std::size_t offset = at_ - scanned_begin_;
  while (next_row_ + 1 < separators_.begin_count && separators_.begins[next_row_] < offset) {
    ++next_row_;
  }
  return row_ == nullptr ? Kind::End : Kind::Row;
}

CsvBlockReader::Kind CsvBlockReader::next() {
  if (at_ >= until_) {
    return Kind::End;
  }
  if (at_ >= scanned_end_) {
    scan();
  }
  fill();
  if (block_.rows == 0 && scanned_begin_ < at_ && next_row_ + 1 == separators_.begin_count) {
    // The stretch ends within the row.
    scan();
    fill();
  }
  if (block_.rows == 0) {
    return read_carefully();
  }
  next_row_ += block_.rows;
  at_ = scanned_begin_ + separators_.begins[next_row_];
  line_ += block_.rows;
  return Kind::Block;
}

}  // namespace truce::encoding
