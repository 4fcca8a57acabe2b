// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/facts/fact.h"
#include "truce/incidents/report.h"
#include "truce/monitor/replay.h"
#include "truce/report/apart.h"

namespace truce::report {

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
  // What was observed of clauses that keep apart; null: nobody gave that.
  const Apart* apart = nullptr;
};

}  // namespace truce::report
