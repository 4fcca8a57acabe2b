// SPDX-License-Identifier: Apache-2.0
#include "truce/encoding/csv_blocks.h"

#include <algorithm>
#include <cstring>
#include <random>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "truce/encoding/digits.h"
#include "truce/encoding/internal/row_slots.h"
#include "truce/encoding/internal/separators.h"

namespace truce::encoding {
namespace {

TEST(Digits, AreReadAndNothingElse) {
  const auto word_of = [](std::string text) {
    text.insert(0, 8 - text.size(), '\0');
    std::uint64_t word = 0;
    std::memcpy(&word, text.data(), 8);
    return word;
  };
  for (const std::string text : {"0", "7", "42", "0070", "99999999", "12345678"}) {
    bool is_bad = false;
    EXPECT_EQ(value_of_digits(word_of(text), is_bad), std::stoull(text));
    EXPECT_FALSE(is_bad) << text;
  }
  for (const std::string text :
       {"x", "1x", ":", "/", "-1", "1.5", " 1", "1\xFF", "\xF9", "999999 9"}) {
    bool is_bad = false;
    value_of_digits(word_of(text), is_bad);
    EXPECT_TRUE(is_bad) << text;
  }
}

// A row's line, its fields and what is wrong with it, as text.
std::string told(std::uint64_t line, const std::vector<std::string>& fields,
                 const std::string& problem) {
  return fmt::format("{}: [{}] {}", line, fmt::join(fields, "|"), problem);
}

std::string told(const CsvRow& row) {
  std::vector<std::string> fields;
  for (const CsvField& field : row.fields) {
    fields.emplace_back(field.text);
  }
  return told(row.line, fields, row.problem ? row.problem->message : "");
}

std::vector<std::string> read_carefully(std::string_view text) {
  std::vector<std::string> rows;
  CsvReader reader(text);
  while (const CsvRow* row = reader.next()) {
    rows.push_back(told(*row));
  }
  return rows;
}

struct ByBlocks {
  std::vector<std::string> rows;
  std::size_t rows_in_blocks = 0;
};

// Every column alone, and the first with the second, as wide as most of what is read.
std::vector<CsvSlot> slots_for(std::size_t columns) {
  std::vector<CsvSlot> slots;
  for (std::size_t column = 0; column < columns; ++column) {
    slots.push_back({column, column, 2, false});
  }
  slots.push_back({0, columns > 1 ? std::size_t{1} : 0, 4, false});
  return slots;
}

std::string text_of(const CsvBlock& block, std::size_t row, std::size_t offset, std::size_t width) {
  std::string text(reinterpret_cast<const char*>(block.records + row * block.record_size + offset),
                   width * 8);
  return text.substr(std::min(text.find_first_not_of('\0'), text.size()));
}

ByBlocks read_by_blocks(std::string_view text, std::size_t columns) {
  ByBlocks read;
  CsvBlockReader reader(text, columns, slots_for(columns), 0, 1);
  while (true) {
    const CsvBlockReader::Kind kind = reader.next();
    if (kind == CsvBlockReader::Kind::End) {
      return read;
    }
    if (kind == CsvBlockReader::Kind::Row) {
      read.rows.push_back(told(reader.row()));
      continue;
    }
    const CsvBlock& block = reader.block();
    read.rows_in_blocks += block.rows;
    for (std::size_t row = 0; row < block.rows; ++row) {
      std::vector<std::string> fields;
      for (std::size_t column = 0; column < columns; ++column) {
        fields.emplace_back(block.field(row, column));
        EXPECT_EQ(text_of(block, row, reader.slots().offset(column), 2), fields.back());
      }
      const std::string both = columns > 1 ? fields[0] + "," + fields[1] : fields[0];
      EXPECT_EQ(text_of(block, row, reader.slots().offset(columns), 4), both);
      read.rows.push_back(told(block.line + row, fields, ""));
    }
  }
}

TEST(CsvBlocks, TakesPlainRowsByTheBlock) {
  const ByBlocks read = read_by_blocks("a,b\n1,22\n,\n3,4\n", 2);
  EXPECT_EQ(read.rows_in_blocks, 4U);
  EXPECT_EQ(read.rows,
            (std::vector<std::string>{"1: [a|b] ", "2: [1|22] ", "3: [|] ", "4: [3|4] "}));
}

TEST(CsvBlocks, ReadsNumbers) {
  std::string text;
  for (std::uint64_t row = 0; row < 2'000; ++row) {
    text += fmt::format("{},{},x\n", row * row * row * 1'234'567 % 10'000'000'000'000'000, row);
  }
  text += "5,6x,x\n,7,x\n12345678901234567,8,x\n9,123456789,x\n10,11,x\n";
  // A row more than a register holds, so that the last of the others are read as all are.
  text.append(64, ' ');
  text += '\n';
  CsvBlockReader reader(text, 3, {{0, 0, 2, true}, {1, 1, 1, true}}, 0, 1);
  ASSERT_EQ(reader.next(), CsvBlockReader::Kind::Block);
  std::uint64_t row = 0;
  while (row < 2'000) {
    const CsvBlock& block = reader.block();
    for (std::size_t i = 0; i < block.rows; ++i, ++row) {
      const std::uint64_t* record = block.records + i * block.record_size;
      ASSERT_EQ(record[0] * kDigitsOfAWord + record[1],
                row * row * row * 1'234'567 % 10'000'000'000'000'000);
      ASSERT_EQ(record[2], row);
    }
    reader.next();
  }
  // What is no number, or too long, comes alone.
  for (const std::string_view alone :
       {"5,6x,x", ",7,x", "12345678901234567,8,x", "9,123456789,x"}) {
    EXPECT_EQ(reader.row().raw, alone);
    reader.next();
  }
  EXPECT_EQ(reader.block().rows, 1U);
  EXPECT_EQ(reader.block().records[2], 11U);
}

TEST(CsvBlocks, ReadsTheRowsThatBeginInAPart) {
  std::string text = "a,b\n";
  for (int row = 0; row < 2'000; ++row) {
    text += row % 50 == 7 ? "\"x\ny\",1\n\n" : fmt::format("{},{}\n", row, row * 7);
  }
  const ByBlocks whole = read_by_blocks(text, 2);
  std::vector<std::string> rows;
  CsvBlockReader reader(text, 2, slots_for(2), 0, 1, 1);
  for (std::size_t until = 1; until <= text.size(); ++until) {
    reader.go_to(reader.offset(), reader.line(), until);
    for (auto kind = reader.next(); kind != CsvBlockReader::Kind::End; kind = reader.next()) {
      const CsvBlock& block = reader.block();
      ASSERT_LE(kind == CsvBlockReader::Kind::Block ? block.rows : 1, 1U);
      rows.push_back(kind == CsvBlockReader::Kind::Row
                         ? told(reader.row())
                         : told(block.line,
                                {std::string(block.field(0, 0)), std::string(block.field(0, 1))},
                                ""));
    }
  }
  EXPECT_EQ(rows, whole.rows);
}

TEST(CsvBlocks, LeavesOtherRowsToTheCarefulReader) {
  for (const std::string_view text : {
           "a,b\n\"1,2\",3\n4,5\n",
           "a,b\n1\n2,3,4\n5,6\n",
           "a,b\r\n1,2\r\n3,4",
           "a,b\n\n\n1,2\n\n",
           "a,b\n\xC3\xA4,2\n\xFF,1\n3,4\n",
           "a,b\n\"open,2\n3,4\n",
       }) {
    EXPECT_EQ(read_by_blocks(text, 2).rows, read_carefully(text)) << text;
  }
}

TEST(CsvBlocks, PassesOverEmptyLinesOfOneColumn) {
  EXPECT_EQ(read_by_blocks("a\n\nb\n", 1).rows, read_carefully("a\n\nb\n"));
}

TEST(CsvBlocks, ReadsRowsAcrossTheEndOfAStretch) {
  std::string text;
  for (int row = 0; row < 40'000; ++row) {
    text += fmt::format("{},field {}\n", row, row * 7);
  }
  const ByBlocks read = read_by_blocks(text, 2);
  EXPECT_EQ(read.rows, read_carefully(text));
  EXPECT_EQ(read.rows_in_blocks, 40'000U);
}

TEST(CsvBlocks, ReadsARowLongerThanAStretch) {
  const std::string text = "a,b\n" + std::string(200'000, 'x') + ",1\n2,3\n";
  EXPECT_EQ(read_by_blocks(text, 2).rows, read_carefully(text));
}

// Texts of letters that matter, long enough to cross words and stretches.
TEST(CsvBlocks, ReadsWhatTheCarefulReaderReads) {
  std::mt19937 random(7);
  constexpr std::string_view kLetters = "aaaa1111,,,\n\n\"\r\xC3\xA4\xFF";
  for (int round = 0; round < 3'000; ++round) {
    const std::size_t columns = 1 + random() % 4;
    const std::size_t rows = random() % (round % 100 == 0 ? 9'000 : 40);
    const std::size_t plainness = 1 + random() % 60;
    std::string text;
    for (std::size_t row = 0; row < rows; ++row) {
      if (random() % plainness != 0) {
        for (std::size_t column = 0; column < columns; ++column) {
          text += (column == 0 ? "" : ",") + std::to_string(random() % 1000);
        }
        text += '\n';
        continue;
      }
      for (std::size_t letter = random() % 20; letter > 0; --letter) {
        text += kLetters[random() % kLetters.size()];
      }
    }
    ASSERT_EQ(read_by_blocks(text, columns).rows, read_carefully(text)) << "round " << round;
  }
}

TEST(Separators, AreFoundAlikeByTheWordAndPlainly) {
  std::mt19937 random(11);
  internal::Separators fast;
  internal::Separators plain;
  for (std::size_t size = 0; size < 300; ++size) {
    std::string text;
    for (std::size_t i = 0; i < size; ++i) {
      text += static_cast<char>(random() % 4 == 0 ? ",\n\"\r"[random() % 4] : random() % 256);
    }
    internal::find_separators(text.data(), text.size(), fast);
    internal::find_separators_plainly(text.data(), text.size(), plain);
    ASSERT_EQ(fast.begin_count, plain.begin_count);
    fast.begins.resize(fast.begin_count);
    plain.begins.resize(plain.begin_count);
    ASSERT_EQ(fast.begins, plain.begins);
    ASSERT_EQ(fast.has_specials, plain.has_specials);
    for (std::size_t word = 0; word * 64 < size; ++word) {
      ASSERT_EQ(fast.all[word], plain.all[word]);
      ASSERT_EQ(fast.specials[word], plain.specials[word]);
    }
    fast = {};
    plain = {};
  }
}

TEST(RowSlots, AreFilledAlikeByTheRegisterAndPlainly) {
  std::mt19937 random(13);
  for (int round = 0; round < 400; ++round) {
    const std::size_t columns = 1 + random() % 5;
    std::vector<CsvSlot> slots;
    for (std::size_t i = 0; i < 1 + random() % 4; ++i) {
      const std::size_t first = random() % columns;
      slots.push_back({first, first + random() % (columns - first), 1 + random() % 4, false});
      slots.back().is_number = slots.back().first == slots.back().last && random() % 2 == 0;
    }
    std::string text(8, ' ');
    for (std::size_t row = 0; row < 40; ++row) {
      for (std::size_t column = 0; column < columns; ++column) {
        const std::string digits = std::to_string(random());
        text += digits.substr(0, 1 + random() % 10) + (random() % 200 == 0 ? "x" : "");
        text += random() % 300 == 0 ? '\n' : column + 1 == columns ? '\n' : ',';
      }
    }
    internal::Separators separators;
    internal::find_separators(text.data(), text.size(), separators);
    internal::Rows rows;
    rows.base = text.data();
    rows.readable = text.size();
    rows.begins = separators.begins.data() + 1;
    rows.count = separators.begin_count - 2;
    rows.separators = separators.all.data();
    internal::RowSlots fast(slots, columns);
    internal::RowSlots plain(slots, columns);
    const std::size_t size = plain.slots().record_size();
    std::vector<std::uint64_t> filled(rows.count * size + 16);
    std::vector<std::uint64_t> expected(rows.count * size + 16);
    const std::size_t count = plain.fill_plainly(rows, expected.data());
    ASSERT_EQ(fast.fill(rows, filled.data()), count) << text;
    for (std::size_t word = 0; word < count * size; ++word) {
      ASSERT_EQ(filled[word], expected[word]) << text;
    }
  }
}

}  // namespace
}  // namespace truce::encoding
