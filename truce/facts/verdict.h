// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "truce/facts/fact.h"
#include "truce/facts/match.h"

namespace truce::facts {

/// What one account says of one clause, bearer and incident.
enum class Opinion : std::uint8_t { Broken, Unknown, Kept };

/// What all accounts together give.
enum class Outcome : std::uint8_t { Broken, Unknown, Contested, Kept, Pending, Lapsed };

std::string_view to_text(Opinion opinion);
std::string_view to_text(Outcome outcome);

/// Contested if some say broken and some kept; else broken if any is and none is unknown; else
/// unknown if any is; else kept. `opinions` must not be empty.
Outcome combine(const std::vector<Opinion>& opinions);

struct AccountOpinion {
  AccountId account;
  Opinion opinion = Opinion::Unknown;

  friend auto operator<=>(const AccountOpinion&, const AccountOpinion&) = default;
};

/// The state of one norm instance: a clause, who bears it, and the incident that decides it.
struct Verdict {
  agreement::ClauseId clause;
  // More than one when they bear it jointly or either may perform.
  std::vector<agreement::ActorId> bearers;
  // Empty for a duty that nobody performed.
  std::optional<IncidentId> incident;
  // Of a duty that arises `whenever` something is done: where it was done.
  std::optional<IncidentId> activated_by;
  // Of a duty that recurs: the number of the period, from 1.
  std::optional<std::uint32_t> period;
  // A prohibition: the earliest time of the incident in any account. A duty: its deadline if
  // broken, unknown or pending (when it arose if it has none), the performance's time if kept.
  base::Instant at;
  Outcome outcome = Outcome::Unknown;
  // In order of account, one for each that has an opinion.
  std::vector<AccountOpinion> opinions;
  // Only of broken: the bearers and those who ensure, sorted.
  std::vector<agreement::ActorId> blame;

  friend bool operator==(const Verdict&, const Verdict&) = default;
};

/// An act at which what a `report when` looks for holds, or perhaps holds.
struct Point {
  agreement::ClauseId clause;
  IncidentId incident;
  // The earliest time of the incident in any account.
  base::Instant at;
  // Yes or Maybe.
  Truth holds = Truth::Maybe;

  friend bool operator==(const Point&, const Point&) = default;
};

struct ClauseCount {
  std::uint64_t broken = 0;
  std::uint64_t unknown = 0;
  std::uint64_t contested = 0;
  std::uint64_t kept = 0;
  // Incidents certainly broken by one of several bearers, the record does not settle which.
  std::uint64_t broken_by_one_of = 0;

  friend bool operator==(const ClauseCount&, const ClauseCount&) = default;
};

/// Kept prohibitions are counted, not listed. `verdicts` are in order of clause, at, incident id,
/// bearer; `counts` has one entry for each clause of the agreement.
struct Verdicts {
  std::vector<Verdict> verdicts;
  std::vector<ClauseCount> counts;
  // In order of clause, at, incident.
  std::vector<Point> points;

  friend bool operator==(const Verdicts&, const Verdicts&) = default;
};

/// `Government`, `Russian Federation and United States`, `Government or Opposition`.
std::string bearer_text(const agreement::Agreement& agreement, const Verdict& verdict);

/// The canonical lines of the verdicts, sorted bytewise: `clause TAB bearer TAB incident TAB at
/// (UTC, empty for none) TAB verdict TAB sorted account=verdict TAB sorted blame`. A point's line
/// has `point` for the verdict, `yes` or `maybe` for the accounts, and neither bearer nor blame.
std::vector<std::string> canonical_lines(const agreement::Agreement& agreement,
                                         const Evidence& evidence, const Verdicts& verdicts);

/// SHA-256, in hexadecimal, of the canonical lines, each ended by a line feed.
std::string digest(const agreement::Agreement& agreement, const Evidence& evidence,
                   const Verdicts& verdicts);

}  // namespace truce::facts
