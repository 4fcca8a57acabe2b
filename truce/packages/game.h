// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "truce/base/result.h"
#include "truce/packages/integer.h"

namespace truce::packages {

/// What is still open: one of its options will stand in the text.
struct Issue {
  std::string name;
  std::vector<std::string> options;
};

/// The option chosen for each issue, in the order of the issues.
using Package = std::vector<std::uint32_t>;

/// Holds where the option chosen for the issue is one of these.
struct OptionSet {
  std::size_t issue = 0;
  std::vector<std::uint32_t> options;
};

/// All of these together; an empty one always holds. In research domains: a hyper-rectangle.
using Conjunction = std::vector<OptionSet>;

/// Worth so much more, or less, where all of `when` holds.
struct Conditional {
  Conjunction when;
  Integer worth;
};

/// A statement about a package.
struct Formula {
  enum class Kind : std::uint8_t { Is, Not, All, Any, AtMost };

  Kind kind = Kind::All;
  // Is.
  OptionSet is;
  // Not has one; All, Any and AtMost any number.
  std::vector<Formula> parts;
  // AtMost: what each part costs where it holds, none below zero, and what all may cost together.
  // With a cost of one each, it is "at most so many of these".
  std::vector<std::int64_t> costs;
  std::int64_t limit = 0;

  static Formula holds(OptionSet set);
  static Formula negation(Formula part);
  static Formula all(std::vector<Formula> parts);
  static Formula any(std::vector<Formula> parts);
  static Formula at_most(std::int64_t limit, std::vector<Formula> parts,
                         std::vector<std::int64_t> costs);
  static Formula from_conjunction(const Conjunction& conjunction);
};

/// What every package must fulfil, whoever wants it.
struct Constraint {
  // How it is named to a person.
  std::string text;
  Formula formula;
};

/// What a package is worth to one side, and which ones it does not accept. Every number is a
/// numerator over `denominator`.
struct Party {
  std::string name;
  Integer denominator = 1;
  // Added to the worth of every package.
  Integer base;
  // For each issue, what each option is worth.
  std::vector<std::vector<Integer>> values;
  std::vector<Conditional> conditionals;
  // Packages that are worth less are not accepted; none where the party did not say.
  std::optional<Integer> walk_away;
  // A package in which one of these holds is not accepted, whatever else it brings.
  std::vector<Conjunction> vetoes;
};

/// What is negotiated: what is open, what each option is worth to whom, what must hold.
struct Game {
  std::string name;
  std::vector<Issue> issues;
  std::vector<Party> parties;
  std::vector<Constraint> constraints;
};

/// Fails with InvalidArgument, naming the place, where a game has no party, no issue or an issue
/// without options, where two issues or two options of one issue have the same name, where values
/// are missing, an index leads nowhere, or a cost is below zero.
base::Result<void> check(const Game& game);

/// How many packages there are, feasible or not.
Integer count_packages(const Game& game);

bool holds(const Conjunction& conjunction, const Package& package);
bool holds(const Formula& formula, const Package& package);

/// Whether all constraints hold.
bool is_feasible(const Game& game, const Package& package);

/// What the package is worth to the party, over its denominator: the definition, term by term.
Integer worth(const Party& party, const Package& package);

/// At least the walk-away value, and no veto holds.
bool is_accepted(const Party& party, const Package& package);

}  // namespace truce::packages
