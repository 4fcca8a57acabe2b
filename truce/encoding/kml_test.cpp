// SPDX-License-Identifier: Apache-2.0
#include "truce/encoding/kml.h"

#include <gtest/gtest.h>

namespace truce::encoding {
namespace {

KmlFile read(const std::string& placemarks) {
  const auto file =
      read_kml("a.kml", "<kml xmlns='http://www.opengis.net/kml/2.2'><Document><name>Map</name>" +
                            placemarks + "</Document></kml>");
  EXPECT_TRUE(file) << file.error().message;
  return file ? *file : KmlFile();
}

KmlPlacemark read_one(const std::string& content) {
  KmlFile file = read("\n<Placemark>" + content + "</Placemark>");
  EXPECT_EQ(file.placemarks.size(), 1U);
  return file.placemarks.empty() ? KmlPlacemark() : file.placemarks.front();
}

std::string point_problem(const std::string& coordinates) {
  return read_one("<Point><coordinates>" + coordinates + "</coordinates></Point>")
      .problem.value_or("none");
}

TEST(Kml, ReadsCoordinatesWithSpacesBesideCommas) {
  const KmlPlacemark placemark =
      read_one("<LineString><coordinates>\n 1 , 2,\t0\n 3, 4 ,0 5,6</coordinates></LineString>");
  EXPECT_EQ(placemark.problem.value_or("none"), "none");
  ASSERT_EQ(placemark.paths.size(), 1U);
  EXPECT_EQ(placemark.paths[0],
            (std::vector{base::Point{{2}, {1}}, base::Point{{4}, {3}}, base::Point{{6}, {5}}}));
  EXPECT_EQ(point_problem("1,2, 3,4"), "`1,2,3,4` is no position; it is longitude,latitude");
  EXPECT_EQ(point_problem("1, "), "`1,` is no position; it is longitude,latitude");
}

TEST(Kml, ReadsAPlacemark) {
  const KmlPlacemark placemark = read_one(
      "<name> Ford </name><description><![CDATA[<b>x</b>]]></description>"
      "<TimeStamp><when>2030-02-01T10:00:00Z</when></TimeStamp>"
      "<ExtendedData><Data name='kind'><displayName>Kind</displayName><value>attack</value></Data>"
      "<SchemaData schemaUrl='#s'><SimpleData name='actor'>North</SimpleData></SchemaData>"
      "</ExtendedData><Point><coordinates> 37.5,36.25,100 </coordinates></Point>");
  EXPECT_EQ(placemark.name, "Ford");
  EXPECT_EQ(placemark.description, "<b>x</b>");
  EXPECT_EQ(placemark.when, "2030-02-01T10:00:00Z");
  EXPECT_FALSE(placemark.has_span);
  const std::vector<std::pair<std::string, std::string>> data = {{"kind", "attack"},
                                                                 {"actor", "North"}};
  EXPECT_EQ(placemark.data, data);
  ASSERT_EQ(placemark.paths.size(), 1U);
  EXPECT_EQ(placemark.paths[0], (std::vector{base::Point{{36.25}, {37.5}}}));
  EXPECT_EQ(placemark.line, 2U);
  EXPECT_FALSE(placemark.problem.has_value());
}

TEST(Kml, ReadsASpanThatMayLackAnEnd) {
  const KmlPlacemark placemark = read_one("<TimeSpan><begin>2030</begin></TimeSpan>");
  EXPECT_TRUE(placemark.has_span);
  EXPECT_EQ(placemark.begin, "2030");
  EXPECT_EQ(placemark.end, "");
}

TEST(Kml, ReadsEveryGeometry) {
  const KmlPlacemark placemark = read_one(
      "<MultiGeometry><Polygon><outerBoundaryIs><LinearRing><coordinates>0,0 1,0\n1,1 0,0"
      "</coordinates></LinearRing></outerBoundaryIs><innerBoundaryIs><LinearRing><coordinates>"
      "0.4,0.1 0.5,0.1 0.5,0.2</coordinates></LinearRing></innerBoundaryIs></Polygon>"
      "<LineString><coordinates>2,2 3,3</coordinates></LineString>"
      "<gx:Track xmlns:gx='g'><when>2030</when><gx:coord>4 5 6</gx:coord></gx:Track>"
      "</MultiGeometry>");
  ASSERT_EQ(placemark.paths.size(), 3U) << placemark.problem.value_or("");
  EXPECT_EQ(placemark.paths[0].size(), 4U);
  EXPECT_EQ(placemark.paths[1][1], (base::Point{{3}, {3}}));
  EXPECT_EQ(placemark.paths[2][0], (base::Point{{5}, {4}}));
}

TEST(Kml, FindsPlacemarksInEveryFolder) {
  const KmlFile file = read(
      "<Folder><name>F</name><Placemark><name>a</name></Placemark><Folder><Placemark>"
      "<name>b</name></Placemark></Folder></Folder><Placemark><name>c</name></Placemark>");
  EXPECT_EQ(file.document_name, "Map");
  ASSERT_EQ(file.placemarks.size(), 3U);
  EXPECT_EQ(file.placemarks[1].name, "b");
}

TEST(Kml, ABadPlaceCostsItsPlacemark) {
  const auto problem_of = [](const std::string& coordinates) {
    return read_one("<Point><coordinates>" + coordinates + "</coordinates></Point>")
        .problem.value_or("");
  };
  EXPECT_EQ(problem_of("37,91"), "latitude 91 is not between -90 and 90; longitude comes first");
  EXPECT_EQ(problem_of("181,0"), "longitude 181 is not between -180 and 180");
  EXPECT_EQ(problem_of("37"), "`37` is no position; it is longitude,latitude");
  EXPECT_EQ(problem_of("37 36"), "`37` is no position; it is longitude,latitude");
  EXPECT_EQ(problem_of(""), "there are no coordinates");
  EXPECT_EQ(read_one("<Polygon/>").problem, "an area has no outer border");
}

TEST(Kml, RefusesWhatIsNoKml) {
  const auto page = read_kml("a.kml", "<html/>");
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().message, "a.kml: this is no KML; its first element is `html`");
  EXPECT_FALSE(read_kml("a.kml", "<kml>"));
}

}  // namespace
}  // namespace truce::encoding
