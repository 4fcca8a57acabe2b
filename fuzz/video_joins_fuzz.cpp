// SPDX-License-Identifier: Apache-2.0
// Properties of a reading of videos and of joining them: every video is in one cluster, the joins
// file has its way, and the order of rows decides nothing. A line with a hyphen parts the joins
// file from the rows.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fuzz/reading_properties.h"

#include "truce/incidents/cluster.h"
#include "truce/incidents/read.h"

namespace {

using truce::incidents::Cluster;
using truce::incidents::Joins;
using truce::incidents::Reading;

constexpr std::string_view kHeader =
    "reference_code,recording_date,hour_minute,city,neighborhood,latitude,longitude,lat_inferred,"
    "lon_inferred,violation_type,weapons_used,description,source\n";

// Incident and code of each row, in order.
std::vector<std::string> named(const Reading& reading, const std::vector<Cluster>& clusters) {
  std::vector<std::string> names;
  for (const Cluster& cluster : clusters) {
    for (const auto& row : cluster.rows) {
      names.push_back(cluster.incident + "\n" + reading.reports[row.report].raw);
    }
  }
  return names;
}

void check_clusters(Reading reading, const Joins& joins) {
  const auto clusters = find_clusters(reading, truce::incidents::ClusterOptions{}, joins);
  std::set<std::size_t> seen;
  for (const Cluster& cluster : clusters) {
    for (const auto& row : cluster.rows) {
      TRUCE_CHECK(seen.insert(row.report).second, "a video is in one cluster");
      const auto wanted = joins.find(reading.reports.at(row.report).source_id);
      TRUCE_CHECK(!wanted || *wanted == cluster.incident, "a person decides");
    }
  }
  TRUCE_CHECK(seen.size() == reading.reports.size(), "every video is in a cluster");
  const std::vector<std::string> names = named(reading, clusters);
  std::reverse(reading.reports.begin(), reading.reports.end());
  const auto again = find_clusters(reading, truce::incidents::ClusterOptions{}, joins);
  TRUCE_CHECK(named(reading, again) == names, "the order of rows changes nothing");
  apply_clusters(again, reading);
  const auto written = Joins::read("joins", to_joins(reading));
  TRUCE_CHECK(reading.reports.empty() || written.has_value(), "clusters are a joins file");
  TRUCE_CHECK(
      named(reading, find_clusters(reading, std::nullopt, written ? *written : Joins())) == names,
      "a joins file that was written gives the same clusters");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t split = std::min(text.find("\n-\n"), text.size());
  const auto joins =
      Joins::read("joins.csv", "row,incident\n" + std::string(text.substr(0, split)));
  std::string rows(kHeader);
  rows += text.substr(std::min(split + 3, text.size()));
  truce::incidents::ReadOptions options;
  options.clock_offset = {3 * 3600};
  options.format = truce::incidents::Format::Video;
  truce::fuzz::check_reading(rows, options);
  Reading reading;
  if (truce::incidents::read_reports("fuzz.csv", rows, options, reading)) {
    check_clusters(std::move(reading), joins ? *joins : Joins());
  }
  return 0;
}
