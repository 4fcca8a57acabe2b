// SPDX-License-Identifier: Apache-2.0
#include "truce/separation/reported.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace truce::separation {
namespace {

// Done where the actor stands.
constexpr std::array<std::string_view, 10> kOnTheSpot = {
    "seize", "detain", "lay", "keep", "station", "store", "occupy", "stay", "enter", "escort"};

bool is_done_on_the_spot(const incidents::NameSet& kinds) {
  return !kinds.names.empty() &&
         std::all_of(kinds.names.begin(), kinds.names.end(), [](const std::string& kind) {
           return std::find(kOnTheSpot.begin(), kOnTheSpot.end(), kind) != kOnTheSpot.end();
         });
}

}  // namespace

void add_reported_presence(const std::vector<const incidents::Report*>& reports,
                           const std::vector<std::string>& files, PresenceReading& reading) {
  const auto first = static_cast<std::uint32_t>(reading.files.size());
  reading.files.insert(reading.files.end(), files.begin(), files.end());
  for (const incidents::Report* const one : reports) {
    const incidents::Report& report = *one;
    if (!report.point || !report.clauses.empty() || report.is_withdrawn ||
        report.when.to - report.when.from > base::kDay) {
      continue;
    }
    Observation seen;
    seen.according_to = report.according_to;
    seen.at = report.when.from;
    seen.point = report.point;
    seen.radius = report.radius;
    seen.confidence = report.confidence.value_or(1);
    seen.source = report.source;
    seen.origin = report.origin;
    seen.origin.file += first;
    if (!report.targets.is_unknown()) {
      seen.actor = report.targets;
      reading.observations.push_back(seen);
      ++reading.rows;
    }
    if (!report.actors.is_unknown() && is_done_on_the_spot(report.kinds)) {
      seen.actor = report.actors;
      reading.observations.push_back(seen);
      ++reading.rows;
    }
  }
}

}  // namespace truce::separation
