// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <vector>

#include "truce/proof_check/internal/log.h"

namespace truce::proof_check::internal {

/// The options that are left of each issue. A package is a box with one option of each.
using Box = std::vector<Indices>;

/// Holds where one of these options is chosen; or, where there is a limit, where those parts that
/// hold cost no more than that. All other statements are made of these.
struct Formula {
  std::size_t issue = 0;
  std::set<std::size_t> options;
  std::optional<mpz_class> limit;
  std::vector<Formula> parts;
  // For each part, none below zero.
  Numbers costs;
};

struct Side {
  // Numbers are so many of these parts; above zero.
  mpz_class denominator;
  mpz_class base;
  std::optional<mpz_class> walk_away;
  // For each issue, what each option is worth.
  std::vector<Numbers> values;
  // What must hold for this side.
  std::vector<Formula> demands;
};

/// Worth so much to a side where of each of these issues, named once, one of these options is
/// chosen.
struct Term {
  std::size_t side = 0;
  mpz_class worth;
  std::vector<Formula> when;
  std::size_t last_issue = 0;
};

/// A game as a log states it, docs/formats/proofs.md.
struct Game {
  // All options of each issue.
  Box box;
  std::vector<Side> sides;
  std::vector<Term> terms;
  std::vector<Formula> must;
  // Divided by any number of the issues of any term, a whole number is left.
  mpz_class parts = 1;
};

/// Reads the statement, up to what is no part of it.
Game read_game(Log& log);

}  // namespace truce::proof_check::internal
