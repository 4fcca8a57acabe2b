// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "truce/report/overview.h"
#include "truce/report/words.h"

namespace truce::report {

/// `17 September 2016`, `17 September 2016, 15:55`, `…, 19:00 to 23:59`, `9 to 11 September …`.
std::string when_text(base::TimeRange when, base::Duration offset);
/// `9 to 11 September 2016`, `1 September to 3 October 2016`.
std::string days_text(base::Date first, base::Date last);
/// The instant in words; `end of time` and `start of time` as the words file has them.
std::string instant_text(const Words& words, base::Instant at, base::Duration offset);
/// `A or B`, `A and B together`; the word for unknown where the source names nobody.
std::string names_text(const Words& words, const incidents::NameSet& names);
/// Who acted, in the words of the agreement: `Government, or Opposition and Nusra together`.
std::string groups_text(const Words& words, const agreement::Agreement& agreement,
                        const facts::Fact& fact);
/// `A, B and C`, or with another word of the words file before the last: `A, B or C`.
std::string list_text(const Words& words, const std::vector<std::string>& items,
                      std::string_view last = "list.and");
/// `15:55`.
std::string time_of_day(base::Instant at, base::Duration offset);
/// The time within the day on which it begins: `15:55`, `19:00 to 23:59`, `until 14 September
/// 2016`; empty for that whole day.
std::string time_in_day(base::TimeRange when, base::Duration offset);

/// What an institutional act did to a clause: `renewed to 16 September 2016, 19:00`.
std::string change_text(const Words& words, const Record& record,
                        const monitor::ForceHistory::Change& change);
/// The act itself: `a renewal`, `an end`.
std::string change_act_text(const Words& words, const monitor::ForceHistory::Change& change);
/// `It was renewed once, on 13 September 2016.`; empty for a clause that never was.
std::string renewals_text(const Words& words, const Record& record,
                          const monitor::ForceHistory& force);
/// When a clause was in force, with its renewals, in one sentence.
std::string force_text(const Words& words, const Record& record,
                       const monitor::ForceHistory& force);
/// The acts that moved the end of a clause.
std::vector<const monitor::ForceHistory::Change*> renewals_of(const monitor::ForceHistory& force);
/// What happened to the truce, in a few plain sentences for a terminal.
std::vector<std::string> lead(const Words& words, const Record& record, const Overview& overview);
/// `2 broken, 1 contested, 5 unknown`; zeros left out, empty when all are.
std::string counts_text(const Words& words, const std::array<std::uint64_t, kMarkCount>& counts);

/// A duty as the list shows it.
struct DutyView {
  std::string clause;
  std::string bearer;
  facts::Outcome outcome = facts::Outcome::Pending;
  std::string due;
  std::string because;
  // What may still be done in time, in a sentence; empty where nothing may.
  std::string awaited;
};
std::vector<DutyView> duties_of(const Words& words, const Record& record, const Overview& overview);
/// `Awaited of North: withdraw Weapons, by 2 February 2030, 12:00; 2 days are left.`; empty where
/// nothing is.
std::string awaited_text(const Words& words, const Record& record, std::size_t verdict);

}  // namespace truce::report
