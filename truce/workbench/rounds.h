// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "truce/base/result.h"
#include "truce/comparison/compare.h"
#include "truce/talks/rounds.h"

namespace truce::workbench {

/// A bracket from one round to the next, and whether other words mean the same there.
struct Move {
  talks::BracketMove bracket;
  // Of a reworded one alone.
  comparison::Answer meaning = comparison::Answer::Changed;
};

/// Of a reworded one, whether it means the same: `another meaning`. Empty for any other.
std::string_view meaning_of(const Move& move);

/// What a round moved.
struct RoundStep {
  // Since the round before; empty for the first.
  std::vector<Move> moves;
  // The names of the brackets at its end.
  std::vector<std::string> names;
  // Brackets at the end of the round, and at that of the one before.
  std::size_t open = 0;
  std::size_t open_before = 0;
  // Of those before, how many stand as they stood, in these or other words.
  std::size_t stuck = 0;

  [[nodiscard]] std::size_t count(talks::BracketMove::What what) const;
};

/// Rounds of talks, and what moved.
struct RoundsRun {
  std::vector<talks::Round> rounds;
  // One for each round.
  std::vector<RoundStep> steps;
  std::vector<talks::TalksDeadline> deadlines;
  std::vector<talks::AssignedBracket> assigned;
  base::Date as_of;
  // The last rounds in a row in which no bracket closed.
  std::size_t rounds_without_closing = 0;
};

/// Reads rounds.csv of a folder, deadlines.csv and assignments.csv where they are there, and the
/// draft of each round. `as_of`: the day on which deadlines are looked at, the last day of the last
/// round where it is empty. Fails as talks::read_rounds(), read_deadlines() and read_assignments()
/// do, with InvalidArgument for a draft with errors, a bracket that its round has not, or a day
/// that is none, and when a file cannot be read.
base::Result<RoundsRun> read_talks(const std::string& folder, const std::string& as_of);

/// The answer as one HTML page.
std::string to_html(const RoundsRun& run);

}  // namespace truce::workbench
