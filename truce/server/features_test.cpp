// SPDX-License-Identifier: Apache-2.0
#include "truce/server/internal/features.h"

#include <gtest/gtest.h>

namespace truce::server::internal {
namespace {

incidents::Report report_at(double latitude, double longitude) {
  incidents::Report report;
  report.point = base::Point{{latitude}, {longitude}};
  report.when = {base::Instant{1000}, base::Instant{2000}};
  return report;
}

bool is_in_box(const std::string& box, const incidents::Report& report) {
  const auto filter = parse_filter(box, "");
  EXPECT_TRUE(filter) << box;
  return filter && is_within(report, *filter);
}

TEST(Features, ABoxMayCrossTheAntimeridianAndHaveHeights) {
  EXPECT_TRUE(is_in_box("170,-20,-170,0", report_at(-10, 179)));
  EXPECT_TRUE(is_in_box("170,-20,-170,0", report_at(-10, -179)));
  EXPECT_FALSE(is_in_box("170,-20,-170,0", report_at(-10, 0)));
  EXPECT_TRUE(is_in_box("0,0,-5,10,10,5", report_at(5, 5)));
  EXPECT_FALSE(is_in_box("0,0,10,10", report_at(11, 5)));
  incidents::Report nowhere = report_at(5, 5);
  nowhere.point.reset();
  EXPECT_FALSE(is_in_box("0,0,10,10", nowhere));
}

TEST(Features, AnIntervalTakesWhatTouchesIt) {
  const incidents::Report report = report_at(0, 0);
  const auto is_then = [&](const std::string& when) {
    const auto filter = parse_filter("", when);
    EXPECT_TRUE(filter) << when;
    return filter && is_within(report, *filter);
  };
  // It was between 00:16:40 and 00:33:20.
  EXPECT_TRUE(is_then("1970-01-01"));
  EXPECT_TRUE(is_then("1970-01-01T00:20:00Z"));
  EXPECT_TRUE(is_then("1970-01-01T00:33:20Z/.."));
  EXPECT_FALSE(is_then("1970-01-01T00:33:21Z/.."));
  EXPECT_TRUE(is_then("../1970-01-01T00:16:40Z"));
  EXPECT_FALSE(is_then("../1970-01-01T00:16:39Z"));
  EXPECT_TRUE(is_then("../.."));
}

TEST(Features, WhatIsNoBoxAndNoTimeIsRefused) {
  for (const char* box : {"1", "1,2,3", "a,b,c,d", "1,2,3,", "1,2,3,inf", "0,5,1,4", "1,2,3,4,5"}) {
    EXPECT_FALSE(parse_filter(box, "")) << box;
  }
  for (const char* when : {"now", "2030-13-01", "2030-01-02/2030-01-01", "a/b"}) {
    EXPECT_FALSE(parse_filter("", when)) << when;
  }
}

}  // namespace
}  // namespace truce::server::internal
