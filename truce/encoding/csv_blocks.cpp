// SPDX-License-Identifier: Apache-2.0
#include "truce/encoding/csv_blocks.h"

#include <algorithm>
#include <bit>

namespace truce::encoding {
namespace {

// A stretch is scanned and then read while it is still in the nearest cache.
constexpr std::size_t kStretch = 16 * 1024;

}  // namespace

CsvBlockReader::CsvBlockReader(std::string_view text, std::size_t columns, std::size_t at,
                               std::uint64_t line)
    : text_(text),
      columns_(columns),
      at_(at),
      line_(line),
      scanned_begin_(at),
      scanned_end_(at),
      careful_(text) {}

void CsvBlockReader::scan() {
  scanned_begin_ = at_;
  scanned_end_ = std::min(text_.size(), at_ + kStretch);
  internal::find_separators(text_.data() + scanned_begin_, scanned_end_ - scanned_begin_,
                            separators_);
  next_separator_ = 0;
  next_line_end_ = 0;
}

// Passes over the separators before a byte: those of a row that was read alone.
void CsvBlockReader::pass_over(std::size_t until) {
  const std::size_t offset = until - scanned_begin_;
  while (next_separator_ < separators_.all_count && separators_.all[next_separator_] < offset) {
    ++next_separator_;
  }
  while (next_line_end_ < separators_.line_end_count &&
         separators_.line_ends[next_line_end_] < offset) {
    ++next_line_end_;
  }
}

// As an offset into the stretch; its size where there is none.
std::size_t CsvBlockReader::next_special() const {
  const std::size_t size = scanned_end_ - scanned_begin_;
  if (!separators_.has_specials) {
    return size;
  }
  const std::size_t from = at_ - scanned_begin_;
  std::uint64_t word = separators_.specials[from / 64] >> (from % 64) << (from % 64);
  for (std::size_t at = from / 64;;) {
    if (word != 0) {
      return at * 64 + static_cast<std::size_t>(std::countr_zero(word));
    }
    if (++at * 64 >= size) {
      return size;
    }
    word = separators_.specials[at];
  }
}

// The line ends are some of the separators: as long as the last separator of each row is the next
// line end, no other field ends with one.
std::size_t CsvBlockReader::count_plain_rows() const {
  const std::size_t special = next_special();
  const std::size_t most = std::min((separators_.all_count - next_separator_) / columns_,
                                    separators_.line_end_count - next_line_end_);
  const std::uint32_t* end = separators_.all.data() + next_separator_ + columns_ - 1;
  const std::uint32_t* line_end = separators_.line_ends.data() + next_line_end_;
  std::size_t rows = 0;
  while (rows < most && *end == line_end[rows] && *end < special) {
    // A row of one empty field is an empty line, which is passed over.
    if (columns_ == 1 && *end == (rows == 0 ? at_ - scanned_begin_ : line_end[rows - 1] + 1)) {
      break;
    }
    end += columns_;
    ++rows;
  }
  return rows;
}

CsvBlockReader::Kind CsvBlockReader::next() {
  if (at_ >= text_.size()) {
    return Kind::End;
  }
  if (at_ >= scanned_end_) {
    scan();
  }
  std::size_t rows = count_plain_rows();
  if (rows == 0 && scanned_begin_ < at_ && next_separator_ + columns_ > separators_.all_count) {
    // The stretch ends within the row.
    scan();
    rows = count_plain_rows();
  }
  if (rows == 0) {
    careful_.go_to(at_, line_);
    row_ = careful_.next();
    at_ = careful_.offset();
    line_ = careful_.line();
    if (at_ < scanned_end_) {
      pass_over(at_);
    }
    return row_ == nullptr ? Kind::End : Kind::Row;
  }
  block_.base = text_.data() + scanned_begin_;
  block_.columns = columns_;
  block_.rows = rows;
  block_.begin = static_cast<std::uint32_t>(at_ - scanned_begin_);
  block_.line = line_;
  block_.ends = {separators_.all.data() + next_separator_, rows * columns_};
  at_ = scanned_begin_ + block_.ends.back() + 1;
  line_ += rows;
  next_separator_ += rows * columns_;
  next_line_end_ += rows;
  return Kind::Block;
}

}  // namespace truce::encoding
