// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "truce/analysis/finding.h"
#include "truce/analysis/internal/draft.h"
#include "truce/analysis/internal/time_network.h"
#include "truce/diagnostics/diagnostic.h"

namespace truce::analysis::internal {

/// What the search in one reading works on.
struct Search {
  const Draft& draft;
  TimeNetwork& time;
  const diagnostics::Sink& sink;
  std::vector<Finding> findings = {};
  std::vector<std::string> searched = {};
  std::vector<std::string> not_searched = {};

  [[nodiscard]] const Agreement& agreement() const { return draft.agreement(); }
  [[nodiscard]] const Clause& clause(ClauseId id) const { return draft.clause(id); }
  /// Whether the clause has a finding of that code already.
  [[nodiscard]] bool has(Code code, ClauseId id) const;
};

/// For a graph given by its edges from each node: its strongly connected parts that hold a circle,
/// each sorted, in order of their least node.
std::vector<std::vector<std::uint32_t>> circles_of(
    const std::vector<std::vector<std::uint32_t>>& edges);
/// Clauses whose performance waits, step by step, for their own: one list for each circle.
std::vector<std::vector<ClauseId>> circles_of_waits(const Draft& draft);

// One function for each family of findings, each in a file of its name.
void find_undefined_terms(Search& search);
void find_circles(Search& search);
void find_timing(Search& search);
void find_unenforceable(Search& search);
void find_unseen(Search& search);
void find_partial_finders(Search& search);
void find_loose_ends(Search& search);
void find_swallowed(Search& search);
void find_dead(Search& search);
void find_definitions(Search& search);
void find_contradictions(Search& search);
void find_implied(Search& search);
void find_harms(Search& search);
Flexibility flexibility_of(const Draft& draft);

}  // namespace truce::analysis::internal
