// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "truce/analysis/finding.h"
#include "truce/analysis/internal/act_space.h"
#include "truce/analysis/internal/draft.h"
#include "truce/analysis/internal/time_network.h"
#include "truce/analysis/languages.h"
#include "truce/diagnostics/diagnostic.h"
#include "truce/smt/known_answers.h"
#include "truce/smt/solver.h"

namespace truce::analysis::internal {

/// What was tried of one harm by playing what it names: the clauses that can answer it, its life,
/// and those whose every such act is answered, so that only narrower ones are left to ask for.
struct TriedHarm {
  std::size_t harm = 0;
  std::vector<ClauseId> clauses;
  std::vector<base::Instant> moments;
  std::optional<base::Instant> end;
  Actors doers;
  Actors answered;
};

/// What the search in one reading works on.
struct Search {
  const Draft& draft;
  TimeNetwork& time;
  const diagnostics::Sink& sink;
  Matching& matching;
  smt::KnownAnswers& answers;
  KnownChoices choices = {};
  // The draft as single acts of a verb see it.
  std::map<agreement::VerbId, Agreement> stages = {};
  std::vector<Finding> findings = {};
  std::vector<std::string> searched = {};
  std::vector<std::string> not_searched = {};
  std::vector<TriedHarm> tried = {};
  // Codes that were asked of the solver, and of those the ones that it, or the questions that can
  // be put to it, left open.
  std::set<Code> asked = {};
  std::set<Code> open = {};
  // Why it gave up.
  std::map<Code, std::string> too_complex = {};
  // The questions themselves, where they are to be kept.
  std::vector<Question>* questions = nullptr;

  /// Keeps the question, and notes an answer that is none for `code`.
  void note(Code code, const std::string& name, const smt::Answer& answer,
            const std::function<std::string()>& script);

  /// As `stage_of` makes it, once for each verb.
  const Agreement& stage(agreement::VerbId verb);

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
void find_swallowed_or_lifted(Search& search);
void find_dead(Search& search);
void find_definitions(Search& search);
void find_zones(Search& search);
void find_contradictions(Search& search);
void find_implied(Search& search);
void find_covered(Search& search);
void find_harms(Search& search);
void find_narrow_harms(Search& search);
void find_contradictions_of_chains(Search& search);
void find_set_up_to_fail(Search& search);
/// On the whole draft, whatever is disputed in it.
std::vector<Finding> find_translations(const Agreement& agreement, const Languages& languages);
Flexibility flexibility_of(const Draft& draft);

}  // namespace truce::analysis::internal
