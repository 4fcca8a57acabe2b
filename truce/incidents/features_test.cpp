// SPDX-License-Identifier: Apache-2.0
// Incidents from maps: GeoJSON and KML. All are invented.
#include <cmath>

#include <gtest/gtest.h>

#include "truce/incidents/names.h"
#include "truce/incidents/read.h"

namespace truce::incidents {
namespace {

constexpr base::Duration kClock{2 * 3600};

Reading read(std::string_view text, const ReadOptions& options = {.clock_offset = kClock}) {
  Reading reading;
  const auto done = read_reports("map", text, options, reading);
  EXPECT_TRUE(done) << (done ? "" : done.error().message);
  return reading;
}

std::string error_of(std::string_view text, const ReadOptions& options = {}) {
  Reading reading;
  const auto done = read_reports("map", text, options, reading);
  return done ? "no error" : done.error().message;
}

std::string collection(const std::string& features) {
  return "{\"type\":\"FeatureCollection\",\"features\":[\n" + features + "]}";
}

std::string feature(const std::string& properties, const std::string& geometry = "null") {
  return "{\"type\":\"Feature\",\"geometry\":" + geometry + ",\"properties\":{" + properties + "}}";
}

constexpr const char* kSaid =
    R"("incident":"1","according_to":"Mission","at":"2030-02-02T10:00","kind":"attack")";

TEST(GeoJsonIncidents, ReadsPropertiesAsColumns) {
  const Reading reading = read(collection(feature(
      std::string(kSaid) + R"(,"Actor":"North|South","deaths_best":3,"radius_m":1.5,"weapon":null)",
      R"({"type":"Point","coordinates":[37.25,36.5]})")));
  ASSERT_EQ(reading.reports.size(), 1U);
  const Report& report = reading.reports[0];
  EXPECT_EQ(report.incident, "1");
  EXPECT_EQ(to_text(report.actors), "North|South");
  EXPECT_EQ(report.deaths_best, 3);
  EXPECT_EQ(report.point, (base::Point{{36.5}, {37.25}}));
  EXPECT_EQ(report.radius, base::Metres{1.5});
  EXPECT_EQ(report.when.from, base::parse_instant("2030-02-02T10:00", kClock)->at);
  EXPECT_EQ(report.origin.line, 2U);
  EXPECT_TRUE(reading.warnings.empty());
}

TEST(GeoJsonIncidents, CoversAnotherShapeWithADiscAndSaysSo) {
  const Reading reading = read(collection(
      feature(kSaid,
              R"({"type":"Polygon","coordinates":[[[37,36],[37.2,36],[37.2,36.2],[37,36]]]})") +
      ",\n" +
      feature(R"("incident":"2","account":"A","at":"2030-02-02","kind":"attack","radius_m":500)",
              R"({"type":"LineString","coordinates":[[37,36],[37.01,36]]})")));
  ASSERT_EQ(reading.reports.size(), 2U);
  EXPECT_NEAR(reading.reports[0].point->latitude.degrees, 36.1, 0.01);
  EXPECT_NEAR(reading.reports[0].radius.value, 14'300, 200);
  EXPECT_NEAR(reading.reports[1].radius.value, 450 + 500, 3);
  ASSERT_EQ(reading.warnings.size(), 1U);
  EXPECT_EQ(
      reading.warnings[0].find("map: 2 places of another shape than a point are read as the "
                               "smallest disc that covers it; the widest has a radius of 14."),
      0U)
      << reading.warnings[0];
  EXPECT_NE(reading.warnings[0].find("(line 2)"), std::string::npos);
}

TEST(GeoJsonIncidents, ADiscHasNoNegativeZero) {
  // The long way round, as RFC 7946 reads a line that is not cut at the date line.
  const Reading reading = read(
      collection(feature(kSaid, R"({"type":"LineString","coordinates":[[179.9,2],[-179.9,2]]})")));
  ASSERT_EQ(reading.reports.size(), 1U);
  EXPECT_EQ(reading.reports[0].point->longitude.degrees, 0);
  EXPECT_FALSE(std::signbit(reading.reports[0].point->longitude.degrees));
}

TEST(GeoJsonIncidents, NamesForeignPropertiesOnce) {
  const Reading reading = read(collection(feature(std::string(kSaid) + R"(,"colour":"red")") + "," +
                                          feature(std::string(kSaid) + R"(,"colour":"")")));
  EXPECT_EQ(reading.warnings,
            (std::vector<std::string>{"map: these columns are not read: colour"}));
  ASSERT_EQ(reading.unread_columns.size(), 1U);
  EXPECT_EQ(reading.unread_columns[0].count, 1U);
  EXPECT_EQ(reading.duplicates, 1U);
}

TEST(GeoJsonIncidents, ABadFeatureIsSkippedWithItsLine) {
  const std::string text = collection(
      feature(kSaid, R"({"type":"Point","coordinates":[0,91]})") + ",\n" +
      feature(R"("incident":"2")") + ",\n" + feature(std::string(kSaid) + R"(,"Kind":"x")") +
      ",\n" + feature(std::string(kSaid) + R"(,"note":"\u0000")") + ",\n" + feature(kSaid));
  const Reading reading = read(text);
  EXPECT_EQ(reading.reports.size(), 1U);
  ASSERT_EQ(reading.skipped.size(), 4U);
  EXPECT_EQ(reading.skipped[0].origin.line, 2U);
  EXPECT_EQ(reading.skipped[0].reason,
            "feature 1: latitude 91 is not between -90 and 90; longitude comes first");
  EXPECT_EQ(reading.skipped[1].reason, "nobody is named whose account this is");
  EXPECT_EQ(reading.skipped[2].reason, "the property `kind` twice");
  EXPECT_EQ(reading.skipped[3].reason, "a NUL character");
  EXPECT_EQ(error_of(text, {.is_strict = true}),
            "map:2:1: feature 1: latitude 91 is not between -90 and 90; longitude comes first");
}

TEST(GeoJsonIncidents, RefusesAMapThatTellsOfNoIncident) {
  EXPECT_EQ(error_of(collection(
                feature(R"("name":"River")", R"({"type":"Point","coordinates":[37,36]})"))),
            "map: no feature has the properties incident, kind, from (or at) and according_to (or "
            "account); they have name");
  EXPECT_EQ(read(collection("")).rows, 0U);
}

std::string kml(const std::string& placemarks, const std::string& name = "") {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml><Document>" +
         (name.empty() ? std::string() : "<name>" + name + "</name>") + placemarks +
         "</Document></kml>";
}

TEST(KmlIncidents, ReadsExtendedDataAsColumns) {
  const Reading reading = read(kml(
      "<Placemark><name>shown</name><description>told</description><ExtendedData>"
      "<Data name='incident'><value>1</value></Data><Data name='kind'><value>attack</value></Data>"
      "<Data name='according_to'><value>Mission</value></Data>"
      "<Data name='at'><value>2030-02-02T10:00</value></Data></ExtendedData>"
      "<Point><coordinates>37.25,36.5,0</coordinates></Point></Placemark>"));
  ASSERT_EQ(reading.reports.size(), 1U);
  EXPECT_EQ(reading.reports[0].incident, "1");
  EXPECT_EQ(reading.reports[0].according_to, "Mission");
  EXPECT_EQ(reading.reports[0].note, "told");
  EXPECT_EQ(to_text(reading.reports[0].kinds), "attack");
  EXPECT_EQ(reading.reports[0].point, (base::Point{{36.5}, {37.25}}));
}

TEST(KmlIncidents, TakesNameTimeAndDocumentWhereNothingElseIsSaid) {
  const Reading reading =
      read(kml("<Placemark><name>Ford</name><TimeStamp><when>2030-02</when>"
               "</TimeStamp></Placemark>",
               "Map of the mission"));
  ASSERT_EQ(reading.reports.size(), 1U);
  const Report& report = reading.reports[0];
  EXPECT_EQ(report.incident, "Ford");
  EXPECT_EQ(report.according_to, "Map of the mission");
  EXPECT_TRUE(report.kinds.is_unknown());
  EXPECT_EQ(report.when.from, base::start_of({2030, 2, 1}) - kClock);
  EXPECT_EQ(report.when.to, base::start_of({2030, 3, 1}) - kClock);
  ASSERT_EQ(reading.warnings.size(), 1U);
  EXPECT_NE(reading.warnings[0].find("according to Map of the mission"), std::string::npos);
}

TEST(KmlIncidents, SaysThatAMapOfLinksHoldsNone) {
  const Reading reading = read(kml("<NetworkLink><Link><href>x.kml</href></Link></NetworkLink>"));
  EXPECT_EQ(reading.rows, 0U);
  ASSERT_EQ(reading.warnings.size(), 1U);
  EXPECT_EQ(reading.warnings[0],
            "map: there is no placemark in it; what a map links to is not read");
}

TEST(KmlIncidents, ReadsEachFormOfTime) {
  struct Case {
    const char* time;
    base::Date first;
    base::Date last;
  };
  for (const Case& one :
       {Case{"<TimeStamp><when>2030-02-03</when></TimeStamp>", {2030, 2, 3}, {2030, 2, 3}},
        Case{"<TimeStamp><when>2032-02</when></TimeStamp>", {2032, 2, 1}, {2032, 2, 29}},
        Case{"<TimeStamp><when>2030</when></TimeStamp>", {2030, 1, 1}, {2030, 12, 31}},
        Case{"<TimeSpan><begin>2030-02-03</begin><end>2030-03</end></TimeSpan>",
             {2030, 2, 3},
             {2030, 3, 31}}}) {
    const Reading reading =
        read(kml(std::string("<Placemark><name>a</name>") + one.time + "</Placemark>", "M"));
    ASSERT_EQ(reading.reports.size(), 1U) << one.time;
    EXPECT_EQ(reading.reports[0].when.from, base::start_of(one.first) - kClock) << one.time;
    EXPECT_EQ(reading.reports[0].when.to, base::start_of(one.last) + base::kDay - kClock)
        << one.time;
  }
  const Reading open = read(
      kml("<Placemark><name>a</name><TimeSpan><begin>2030</begin></TimeSpan></Placemark>", "M"));
  ASSERT_EQ(open.skipped.size(), 1U);
  EXPECT_EQ(open.skipped[0].reason, "its time span has no end");
}

TEST(KmlIncidents, ReadsWhatTheTextDeclaresUnlessAnEncodingIsNamed) {
  const std::string text =
      "<?xml version='1.0' encoding='windows-1252'?><kml><Document><name>M</name><Placemark>"
      "<name>Mar\xE9</name><TimeStamp><when>2030</when></TimeStamp></Placemark></Document></kml>";
  EXPECT_EQ(read(text).reports.at(0).incident, "Mar\u00E9");
  EXPECT_EQ(read(text, {.encoding = "windows-1252"}).reports.at(0).incident, "Mar\u00E9");
}

TEST(Formats, AreRecognisedByTheirFirstBytes) {
  EXPECT_EQ(recognise_format("f", "\xEF\xBB\xBF \n{}").value(), Format::GeoJson);
  EXPECT_EQ(recognise_format("f", "\n<kml/>").value(), Format::Kml);
  const std::string archive = "PK\x03\x04rest";
  EXPECT_EQ(recognise_format("a.kmz", archive).error().message,
            "a.kmz: this is an archive, as KMZ files are; unpack it and name the .kml file in it");
  EXPECT_EQ(error_of(archive, {.format = Format::Kml}),
            "map: this is an archive, as KMZ files are; unpack it and name the .kml file in it");
  EXPECT_NE(error_of("<html/>").find("no KML"), std::string::npos);
}

}  // namespace
}  // namespace truce::incidents
