// SPDX-License-Identifier: Apache-2.0
#include "truce/incidents/write.h"

#include <array>
#include <random>

#include <gtest/gtest.h>

#include "truce/incidents/names.h"
#include "truce/incidents/read.h"

namespace truce::incidents {
namespace {

constexpr base::Duration kClock{3 * 3600};
constexpr std::string_view kHeader =
    "incident,account,according_to,reported_at,from,to,kind,actor,target,weapon,clauses,latitude,"
    "longitude,radius_m,place,deaths_low,deaths_best,deaths_high,observed_by,confidence,source,"
    "source_id,note\n";

Reading read(std::string_view text, base::Duration clock = kClock) {
  Reading reading;
  const auto done = read_reports("i", text, {.clock_offset = clock}, reading);
  EXPECT_TRUE(done) << (done ? "" : done.error().message);
  return reading;
}

// Everything a report says, without where it was read.
std::string said(const Report& report) {
  std::string text;
  const auto add = [&](const std::string& part) { text += part + "\x1F"; };
  for (const std::string* part :
       {&report.incident, &report.account, &report.according_to, &report.place, &report.observed_by,
        &report.source, &report.source_id, &report.note}) {
    add(*part);
  }
  for (const NameSet* set : {&report.kinds, &report.actors, &report.targets, &report.weapons}) {
    add(set->joining == NameSet::Joining::AllOf ? "all" : "one");
    for (const std::string& name : set->names) {
      add(name);
    }
  }
  for (const std::string& clause : report.clauses) {
    add(clause);
  }
  add(std::to_string(report.when.from.seconds) + " " + std::to_string(report.when.to.seconds));
  add(report.reported_at ? std::to_string(report.reported_at->seconds) : "-");
  add(testing::PrintToString(report.deaths_low) + testing::PrintToString(report.deaths_best) +
      testing::PrintToString(report.deaths_high));
  add(report.confidence ? testing::PrintToString(*report.confidence * 1e12) : "-");
  add(report.point ? std::to_string(report.point->latitude.degrees * 1e9) + " " +
                         std::to_string(report.point->longitude.degrees * 1e9)
                   : "-");
  add(std::to_string(report.radius.value) + (report.is_withdrawn ? "withdrawn" : ""));
  return text;
}

std::vector<std::string> said(const Reading& reading) {
  std::vector<std::string> list;
  for (const Report& report : reading.reports) {
    list.push_back(said(report));
  }
  return list;
}

// Rows of the `truce` format with everything that may stand in them.
class RandomRows {
 public:
  explicit RandomRows(std::uint64_t seed) : random_(seed) {}

  std::string rows(std::size_t count) {
    std::string text(kHeader);
    for (std::size_t at = 0; at < count; ++at) {
      text += row(at) + "\n";
    }
    return text;
  }

 private:
  std::string pick(std::initializer_list<std::string> choices) {
    return *(choices.begin() + random_() % choices.size());
  }
  std::string number(int most) { return std::to_string(random_() % static_cast<unsigned>(most)); }
  std::string names() {
    return pick({"", "North", "North|South", "North & South", "\u00ABOld & Guard\u00BB", "R&D",
                 "\u00AB&\u00BB", "unattributed", "Soldiers of North|Civilians", "=1+1", "&lt;b>"});
  }
  std::string words() {
    return pick({"", "plain", "\"a, \"\"quoted\"\" one\"", "\"two\nlines\"", "\"three\r\nlines\"",
                 "\u0645\u0631\u062D\u0628\u0627", "<b>&amp;</b> ]]>", "\\ { } [", "-1", "@x",
                 "tab\there", "\U0001F600", "\"lone\rreturn\""});
  }
  std::string moment() {
    return pick({"2030-02-0" + std::to_string(1 + random_() % 9),
                 "2030-02-03T10:0" + number(10) + "Z", "2030-02-03T10:00:0" + number(10) + "-05:30",
                 "0001-01-01", "0001-01-01T00:00+14:00"});
  }
  std::string row(std::size_t at) {
    const bool is_withdrawn = random_() % 8 == 0;
    const std::string from = moment();
    const std::string last =
        pick({"", "2031-01-02", "2030-03-01T00:00:01Z", "9999-12-31", "9999-12-31T23:59:59-12:00"});
    const bool has_point = random_() % 3 != 0;
    std::uniform_real_distribution<double> degrees(-90, 90);
    return "i" + std::to_string(at) + "," + pick({"", "a", "\u00ABb\u00BB"}) + "," +
           pick({"Mission", "\u00ABNorth\u00BB", "the  UN"}) + "," +
           (is_withdrawn ? "2030-02-09T10:00Z" : pick({"", moment()})) + "," + from + "," + last +
           "," + (is_withdrawn ? "withdrawn" : pick({"attack", "", "attack|burn", "extend"})) +
           "," + names() + "," + names() + "," + names() + "," +
           pick({"", "1.1", "\"clauses 1.1, 2.3 and \u00A74\"", "\u00A7"}) + "," +
           (has_point ? testing::PrintToString(degrees(random_)) + "," +
                            testing::PrintToString(2 * degrees(random_))
                      : ",") +
           "," + pick({"", "0", "0.1", "25000", "1e-9"}) + "," + words() + "," +
           pick({"", number(9)}) + "," + pick({"", number(99)}) + "," + pick({"", "1000000000"}) +
           "," + words() + "," + pick({"", "0", "1", "0.3333333333333333"}) + "," + words() + "," +
           words() + "," + words();
  }

  std::mt19937_64 random_;
};

TEST(Write, WhatIsWrittenIsReadBackTheSame) {
  std::size_t rows = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const Reading first = read(RandomRows(seed).rows(25));
    EXPECT_TRUE(first.skipped.empty()) << first.skipped.front().reason;
    rows += first.reports.size();
    for (const Form form : {Form::Truce, Form::GeoJson, Form::Kml}) {
      const Written written = write_reports(first.reports, form, kClock);
      EXPECT_TRUE(written.losses.empty()) << written.losses.front().column;
      const Reading again = read(written.text);
      EXPECT_EQ(said(again), said(first)) << "seed " << seed << "\n" << written.text;
      // On another clock the same moments are read, for each has its offset.
      EXPECT_EQ(said(read(written.text, base::Duration{-5 * 3600})).size(), first.reports.size());
    }
    // There and back again: what is written the second time is the first text.
    const std::string map = write_reports(first.reports, Form::GeoJson, kClock).text;
    EXPECT_EQ(write_reports(read(map).reports, Form::Truce, kClock).text,
              write_reports(first.reports, Form::Truce, kClock).text);
  }
  EXPECT_GT(rows, 1000U);
}

TEST(Write, NamesWhatItCouldNotKeep) {
  Reading reading = read(std::string(kHeader) +
                         "a,,M,,2030-02-03,,attack,North,,,,,,,,,,,,,,,\n"
                         "b,,M,,2030-02-03,,attack,North,,,,,,,,,,,,,,,bell\x07\n"
                         "c,,M,,2030-02-03,,attack,North,,,,,,,,,,,,,,,bell\x07\n");
  reading.reports[0].actors.names = {"one|two"};
  const Written truce = write_reports(reading.reports, Form::Truce, kClock);
  ASSERT_EQ(truce.losses.size(), 1U);
  EXPECT_EQ(truce.losses[0].column, "actor");
  EXPECT_EQ(truce.losses[0].count, 1U);
  EXPECT_EQ(truce.losses[0].first.line, 2U);
  const Written kml = write_reports(reading.reports, Form::Kml, kClock);
  ASSERT_EQ(kml.losses.size(), 2U);
  EXPECT_EQ(kml.losses[1].column, "note");
  EXPECT_EQ(kml.losses[1].count, 2U);
  EXPECT_EQ(kml.losses[1].first.line, 3U);
  EXPECT_EQ(read(kml.text).reports.size(), 3U);
}

TEST(Write, TheFlatTableIsSafeAndOnTheClock) {
  const Reading reading = read(std::string(kHeader) +
                               "=1+1,,M,2030-02-04,2030-02-03,,attack,North|South,,,,1.5,-2.5,,"
                               "@here,,,,,,,,\n");
  const Written csv = write_reports(reading.reports, Form::Csv, kClock);
  const std::string_view row = std::string_view(csv.text).substr(csv.text.find('\n') + 1);
  EXPECT_EQ(row,
            "'=1+1,M,M,2030-02-05 00:00:00,2030-02-03 00:00:00,2030-02-04 00:00:00,attack,"
            "North|South,,,,1.5,-2.5,,'@here,,,,,,,,,UTC+03:00\n");
  ASSERT_EQ(csv.losses.size(), 2U);
  EXPECT_EQ(csv.losses[0].column, "incident");
  EXPECT_EQ(csv.losses[1].column, "place");
}

TEST(Write, RowsInPiecesAreTheTable) {
  const Reading reading = read(RandomRows(7).rows(25));
  std::string text;
  for (const Report& report : reading.reports) {
    text += csv_rows({&report}, kClock, text.empty());
  }
  EXPECT_EQ(write_reports(reading.reports, Form::Csv, kClock).text, text);
}

TEST(Write, AReportOfAnUnknownKindIsReadBack) {
  const Reading reading = read("incident,account,from,kind\n1,A,2030-02-03,\n");
  for (const Form form : {Form::Truce, Form::GeoJson, Form::Kml}) {
    EXPECT_EQ(said(read(write_reports(reading.reports, form, kClock).text)), said(reading));
  }
}

TEST(Write, KnowsItsForms) {
  EXPECT_EQ(find_form("kml"), Form::Kml);
  EXPECT_EQ(find_form("xlsx"), std::nullopt);
  EXPECT_EQ(read(write_reports({}, Form::GeoJson, kClock).text).rows, 0U);
  EXPECT_EQ(read(write_reports({}, Form::Kml, kClock).text).rows, 0U);
  EXPECT_EQ(read(write_reports({}, Form::Truce, kClock).text).rows, 0U);
}

}  // namespace
}  // namespace truce::incidents
