// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "truce/report/overview.h"
#include "truce/report/rich_text.h"

namespace truce::report {

/// One incident of a day in sentences.
struct DayIncident {
  Mark mark = Mark::Kept;
  RichText text;
};

/// A day on which something notable happened, or a run of days on which nothing did.
struct DayStory {
  base::Date first;
  base::Date last;
  // What happened to the clauses in force.
  std::vector<RichText> events;
  std::vector<DayIncident> incidents;
  // What else is on record, with links to it; empty for nothing.
  RichText rest;
  bool is_quiet = false;
};

/// The record day by day. Notable are breaches and disputes, and of the rest the incidents with the
/// highest tolls of the whole record; days without any are joined.
std::vector<DayStory> days_of(const Words& words, const Record& record, const Overview& overview);

}  // namespace truce::report
