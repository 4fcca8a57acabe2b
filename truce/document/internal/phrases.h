// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "truce/document/internal/overview.h"
#include "truce/document/internal/words.h"

namespace truce::document::internal {

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
/// `A, B and C`.
std::string list_text(const Words& words, const std::vector<std::string>& items);

/// What an institutional act did to a clause: `renewed to 16 September 2016, 19:00`.
std::string change_text(const Words& words, const Record& record,
                        const monitor::ForceHistory::Change& change);
/// When a clause was in force, with its renewals, in one sentence.
std::string force_text(const Words& words, const Record& record,
                       const monitor::ForceHistory& force);
/// The acts that moved the end of a clause.
std::vector<const monitor::ForceHistory::Change*> renewals_of(const monitor::ForceHistory& force);
/// What happened to the truce, in a few plain sentences.
std::vector<std::string> lead(const Words& words, const Record& record, const Overview& overview);
/// One sentence for the day.
std::string day_text(const Words& words, const Record& record, const Overview& overview,
                     const DayView& day);
/// `2 broken, 1 contested, 5 unknown`; zeros left out, empty when all are.
std::string counts_text(const Words& words, const std::array<std::uint64_t, kMarkCount>& counts);

/// A streak as some accounts see it.
struct ClockView {
  std::vector<std::string> accounts;
  std::string name;
  // `day 4 of 7`
  std::string state;
  std::vector<std::string> resets;
  std::string ends;
};

/// Clocks that show the same are one, in order of name, then of the first account.
std::vector<ClockView> clocks_of(const Words& words, const Record& record);

/// A duty as the list shows it.
struct DutyView {
  std::string clause;
  std::string bearer;
  facts::Outcome outcome = facts::Outcome::Pending;
  std::string due;
  std::string because;
};
std::vector<DutyView> duties_of(const Words& words, const Record& record, const Overview& overview);

/// The warnings of the record and of its reading, each once.
std::vector<std::string> warnings_of(const Record& record);

/// What a reader must know of the data: short sentences by topic, empty topics left out.
struct Note {
  std::string title;
  std::vector<std::string> lines;
};
std::vector<Note> data_notes(const Words& words, const Record& record, const Overview& overview);
/// Words of the record that the agreement does not know, most frequent first, with what may have
/// been meant.
std::vector<std::string> unknown_word_lines(const Words& words, const Record& record);

}  // namespace truce::document::internal
