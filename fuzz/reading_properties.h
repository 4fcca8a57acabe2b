// SPDX-License-Identifier: Apache-2.0
// What holds for every reading of incidents, whatever the bytes were.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "truce/base/check.h"
#include "truce/incidents/read.h"
#include "truce/incidents/write.h"

namespace truce::fuzz {

inline void check_report(const incidents::Report& report) {
  TRUCE_CHECK(!report.incident.empty() && !report.account.empty(), "an account has its names");
  TRUCE_CHECK(report.when.from <= report.when.to, "a span does not end before it starts");
  TRUCE_CHECK(!report.point || (std::abs(report.point->latitude.degrees) <= 90 &&
                                std::abs(report.point->longitude.degrees) <= 180),
              "a point is on the globe");
  TRUCE_CHECK(report.radius.value >= 0, "a radius is not negative");
  TRUCE_CHECK(report.deaths_best.value_or(0) >= 0, "deaths are not negative");
}

inline std::vector<std::string> standing_rows(incidents::Reading& reading) {
  std::vector<std::string> warnings;
  std::vector<std::string> rows;
  for (const incidents::Report* report : incidents::current_accounts(reading, {}, warnings)) {
    rows.push_back(report->raw);
  }
  for (const incidents::Report& total : reading.totals) {
    rows.push_back(total.raw);
  }
  return rows;
}

// Every row is accounted for, what stands does not depend on the order of rows, and a strict
// reading fails exactly when rows are skipped.
inline void check_reading(std::string_view text, incidents::ReadOptions options) {
  incidents::Reading reading;
  if (!incidents::read_reports("fuzz.csv", text, options, reading)) {
    return;
  }
  std::uint64_t left_out = 0;
  for (const incidents::LeftOut& entry : reading.left_out) {
    left_out += entry.count;
  }
  TRUCE_CHECK(reading.rows ==
                  reading.reports.size() + reading.skipped.size() + reading.duplicates + left_out,
              "every row is accounted for");
  std::for_each(reading.reports.begin(), reading.reports.end(), check_report);
  const std::vector<std::string> standing = standing_rows(reading);
  std::reverse(reading.reports.begin(), reading.reports.end());
  TRUCE_CHECK(standing_rows(reading) == standing, "the order of rows changes nothing");
  options.is_strict = true;
  incidents::Reading strict;
  const auto done = incidents::read_reports("fuzz.csv", text, options, strict);
  TRUCE_CHECK(done.has_value() == reading.skipped.empty(), "strict means no row is skipped");
}

// What was read is written and read back the same, but for what is said to be lost.
inline void check_rewriting(std::string_view text, incidents::ReadOptions options) {
  incidents::Reading reading;
  if (!incidents::read_reports("fuzz", text, options, reading)) {
    return;
  }
  for (const incidents::Form form :
       {incidents::Form::Truce, incidents::Form::GeoJson, incidents::Form::Kml}) {
    const incidents::Written written =
        incidents::write_reports(reading.reports, form, options.clock_offset);
    options.format = std::nullopt;
    incidents::Reading again;
    const auto done = incidents::read_reports("again", written.text, options, again);
    TRUCE_CHECK(done.has_value(), "what is written can be read");
    TRUCE_CHECK(!written.losses.empty() || again.reports.size() == reading.reports.size(),
                "no report is lost");
    for (std::size_t at = 0; written.losses.empty() && at < again.reports.size(); ++at) {
      const incidents::Report& before = reading.reports[at];
      const incidents::Report& after = again.reports[at];
      TRUCE_CHECK(after.incident == before.incident && after.account == before.account &&
                      after.when == before.when && after.note == before.note &&
                      after.actors == before.actors && after.point == before.point,
                  "a report says the same");
    }
  }
}

}  // namespace truce::fuzz
