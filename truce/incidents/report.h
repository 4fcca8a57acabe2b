// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "truce/base/quantity.h"
#include "truce/base/time.h"

namespace truce::incidents {

/// Names as a source gives them. Empty: unknown. `A|B` is one of them, nobody knows which; `A & B`
/// is all of them together.
struct NameSet {
  enum class Joining : std::uint8_t { OneOf, AllOf };
  std::vector<std::string> names;
  Joining joining = Joining::OneOf;

  [[nodiscard]] bool is_unknown() const { return names.empty(); }

  friend bool operator==(const NameSet&, const NameSet&) = default;
};

/// Where a row was read.
struct RowOrigin {
  // Index into Reading::files.
  std::uint32_t file = 0;
  std::uint64_t line = 0;
};

/// One account of one incident, as reported at one time. Names are the source's own words.
struct Report {
  std::string incident;
  // Tells the accounts of one incident apart; the key of corrections.
  std::string account;
  // Who says so; the account id where the file does not say.
  std::string according_to;
  std::optional<base::Instant> reported_at;
  // It happened at some moment in [from, to); from == to: at that instant.
  base::TimeRange when;
  NameSet kinds;
  NameSet actors;
  NameSet targets;
  NameSet weapons;
  // For institutional acts.
  std::vector<std::string> clauses;
  // Somewhere within `radius` of the point; without a point only `place` is known.
  std::optional<base::Point> point;
  base::Metres radius;
  std::string place;
  std::optional<std::int64_t> deaths_low;
  std::optional<std::int64_t> deaths_best;
  std::optional<std::int64_t> deaths_high;
  std::string observed_by;
  std::optional<double> confidence;
  std::string source;
  std::string source_id;
  std::string note;
  // What the incident is about in the source's own numbering, such as the number of a request: an
  // answer bears the key of what it answers. Empty: none is given.
  std::string key;
  // What a list of ids shows for it; empty: the incident.
  std::string print;
  // Among rows of one second: the one with the smaller number happened first. Empty: nobody says.
  std::optional<std::int64_t> order;
  // Taken back: the account no longer says anything.
  bool is_withdrawn = false;
  // One video of an archive, known by `source_id`: several may show one incident.
  bool is_video = false;
  RowOrigin origin;
  // The row as written, which decides between rows reported at the same time.
  std::string raw;
};

/// What one observer could see: inside it, no report means no act. Empty lists mean all.
struct Coverage {
  std::string observer;
  base::TimeRange when;
  std::vector<std::string> places;
  std::vector<std::string> kinds;
  RowOrigin origin;
};

/// A row that could not be used, and why; the column counts from 1, where the whole row starts.
struct SkippedRow {
  RowOrigin origin;
  std::uint64_t column = 0;
  std::string reason;
};

/// A column that is not read although rows say something in it.
struct UnreadColumn {
  std::string name;
  std::uint64_t count = 0;
  // The first row that says something there.
  RowOrigin first;
};

/// Rows of one kind that tell of no act, such as a peaceful protest: a mapping says so.
struct LeftOut {
  std::string kind;
  std::uint64_t count = 0;
  RowOrigin first;
};

/// A video of a cluster.
struct ClusterRow {
  // Index into Reading::reports.
  std::size_t report = 0;
  // Why it is here; empty for one that stands alone.
  std::string reason;
};

/// Videos that are proposed, or that a person said, to show one incident; in order of time.
struct Cluster {
  std::string incident;
  std::vector<ClusterRow> rows;
};

/// What was read from all files, in file order, and what was not. Of rows with the same content one
/// is among the reports.
struct Reading {
  std::vector<std::string> files;
  // What each of them is, such as `truce` or `coverage`.
  std::vector<std::string> formats;
  std::vector<Report> reports;
  std::vector<SkippedRow> skipped;
  // Of the current accounts, spans of 365 days or more: kept out of verdicts and counts.
  std::vector<Report> totals;
  std::uint64_t rows = 0;
  std::uint64_t duplicates = 0;
  // By file, in order of the kind.
  std::vector<LeftOut> left_out;
  // By file, in order of the header; only those in which some row says something.
  std::vector<UnreadColumn> unread_columns;
  // Of videos, once they are joined; those that stand alone are clusters of one.
  std::vector<Cluster> clusters;
  // What a person should know of the files although every row could be used.
  std::vector<std::string> warnings;
  // Of files that a mapping calls complete: whoever reports in them would have reported all.
  std::vector<Coverage> coverage;
};

}  // namespace truce::incidents
