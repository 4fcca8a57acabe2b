// SPDX-License-Identifier: Apache-2.0
// The table of bad input: what is read all the same, and what is skipped and reported.
#include <gtest/gtest.h>

#include "truce/incidents/read.h"

namespace truce::incidents {
namespace {

constexpr std::string_view kHeader =
    "incident,account,from,to,kind,latitude,longitude,radius_m,deaths_best,confidence\n";

std::string with_header(std::string_view rows) {
  std::string text(kHeader);
  text += rows;
  return text;
}

Reading read(const std::string& rows, const ReadOptions& options = {}) {
  Reading reading;
  const auto done = read_reports("bad.csv", with_header(rows), options, reading);
  EXPECT_TRUE(done) << (done ? "" : done.error().message);
  return reading;
}

// `line:column: reason` of the only row that was skipped.
std::string skipped(const std::string& row) {
  const Reading reading = read(row);
  EXPECT_TRUE(reading.reports.empty());
  EXPECT_EQ(reading.rows, 1U);
  if (reading.skipped.size() != 1) {
    return "not skipped";
  }
  const SkippedRow& one = reading.skipped[0];
  return std::to_string(one.origin.line) + ":" + std::to_string(one.column) + ": " + one.reason;
}

TEST(BadInput, ReadsMarksLineEndsAndQuotes) {
  const std::string rows =
      "1,A,2016-09-17,,attack,,,,,\r\n2,\"A\nB\",2016-09-17,,attack,,,,,\r3,A,2016-09-17,,attack,,,"
      ",,";
  Reading reading;
  ASSERT_TRUE(read_reports("bad.csv", "\xEF\xBB\xBF" + with_header(rows), {}, reading));
  ASSERT_EQ(reading.reports.size(), 3U);
  EXPECT_EQ(reading.reports[1].account, "A\nB");
  EXPECT_EQ(reading.reports[2].origin.line, 5U);
}

TEST(BadInput, SkipsBytesThatAreNotUtf8UnlessTheEncodingIsNamed) {
  const std::string row = "1,Caf\xE9,2016-09-17,,attack,,,,,\n";
  EXPECT_EQ(skipped(row), "2:6: bytes that are not UTF-8; name the file's encoding");
  const Reading named = read(row, {.encoding = "windows-1252"});
  ASSERT_EQ(named.reports.size(), 1U);
  EXPECT_EQ(named.reports[0].account, "Caf\xC3\xA9");
  Reading reading;
  const auto unknown = read_reports("bad.csv", kHeader, {.encoding = "ebcdic"}, reading);
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().message,
            "the encoding `ebcdic` is not known; there are utf-8 and windows-1252");
}

TEST(BadInput, SkipsBrokenQuotesNulBytesAndOddLengths) {
  EXPECT_EQ(skipped("1,\"A,2016-09-17,,attack,,,,,\n"), "2:3: a quote is opened and never closed");
  EXPECT_EQ(skipped(std::string("1,A\0,2016-09-17,,attack,,,,,\n", 29)), "2:4: a NUL byte");
  EXPECT_EQ(skipped("1,A,2016-09-17\n"), "2:1: 3 fields where the header names 10");
}

TEST(BadInput, IgnoresTheSameContentTwice) {
  const std::string row = "1,A,2016-09-17,,attack,,,,5,\n";
  // Quotes and a point written otherwise are the same content.
  const Reading reading =
      read(row + "\"1\",A,2016-09-17,,attack,,,,05,\n" + row + "1,A,2016-09-17,,attack,,,,6,\n");
  EXPECT_EQ(reading.reports.size(), 2U);
  EXPECT_EQ(reading.duplicates, 2U);
  EXPECT_EQ(reading.rows, 4U);
}

TEST(BadInput, IgnoresTheSameContentInASecondFile) {
  Reading reading;
  const std::string text = with_header("1,A,2016-09-17,,attack,,,,5,\n");
  ASSERT_TRUE(read_reports("one.csv", text, {}, reading));
  ASSERT_TRUE(read_reports("two.csv", text, {}, reading));
  EXPECT_EQ(reading.reports.size(), 1U);
  EXPECT_EQ(reading.duplicates, 1U);
  EXPECT_EQ(reading.files, (std::vector<std::string>{"one.csv", "two.csv"}));
}

TEST(BadInput, SkipsCoordinatesOutsideTheGlobe) {
  EXPECT_EQ(skipped("1,A,2016-09-17,,attack,91,37,,,\n"),
            "2:24: latitude `91` is no number between -90 and 90");
  EXPECT_EQ(skipped("1,A,2016-09-17,,attack,36,-180.5,,,\n"),
            "2:27: longitude `-180.5` is no number between -180 and 180");
  EXPECT_EQ(skipped("1,A,2016-09-17,,attack,nan,37,,,\n"),
            "2:24: latitude `nan` is no number between -90 and 90");
  EXPECT_EQ(skipped("1,A,2016-09-17,,attack,36,,,,\n"),
            "2:27: longitude `` is no number between -180 and 180");
  EXPECT_EQ(skipped("1,A,2016-09-17,,attack,36,37,-5,,\n"),
            "2:30: `radius_m` is `-5`; write a distance in metres");
}

TEST(BadInput, SkipsAnEndBeforeTheStartAndWhatIsNoTime) {
  EXPECT_EQ(skipped("1,A,2016-09-17,2016-09-16,attack,,,,,\n"),
            "2:16: it ends, 2016-09-16, before it starts, 2016-09-17");
  EXPECT_EQ(skipped("1,A,17 Sept,,attack,,,,,\n"),
            "2:5: `from` is `17 Sept`; write 2016-09-17, or 2016-09-17T15:55+03:00");
  EXPECT_EQ(skipped("1,A,2016-02-30,,attack,,,,,\n"),
            "2:5: `from` is `2016-02-30`; write 2016-09-17, or 2016-09-17T15:55+03:00");
  EXPECT_EQ(skipped("1,A,,,attack,,,,,\n"),
            "2:5: `from` is ``; write 2016-09-17, or 2016-09-17T15:55+03:00");
}

TEST(BadInput, SkipsNegativeDeathsAndWhatIsNoNumber) {
  EXPECT_EQ(skipped("1,A,2016-09-17,,attack,,,,-1,\n"), "2:27: negative deaths, -1");
  EXPECT_EQ(skipped("1,A,2016-09-17,,attack,,,,many,\n"), "2:27: `many` is no number of deaths");
  EXPECT_EQ(skipped("1,A,2016-09-17,,attack,,,,99999999999,\n"),
            "2:27: 99999999999 deaths are more than any war had");
  EXPECT_EQ(skipped("1,A,2016-09-17,,attack,,,,,1.5\n"),
            "2:28: `confidence` is `1.5`; write a number from 0 to 1");
}

TEST(BadInput, SkipsRowsWithoutAnIncidentOrWithASetThatMeansNothing) {
  EXPECT_EQ(skipped(",A,2016-09-17,,attack,,,,,\n"), "2:1: no incident is named");
  EXPECT_EQ(skipped("1,A,2016-09-17,,a|b & c,,,,,\n"),
            "2:17: `|` and `&` in one set; write either one of them or all of them");
}

TEST(BadInput, KeepsTheGreaterOfTwoSpellingsInAnyOrder) {
  const std::string plain = "a,A,2016-09-17,,attack,,,,5,\n";
  const std::string quoted = "\"a\",A,2016-09-17,,attack,,,,5,\n";
  EXPECT_EQ(read(plain + quoted).reports.at(0).raw, read(quoted + plain).reports.at(0).raw);
}

TEST(BadInput, TakesASetForTheSameInAnyOrder) {
  EXPECT_EQ(read("1,A,2016-09-17,,attack|fly,,,,,\n1,A,2016-09-17,,fly|attack,,,,,\n").duplicates,
            1U);
  EXPECT_EQ(read("1,A,2016-09-17,,attack|fly,,,,,\n1,A,2016-09-17,,fly & attack,,,,,\n").duplicates,
            0U);
}

TEST(BadInput, KeepsSpansOfAYearApart) {
  Reading reading = read(
      "1,A,2015-01-01,2015-12-31,attack,,,,100,\n2,A,2015-01-01,2015-12-30,attack,,,,1,\n"
      "1,A,2015-01-01,2015-12-31,attack,,,,100,\n");
  std::vector<std::string> warnings;
  EXPECT_EQ(current_accounts(reading, std::nullopt, warnings).size(), 1U);
  ASSERT_EQ(reading.totals.size(), 1U);
  EXPECT_EQ(reading.totals[0].deaths_best, 100);
  EXPECT_EQ(reading.duplicates, 1U);
}

TEST(BadInput, CountsARowThatIsSkippedAndGoesOn) {
  const Reading reading =
      read("1,A,2016-09-17,,attack,,,,,\n2,A,oops,,attack,,,,,\n3,A,2016-09-17,,attack,,,,,\n");
  EXPECT_EQ(reading.rows, 3U);
  EXPECT_EQ(reading.reports.size(), 2U);
  ASSERT_EQ(reading.skipped.size(), 1U);
  EXPECT_EQ(reading.skipped[0].origin.line, 3U);
}

TEST(BadInput, StopsAtTheFirstBadRowWhenStrict) {
  Reading reading;
  const auto strict =
      read_reports("bad.csv", with_header("1,A,oops,,attack,,,,,\n"), {.is_strict = true}, reading);
  ASSERT_FALSE(strict);
  EXPECT_EQ(strict.error().code, base::ErrorCode::InvalidArgument);
  EXPECT_EQ(strict.error().message,
            "bad.csv:2:5: `from` is `oops`; write 2016-09-17, or 2016-09-17T15:55+03:00");
  const auto odd =
      read_reports("bad.csv", with_header("1,A,2016-09-17\n"), {.is_strict = true}, reading);
  ASSERT_FALSE(odd);
  EXPECT_EQ(odd.error().message, "bad.csv:2:1: 3 fields where the header names 10");
}

TEST(BadInput, RefusesAFileWithoutAUsableHeader) {
  Reading reading;
  EXPECT_EQ(read_reports("e.csv", "", {}, reading).error().message,
            "e.csv: there is no header; the file is empty");
  EXPECT_EQ(read_reports("e.csv", "incident,kind,incident\n", {}, reading).error().message,
            "e.csv:1:15: the column `incident` twice");
  EXPECT_FALSE(read_reports("e.csv", "\xFF\xFE", {}, reading));
  EXPECT_TRUE(reading.files.empty());
}

}  // namespace
}  // namespace truce::incidents
