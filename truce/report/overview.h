// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "truce/report/record.h"

namespace truce::report {

/// What an incident is drawn as, most serious first.
enum class Mark : std::uint8_t { Broken, Contested, Unknown, Kept, NoClause, Act };
constexpr std::size_t kMarkCount = 6;
constexpr std::array<Mark, kMarkCount> kMarks = {Mark::Broken, Mark::Contested, Mark::Unknown,
                                                 Mark::Kept,   Mark::NoClause,  Mark::Act};

/// `broken`, `contested`, …: the key of its words and its class in the page.
std::string_view to_key(Mark mark);

/// What a verdict makes of an incident; a duty kept, pending or lapsed shows no harm.
Mark mark_of(facts::Outcome outcome);

/// The least and the greatest number any account gives, and the middle one of the best estimates.
struct Deaths {
  std::optional<std::int64_t> low;
  std::optional<std::int64_t> best;
  std::optional<std::int64_t> high;
};

/// `10–21`, `12`; empty where no account gives a number.
std::string to_text(const Deaths& deaths);

/// One incident with all that is known of it, over all its accounts.
struct IncidentView {
  facts::IncidentId id;
  Mark mark = Mark::Kept;
  // The hull of the times of all accounts.
  base::TimeRange when;
  // The shortest time any account gives.
  base::Duration exactness;
  // The most exact disc an account gives.
  std::optional<geometry::Disc> where;
  std::string place;
  Deaths deaths;
  // Indices into the listed verdicts.
  std::vector<std::size_t> verdicts;
  // Why no clause speaks of it; only for Mark::NoClause.
  std::vector<std::string> why_no_clause;
};

struct DayView {
  base::Date date;
  std::array<std::uint64_t, kMarkCount> counts{};
  std::uint64_t accounts = 0;
  // The incident with the highest toll that day, as an index into Overview::incidents.
  std::optional<std::size_t> deadliest;
  // Some clause with a window was in force for a part of the day.
  bool is_in_force = false;
};

/// What every form of the report shows, computed once.
struct Overview {
  // One for each incident of the evidence, in the same order.
  std::vector<IncidentView> incidents;
  // From the first to the last day of the record; empty days are left out of a record of many
  // years.
  std::vector<DayView> days;
  std::array<std::uint64_t, kMarkCount> counts{};
  // Reports by accounts of what happened, institutional acts apart.
  std::uint64_t reports = 0;
  // The whole time of the record.
  base::TimeRange period;
  // Duties, efforts and phases, as indices into the listed verdicts.
  std::vector<std::size_t> duties;
  bool has_ucdp = false;
};

Overview overview_of(const Record& record);

/// The report behind a fact; null for an event of a scenario.
const incidents::Report* report_of(const Record& record, const facts::Fact& fact);

}  // namespace truce::report
