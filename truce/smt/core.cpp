// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "truce/smt/known_answers.h"

namespace truce::smt {
namespace {

std::unique_ptr<Solver> with(const Terms& terms, const std::vector<Term>& assertions,
                             const Limits& limits, KnownAnswers& known) {
  auto solver = make_solver(terms, limits, known);
  for (const Term assertion : assertions) {
    solver->add(assertion);
  }
  return solver;
}

}  // namespace

std::optional<std::vector<Term>> minimal_core(const Terms& terms,
                                              const std::vector<Term>& assertions,
                                              const std::vector<Term>& core, const Limits& limits,
                                              KnownAnswers& known) {
  const auto solver = with(terms, assertions, limits, known);
  std::vector<Term> kept = core;
  for (std::size_t i = 0; i < kept.size();) {
    std::vector<Term> less = kept;
    less.erase(less.begin() + static_cast<std::ptrdiff_t>(i));
    if (!solver->check(less).is_unsat()) {
      ++i;
      continue;
    }
    // What the solver did not use goes at once; what stood before has been tried.
    const std::vector<Term> used = solver->core();
    std::vector<Term> next;
    for (std::size_t place = 0; place < less.size(); ++place) {
      if (place < i || std::find(used.begin(), used.end(), less[place]) != used.end()) {
        next.push_back(less[place]);
      }
    }
    kept = std::move(next);
  }
  if (!with(terms, assertions, limits, known)->check(kept).is_unsat()) {
    return std::nullopt;
  }
  return kept;
}

}  // namespace truce::smt
