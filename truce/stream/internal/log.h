// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "truce/base/result.h"
#include "truce/base/time.h"
#include "truce/encoding/csv_blocks.h"
#include "truce/incidents/mapping.h"
#include "truce/stream/internal/measures.h"
#include "truce/stream/internal/words.h"

namespace truce::stream::internal {

/// A column by its place in the header.
using Column = std::optional<std::size_t>;

/// Where a log has what is read of each row.
struct LogColumns {
  std::size_t id = 0;
  std::size_t time = 0;
  // Columns side by side whose words are taken together: kind, actor, target, weapon.
  struct Span {
    std::size_t first = 0;
    std::size_t last = 0;
  };
  std::vector<Span> words;
  std::vector<std::size_t> measures;
  Column place;
  Column latitude;
  Column longitude;
  Column key;
  std::size_t print = 0;
};

/// Rows that follow one another, by column.
struct Batch {
  std::size_t rows = 0;
  // The line of the first, from 1.
  std::uint64_t line = 0;
  // Seconds since the first moment of 1970 UTC.
  std::vector<std::int64_t> times;
  // What a row says apart from when, where and about what: equal for equal words.
  std::vector<std::uint32_t> codes;
  // The number of the word of its place.
  std::vector<std::uint32_t> places;
  // What it answers or asks for, where that is one to eight bytes with no blank at either end:
  // these, the first in the lowest, zero above. 0: look at the field.
  std::vector<std::uint64_t> keys;
  // Plain rows; of a row that was read alone the fields.
  encoding::CsvBlock block;
  std::vector<std::string_view> alone;

  /// Copies what `field` looks at and what its reader will write over.
  void keep();

  [[nodiscard]] std::string_view field(std::size_t row, std::size_t column) const {
    return alone.empty() ? block.field(row, column) : alone[column];
  }

 private:
  std::vector<std::uint32_t> begins_;
  std::vector<std::uint64_t> separators_;
};

/// What a reader's numbers stand for, as far as it has read: numbers once given stay.
struct LogWords {
  // How many codes there are: each is less.
  std::size_t code_count = 0;
  // Words of places that it did not tell of before, in the order of their numbers.
  std::vector<std::string> new_places;
};

/// Why a log is not read on, and at which line, from 1.
struct LogObstacle {
  std::uint64_t line = 0;
  std::string why;
};

/// Numbers pairs: of what was joined before and one more word.
class Join {
 public:
  std::uint32_t number(std::uint32_t before, std::uint32_t word) {
    if (before >= height_ || word >= width_) {
      grow(before, word);
    }
    std::uint32_t& known = table_[before * width_ + word];
    if (known == kNone) {
      known = count_++;
    }
    return known;
  }
  [[nodiscard]] std::size_t count() const { return count_; }
  /// Entries of its table.
  [[nodiscard]] std::size_t size() const { return table_.size(); }

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  void grow(std::uint32_t before, std::uint32_t word);

  std::vector<std::uint32_t> table_;
  std::size_t height_ = 0;
  std::size_t width_ = 0;
  std::uint32_t count_ = 0;
};

/// Longer texts, in words of eight bytes, are in no slot.
constexpr std::size_t kMostWidth = 32;

/// What the next row must come after.
struct LogOrder {
  // Of the row before: a number, or bytes of which the first weigh most.
  std::array<std::uint64_t, kMostWidth> id{};
  std::int64_t time = base::kBeforeTime.seconds;

  [[nodiscard]] bool is_before(const LogOrder& other) const {
    return id < other.id && time <= other.time;
  }
};

/// Reads a CSV log whose rows stand in order of time and of ascending ids, by batches. What it does
/// not take, such as a row out of order, it says; then nothing that it gave before should be used.
class LogReader {
 public:
  /// Empty where the header has not all that the mapping names. Text and measures must outlive the
  /// reader.
  /// With `is_numbered` the ids are whole numbers, which give the order of rows of one second.
  static std::optional<LogReader> open(std::string_view text, const incidents::ColumnMap& map,
                                       const Measures& measures, bool is_numbered);

  /// The next rows; null at the end, or where a row is not taken. Valid until the next call.
  const Batch* next();
  /// The next rows, in a batch of the caller's; false as above. `batch.keep` keeps them.
  bool next(Batch& batch);
  /// Why the reading stopped before the end; empty at the end.
  [[nodiscard]] const std::optional<LogObstacle>& obstacle() const { return obstacle_; }
  void tell_words(LogWords& words);

  /// Reads on elsewhere, as if nothing had been read: the rows that begin from `at`, where one
  /// does, to before `until`. Lines count from `line`.
  void go_to(std::size_t at, std::uint64_t line, std::size_t until);
  /// Where the next row begins, and on which line.
  [[nodiscard]] std::size_t offset() const { return reader_.offset(); }
  [[nodiscard]] std::uint64_t line() const { return reader_.line(); }
  /// The first row and the last one that were read from there; the same where there was none.
  [[nodiscard]] const LogOrder& first() const { return first_; }
  [[nodiscard]] const LogOrder& last() const { return order_; }

  [[nodiscard]] const LogColumns& columns() const { return columns_; }
  /// The header and one row, as a text that reads the same.
  [[nodiscard]] std::string excerpt(const Batch& batch, std::size_t row) const;

 private:
  // The first slots of a record; those of words, of measures, of the place and of the key follow.
  static constexpr std::size_t kIdSlot = 0;
  static constexpr std::size_t kTimeSlot = 1;
  static constexpr std::size_t kFirstWordSlot = 2;

  LogReader(std::string_view text, LogColumns columns, std::size_t width, std::size_t at,
            std::uint64_t line, const Measures& measures, bool is_numbered);

  void take();
  void read_order();
  bool take_alone(const encoding::CsvRow& row);
  bool put_alone(std::size_t slot, std::string_view text);
  void read_ids();
  void read_text_ids();
  void read_times();
  void read_words();
  void read_measures(std::size_t slot, Join& join);
  void read_places();
  void read_keys();
  std::uint32_t class_of(const std::uint64_t* slot, std::size_t width, bool& is_wrong) const;
  void stop(std::size_t row, std::string_view why);

  std::string_view text_;
  std::size_t header_end_ = 0;
  LogColumns columns_;
  bool is_numbered_ = false;
  encoding::CsvBlockReader reader_;
  std::vector<Words> words_;
  Words places_;
  // Of its words, how many batches told of.
  std::size_t told_places_ = 0;
  std::vector<Join> joins_;
  Batch batch_;
  const Measures& measures_;
  LogOrder order_;
  LogOrder first_;
  bool has_first_ = false;
  // Rows that were read alone, as plain text.
  std::deque<std::string> alone_;
  std::vector<std::uint64_t> alone_record_;
  std::optional<LogObstacle> obstacle_;
};

}  // namespace truce::stream::internal
