// SPDX-License-Identifier: Apache-2.0
#include "truce/encoding/geojson.h"

#include <gtest/gtest.h>

namespace truce::encoding {
namespace {

std::string error_of(std::string_view text) {
  const auto features = read_geojson("a.geojson", text);
  return features ? "no error" : features.error().message;
}

TEST(GeoJson, ReadsFeaturesOfEachKind) {
  const auto features = read_geojson("a.geojson", R"({"type":"FeatureCollection","features":[
    {"type":"Feature","properties":{"name":"A","n":2,"is":true,"no":null,"list":[1]},
     "geometry":{"type":"Polygon","coordinates":[[[37,36],[38,36],[38,37],[37,36]]]}},
    {"type":"Feature","properties":null,"geometry":null},
    {"type":"Feature","geometry":{"type":"GeometryCollection","geometries":[
      {"type":"LineString","coordinates":[[1,2],[3,4,100]]},
      {"type":"MultiPoint","coordinates":[[5,6],[7,8]]},
      {"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1]]],[[[2,2],[3,2],[3,3]]]]}]}}]})");
  ASSERT_TRUE(features);
  ASSERT_EQ(features->size(), 3U);
  const std::map<std::string, std::string> properties = {
      {"is", "true"}, {"list", "[1]"}, {"n", "2"}, {"name", "A"}};
  EXPECT_EQ((*features)[0].properties, properties);
  ASSERT_EQ((*features)[0].polygons.size(), 1U);
  EXPECT_EQ((*features)[0].polygons[0][0][1], (base::Point{{36}, {38}}));
  EXPECT_TRUE((*features)[1].polygons.empty());
  EXPECT_EQ((*features)[2].lines[0][1], (base::Point{{4}, {3}}));
  EXPECT_EQ((*features)[2].points.size(), 2U);
  EXPECT_EQ((*features)[2].polygons.size(), 2U);
}

TEST(GeoJson, ReadsABareGeometryAndASingleFeature) {
  const auto bare = read_geojson("", R"({"type":"Point","coordinates":[1,2]})");
  ASSERT_TRUE(bare);
  EXPECT_EQ((*bare)[0].points, (std::vector{base::Point{{2}, {1}}}));
  const auto single = read_geojson(
      "",
      R"({"type":"Feature","geometry":{"type":"MultiLineString","coordinates":[[[1,2],[2,3]]]}})");
  ASSERT_TRUE(single);
  EXPECT_EQ((*single)[0].lines.size(), 1U);
}

TEST(GeoJson, SaysWhereACoordinateLeavesTheGlobe) {
  EXPECT_EQ(error_of(R"({"type":"FeatureCollection","features":[{"type":"Feature","geometry":
      {"type":"Polygon","coordinates":[[[0,0],[1,0],[1,91]]]}}]})"),
            "a.geojson: feature 1, ring 1, corner 3: latitude 91 is not between -90 and 90; "
            "longitude comes first");
  EXPECT_EQ(error_of(R"({"type":"Point","coordinates":[180.5,0]})"),
            "a.geojson: longitude 180.5 is not between -180 and 180");
}

TEST(GeoJson, RefusesWhatIsNoGeoJson) {
  EXPECT_EQ(error_of("{}"), "a.geojson: this is no GeoJSON; its `type` is missing");
  EXPECT_EQ(error_of("[]"), "a.geojson: this is no GeoJSON; its `type` is missing");
  EXPECT_EQ(error_of(R"({"type":"Topology"})"),
            "a.geojson: `Topology` is no kind of geometry; Polygon, LineString and Point are");
  EXPECT_EQ(error_of(R"({"type":"Point","coordinates":["1",2]})"),
            "a.geojson: a position is `[longitude, latitude]`");
  EXPECT_EQ(error_of(R"({"type":"Polygon"})"), "a.geojson: there are no coordinates");
  EXPECT_EQ(error_of(R"({"type":"FeatureCollection","features":[{"type":"Point"}]})"),
            "a.geojson: feature 1: this is no Feature");
  EXPECT_NE(error_of("{").find("not JSON"), std::string::npos);
}

TEST(GeoJson, ABadFeatureCostsItselfAndNoOther) {
  const auto entries = read_geojson_entries("a.geojson", R"({"features":[{"type":"Old"}],
"type":"FeatureCollection","note":"] [ { \" features",
"features":[
  {"type":"Feature","properties":{"features":["a",{"b":[]}],"name":"A"},"geometry":null},
  {"type":"Feature","geometry":{"type":"Point","coordinates":[0,91]}}, {"type":"Point"},
  7,
  {"type":"Feature",
   "geometry":{"type":"Point","coordinates":[1,2]}}]})");
  ASSERT_TRUE(entries);
  ASSERT_EQ(entries->size(), 5U);
  EXPECT_FALSE((*entries)[0].problem.has_value());
  EXPECT_EQ((*entries)[1].problem,
            "feature 2: latitude 91 is not between -90 and 90; longitude comes first");
  EXPECT_EQ((*entries)[2].problem, "feature 3: this is no Feature");
  EXPECT_EQ((*entries)[4].feature.points.size(), 1U);
}

TEST(GeoJson, KnowsTheLineOfEachFeature) {
  const auto entries = read_geojson_entries(
      "a.geojson",
      "{\"type\":\"FeatureCollection\",\r\n\"x\":{\"features\":[1]},\r\n\"features\":[\n"
      "{\"type\":\"Feature\",\"properties\":{\"a\":[{}]}},\n\n{\"type\":\"Feature\"}, "
      "{\"type\":\"Feature\"}]}");
  ASSERT_TRUE(entries);
  ASSERT_EQ(entries->size(), 3U);
  EXPECT_EQ((*entries)[0].line, 4U);
  EXPECT_EQ((*entries)[1].line, 6U);
  EXPECT_EQ((*entries)[2].line, 6U);
}

TEST(GeoJson, KnowsTheLineBesideMembersThatAreNoFeatures) {
  const auto entries =
      read_geojson_entries("a.geojson",
                           "{\"type\":\"FeatureCollection\",\"bbox\":[1,2],\"features\":[\n"
                           "-4.5e1,\n\"x\", null,\n[1,\n2],{\"type\":\"Feature\",\"id\":7}\n]}");
  ASSERT_TRUE(entries);
  std::vector<std::uint64_t> lines;
  for (const GeoJsonEntry& entry : *entries) {
    lines.push_back(entry.line);
  }
  EXPECT_EQ(lines, (std::vector<std::uint64_t>{2, 3, 3, 4, 5}));
}

TEST(GeoJson, RefusesAnotherReferenceSystem) {
  const auto other = read_geojson(
      "m.geojson",
      R"({"type":"Point","coordinates":[1,2],"crs":{"type":"name","properties":{"name":"EPSG:3857"}}})");
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, base::ErrorCode::Unsupported);
  EXPECT_EQ(error_of(R"({"type":"Point","coordinates":[1,2],
      "crs":{"properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}}})"),
            "no error");
}

}  // namespace
}  // namespace truce::encoding
