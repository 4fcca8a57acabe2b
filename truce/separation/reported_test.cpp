// SPDX-License-Identifier: Apache-2.0
#include "truce/separation/reported.h"

#include <gtest/gtest.h>

namespace truce::separation {
namespace {

incidents::Report report(const char* kind, const char* actor, const char* target) {
  incidents::Report made;
  made.according_to = "Mission";
  made.when = {{1000}, {1000}};
  made.kinds.names = {kind};
  made.actors.names = {actor};
  made.targets.names = {target};
  made.point = base::Point{{36}, {37}};
  made.radius = {500};
  return made;
}

TEST(ReportedPresence, WhoIsHitWasThereAndWhoFiresNeedNotBe) {
  PresenceReading reading;
  const incidents::Report attack = report("attack", "North", "South");
  add_reported_presence({&attack}, {"incidents.csv"}, reading);
  ASSERT_EQ(reading.observations.size(), 1U);
  EXPECT_EQ(reading.observations[0].actor.names, std::vector<std::string>{"South"});
  EXPECT_EQ(reading.observations[0].according_to, "Mission");
  EXPECT_EQ(reading.observations[0].radius.value, 500);
  EXPECT_EQ(reading.files, std::vector<std::string>{"incidents.csv"});
}

TEST(ReportedPresence, WhatWasReadBeforeKeepsItsFile) {
  PresenceReading reading;
  reading.files = {"presence.csv"};
  incidents::Report attack = report("attack", "North", "South");
  attack.origin = {.file = 1, .line = 7};
  add_reported_presence({&attack}, {"one.csv", "two.csv"}, reading);
  ASSERT_EQ(reading.observations.size(), 1U);
  EXPECT_EQ(reading.files[reading.observations[0].origin.file], "two.csv");
  EXPECT_EQ(reading.observations[0].origin.line, 7U);
}

TEST(ReportedPresence, WhoOccupiesIsThere) {
  PresenceReading reading;
  const incidents::Report sure = report("occupy", "North", "South");
  add_reported_presence({&sure}, {"incidents.csv"}, reading);
  EXPECT_EQ(reading.observations.size(), 2U);
  incidents::Report doubtful = report("occupy", "North", "South");
  doubtful.kinds.names = {"occupy", "attack"};
  add_reported_presence({&doubtful}, {"incidents.csv"}, reading);
  EXPECT_EQ(reading.observations.size(), 3U);
}

TEST(ReportedPresence, WhatSaysNotWhereOrWhenSaysNothing) {
  PresenceReading reading;
  incidents::Report nowhere = report("occupy", "North", "South");
  nowhere.point.reset();
  incidents::Report long_ago = report("occupy", "North", "South");
  long_ago.when = {{0}, {10 * 86'400}};
  incidents::Report act = report("extend", "North", "South");
  act.clauses = {"1.1"};
  add_reported_presence({&nowhere, &long_ago, &act}, {"incidents.csv"}, reading);
  EXPECT_TRUE(reading.observations.empty());
}

}  // namespace
}  // namespace truce::separation
