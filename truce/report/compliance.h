// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "truce/report/overview.h"
#include "truce/report/words.h"

namespace truce::report {

/// What is on record against one side under one clause.
struct ClauseRecord {
  std::string side;
  agreement::ClauseId clause;
  std::uint64_t broken = 0;
  std::uint64_t contested = 0;
  std::uint64_t unknown = 0;
  // Duties done.
  std::uint64_t kept = 0;
  std::string coverage;
};

/// What is on record against one side in one drawn area. An incident counts where every account
/// places it inside; `perhaps` are those that may lie inside.
struct AreaRecord {
  agreement::PlaceId area;
  std::string side;
  std::uint64_t broken = 0;
  std::uint64_t contested = 0;
  std::uint64_t unknown = 0;
  std::uint64_t perhaps = 0;
  std::string coverage;
};

/// In order of side, then of clause.
std::vector<ClauseRecord> clause_records(const Words& words, const Record& record);
/// In order of area, then of side.
std::vector<AreaRecord> area_records(const Words& words, const Record& record,
                                     const Overview& overview);

/// The share of `when` that lies in any of the spans, in thousandths; 1000 only for all of it.
/// `when` is not empty.
std::int64_t watched_share(std::vector<base::TimeRange> spans, base::TimeRange when);

}  // namespace truce::report
