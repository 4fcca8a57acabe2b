// SPDX-License-Identifier: Apache-2.0
#include "truce/document/record.h"

#include "tests/support/sample_record.h"
#include <gtest/gtest.h>

#include "truce/base/utf8.h"
#include "truce/encoding/csv.h"
#include "truce/encoding/geojson.h"
#include "truce/encoding/json_value.h"

namespace truce::document {
namespace {

using testing::SampleRecord;

double doubled_area(const std::vector<base::Point>& ring) {
  double sum = 0;
  for (std::size_t index = 0; index + 1 < ring.size(); ++index) {
    sum += ring[index].longitude.degrees * ring[index + 1].latitude.degrees -
           ring[index + 1].longitude.degrees * ring[index].latitude.degrees;
  }
  return sum;
}

TEST(GeoJson, HoldsPlacesAndIncidents) {
  const std::string text = to_geojson(SampleRecord("حلب \"1\"").record());
  const auto features = encoding::read_geojson("report", text);
  ASSERT_TRUE(features.has_value());
  // One place that is drawn, three incidents with a point.
  ASSERT_EQ(features->size(), 4U);
  EXPECT_EQ((*features)[0].properties.at("role"), "place");
  EXPECT_EQ((*features)[1].properties.at("verdict"), "contested");
  EXPECT_EQ((*features)[2].properties.at("verdict"), "under no clause");
  EXPECT_EQ((*features)[1].properties.at("place"), "حلب \"1\"");
  ASSERT_EQ((*features)[1].points.size(), 1U);
  EXPECT_DOUBLE_EQ((*features)[1].points[0].longitude.degrees, 37.1);
}

TEST(GeoJson, RingsAreClosedAndTurnAsTheStandardSays) {
  const auto features = encoding::read_geojson("report", to_geojson(SampleRecord().record()));
  ASSERT_TRUE(features.has_value());
  ASSERT_EQ((*features)[0].polygons.size(), 1U);
  const std::vector<base::Point>& ring = (*features)[0].polygons[0][0];
  EXPECT_EQ(ring.front(), ring.back());
  EXPECT_GT(doubled_area(ring), 0);
}

TEST(Csv, OneRowForEachVerdict) {
  const std::string text = to_csv(SampleRecord("a, \"b\"").record());
  encoding::CsvReader reader(text);
  const encoding::CsvRow* header = reader.next();
  ASSERT_NE(header, nullptr);
  EXPECT_EQ(header->fields.size(), 15U);
  const encoding::CsvRow* row = reader.next();
  ASSERT_NE(row, nullptr);
  ASSERT_EQ(row->fields.size(), 15U);
  EXPECT_EQ(row->fields[0].text, "1.1");
  EXPECT_EQ(row->fields[4].text, "contested");
  EXPECT_EQ(row->fields[5].text, "a, \"b\"=broken; UCDP=kept");
  EXPECT_NE(reader.next(), nullptr);
  EXPECT_EQ(reader.next(), nullptr);
}

TEST(Csv, AFormulaStaysText) {
  for (const std::string formula : {"=HYPERLINK(1)", "@SUM(1)", "+cmd", "-1+1"}) {
    const std::string text = to_csv(SampleRecord(formula).record());
    encoding::CsvReader reader(text);
    reader.next();
    const encoding::CsvRow* row = reader.next();
    ASSERT_NE(row, nullptr);
    EXPECT_EQ(row->fields[9].text, "'" + formula);
  }
}

TEST(Text, FitsTheTerminal) {
  for (const std::size_t width : {60U, 80U, 120U}) {
    const std::string text = to_text(SampleRecord().record(), width);
    std::size_t lines = 0;
    for (std::size_t at = 0; at < text.size(); ++lines) {
      const std::size_t end = text.find('\n', at);
      EXPECT_LE(base::count_code_points(std::string_view(text).substr(at, end - at)), width);
      at = end + 1;
    }
    EXPECT_LE(lines, 45U);
  }
}

TEST(Text, HoldsNothingThatATerminalObeys) {
  const std::string text = to_text(SampleRecord("\x1B[2J\rX").record(), 80);
  EXPECT_EQ(text.find('\x1B'), std::string::npos);
  EXPECT_EQ(text.find('\r'), std::string::npos);
}

TEST(Text, SaysWhatWasSkippedAndWhatStandsContested) {
  const std::string text = to_text(SampleRecord().record(), 100);
  EXPECT_NE(text.find("5 rows read; 1 skipped, 1 duplicates"), std::string::npos) << text;
  EXPECT_NE(text.find("Contested:\n  1.1 North, a-strike: Because of Ayn"), std::string::npos);
  EXPECT_NE(text.find("2.1 North: Unknown, 13 September 2016, 19:00"), std::string::npos);
  EXPECT_NE(text.find("Digest 0123456789abcdef"), std::string::npos);
}

TEST(Forms, TheSameRecordGivesTheSameBytes) {
  const SampleRecord first;
  const SampleRecord second;
  EXPECT_EQ(to_text(first.record(), 80), to_text(second.record(), 80));
  EXPECT_EQ(to_geojson(first.record()), to_geojson(second.record()));
  EXPECT_EQ(to_csv(first.record()), to_csv(second.record()));
}

}  // namespace
}  // namespace truce::document
