// SPDX-License-Identifier: Apache-2.0
#include "truce/agreement/internal/test_support.h"

namespace truce::agreement {
namespace {

using geometry::Containment;

constexpr std::string_view kAnnex =
    R"({"type":"FeatureCollection","features":[
    {"type":"Feature","properties":{"annex":"A","place":"City"},"geometry":{"type":"Polygon",
     "coordinates":[[[10,50],[10.1,50],[10.1,50.1],[10,50.1],[10,50]]]}},
    {"type":"Feature","properties":{"annex":"A"},"geometry":{"type":"LineString",
     "coordinates":[[10.05,49.9],[10.05,50.2]]}},
    {"type":"Feature","properties":{"annex":"B","place":"Gate"},"geometry":{"type":"Point",
     "coordinates":[10.5,50.5]}}]})";

geometry::Disc at(double latitude, double longitude) {
  return {{base::Latitude{latitude}, base::Longitude{longitude}}, base::Metres{0}};
}

TEST(Places, AreComposedFromWhatTheAnnexesDraw) {
  const ReadText read = read_texts(
      {with_heading("places Outskirts = Belt except City; Belt = within 2 km of Road; "
                    "City = annex A area; Road = annex A line; Gate = annex B point; "
                    "Both = City and within 1 km of Gate; Market Square, to be fixed by Aland.\n")},
      {{"annexes.geojson", std::string(kAnnex)}});
  EXPECT_EQ(read.codes(), std::vector<std::string>{"T0415"});
  const auto lies = [&](std::string_view place, geometry::Disc disc) {
    return read.agreement.place(read.agreement.find_place(place).value()).region->contains(disc);
  };
  EXPECT_EQ(lies("City", at(50.05, 10.05)), Containment::Inside);
  EXPECT_EQ(lies("Outskirts", at(50.05, 10.05)), Containment::Outside);
  EXPECT_EQ(lies("Outskirts", at(50.15, 10.06)), Containment::Inside);
  EXPECT_EQ(lies("Outskirts", at(50.15, 10.2)), Containment::Outside);
  EXPECT_EQ(lies("Both", at(50.5, 10.505)), Containment::Inside);
  EXPECT_EQ(lies("Both", at(50.5, 10.6)), Containment::Outside);
  EXPECT_EQ(read.agreement.places.back().region, nullptr);
}

TEST(Places, ADisputedPlaceHasNoRegionUntilAReadingIsTaken) {
  const ReadText read = read_texts(
      {with_heading(
          "places Road = annex A line; Strip = within [North: 500 m | South: 5 km] of Road.\n")},
      {{"annexes.geojson", std::string(kAnnex)}});
  EXPECT_EQ(read.agreement.places[1].region, nullptr);
  const auto contains = [&](std::string_view party) {
    const Reading reading = reading_of(read.agreement, read.agreement.find_actor(party).value());
    return in_reading(read.agreement, reading).places[1].region->contains(at(50.0, 10.07));
  };
  EXPECT_EQ(contains("North"), Containment::Outside);
  EXPECT_EQ(contains("South"), Containment::Inside);
}

TEST(Places, WithoutAFileTheyAreAbstractAndNamedInOneWarning) {
  const ReadText read = read_texts({with_heading(
      "places City = annex A area; Road = annex B line; Strip = within 2 km of Road.\n")});
  EXPECT_EQ(read.codes(), (std::vector<std::string>{"T0415", "T0501"}));
  for (const Place& place : read.agreement.places) {
    EXPECT_EQ(place.region, nullptr);
  }
}

}  // namespace
}  // namespace truce::agreement
