// SPDX-License-Identifier: Apache-2.0
// All rows are invented, but for the archive that may lie beside the repository.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include <gtest/gtest.h>

#include "truce/incidents/cluster.h"
#include "truce/incidents/names.h"
#include "truce/incidents/read.h"

namespace truce::incidents {
namespace {

constexpr base::Duration kClock{3 * 3600};
constexpr std::string_view kHeader =
    "Database_ID,Reference_Code,Recording_Date,hour_minute,City,Neighborhood,Latitude,Longitude,"
    "lat_inferred,lon_inferred,Violation_Type,Weapons_Used,Description,Source,Youtube_ID,"
    "URLs_And_News\n";

Reading read(std::string_view rows) {
  Reading reading;
  const auto done =
      read_reports("v.csv", std::string(kHeader) += rows, {.clock_offset = kClock}, reading);
  EXPECT_TRUE(done) << (done ? "" : done.error().message);
  return reading;
}

TEST(Video, IsAReportOfAnIncidentOfItsOwn) {
  const Reading reading = read(
      "7,AL_1,2030-02-03,16:05,TOWN,Ford,36.5,37.25,1,2,Unlawful attacks,Barrel Bomb,Smoke,"
      "Channel A,https://example.org/1,\n");
  ASSERT_EQ(reading.reports.size(), 1U);
  const Report& report = reading.reports[0];
  EXPECT_TRUE(report.is_video);
  EXPECT_EQ(report.incident, "AL_1");
  EXPECT_EQ(report.account, "AL_1");
  EXPECT_EQ(report.according_to, "Channel A");
  EXPECT_EQ(report.observed_by, "one video");
  EXPECT_EQ(to_text(report.kinds), "attack");
  EXPECT_EQ(to_text(report.weapons), "Barrel Bombs");
  EXPECT_TRUE(report.actors.is_unknown());
  EXPECT_TRUE(report.targets.is_unknown());
  EXPECT_EQ(report.place, "Ford, TOWN");
  EXPECT_EQ(report.point, (base::Point{{36.5}, {37.25}}));
  EXPECT_EQ(report.radius, base::Metres{5000});
  EXPECT_EQ(report.note, "Smoke");
  EXPECT_EQ(report.source, "https://example.org/1");
}

TEST(Video, HappenedBeforeItWasPublishedInAnyZone) {
  const Reading reading = read(
      "7,a,2030-02-03,16:05,,,,,,,,,,C,,\n"
      "7,b,2030-02-03,,,,,,,,,,,C,,\n");
  ASSERT_EQ(reading.reports.size(), 2U);
  const Report& timed = reading.reports[0];
  EXPECT_EQ(timed.when.from, base::start_of({2030, 2, 2}) - kClock);
  EXPECT_EQ(timed.when.to, base::parse_instant("2030-02-03T16:05-12:00", {0})->at);
  EXPECT_EQ(timed.reported_at, timed.when.to);
  EXPECT_EQ(reading.reports[1].when.to, base::parse_instant("2030-02-04T00:00-12:00", {0})->at);
}

TEST(Video, TakesTheQuarterWhereNoPointIsGiven) {
  const Reading reading = read(
      "7,a,2030-02-03,16:05,TOWN,Ford,,,36.5,37.25,Other,,,,,\n"
      "7,b,2030-02-03,16:05,TOWN,,,,,,,,,,,\n");
  ASSERT_EQ(reading.reports.size(), 2U);
  EXPECT_EQ(reading.reports[0].point, (base::Point{{36.5}, {37.25}}));
  EXPECT_TRUE(reading.reports[0].kinds.is_unknown());
  EXPECT_EQ(reading.reports[0].according_to, "a channel that is not named");
  EXPECT_FALSE(reading.reports[1].point.has_value());
  EXPECT_EQ(reading.reports[1].place, "TOWN");
}

TEST(Video, SkipsWhatCannotBe) {
  const Reading reading = read(
      "7,,2030-02-03,16:05,,,,,,,,,,C,,\n"
      "7,a,2030-02-30,16:05,,,,,,,,,,C,,\n"
      "7,b,2030-02-03,25:00,,,,,,,,,,C,,\n"
      "7,c,2030-02-03,16:05,,,91,0,,,,,,C,,\n"
      "7,d,2030-02-03,16:05,,,,,1,,,,,C,,\n");
  EXPECT_TRUE(reading.reports.empty());
  EXPECT_EQ(reading.skipped.size(), 5U);
}

std::string shared_archive() {
  std::ifstream file("../shared/data/syria/syrian-archive-truce-window.csv", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(Video, TheConvoyOfTheArchiveIsOneIncident) {
  const std::string text = shared_archive();
  if (text.empty()) {
    GTEST_SKIP() << "the shared data are not beside the repository";
  }
  Reading reading;
  ASSERT_TRUE(read_reports("archive.csv", text, {.clock_offset = kClock}, reading));
  EXPECT_EQ(reading.rows, 580U);
  EXPECT_TRUE(reading.skipped.empty());
  apply_clusters(find_clusters(reading, ClusterOptions{}, Joins()), reading);
  const auto convoy =
      std::find_if(reading.clusters.begin(), reading.clusters.end(), [&](const Cluster& cluster) {
        return std::any_of(cluster.rows.begin(), cluster.rows.end(), [&](const ClusterRow& row) {
          return reading.reports[row.report].source_id == "AL_2f3f0";
        });
      });
  ASSERT_NE(convoy, reading.clusters.end());
  EXPECT_GE(convoy->rows.size(), 15U);
  std::set<std::string> days;
  for (const ClusterRow& row : convoy->rows) {
    const Report& report = reading.reports[row.report];
    EXPECT_EQ(report.incident, convoy->incident);
    EXPECT_EQ(report.place, "Urum al-Kubra, ALEPPO");
    days.insert(base::to_iso(base::date_of(*report.reported_at, base::Duration{-12 * 3600})));
  }
  EXPECT_EQ(days, (std::set<std::string>{"2016-09-19", "2016-09-20"}));
}

}  // namespace
}  // namespace truce::incidents
