// SPDX-License-Identifier: Apache-2.0
#include "truce/encoding/csv.h"

#include <gtest/gtest.h>

namespace truce::encoding {
namespace {

using Rows = std::vector<std::vector<std::string>>;

// Each row's fields; a row with a problem is `!` and its message.
Rows read_rows(std::string_view text) {
  Rows rows;
  CsvReader reader(text);
  while (const CsvRow* row = reader.next()) {
    if (row->problem) {
      rows.push_back({"!", row->problem->message});
      continue;
    }
    auto& fields = rows.emplace_back();
    for (const CsvField& field : row->fields) {
      fields.emplace_back(field.text);
    }
  }
  return rows;
}

TEST(Csv, ReadsFieldsOfEveryLineEnd) {
  const Rows expected = {{"a", "b"}, {"", "c"}, {"d", ""}};
  EXPECT_EQ(read_rows("a,b\n,c\nd,\n"), expected);
  EXPECT_EQ(read_rows("a,b\r\n,c\r\nd,\r\n"), expected);
  EXPECT_EQ(read_rows("a,b\r,c\rd,"), expected);
}

TEST(Csv, DropsAByteOrderMarkAndEmptyLines) {
  EXPECT_EQ(read_rows("\xEF\xBB\xBF\n\na\r\n\r\nb"), (Rows{{"a"}, {"b"}}));
  EXPECT_EQ(read_rows(""), Rows{});
  EXPECT_EQ(read_rows("\xEF\xBB\xBF"), Rows{});
}

TEST(Csv, KeepsWhatQuotesHold) {
  EXPECT_EQ(read_rows("\"a,b\",\"c\nd\",\"e\r\nf\"\n"), (Rows{{"a,b", "c\nd", "e\r\nf"}}));
  EXPECT_EQ(read_rows("\"say \"\"no\"\"\",\"\"\"\",\"\"\n"), (Rows{{"say \"no\"", "\"", ""}}));
  EXPECT_EQ(read_rows("a 5\" gun,b\n"), (Rows{{"a 5\" gun", "b"}}));
}

TEST(Csv, LosesOnlyTheRowWithAQuoteNeverClosed) {
  const Rows rows = read_rows("a,b\n1,\"open\n2,c\n3,d\n");
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[1], (std::vector<std::string>{"!", "a quote is opened and never closed"}));
  EXPECT_EQ(rows[2], (std::vector<std::string>{"2", "c"}));
  EXPECT_EQ(rows[3], (std::vector<std::string>{"3", "d"}));
}

TEST(Csv, ReportsTextAfterAClosingQuote) {
  CsvReader reader("x\nab,\"c\"d,e\nf\n");
  ASSERT_NE(reader.next(), nullptr);
  const CsvRow* row = reader.next();
  ASSERT_TRUE(row != nullptr && row->problem.has_value());
  EXPECT_EQ(reader.position(row->problem->offset), (base::Position{2, 7}));
  row = reader.next();
  ASSERT_TRUE(row != nullptr && !row->problem.has_value());
  EXPECT_EQ(row->line, 3U);
}

TEST(Csv, ReportsBytesThatAreNotUtf8AndNulBytesByRow) {
  const Rows rows = read_rows(std::string_view("good\nb\xE9t\nn\0l\n\xC3\xA9\n", 16));
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[1][1], "bytes that are not UTF-8; name the file's encoding");
  EXPECT_EQ(rows[2][1], "a NUL byte");
  EXPECT_EQ(rows[3][0], "\xC3\xA9");
}

TEST(Csv, CountsLinesAndColumnsAsAPersonDoes) {
  CsvReader reader("h\r\n\"one\r\ntwo\",\xC3\xA9t\xC3\xA9,z\r\nlast\r\n");
  ASSERT_NE(reader.next(), nullptr);
  const CsvRow* row = reader.next();
  ASSERT_EQ(row->fields.size(), 3U);
  EXPECT_EQ(reader.position(row->fields[0].offset), (base::Position{2, 1}));
  EXPECT_EQ(reader.position(row->fields[1].offset), (base::Position{3, 6}));
  EXPECT_EQ(reader.position(row->fields[2].offset), (base::Position{3, 10}));
  EXPECT_EQ(row->raw, "\"one\r\ntwo\",\xC3\xA9t\xC3\xA9,z");
  EXPECT_EQ(reader.next()->line, 4U);
}

TEST(Csv, WritesWhatItReads) {
  const std::vector<std::string> fields = {"",           "a,b",    "say \"no\"",
                                           "two\nlines", " edge ", "plain"};
  const std::string row = to_csv_row(fields);
  EXPECT_EQ(read_rows(row), Rows{fields});
  EXPECT_EQ(to_csv_field("plain text"), "plain text");
  EXPECT_EQ(to_csv_row(std::vector<std::string>{""}), "\"\"\n");
  const std::vector<std::string> marked = {"\xEF\xBB\xBFname"};
  EXPECT_EQ(read_rows(to_csv_row(marked)), Rows{marked});
}

TEST(Csv, MakesFormulasSafeOnRequest) {
  const CsvWriteOptions safe{.are_formulas_made_safe = true};
  EXPECT_EQ(to_csv_field("=1+1", safe), "'=1+1");
  EXPECT_EQ(to_csv_field("@sum", safe), "'@sum");
  EXPECT_EQ(to_csv_field("-2+3", safe), "'-2+3");
  EXPECT_EQ(to_csv_field("-2.5", safe), "-2.5");
  EXPECT_EQ(to_csv_field("=1+1"), "=1+1");
}

}  // namespace
}  // namespace truce::encoding
