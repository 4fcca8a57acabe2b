// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <vector>

#include "truce/comparison/compare.h"
#include "truce/comparison/internal/choices.h"

namespace truce::comparison::internal {

/// A record of deeds by which somebody stands differently under the two texts.
struct Difference {
  ChangeKind kind;
  std::string actor;
  // What is played; the last of them is the act in question, unless nothing is done.
  std::vector<Deed> deeds;
  bool has_act = true;
  base::Instant now;
};

/// What was tried for one pair of clauses, and what came out.
struct PairResult {
  std::vector<Difference> differences;
  // What was left out; empty: every act that the texts tell apart was tried.
  std::set<std::string> limits;
  std::size_t played = 0;
  // The first and the last time that was tried: what holds then holds before, or after, as well.
  base::Instant first_time = {};
  base::Instant last_time = {};
};

/// Tries every act, up to a limit, that the two texts can tell apart for the pair.
PairResult search_pair(const Both& both, std::size_t pair);

/// What happens so that a clause that waits comes to apply, from `at` on, as its text has it.
std::vector<Deed> deeds_before(const Both& both, const Text& text, ClauseId id, base::Instant at);
/// The performance of a duty, or the breach of a prohibition, by these actors, at no time yet.
Deed act_of_clause(const Both& both, const Text& text, ClauseId id,
                   const std::vector<std::string>& actors);
/// Whom it binds, by name.
std::vector<std::string> bearers_of(const Text& text, ClauseId id);
/// Acts by which the force of the clauses is changed: renewals, suspensions, ends.
std::vector<std::vector<Deed>> changes_of_force(const Text& text,
                                                const std::vector<ClauseId>& clauses);
/// Acts that break the quiet for which the clauses wait.
std::vector<std::vector<Deed>> interruptions(const Text& text,
                                             const std::vector<ClauseId>& clauses);
/// What may happen beside `deed` so that an exception or a condition of the clauses holds, or ends.
std::vector<std::vector<Deed>> circumstances(const Text& text, const std::vector<ClauseId>& clauses,
                                             const Deed& deed);

/// The differences as changes, alike ones together; each example was played under both texts.
std::vector<Change> tell(const Both& both, std::size_t pair, const PairResult& result,
                         std::vector<std::string>& not_searched);

}  // namespace truce::comparison::internal
