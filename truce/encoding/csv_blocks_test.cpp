// SPDX-License-Identifier: Apache-2.0
#include "truce/encoding/csv_blocks.h"

#include <random>

#include <gtest/gtest.h>

#include "truce/encoding/internal/separators.h"

namespace truce::encoding {
namespace {

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

ByBlocks read_by_blocks(std::string_view text, std::size_t columns) {
  ByBlocks read;
  CsvBlockReader reader(text, columns, 0, 1);
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
      }
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
    ASSERT_EQ(fast.all_count, plain.all_count);
    ASSERT_EQ(fast.line_end_count, plain.line_end_count);
    fast.all.resize(fast.all_count);
    plain.all.resize(plain.all_count);
    ASSERT_EQ(fast.all, plain.all);
    fast.line_ends.resize(fast.line_end_count);
    plain.line_ends.resize(plain.line_end_count);
    ASSERT_EQ(fast.line_ends, plain.line_ends);
    ASSERT_EQ(fast.has_specials, plain.has_specials);
    for (std::size_t word = 0; word * 64 < size; ++word) {
      ASSERT_EQ(fast.specials[word], plain.specials[word]);
    }
    fast = {};
    plain = {};
  }
}

}  // namespace
}  // namespace truce::encoding
