// SPDX-License-Identifier: Apache-2.0
#include "truce/stream/internal/log.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "truce/incidents/names.h"

namespace truce::stream::internal {
namespace {

// What is read back from the end of a field.
constexpr std::size_t kWord = 8;
// A longer word begins so much before its end that what is read of it is itself.
constexpr std::size_t kReadBack = 8;
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

// The bytes of a word of up to eight as one number: a longer word, or a later one in the order of
// bytes, gives a greater number.
std::uint64_t in_order(const char* end, std::size_t size) {
  return __builtin_bswap64(short_word(end, size) << (8 * (kWord - size)));
}

// Calls `visit(row, end, size)` for what stands in each row from one column to another.
template <typename Visit>
[[gnu::always_inline]] inline void each_field(const encoding::CsvBlock& block,
                                              LogColumns::Span columns, Visit visit) {
  const std::uint32_t* const ends = block.ends.data() + columns.last;
  const std::size_t back = columns.last - columns.first + 1;
  visit(std::size_t{0}, block.base + *ends, std::size_t{*ends - block.begin_of(0, columns.first)});
  const std::size_t step = block.columns;
  for (std::size_t row = 1; row < block.rows; ++row) {
    // Before the first column ends the row before.
    const std::uint32_t* const end = ends + row * step;
    visit(row, block.base + *end, std::size_t{*end - *(end - back) - 1});
  }
}

template <typename Visit>
[[gnu::always_inline]] inline void each_field(const encoding::CsvBlock& block, std::size_t column,
                                              Visit visit) {
  each_field(block, LogColumns::Span{column, column}, visit);
}

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

LogReader::LogReader(std::string_view text, LogColumns columns, std::size_t width, std::size_t at,
                     std::uint64_t line, const Measures& measures, bool is_numbered)
    : text_(text),
      header_end_(at),
      columns_(std::move(columns)),
      width_(width),
      reader_(text, width, at, line),
      words_(columns_.words.size()),
      joins_(columns_.words.size() + columns_.measures.size()),
      measures_(measures),
      is_numbered_(is_numbered),
      last_time_(base::kBeforeTime.seconds) {}

std::optional<LogReader> LogReader::open(std::string_view text, const incidents::ColumnMap& map,
                                         const Measures& measures, bool is_numbered) {
  encoding::CsvReader reader(text);
  const encoding::CsvRow* row = reader.next();
  if (row == nullptr || row->problem || reader.offset() < kReadBack || !map.is_unix_time ||
      map.account.empty()) {
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
  obstacle_ = fmt::format("line {}: {}", batch_.block.line + row, why);
}

// Of ids that are no plain numbers: whether this one comes after the last, the shorter first.
bool LogReader::is_ascending(const char* end, std::size_t size) {
  if (size == 0 || *(end - size) <= ' ' || *(end - 1) <= ' ') {
    return false;
  }
  if (size <= kWord) {
    const std::uint64_t value = in_order(end, size);
    const bool is_later = value > last_id_ && last_long_id_.empty();
    last_id_ = value;
    return is_later;
  }
  const std::string_view id(end - size, size);
  const bool is_later =
      size > last_long_id_.size() || (size == last_long_id_.size() && id > last_long_id_);
  last_long_id_ = id;
  return is_later;
}

void LogReader::read_ids() {
  bool is_bad = false;
  if (is_numbered_) {
    std::uint64_t last = last_id_;
    each_field(batch_.block, columns_.id, [&](std::size_t, const char* end, std::size_t size) {
      const std::uint64_t value = number(end, size, is_bad);
      is_bad |= value <= last;
      last = value;
    });
    last_id_ = last;
  } else {
    each_field(batch_.block, columns_.id, [&](std::size_t, const char* end, std::size_t size) {
      is_bad |= !is_ascending(end, size);
    });
  }
  if (is_bad) {
    stop(0, "an id here or below does not come after that of the row before");
  }
}

void LogReader::read_times() {
  batch_.times.resize(batch_.rows);
  bool is_bad = false;
  bool is_late = false;
  std::int64_t last = last_time_;
  std::int64_t* const times = batch_.times.data();
  each_field(batch_.block, columns_.time, [&](std::size_t row, const char* end, std::size_t size) {
    const auto time = static_cast<std::int64_t>(number(end, size, is_bad));
    is_late = is_late || time < last;
    last = time;
    times[row] = time;
  });
  last_time_ = last;
  if (is_bad || is_late || last > kLastTime) {
    stop(0, is_bad ? "a time here or below is no plain number"
                   : "a row here or below comes after one that happened later");
  }
}

void LogReader::read_words() {
  batch_.codes.resize(batch_.rows);
  std::uint32_t* const codes = batch_.codes.data();
  std::size_t joined = 0;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    Words& words = words_[i];
    Join& join = joins_[i];
    if (i == 0) {
      each_field(batch_.block, columns_.words[i],
                 [&](std::size_t row, const char* end, std::size_t size) {
                   codes[row] = words.number(end, size);
                 });
      joined += words.size();
      continue;
    }
    each_field(batch_.block, columns_.words[i],
               [&](std::size_t row, const char* end, std::size_t size) {
                 codes[row] = join.number(codes[row], words.number(end, size));
               });
    joined += join.size();
  }
  for (std::size_t i = 0; i < columns_.measures.size(); ++i) {
    read_measures(columns_.measures[i], joins_[words_.size() + i]);
    joined += joins_[words_.size() + i].size();
  }
  if (joined > kMostJoined) {
    stop(0, "too many different rows");
  }
}

void LogReader::read_measures(std::size_t column, Join& join) {
  std::uint32_t* const codes = batch_.codes.data();
  bool is_wrong = false;
  each_field(batch_.block, column, [&](std::size_t row, const char* end, std::size_t size) {
    std::uint32_t its_class = 0;
    if (size > 0) {
      bool is_bad = false;
      auto value = static_cast<double>(number(end, size, is_bad));
      if (is_bad) {
        const auto [last, error] = std::from_chars(end - size, end, value);
        is_wrong |= error != std::errc() || last != end;
      }
      its_class = measures_.class_of(value);
    }
    codes[row] = join.number(codes[row], its_class);
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
  each_field(batch_.block, *columns_.place,
             [&](std::size_t row, const char* end, std::size_t size) {
               places[row] = places_.number(end, size);
             });
  if (places_.size() > kMostJoined) {
    stop(0, "too many different places");
  }
}

void LogReader::take(const encoding::CsvBlock& block) {
  batch_.block = block;
  batch_.rows = block.rows;
  read_ids();
  read_times();
  read_words();
  read_places();
}

bool LogReader::take_careful(const encoding::CsvRow& row) {
  batch_.block.line = row.line;
  if (row.problem || row.fields.size() != width_) {
    stop(0, row.problem ? row.problem->message : "it has not as many fields as the header");
    return false;
  }
  std::string plain(kReadBack, ' ');
  careful_ends_.clear();
  for (const encoding::CsvField& field : row.fields) {
    plain += field.text;
    careful_ends_.push_back(static_cast<std::uint32_t>(plain.size()));
    plain += ' ';
  }
  careful_.push_back(std::move(plain));
  encoding::CsvBlock block;
  block.base = careful_.back().data();
  block.columns = row.fields.size();
  block.rows = 1;
  block.begin = kReadBack;
  block.line = row.line;
  block.ends = careful_ends_;
  take(block);
  return true;
}

const Batch* LogReader::next() {
  if (!obstacle_.empty()) {
    return nullptr;
  }
  switch (reader_.next()) {
    case encoding::CsvBlockReader::Kind::End:
      return nullptr;
    case encoding::CsvBlockReader::Kind::Block:
      take(reader_.block());
      break;
    case encoding::CsvBlockReader::Kind::Row:
      if (!take_careful(reader_.row())) {
        return nullptr;
      }
      break;
  }
  return obstacle_.empty() ? &batch_ : nullptr;
}

std::string LogReader::excerpt(const Batch& batch, std::size_t row) const {
  std::vector<std::string> fields;
  for (std::size_t column = 0; column < batch.block.columns; ++column) {
    fields.emplace_back(batch.field(row, column).text());
  }
  return std::string(text_.substr(0, header_end_)) + encoding::to_csv_row(fields);
}

}  // namespace truce::stream::internal
