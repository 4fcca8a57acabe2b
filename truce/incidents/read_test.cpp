// SPDX-License-Identifier: Apache-2.0
#include "truce/incidents/read.h"

#include <gtest/gtest.h>

#include "truce/incidents/names.h"

namespace truce::incidents {
namespace {

constexpr base::Duration kDamascus{3 * 3600};

Reading read(const std::string& text, ReadOptions options = {.clock_offset = kDamascus}) {
  Reading reading;
  const auto done = read_reports("i.csv", text, options, reading);
  EXPECT_TRUE(done) << (done ? "" : done.error().message);
  return reading;
}

base::Instant moment(std::string_view text) { return base::parse_instant(text, kDamascus)->at; }

// The span that a row gives with these fields.
std::string span_of(const std::string& from, const std::string& to) {
  const Reading reading =
      read("incident,account,from,to,kind\n1,A," + from + "," + to + ",attack\n");
  if (reading.reports.empty()) {
    return reading.skipped.empty() ? "total" : "skipped: " + reading.skipped[0].reason;
  }
  const base::TimeRange when = reading.reports[0].when;
  return base::to_iso(when.from, kDamascus) + " " + base::to_iso(when.to, kDamascus);
}

TEST(ReadReports, ReadsEveryColumn) {
  const Reading reading = read(
      "incident,account,according_to,reported_at,from,to,kind,actor,target,weapon,latitude,"
      "longitude,radius_m,place,deaths_low,deaths_best,deaths_high,observed_by,confidence,source,"
      "source_id,note,clauses\n"
      "17a,sana,SANA,2016-09-18T10:00+03:00,2016-09-17T17:00,,attack,Coalition,Government,"
      "Aircraft,35.3,40.1,500,Jabal Thurdah,62,80,90,Army,0.9,News,n1,\"a, b\",1.1;1.2 2.1\n");
  ASSERT_EQ(reading.reports.size(), 1U);
  const Report& report = reading.reports[0];
  EXPECT_EQ(report.incident, "17a");
  EXPECT_EQ(report.account, "sana");
  EXPECT_EQ(report.according_to, "SANA");
  EXPECT_EQ(report.reported_at, moment("2016-09-18T10:00"));
  EXPECT_EQ(report.when, (base::TimeRange{moment("2016-09-17T17:00"), moment("2016-09-17T17:00")}));
  EXPECT_EQ(to_text(report.kinds), "attack");
  EXPECT_EQ(to_text(report.actors), "Coalition");
  EXPECT_EQ(to_text(report.targets), "Government");
  EXPECT_EQ(to_text(report.weapons), "Aircraft");
  EXPECT_EQ(report.clauses, (std::vector<std::string>{"1.1", "1.2", "2.1"}));
  EXPECT_EQ(report.point, (base::Point{{35.3}, {40.1}}));
  EXPECT_EQ(report.radius, base::Metres{500});
  EXPECT_EQ(report.place, "Jabal Thurdah");
  EXPECT_EQ(report.deaths_low, 62);
  EXPECT_EQ(report.deaths_best, 80);
  EXPECT_EQ(report.deaths_high, 90);
  EXPECT_EQ(report.observed_by, "Army");
  EXPECT_EQ(report.confidence, 0.9);
  EXPECT_EQ(report.source, "News");
  EXPECT_EQ(report.source_id, "n1");
  EXPECT_EQ(report.note, "a, b");
  EXPECT_FALSE(report.is_withdrawn);
  EXPECT_EQ(report.origin.line, 2U);
  EXPECT_TRUE(reading.warnings.empty());
}

TEST(ReadReports, ReadsSpansOfTime) {
  EXPECT_EQ(span_of("2016-09-17", ""), "2016-09-17T00:00:00+03:00 2016-09-18T00:00:00+03:00");
  EXPECT_EQ(span_of("2016-09-17", "2016-09-18"),
            "2016-09-17T00:00:00+03:00 2016-09-19T00:00:00+03:00");
  EXPECT_EQ(span_of("2016-09-17T15:55", ""), "2016-09-17T15:55:00+03:00 2016-09-17T15:55:00+03:00");
  EXPECT_EQ(span_of("2016-09-17T15:55Z", "2016-09-17T20:00+03:00"),
            "2016-09-17T18:55:00+03:00 2016-09-17T20:00:00+03:00");
  EXPECT_EQ(span_of("2016-09-17T15:55", "2016-09-17"),
            "2016-09-17T15:55:00+03:00 2016-09-18T00:00:00+03:00");
  EXPECT_EQ(span_of("2016-09-17", "2016-09-17T12:00"),
            "2016-09-17T00:00:00+03:00 2016-09-17T12:00:00+03:00");
}

TEST(ReadReports, ReadsAtAsOneMoment) {
  const Reading reading = read(
      "at,kind,incident,account\n2016-09-17,attack,1,A\n2016-09-17T12:00,attack,2,A\n,attack,3,"
      "A\n");
  ASSERT_EQ(reading.reports.size(), 2U);
  EXPECT_EQ(reading.reports[0].when.to - reading.reports[0].when.from, base::kDay);
  EXPECT_EQ(reading.reports[1].when.from, reading.reports[1].when.to);
  EXPECT_EQ(reading.skipped.size(), 1U);
}

TEST(ReadReports, TakesTheAccountFromWhoeverSpeaks) {
  const Reading reading = read(
      "incident,account,according_to,from,kind\n"
      "1,,SANA,2016-09-17,attack\n1,sohr,,2016-09-17,attack\n1,,,2016-09-17,attack\n");
  ASSERT_EQ(reading.reports.size(), 2U);
  EXPECT_EQ(reading.reports[0].account, "SANA");
  EXPECT_EQ(reading.reports[1].according_to, "sohr");
  EXPECT_EQ(reading.skipped[0].reason, "nobody is named whose account this is");
}

TEST(ReadReports, ReadsSetsThroughTheMapping) {
  ReadOptions options{.clock_offset = kDamascus};
  options.mapping =
      Mapping::read("m.csv",
                    "field,value,becomes\nactor,Regime,Government|Ally\nkind,strike,attack\n")
          .value();
  const Reading reading = read(
      "incident,account,from,kind,actor\n1,A,2016-09-17,strike,Regime|Other\n"
      "2,A,2016-09-17,,unattributed\n",
      options);
  EXPECT_EQ(to_text(reading.reports[0].actors), "Government|Ally|Other");
  EXPECT_EQ(to_text(reading.reports[0].kinds), "attack");
  EXPECT_TRUE(reading.reports[1].actors.is_unknown());
  EXPECT_TRUE(reading.reports[1].kinds.is_unknown());
}

// The clauses that a cell names, each in its own brackets.
std::string clauses_in(const std::string& cell) {
  const Reading reading =
      read("incident,account,from,kind,clauses\n1,A,2016-09-17,extend,\"" + cell + "\"\n");
  std::string text;
  for (const std::string& clause : reading.reports.at(0).clauses) {
    text += "<" + clause + ">";
  }
  return text;
}

TEST(ReadReports, ReadsClausesAsPeopleListThem) {
  for (const char* cell : {"1.1;1.2", "1.1 and 1.2", "1.1 & 1.2", "1.1|1.2", "1.1/1.2", "1.1, 1.2.",
                           "Clauses 1.1 and 1.2", "\u00A71.1 \u00A7 1.2", "[1.1] (1.2)"}) {
    EXPECT_EQ(clauses_in(cell), "<1.1><1.2>") << cell;
  }
  EXPECT_EQ(clauses_in(""), "");
  // Never empty where something stands.
  EXPECT_EQ(clauses_in("clauses"), "<clauses>");
  EXPECT_EQ(clauses_in("\u00A7"), "<\u00A7>");
}

TEST(ReadReports, ReadsNamesBetweenGuillemets) {
  const Reading reading = read(
      "incident,according_to,from,kind,actor,place\n"
      "1,\u00ABA\u00BB,2016-09-17,attack,\u00AB B \u00BB|\u00ABC\u00BB,\u00ABRoad\u00BB\n");
  EXPECT_EQ(reading.reports.at(0).according_to, "A");
  EXPECT_EQ(to_text(reading.reports.at(0).actors), "B|C");
  EXPECT_EQ(reading.reports.at(0).place, "Road");
}

TEST(ReadReports, ReadsAWithdrawal) {
  const Reading reading =
      read("incident,account,reported_at,from,kind\n1,A,2016-09-18,,withdrawn\n1,A,,,withdrawn\n");
  ASSERT_EQ(reading.reports.size(), 1U);
  EXPECT_TRUE(reading.reports[0].is_withdrawn);
  EXPECT_EQ(reading.skipped[0].reason, "a withdrawal says in `reported_at` when it was made");
}

TEST(ReadReports, NamesColumnsItDoesNotRead) {
  const Reading reading =
      read("incident,account,from,kind,colour,shape\n1,A,2016-09-17,attack,,\n");
  ASSERT_EQ(reading.warnings.size(), 1U);
  EXPECT_EQ(reading.warnings[0], "i.csv: these columns are not read: colour, shape");
}

TEST(ReadReports, ChoosesTheFormatByHeader) {
  EXPECT_EQ(recognise_format("f", "incident,account,at,kind\n").value(), Format::Truce);
  EXPECT_EQ(recognise_format("f",
                             "id,type_of_violence,side_a,side_b,where_prec,latitude,longitude,"
                             "date_start,date_end,low,best,high\n")
                .value(),
            Format::Ucdp);
  const auto none = recognise_format("f.csv", "a,b\n");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().message.find("f.csv: no known format has these columns: a, b; "), 0U);
  EXPECT_EQ(
      recognise_format("f.csv", "incident;kind;from\n").error().message,
      "f.csv: no commas stand between its columns, `incident;kind;from`; save it with commas");
  EXPECT_EQ(recognise_format("f.csv", "incident\tkind\n").error().message,
            "f.csv: no commas stand between its columns, `incident kind`; save it with commas");
  EXPECT_EQ(find_format("ucdp"), Format::Ucdp);
  EXPECT_EQ(find_format("acled"), Format::Acled);
  EXPECT_EQ(find_format("xlsx"), std::nullopt);
  EXPECT_EQ(list_formats(), "=truce, =ucdp, =acled, =geojson, =kml, =video or =mapped");
}

TEST(ReadCoverage, ReadsObserversAndLists) {
  Reading reading;
  const auto coverage =
      read_coverage("c.csv",
                    "observer,from,to,place,kinds\n"
                    "\u00ABUN\u00BB,2016-09-12,2016-09-13,Aleppo|Castello Road,attack\n"
                    "UN,,2016-09-13T12:00,,\n"
                    "UN,2016-09-14,2016-09-13,,\n,2016-09-14,,,\n",
                    {.clock_offset = kDamascus}, reading);
  ASSERT_TRUE(coverage);
  ASSERT_EQ(coverage->size(), 2U);
  EXPECT_EQ((*coverage)[0].observer, "UN");
  EXPECT_EQ((*coverage)[0].places, (std::vector<std::string>{"Aleppo", "Castello Road"}));
  EXPECT_EQ((*coverage)[0].kinds, (std::vector<std::string>{"attack"}));
  EXPECT_EQ((*coverage)[0].when.to, moment("2016-09-14"));
  EXPECT_EQ((*coverage)[1].when.from, base::kBeforeTime);
  EXPECT_TRUE((*coverage)[1].places.empty());
  EXPECT_EQ(reading.skipped.size(), 2U);
}

}  // namespace
}  // namespace truce::incidents
