// SPDX-License-Identifier: Apache-2.0
// Properties: rows come in the order of the text and lie in it; fields that are written are read
// back the same; read by the block they are the same rows; a text turned from windows-1252 is
// UTF-8.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "truce/base/check.h"
#include "truce/base/utf8.h"
#include "truce/encoding/csv.h"
#include "truce/encoding/csv_blocks.h"
#include "truce/encoding/csv_feed.h"
#include "truce/encoding/windows_1252.h"

namespace {

void check_written(const std::vector<std::string>& fields) {
  const std::string written = truce::encoding::to_csv_row(fields);
  truce::encoding::CsvReader again(written);
  const truce::encoding::CsvRow* row = again.next();
  TRUCE_CHECK(row != nullptr && !row->problem, "a written row can be read");
  TRUCE_CHECK(row->fields.size() == fields.size(), "a written row keeps its fields");
  for (std::size_t at = 0; at < fields.size(); ++at) {
    TRUCE_CHECK(row->fields[at].text == fields[at], "a written field is read back the same");
  }
}

// Rows that are taken from the front one by one, the last one as it is, are those of the text.
void check_fed(std::string_view text) {
  truce::encoding::CsvReader whole(text);
  std::uint64_t lines = 0;
  while (!text.empty()) {
    std::size_t size = truce::encoding::whole_csv_row(text);
    size = size == 0 ? text.size() : size;
    const std::string_view part = text.substr(0, size);
    truce::encoding::CsvReader reader(part);
    while (const truce::encoding::CsvRow* row = reader.next()) {
      const truce::encoding::CsvRow* expected = whole.next();
      TRUCE_CHECK(expected != nullptr && row->raw == expected->raw, "a row that is fed is one");
      TRUCE_CHECK(row->line + lines == expected->line, "a row that is fed keeps its line");
      TRUCE_CHECK(row->problem.has_value() == expected->problem.has_value(), "a slip stays one");
    }
    lines += truce::encoding::count_csv_lines(part);
    text.remove_prefix(size);
  }
  TRUCE_CHECK(whole.next() == nullptr, "every row is fed");
}

// The rows of `reader` from where it stands, against the same text read by the block.
void check_blocks(std::string_view text, truce::encoding::CsvReader reader, std::size_t columns) {
  // The first column as a number, where it is one, and the last as it stands.
  truce::encoding::CsvBlockReader blocks(
      text, columns, {{0, 0, 1, columns > 1}, {columns - 1, columns - 1, 2, false}},
      reader.offset(), reader.line());
  const truce::encoding::CsvRow* row = reader.next();
  while (true) {
    const auto kind = blocks.next();
    if (kind == truce::encoding::CsvBlockReader::Kind::End) {
      TRUCE_CHECK(row == nullptr, "no row is left over");
      return;
    }
    if (kind == truce::encoding::CsvBlockReader::Kind::Row) {
      TRUCE_CHECK(row != nullptr && blocks.row().raw == row->raw, "a row alone is the same row");
      TRUCE_CHECK(blocks.row().line == row->line, "a row alone keeps its line");
      row = reader.next();
      continue;
    }
    const truce::encoding::CsvBlock& block = blocks.block();
    for (std::size_t at = 0; at < block.rows; ++at, row = reader.next()) {
      TRUCE_CHECK(row != nullptr && row->fields.size() == columns, "a plain row is whole");
      TRUCE_CHECK(row->line == block.line + at, "a plain row keeps its line");
      for (std::size_t column = 0; column < columns; ++column) {
        TRUCE_CHECK(row->fields[column].text == block.field(at, column),
                    "a field of a block is the same field");
      }
      const std::string_view last = row->fields.back().text;
      const auto* record =
          reinterpret_cast<const char*>(block.records + at * block.record_size + 1);
      TRUCE_CHECK(std::string_view(record + 16 - last.size(), last.size()) == last,
                  "a slot holds its field");
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  truce::encoding::CsvReader reader(text);
  const char* end = text.data();
  std::uint64_t last_line = 0;
  while (const truce::encoding::CsvRow* row = reader.next()) {
    TRUCE_CHECK(row->line > last_line, "rows begin on later and later lines");
    TRUCE_CHECK(row->raw.data() >= end, "a row begins after the one before");
    end = row->raw.data() + row->raw.size();
    TRUCE_CHECK(end <= text.data() + text.size(), "a row lies in the text");
    last_line = row->line;
    std::vector<std::string> fields;
    for (const truce::encoding::CsvField& field : row->fields) {
      TRUCE_CHECK(reader.position(field.offset).line >= row->line, "a field lies in its row");
      fields.emplace_back(field.text);
    }
    if (row->problem) {
      TRUCE_CHECK(row->problem->offset <= size, "a problem lies in the text");
    } else {
      check_written(fields);
    }
  }
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.find(kByteOrderMark) == std::string_view::npos) {
    check_fed(text);
  }
  truce::encoding::CsvReader from_header(text);
  if (const truce::encoding::CsvRow* header = from_header.next(); header != nullptr) {
    check_blocks(text, from_header, header->fields.size());
  }
  const std::string utf8 = truce::encoding::from_windows_1252(text);
  TRUCE_CHECK(truce::base::first_invalid_utf8(utf8) == utf8.size(), "converted text is UTF-8");
  return 0;
}
