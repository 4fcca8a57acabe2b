// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/facts/fact.h"
#include "truce/incidents/report.h"
#include "truce/monitor/replay.h"

namespace truce::document {

/// Everything a report is made from. The parts must outlive the record.
struct Record {
  const agreement::Agreement& agreement;
  // The texts that spans refer to, by source number.
  std::vector<const base::SourceText*> sources;
  const incidents::Reading& reading;
  const facts::Evidence& evidence;
  const monitor::Replay& replay;
  std::optional<base::Instant> as_known_at;
  // `--according-to`, or empty for all.
  std::string according_to;
  // Rows left out because they were corrected later or not yet known.
  std::vector<std::string> warnings;
  // GeoJSON text of a base layer for the map; empty for none.
  std::string basemap;
};

/// One self-contained page: no request leaves it. docs/language/meaning.md for what it shows.
std::string to_html(const Record& record);
/// The summary for a terminal, `width` columns wide.
std::string to_text(const Record& record, std::size_t width);
/// One feature for each incident that has a point, one for each place that is drawn.
std::string to_geojson(const Record& record);
/// One row for each listed verdict, cells that begin with a formula character made safe.
std::string to_csv(const Record& record);

}  // namespace truce::document
