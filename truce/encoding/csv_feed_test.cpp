// SPDX-License-Identifier: Apache-2.0
#include "truce/encoding/csv_feed.h"

#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "truce/encoding/csv.h"

namespace truce::encoding {
namespace {

struct Seen {
  std::string raw;
  std::uint64_t line = 0;
  // Of a slip only the line is the same: what the quote runs into may not be there yet.
  bool is_slip = false;
  friend bool operator==(const Seen&, const Seen&) = default;
};

void read(std::string_view text, std::uint64_t lines_before, std::vector<Seen>& into) {
  CsvReader reader(text);
  while (const CsvRow* row = reader.next()) {
    into.push_back({std::string(row->raw), row->line + lines_before, row->problem.has_value()});
  }
}

// The rows of a text that comes a few bytes at a time.
std::vector<Seen> fed(std::string_view text, std::mt19937_64& dice) {
  std::vector<Seen> rows;
  std::string waiting;
  std::uint64_t lines = 0;
  const auto take = [&](std::size_t count) {
    const std::string_view whole = std::string_view(waiting).substr(0, count);
    read(whole, lines, rows);
    lines += count_csv_lines(whole);
    waiting.erase(0, count);
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t count = std::min<std::size_t>(1 + dice() % 7, text.size() - at);
    waiting.append(text, at, count);
    at += count;
    for (std::size_t row = whole_csv_row(waiting); row > 0; row = whole_csv_row(waiting)) {
      take(row);
    }
  }
  take(waiting.size());
  return rows;
}

TEST(CsvFeed, WaitsForTheEndOfARow) {
  EXPECT_EQ(whole_csv_row("a,b\nc,"), 4U);
  EXPECT_EQ(whole_csv_row("a,b\nc,d\n"), 4U);
  EXPECT_EQ(whole_csv_row("\n\na,b\nc"), 6U);
  EXPECT_EQ(whole_csv_row("\n\n"), 0U);
  EXPECT_EQ(whole_csv_row("a,b"), 0U);
  EXPECT_EQ(whole_csv_row("a,\"b\nc"), 0U);
  EXPECT_EQ(whole_csv_row("a,\"b\nc\"\nd"), 8U);
  // The line feed of the carriage return may still come.
  EXPECT_EQ(whole_csv_row("a,b\r"), 0U);
  EXPECT_EQ(whole_csv_row("a,b\rc"), 4U);
  EXPECT_EQ(whole_csv_row("a,b\r\nc"), 5U);
  // The quote may be the first of two.
  EXPECT_EQ(whole_csv_row("\"a\""), 0U);
  EXPECT_EQ(whole_csv_row("\"a\"\n"), 4U);
}

TEST(CsvFeed, GivesUpAQuoteThatIsNeverClosed) {
  const std::string text = "a,\"b\n" + std::string(kLongestQuotedField + 8, 'x');
  EXPECT_EQ(whole_csv_row(text), 5U);
}

TEST(CsvFeed, GivesTheRowsOfTheWholeText) {
  std::mt19937_64 dice(20160912);
  const std::string_view letters = "ab,,\"\"\n\n\r";
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (std::size_t length = dice() % 24; length > 0; --length) {
      text += letters[dice() % letters.size()];
    }
    std::vector<Seen> expected;
    read(text, 0, expected);
    ASSERT_EQ(fed(text, dice), expected) << round << ": " << text;
  }
}

}  // namespace
}  // namespace truce::encoding
