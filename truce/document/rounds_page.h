// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "truce/talks/rounds.h"

namespace truce::document {

/// What a page about rounds of talks is made from. The parts pointed to must outlive it.
struct RoundsPage {
  struct Move {
    const talks::BracketMove* bracket = nullptr;
    // Of a reworded one: whether other words mean the same, in words.
    std::string meaning;
  };
  struct Step {
    const talks::Round* round = nullptr;
    // Since the round before; empty for the first.
    std::vector<Move> moves;
    // Brackets at the end of the round, at that of the one before, and of those before how many
    // stand as they stood.
    std::size_t open = 0;
    std::size_t open_before = 0;
    std::size_t stuck = 0;
  };
  std::vector<Step> steps;
  const std::vector<talks::TalksDeadline>* deadlines = nullptr;
  const std::vector<talks::AssignedBracket>* assigned = nullptr;
  base::Date as_of;
  // The last rounds in a row in which no bracket closed.
  std::size_t rounds_without_closing = 0;
  std::vector<std::string> read;
};

/// One HTML file that asks for nothing and has no script: the rounds and deadlines in time, drawn
/// and as tables, and what each round moved. The same answer gives the same bytes.
std::string since_html(const RoundsPage& page);

}  // namespace truce::document
