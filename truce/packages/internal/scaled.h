// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "truce/packages/game.h"
#include "truce/packages/internal/wide.h"

namespace truce::packages::internal {

/// How the worth of a package to one party comes from the numbers of the engine: offset + unit *
/// number, over the party's denominator.
struct Scale {
  Integer offset;
  Integer unit = 1;
};

/// The values of a game, as small as they can be without changing an order: the least of each issue
/// is zero, and no divisor is common to all.
struct ScaledValues {
  std::vector<Scale> scales;
  // For each party, issue and option.
  std::vector<std::vector<std::vector<Integer>>> values;
  // For each party, in the order of the game.
  std::vector<std::vector<Integer>> conditionals;
  // Binary digits of the largest sum of magnitudes.
  std::size_t bits = 0;
};

ScaledValues scale(const Game& game);

Integer worth_of(const Scale& scale, const Integer& number);

/// The least number whose worth reaches `worth`.
Integer least_number(const Scale& scale, const Integer& worth);

/// The issue with which it is decided; the first one where nothing is asked.
std::size_t last_issue(const Conjunction& conjunction);

/// More than any sum of numbers of the game.
Integer beyond(const ScaledValues& scaled);

/// The same numbers as machine words: gains of an issue's option, for each party.
template <typename Value>
struct Gains {
  std::size_t parties = 0;
  // issue, then option * parties + party.
  std::vector<std::vector<Value>> options;
  // Conditional values numbered through all parties: whose it is, and how much.
  std::vector<std::pair<std::size_t, Value>> conditionals;
};

template <typename Value>
Gains<Value> make_gains(const Game& game, const ScaledValues& scaled) {
  Gains<Value> gains;
  gains.parties = game.parties.size();
  gains.options.resize(game.issues.size());
  for (std::size_t issue = 0; issue < game.issues.size(); ++issue) {
    gains.options[issue].resize(game.issues[issue].options.size() * gains.parties);
    for (std::size_t party = 0; party < gains.parties; ++party) {
      const std::vector<Integer>& values = scaled.values[party][issue];
      for (std::size_t option = 0; option < values.size(); ++option) {
        from_integer(values[option], gains.options[issue][option * gains.parties + party]);
      }
    }
  }
  for (std::size_t party = 0; party < gains.parties; ++party) {
    for (const Integer& worth : scaled.conditionals[party]) {
      Value value{};
      from_integer(worth, value);
      gains.conditionals.emplace_back(party, value);
    }
  }
  return gains;
}

}  // namespace truce::packages::internal
