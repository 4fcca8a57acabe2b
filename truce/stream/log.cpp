// SPDX-License-Identifier: Apache-2.0
#include "truce/stream/internal/log.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <type_traits>
#include <utility>

#include <fmt/format.h>

#include "truce/encoding/digits.h"
#include "truce/incidents/names.h"

namespace truce::stream::internal {
namespace {

constexpr std::size_t kWord = sizeof(std::uint64_t);
// More digits are no number here.
constexpr std::size_t kMostNumberWidth = 2;
// Of all tables that join words: beyond it the rows are too different from one another to be
// decided once for all.
constexpr std::size_t kMostJoined = std::size_t{1} << 24U;
// The last instant that a report may give: the end of the year 9999.
constexpr std::int64_t kLastTime = 253'402'300'799;

// The columns of the truce format that a log may name.
constexpr std::string_view kRead[] = {"incident", "at",       "kind",      "actor", "target",
                                      "weapon",   "latitude", "longitude", "place", "key"};

struct Header {
  std::vector<std::string> names;

  [[nodiscard]] Column find(std::string_view name) const {
    const auto found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? Column() : Column(found - names.begin());
  }
};

std::optional<LogColumns> columns_of(const Header& header, const incidents::ColumnMap& map) {
  const auto mapped = [&](std::string_view name) {
    const auto found = map.columns.find(name);
    return found == map.columns.end() ? Column() : header.find(found->second);
  };
  for (const auto& [name, own] : map.columns) {
    const bool is_read = std::find(std::begin(kRead), std::end(kRead), name) != std::end(kRead);
    if (!is_read || !header.find(own)) {
      return std::nullopt;
    }
  }
  const Column id = mapped("incident");
  const Column time = mapped("at");
  const Column print = map.print.empty() ? id : header.find(map.print);
  if (!id || !time || !print || !mapped("kind")) {
    return std::nullopt;
  }
  LogColumns columns;
  columns.id = *id;
  columns.time = *time;
  columns.print = *print;
  std::vector<std::size_t> words;
  for (const std::string_view name : {"kind", "actor", "target", "weapon"}) {
    if (const Column column = mapped(name)) {
      words.push_back(*column);
    }
  }
  std::sort(words.begin(), words.end());
  for (const std::size_t column : words) {
    if (!columns.words.empty() && columns.words.back().last + 1 >= column) {
      columns.words.back().last = column;
    } else {
      columns.words.push_back({column, column});
    }
  }
  for (const incidents::ColumnMap::Measured& measured : map.measured) {
    const Column column = header.find(measured.column);
    if (!column) {
      return std::nullopt;
    }
    columns.measures.push_back(*column);
  }
  columns.place = mapped("place");
  columns.latitude = mapped("latitude");
  columns.longitude = mapped("longitude");
  columns.key = mapped("key");
  return columns;
}

// The slots of a record, in the order of LogReader's numbers for them.
std::vector<encoding::CsvSlot> slots_of(const LogColumns& columns, bool is_numbered) {
  std::vector<encoding::CsvSlot> slots;
  slots.push_back({columns.id, columns.id, 1, is_numbered});
  slots.push_back({columns.time, columns.time, 1, true});
  for (const LogColumns::Span& span : columns.words) {
    slots.push_back({span.first, span.last, 1, false});
  }
  for (const std::size_t measure : columns.measures) {
    slots.push_back({measure, measure, 1, false});
  }
  if (columns.place) {
    slots.push_back({*columns.place, *columns.place, 1, false});
  }
  if (columns.key) {
    slots.push_back({*columns.key, *columns.key, 1, false});
  }
  return slots;
}

// Calls `visit(row, words)` with what stands in a slot of each row.
template <typename Visit>
[[gnu::always_inline]] inline void each_slot(const encoding::CsvBlock& block, std::size_t offset,
                                             Visit visit) {
  const std::uint64_t* slot = block.records + offset;
  for (std::size_t row = 0; row < block.rows; ++row, slot += block.record_size) {
    visit(row, slot);
  }
}

template <std::size_t Count>
using Width = std::integral_constant<std::size_t, Count>;

// Calls `what` with the width as a constant, where it is a usual one, so that its loop knows it.
template <typename What>
void with_width(std::size_t width, What what) {
  if (width == 1) {
    what(Width<1>());
  } else if (width == 2) {
    what(Width<2>());
  } else {
    what(Width<0>());
  }
}

template <std::size_t Count>
std::uint64_t number_in(const std::uint64_t* slot) {
  return Count == 1 ? slot[0] : slot[0] * encoding::kDigitsOfAWord + slot[1];
}

bool is_blank(std::uint64_t byte) { return (byte & 0xFFU) <= ' '; }

}  // namespace

void Join::grow(std::uint32_t before, std::uint32_t word) {
  const std::size_t height = std::max<std::size_t>(height_, std::bit_ceil(before + 1U));
  const std::size_t width = std::max<std::size_t>(width_, std::bit_ceil(word + 1U));
  std::vector<std::uint32_t> table(height * width, kNone);
  for (std::size_t row = 0; row < height_; ++row) {
    std::copy_n(table_.begin() + static_cast<std::ptrdiff_t>(row * width_), width_,
                table.begin() + static_cast<std::ptrdiff_t>(row * width));
  }
  table_ = std::move(table);
  height_ = height;
  width_ = width;
}

void Batch::keep() {
  if (!alone.empty()) {
    block.records = nullptr;
    return;
  }
  // From the word in which the first row begins.
  const std::size_t before = block.begins[0] / 64;
  const std::size_t end = block.begins[rows] / 64 + 1;
  separators_.assign(block.separators + before, block.separators + end);
  begins_.resize(rows + 1);
  for (std::size_t row = 0; row <= rows; ++row) {
    begins_[row] = block.begins[row] - static_cast<std::uint32_t>(before * 64);
  }
  block.base += before * 64;
  block.begins = begins_.data();
  block.separators = separators_.data();
  block.records = nullptr;
}

LogReader::LogReader(std::string_view text, LogColumns columns, std::size_t width, std::size_t at,
                     std::uint64_t line, const Measures& measures, bool is_numbered)
    : text_(text),
      header_end_(at),
      columns_(std::move(columns)),
      is_numbered_(is_numbered),
      reader_(text, width, slots_of(columns_, is_numbered), at, line),
      words_(columns_.words.size()),
      joins_(columns_.words.size() + columns_.measures.size()),
      measures_(measures) {}

std::optional<LogReader> LogReader::open(std::string_view text, const incidents::ColumnMap& map,
                                         const Measures& measures, bool is_numbered) {
  encoding::CsvReader reader(text);
  const encoding::CsvRow* row = reader.next();
  if (row == nullptr || row->problem || !map.is_unix_time || map.account.empty()) {
    return std::nullopt;
  }
  Header header;
  for (const encoding::CsvField& field : row->fields) {
    header.names.push_back(incidents::fold_name(field.text));
  }
  std::optional<LogColumns> columns = columns_of(header, map);
  if (!columns) {
    return std::nullopt;
  }
  return LogReader(text, *std::move(columns), header.names.size(), reader.offset(), reader.line(),
                   measures, is_numbered);
}

void LogReader::stop(std::size_t row, std::string_view why) {
  if (!obstacle_) {
    obstacle_ = LogObstacle{batch_.line + row, std::string(why)};
  }
}

// Of ids that are no plain numbers: each comes after the last, a longer one after a shorter.
void LogReader::read_text_ids() {
  const std::size_t width = reader_.slots().all()[kIdSlot].width;
  bool is_bad = false;
  auto& last = order_.id;
  each_slot(batch_.block, reader_.slots().offset(kIdSlot),
            [&](std::size_t, const std::uint64_t* slot) {
              bool is_later = false;
              bool is_first_seen = false;
              for (std::size_t i = 0; i < width; ++i) {
                const std::uint64_t bytes = __builtin_bswap64(slot[i]);
                std::uint64_t& before = last[kMostWidth - width + i];
                if (!is_later && bytes < before) {
                  break;
                }
                is_later = is_later || bytes > before;
                before = bytes;
                if (slot[i] != 0 && !is_first_seen) {
                  is_bad |= is_blank(slot[i] >> (std::countr_zero(slot[i]) & ~7));
                  is_first_seen = true;
                }
              }
              is_bad |= !is_later || is_blank(slot[width - 1] >> 56U);
            });
  if (is_bad) {
    stop(0, "an id here or below does not come after that of the row before");
  }
}

void LogReader::read_ids() {
  if (!is_numbered_) {
    read_text_ids();
    return;
  }
  const std::size_t offset = reader_.slots().offset(kIdSlot);
  bool is_bad = false;
  with_width(reader_.slots().all()[kIdSlot].width, [&](auto width) {
    std::uint64_t last = order_.id.back();
    each_slot(batch_.block, offset, [&](std::size_t, const std::uint64_t* slot) {
      const std::uint64_t value = number_in<width.value>(slot);
      is_bad |= value <= last;
      last = value;
    });
    order_.id.back() = last;
  });
  if (is_bad) {
    stop(0, "an id here or below does not come after that of the row before");
  }
}

void LogReader::read_times() {
  batch_.times.resize(batch_.rows);
  std::int64_t* const times = batch_.times.data();
  const std::size_t offset = reader_.slots().offset(kTimeSlot);
  bool is_late = false;
  with_width(reader_.slots().all()[kTimeSlot].width, [&](auto width) {
    std::int64_t last = order_.time;
    each_slot(batch_.block, offset, [&](std::size_t row, const std::uint64_t* slot) {
      const auto time = static_cast<std::int64_t>(number_in<width.value>(slot));
      is_late |= time < last;
      last = time;
      times[row] = time;
    });
    order_.time = last;
  });
  if (is_late || order_.time > kLastTime) {
    stop(0, "a row here or below comes after one that happened later");
  }
}

void LogReader::read_words() {
  batch_.codes.resize(batch_.rows);
  std::uint32_t* const codes = batch_.codes.data();
  const encoding::CsvSlots& slots = reader_.slots();
  std::size_t joined = 0;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    Words& words = words_[i];
    Join& join = joins_[i];
    const std::size_t width = slots.all()[kFirstWordSlot + i].width;
    with_width(width, [&](auto constant) {
      each_slot(batch_.block, slots.offset(kFirstWordSlot + i),
                [&](std::size_t row, const std::uint64_t* slot) {
                  const std::uint32_t word = words.number<constant.value>(slot, width);
                  codes[row] = i == 0 ? word : join.number(codes[row], word);
                });
    });
    joined += i == 0 ? words.size() : join.size();
  }
  for (std::size_t i = 0; i < columns_.measures.size(); ++i) {
    Join& join = joins_[words_.size() + i];
    read_measures(kFirstWordSlot + words_.size() + i, join);
    joined += join.size();
  }
  if (joined > kMostJoined) {
    stop(0, "too many different rows");
  }
}

std::uint32_t LogReader::class_of(const std::uint64_t* slot, std::size_t width,
                                  bool& is_wrong) const {
  if (width == 1) {
    bool is_bad = false;
    const std::uint64_t value = encoding::value_of_digits(slot[0], is_bad);
    if (!is_bad) {
      return measures_.class_of_whole(value, slot[0] == 0);
    }
  }
  const std::string text = text_of(slot, width);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  is_wrong |= !text.empty() && (error != std::errc() || end != text.data() + text.size());
  return text.empty() ? 0 : measures_.class_of(value);
}

void LogReader::read_measures(std::size_t slot, Join& join) {
  std::uint32_t* const codes = batch_.codes.data();
  const std::size_t width = reader_.slots().all()[slot].width;
  bool is_wrong = false;
  each_slot(batch_.block, reader_.slots().offset(slot),
            [&](std::size_t row, const std::uint64_t* words) {
              codes[row] = join.number(codes[row], class_of(words, width, is_wrong));
            });
  if (is_wrong) {
    stop(0, "a measure here or below is no number");
  }
}

void LogReader::read_places() {
  if (!columns_.place) {
    batch_.places.assign(batch_.rows, 0);
    return;
  }
  batch_.places.resize(batch_.rows);
  std::uint32_t* const places = batch_.places.data();
  const std::size_t slot = kFirstWordSlot + words_.size() + columns_.measures.size();
  const std::size_t width = reader_.slots().all()[slot].width;
  with_width(width, [&](auto constant) {
    each_slot(batch_.block, reader_.slots().offset(slot),
              [&](std::size_t row, const std::uint64_t* words) {
                places[row] = places_.number<constant.value>(words, width);
              });
  });
  if (places_.size() > kMostJoined) {
    stop(0, "too many different places");
  }
}

void LogReader::read_keys() {
  if (!columns_.key) {
    return;
  }
  batch_.keys.resize(batch_.rows);
  const std::size_t slot = reader_.slots().all().size() - 1;
  const std::size_t width = reader_.slots().all()[slot].width;
  each_slot(
      batch_.block, reader_.slots().offset(slot), [&](std::size_t row, const std::uint64_t* words) {
        const bool is_long =
            std::any_of(words, words + width - 1, [](std::uint64_t word) { return word != 0; });
        const std::uint64_t last = words[width - 1];
        const std::uint64_t bytes = last == 0 ? 0 : last >> (std::countr_zero(last) & ~7);
        const bool is_plain = !is_long && !is_blank(bytes) && !is_blank(last >> 56U);
        batch_.keys[row] = is_plain ? bytes : 0;
      });
}

void LogReader::take() {
  batch_.line = batch_.block.line;
  if (!has_first_) {
    const std::size_t rows = std::exchange(batch_.block.rows, 1);
    batch_.rows = 1;
    read_order();
    first_ = std::exchange(order_, {});
    has_first_ = true;
    batch_.block.rows = rows;
  }
  batch_.rows = batch_.block.rows;
  read_order();
  read_words();
  read_places();
  read_keys();
}

void LogReader::read_order() {
  read_ids();
  read_times();
}

void LogReader::tell_words(LogWords& words) {
  words.code_count = joins_.size() > 1 ? joins_.back().count() : words_.front().size();
  words.new_places.clear();
  for (; told_places_ < places_.size(); ++told_places_) {
    words.new_places.push_back(places_.text(static_cast<std::uint32_t>(told_places_)));
  }
}

void LogReader::go_to(std::size_t at, std::uint64_t line, std::size_t until) {
  reader_.go_to(at, line, until);
  order_ = {};
  first_ = {};
  has_first_ = false;
  obstacle_.reset();
}

// Into the record of a row that was read alone; the slot grows with what it finds.
bool LogReader::put_alone(std::size_t slot, std::string_view text) {
  const encoding::CsvSlot& wanted = reader_.slots().all()[slot];
  const std::size_t width = (text.size() + kWord - 1) / kWord;
  if (width > (wanted.is_number ? kMostNumberWidth : kMostWidth)) {
    return false;
  }
  if (width > wanted.width) {
    reader_.widen(slot, width);
  }
  alone_record_.resize(reader_.slots().record_size());
  return reader_.slots().put(slot, text, false, alone_record_.data());
}

bool LogReader::take_alone(const encoding::CsvRow& row) {
  batch_.line = row.line;
  if (row.problem || row.fields.size() != reader_.columns()) {
    stop(0, row.problem ? row.problem->message : "it has not as many fields as the header");
    return false;
  }
  std::string plain;
  for (const encoding::CsvField& field : row.fields) {
    plain += field.text;
    plain += ',';
  }
  alone_.push_back(std::move(plain));
  batch_.alone.clear();
  std::string_view rest = alone_.back();
  for (const encoding::CsvField& field : row.fields) {
    batch_.alone.push_back(rest.substr(0, field.text.size()));
    rest.remove_prefix(field.text.size() + 1);
  }
  // Slots that grow move those behind them: all are put again then.
  for (std::size_t slot = 0; slot < reader_.slots().all().size();) {
    const std::size_t size = reader_.slots().record_size();
    const encoding::CsvSlot& wanted = reader_.slots().all()[slot];
    const char* const begin = batch_.alone[wanted.first].data();
    const char* const end = batch_.alone[wanted.last].data() + batch_.alone[wanted.last].size();
    if (!put_alone(slot, {begin, static_cast<std::size_t>(end - begin)})) {
      stop(0, "its id, its time or a word is none that is read by the row");
      return false;
    }
    slot = size == reader_.slots().record_size() ? slot + 1 : 0;
  }
  batch_.block = {};
  batch_.block.rows = 1;
  batch_.block.line = row.line;
  batch_.block.records = alone_record_.data();
  batch_.block.record_size = alone_record_.size();
  take();
  return true;
}

const Batch* LogReader::next() {
  if (obstacle_) {
    return nullptr;
  }
  switch (reader_.next()) {
    case encoding::CsvBlockReader::Kind::End:
      return nullptr;
    case encoding::CsvBlockReader::Kind::Block:
      batch_.block = reader_.block();
      batch_.alone.clear();
      take();
      break;
    case encoding::CsvBlockReader::Kind::Row:
      if (!take_alone(reader_.row())) {
        return nullptr;
      }
      break;
  }
  return obstacle_ ? nullptr : &batch_;
}

bool LogReader::next(Batch& batch) {
  if (next() == nullptr) {
    return false;
  }
  std::swap(batch, batch_);
  return true;
}

std::string LogReader::excerpt(const Batch& batch, std::size_t row) const {
  std::vector<std::string> fields;
  for (std::size_t column = 0; column < reader_.columns(); ++column) {
    fields.emplace_back(batch.field(row, column));
  }
  return std::string(text_.substr(0, header_end_)) + encoding::to_csv_row(fields);
}

}  // namespace truce::stream::internal
