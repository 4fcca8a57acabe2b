// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/base/time.h"
#include "truce/facts/fact.h"
#include "truce/facts/verdict.h"
#include "truce/incidents/report.h"
#include "truce/monitor/replay.h"

namespace truce::daily {

/// What was known at one cut-off time.
struct Snapshot {
  const facts::Evidence& evidence;
  const monitor::Replay& replay;
};

/// What a daily report is made from.
struct Input {
  const agreement::Agreement& agreement;
  // Every row, those reported later too.
  const incidents::Reading& reading;
  // As known at `cut_off`, and 24 hours before.
  Snapshot now;
  Snapshot before;
  base::Instant cut_off;
};

/// How many verdicts there are of each kind.
struct Figures {
  std::uint64_t broken = 0;
  std::uint64_t contested = 0;
  std::uint64_t unknown = 0;
  std::uint64_t kept = 0;

  friend bool operator==(const Figures&, const Figures&) = default;
};

/// Who bears a clause: all of them together, or any of them where the text leaves it open.
struct Side {
  std::vector<std::string> names;
  bool is_either = false;

  friend auto operator<=>(const Side&, const Side&) = default;
};

enum class InForce : std::uint8_t { No, Part, Yes };

/// One clause as one side bears it; without names: nobody has a verdict under it.
struct SideRow {
  std::string clause;
  Side side;
  InForce in_force = InForce::Yes;
  Figures day;
  Figures before;
  // In thousandths of the 24 hours; empty where no observer's coverage is on record.
  std::optional<std::int64_t> watched;
  // What was watched is a part of the area.
  bool is_watched_in_part = false;
};

/// A clause was moved by an act of the day.
struct ForceNotice {
  enum class What : std::uint8_t { Renewed, Ended, Nothing };
  std::string clause;
  What what = What::Renewed;
  base::Instant until;
};

/// One field of an account, before and after; empty: not known.
struct FieldChange {
  // The end of a key of the words: `deaths` for `field.deaths`.
  std::string field;
  std::string was;
  std::string is;
};

/// Something that an earlier report said, or could not say yet, and that is otherwise now.
struct Notice {
  enum class What : std::uint8_t { Late, Corrected, Withdrawn, Verdict };
  What what = What::Late;
  // Empty for the verdict on a duty.
  std::string incident;
  base::TimeRange when;
  // Of a correction: whose account; of a verdict: the clause and who bears it.
  std::string who;
  std::string clause;
  Side side;
  // Of a verdict; empty: not on record.
  std::optional<facts::Outcome> was;
  std::optional<facts::Outcome> is;
  std::vector<FieldChange> fields;
};

struct AccountLine {
  std::string who;
  incidents::NameSet actors;
  incidents::NameSet kinds;
  incidents::NameSet targets;
  incidents::NameSet weapons;
  std::string deaths;
  std::string source;
};

struct VerdictLine {
  std::string clause;
  Side side;
  facts::Outcome outcome = facts::Outcome::Unknown;
};

struct IncidentEntry {
  std::string id;
  // The hull of the times of all accounts.
  base::TimeRange when;
  std::string place;
  bool is_act = false;
  std::vector<AccountLine> accounts;
  // Those that are not kept.
  std::vector<VerdictLine> verdicts;
};

/// What is to be said of the 24 hours before a cut-off time, in no language.
struct Report {
  std::string title;
  std::string clock;
  base::Duration offset;
  base::TimeRange period;
  bool is_in_force = true;
  Figures day;
  Figures before;
  std::uint64_t incidents = 0;
  std::uint64_t incidents_before = 0;
  std::uint64_t accounts = 0;
  std::uint64_t accounts_before = 0;
  // In order of the text, then of side.
  std::vector<SideRow> sides;
  std::vector<ForceNotice> force;
  // In order of kind, then of time.
  std::vector<Notice> notices;
  // In order of time.
  std::vector<IncidentEntry> annex;
  std::uint64_t rows = 0;
  std::uint64_t skipped = 0;
  std::string digest;
  // The SHA-256 of the report of the same day that this one corrects; empty: none.
  std::string corrects;
};

/// What both snapshots give for the 24 hours before the cut-off time. Linear in the record.
Report report_of(const Input& input);

}  // namespace truce::daily
