// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "truce/packages/acceptance.h"

namespace truce::packages {

/// By what share each number of a party may be off, up or down: none is below zero.
struct Errors {
  // For each issue, of what its options are worth.
  std::vector<Fraction> issues;
  // For each conditional value.
  std::vector<Fraction> conditionals;
  Fraction walk_away;
};

/// The same share for every number of every party.
std::vector<Errors> errors_of(const Game& game, const Fraction& share);

/// The one share of all numbers of a party; none where they differ.
std::optional<Fraction> common_share(const Errors& errors);

/// What may be asked of a party: what the options of an issue are worth, what a conditional value
/// is, or the walk-away value, where neither is given.
struct Question {
  std::size_t party = 0;
  std::optional<std::size_t> issue;
  std::optional<std::size_t> conditional;
};

/// How a package stands where the numbers of some parties are off, each by its share at most and
/// independently of the others.
struct Survival {
  // Those whose numbers are off accept it whatever they are.
  bool is_accepted = false;
  // A feasible package without a veto that betters it for some such numbers; none where there is
  // none.
  std::optional<Package> bettered_by;

  [[nodiscard]] bool survives() const { return is_accepted && !bettered_by.has_value(); }
};

/// How sure a package is.
struct Robustness {
  // For each party, where its numbers alone are off; then where those of all are at once.
  std::vector<Survival> of_party;
  Survival of_all;
  // For each party, the largest one share for all of its numbers up to which it accepts the
  // package; none where it has no walk-away value or accepts the package whatever they are. Below
  // zero where it does not accept it.
  std::vector<std::optional<Fraction>> accepted_up_to;
};

/// Fails as find_reaching() does.
base::Result<Robustness> find_robustness(const Game& game, const Package& package,
                                         const std::vector<Errors>& errors,
                                         const SearchLimits& limits = {});

/// What is not settled while numbers may be off, and what one answer would settle.
struct Unsettled {
  // Feasible packages that all accept whatever the numbers are, and for some of them.
  Integer surely_accepted;
  Integer perhaps_accepted;
  // The question after whose answer the fewest packages are accepted perhaps and not surely, if it
  // is as was said, and how many those are; of equals the first party, its issues, its
  // conditional values, then its walk-away value. None where no answer settles anything.
  std::optional<Question> best_question;
  Integer left;
};

/// Fails as count_accepted() does.
base::Result<Unsettled> find_best_question(const Game& game, const std::vector<Errors>& errors,
                                           const SearchLimits& limits = {});

}  // namespace truce::packages
