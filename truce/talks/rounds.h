// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "truce/base/result.h"
#include "truce/base/time.h"
#include "truce/language/syntax_tree.h"
#include "truce/talks/position.h"

namespace truce::talks {

/// One round of talks, a row of rounds.csv.
struct Round {
  std::string name;
  base::Date from;
  base::Date to;
  std::string venue;
  std::vector<std::string> who;
  // The draft as it stood at the end of the round, beside the table.
  std::string text;
  std::string note;
};

/// What was to be done by a day, a row of deadlines.csv.
struct TalksDeadline {
  std::string what;
  // The name of the round that set it.
  std::string set_in;
  base::Date due;
  // The day on which it was done; empty: it was not.
  std::optional<base::Date> met;
  std::string note;
};

/// A bracket that somebody is to settle by a day, a row of assignments.csv.
struct Assignment {
  // As the draft of the round that gave it names it.
  std::string bracket;
  std::vector<std::string> who;
  // The name of the round that gave it.
  std::string set_in;
  base::Date due;
  std::string note;
  // In the table.
  std::uint64_t line = 0;
};

/// What became of it.
struct AssignedBracket {
  Assignment given;
  // Its name in the last draft; empty once it is closed.
  std::string now;
  // The round at whose end it was gone, and the last day of that.
  std::string closed_in;
  std::optional<base::Date> closed;
};

/// The rounds in the order of the table, which is that of their days. Fails with InvalidArgument,
/// naming `name` and the line: columns that are missing or unknown, a day that is none, two rounds
/// of one name, a round that ends before it begins or begins before the one above it, no round.
base::Result<std::vector<Round>> read_rounds(std::string_view name, std::string_view text);

/// The deadlines. Fails as read_rounds(), and where a round is named that there is not.
base::Result<std::vector<TalksDeadline>> read_deadlines(std::string_view name,
                                                        std::string_view text,
                                                        const std::vector<Round>& rounds);

/// The assignments. Fails as read_deadlines(), and where nobody is named.
base::Result<std::vector<Assignment>> read_assignments(std::string_view name, std::string_view text,
                                                       const std::vector<Round>& rounds);

/// Not done by the day it was due, as far as is known on the day `as_of`.
bool is_missed(const TalksDeadline& deadline, base::Date as_of);
bool is_missed(const AssignedBracket& bracket, base::Date as_of);

/// What became of a bracket from one round to the next.
struct BracketMove {
  enum class What : std::uint8_t { Opened, Closed, Reworded, Unchanged };
  What what = What::Unchanged;
  // Its name in either text; empty where that has none.
  std::string before;
  std::string after;
  std::vector<std::string> options_before;
  std::vector<std::string> options_after;
};

/// In a word: `opened`.
std::string_view to_text(BracketMove::What what);

/// Fills in what stands before each bracket, by which one is told from another in its clause.
void add_leads(const agreement::Agreement& draft, const language::SyntaxTree& text,
               std::vector<BracketIssue>& issues);

/// Brackets are paired within one clause or definition: those behind the same words first, and of
/// these those of the same words; then the others, in order. `renumbered`: numbers of clauses that
/// only moved, old and new. In the order of the new text, closed ones last.
std::vector<BracketMove> moves_between(
    const std::vector<BracketIssue>& before, const std::vector<BracketIssue>& after,
    const std::vector<std::pair<std::string, std::string>>& renumbered);

}  // namespace truce::talks
