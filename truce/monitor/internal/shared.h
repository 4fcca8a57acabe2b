// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "truce/monitor/internal/acts.h"
#include "truce/monitor/internal/clocks.h"
#include "truce/monitor/internal/duties.h"
#include "truce/monitor/internal/footprint.h"
#include "truce/monitor/internal/prohibitions.h"
#include "truce/monitor/internal/record.h"

namespace truce::monitor::internal {

/// What engines on parts of one record, or on changes of it, have in common under one agreement: so
/// that a change of one report costs little more than that report.
struct Shared {
  std::shared_ptr<const Acts::Closure> closure;
  std::shared_ptr<const Prohibitions::Relations> relations;
  std::shared_ptr<const Footprints> footprints;
  // What words alone decide, by signature of reports: grows with every new one.
  std::shared_ptr<Signatures> signatures;
  std::shared_ptr<Prohibitions::Reaches> reaches;
  std::shared_ptr<Duties::Done> done;
  std::shared_ptr<Clocks::Said> said;
  // The sets of places in which the disc of a report may lie; one where it cannot be told apart.
  using PlacesOf = std::map<SignatureId, std::vector<std::vector<facts::Located>>>;
  std::shared_ptr<PlacesOf> places;
  // Of a part of a record: what the rest of it means for streaks.
  std::shared_ptr<const Clocks::Reached> reached;
};

}  // namespace truce::monitor::internal
