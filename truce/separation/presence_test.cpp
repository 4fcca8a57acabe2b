// SPDX-License-Identifier: Apache-2.0
#include "truce/separation/presence.h"

#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace truce::separation {
namespace {

constexpr const char* kHeader = "id,actor,at,latitude,longitude,radius_m,confidence,source\n";

PresenceReading read(const std::string& text) {
  PresenceReading reading;
  const auto done = read_presence("p.csv", text, {.clock_offset = {3 * 3600}}, reading);
  EXPECT_TRUE(done.has_value()) << (done ? "" : done.error().message);
  return reading;
}

TEST(Presence, ReadsARow) {
  const PresenceReading reading =
      read(fmt::format("\xEF\xBB\xBF{}a,North,2016-09-12T19:00,36.5,-0.25,200,0.8,s\r\n", kHeader));
  ASSERT_EQ(reading.observations.size(), 1U);
  const Observation& seen = reading.observations[0];
  EXPECT_EQ(seen.id, "a");
  EXPECT_EQ(seen.actor.names, std::vector<std::string>{"North"});
  EXPECT_EQ(base::to_iso(seen.at, {}), "2016-09-12T16:00:00Z");
  ASSERT_TRUE(seen.point.has_value());
  EXPECT_EQ(seen.point.value_or(base::Point()), (base::Point{{36.5}, {-0.25}}));
  EXPECT_EQ(seen.radius.value, 200);
  EXPECT_EQ(seen.confidence, 0.8);
  EXPECT_EQ(seen.origin.line, 2U);
}

TEST(Presence, WhatIsNotSaidIsNotMadeUp) {
  const PresenceReading reading = read("at,actor,longitude,latitude\n2016-09-12,A|B,,\n");
  ASSERT_EQ(reading.observations.size(), 1U);
  EXPECT_FALSE(reading.observations[0].point.has_value());
  EXPECT_EQ(reading.observations[0].actor.names.size(), 2U);
  EXPECT_EQ(reading.observations[0].radius.value, 0);
  EXPECT_EQ(reading.observations[0].confidence, 1);
}

TEST(Presence, SkipsABadRowWithItsPlace) {
  struct Case {
    const char* row;
    std::uint64_t column;
    const char* reason;
  };
  for (const Case& bad : {
           Case{"a,N,2016-09-31,1,1,,,", 5, "`at` is `2016-09-31`"},
           Case{"a,N,2016-09-12,91,1,,,", 16, "`latitude` is `91`"},
           Case{"a,N,2016-09-12,1,180.5,,,", 18, "`longitude` is `180.5`"},
           Case{"a,N,2016-09-12,1,,,,", 18, "`longitude` is missing"},
           Case{"a,N,2016-09-12,nan,1,,,", 16, "`latitude` is `nan`"},
           Case{"a,N,2016-09-12,1,1,-5,,", 20, "`radius_m` is `-5`"},
           Case{"a,N,2016-09-12,1,1,100001,,", 20, "`radius_m` is `100001`"},
           Case{"a,N,2016-09-12,1,1,,1.5,", 21, "`confidence` is `1.5`"},
           Case{"a,N||M,2016-09-12,1,1,,,", 3, ""},
       }) {
    const PresenceReading reading =
        read(fmt::format("{}{}\nb,N,2016-09-12,1,1,,,\n", kHeader, bad.row));
    ASSERT_EQ(reading.skipped.size(), 1U) << bad.row;
    EXPECT_EQ(reading.skipped[0].origin.line, 2U);
    EXPECT_EQ(reading.skipped[0].column, bad.column) << bad.row;
    EXPECT_NE(reading.skipped[0].reason.find(bad.reason), std::string::npos)
        << reading.skipped[0].reason;
    EXPECT_EQ(reading.observations.size(), 1U);
    EXPECT_EQ(reading.rows, 2U);
  }
}

TEST(Presence, StrictStopsAtTheFirstBadRow) {
  PresenceReading reading;
  const auto done = read_presence("p.csv", fmt::format("{}a,N,never,1,1,,,\n", kHeader),
                                  {.is_strict = true}, reading);
  ASSERT_FALSE(done.has_value());
  EXPECT_EQ(done.error().message.rfind("p.csv:2:5: `at` is `never`", 0), 0U)
      << done.error().message;
}

TEST(Presence, RefusesAFileThatIsNone) {
  for (const char* text : {"", "actor,at,latitude\nN,2016-09-12,1\n",
                           "actor,actor,at,latitude,longitude\n", "{\"type\":\"Nothing\"}"}) {
    PresenceReading reading;
    EXPECT_FALSE(read_presence("p.csv", text, {}, reading).has_value()) << text;
  }
}

TEST(Presence, ReadsGeoJsonPoints) {
  const PresenceReading reading = read(R"({"type":"FeatureCollection","features":[
{"type":"Feature","geometry":{"type":"Point","coordinates":[37.1,36.2]},
 "properties":{"id":7,"actor":"North","at":"2016-09-12","radius_m":50,"confidence":0.5,"latitude":1}},
{"type":"Feature","geometry":{"type":"LineString","coordinates":[[1,1],[2,2]]},
 "properties":{"actor":"North","at":"2016-09-12"}},
{"type":"Feature","geometry":{"type":"Point","coordinates":[37.1,36.2]},"properties":{"actor":"N"}}]})");
  ASSERT_EQ(reading.observations.size(), 1U);
  EXPECT_EQ(reading.observations[0].id, "7");
  EXPECT_EQ(reading.observations[0].point.value_or(base::Point()), (base::Point{{36.2}, {37.1}}));
  EXPECT_EQ(reading.observations[0].confidence, 0.5);
  ASSERT_EQ(reading.skipped.size(), 2U);
  EXPECT_NE(reading.skipped[0].reason.find("one point"), std::string::npos);
}

}  // namespace
}  // namespace truce::separation
