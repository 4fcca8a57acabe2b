// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "truce/base/time.h"
#include "truce/facts/fact.h"
#include "truce/incidents/report.h"

namespace truce::document {

struct NameCount {
  std::string name;
  std::uint64_t count = 0;
};

/// What incident files hold, counted over the accounts that stand.
struct IncidentSummary {
  // The clock on which bare dates were read and times are shown.
  base::Duration clock_offset;
  std::uint64_t incidents = 0;
  std::uint64_t standing = 0;
  // Rows that a later row of the same account replaced, and accounts that were taken back.
  std::uint64_t corrected = 0;
  std::uint64_t withdrawn = 0;
  // From the first start to the last end; empty when nothing stands.
  std::optional<base::TimeRange> period;
  // Most frequent first, then bytewise. Unknown kinds and actors under an empty name.
  std::vector<NameCount> accounts;
  std::vector<NameCount> kinds;
  std::vector<NameCount> actors;
  std::vector<facts::UnknownWord> unknown_words;
  // Names of actors could be compared with those of an agreement or an actor file.
  bool are_actors_compared = false;
};

/// `standing`: what current_accounts() gave for `reading`.
IncidentSummary summary_of(const incidents::Reading& reading,
                           const std::vector<const incidents::Report*>& standing,
                           base::Duration clock_offset);

/// The summary for a terminal, with what was skipped, left out and not read, and, where videos were
/// joined, each cluster with its rows and why they were joined.
std::string to_text(const incidents::Reading& reading, const IncidentSummary& summary);

}  // namespace truce::document
