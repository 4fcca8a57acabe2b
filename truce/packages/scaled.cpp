// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/internal/scaled.h"

#include <algorithm>

namespace truce::packages::internal {
namespace {

Integer magnitude(const Integer& value) { return value.is_negative() ? -value : value; }

// Divides what is scaled by what all have in common, and returns the largest sum there can be.
Integer shrink(ScaledValues& scaled, std::size_t party) {
  Integer unit;
  const Integer one = 1;
  // One is the end of it.
  const auto take = [&](const std::vector<Integer>& values) {
    for (auto at = values.begin(); at != values.end() && unit != one; ++at) {
      unit = greatest_common_divisor(unit, *at);
    }
  };
  for (const auto& row : scaled.values[party]) {
    take(row);
  }
  take(scaled.conditionals[party]);
  unit = unit.is_zero() ? one : unit;
  Integer most;
  for (auto& row : scaled.values[party]) {
    Integer largest;
    for (Integer& value : row) {
      if (unit != one) {
        value = divide(value, unit).quotient;
      }
      largest = std::max(largest, value);
    }
    most += largest;
  }
  for (Integer& worth : scaled.conditionals[party]) {
    worth = unit == one ? worth : divide(worth, unit).quotient;
    most += magnitude(worth);
  }
  scaled.scales[party].unit = unit;
  return most;
}

}  // namespace

ScaledValues scale(const Game& game) {
  ScaledValues scaled;
  const std::size_t parties = game.parties.size();
  scaled.scales.resize(parties);
  scaled.conditionals.resize(parties);
  for (std::size_t party = 0; party < parties; ++party) {
    const Party& side = game.parties[party];
    scaled.values.push_back(side.values);
    scaled.scales[party].offset = side.base;
    for (auto& row : scaled.values[party]) {
      const Integer least = *std::min_element(row.begin(), row.end());
      scaled.scales[party].offset += least;
      for (Integer& value : row) {
        value -= least;
      }
    }
    for (const Conditional& conditional : side.conditionals) {
      scaled.conditionals[party].push_back(conditional.worth);
    }
    scaled.bits = std::max(scaled.bits, shrink(scaled, party).bits());
  }
  return scaled;
}

Integer least_number(const Scale& scale, const Integer& worth) {
  const Division division = divide(worth - scale.offset, scale.unit);
  return division.remainder.sign() > 0 ? division.quotient + Integer(1) : division.quotient;
}

std::size_t last_issue(const Conjunction& conjunction) {
  std::size_t last = 0;
  for (const OptionSet& set : conjunction) {
    last = std::max(last, set.issue);
  }
  return last;
}

Integer beyond(const ScaledValues& scaled) { return power(2, scaled.bits + 1); }

Integer worth_of(const Scale& scale, const Integer& number) {
  return scale.offset + scale.unit * number;
}

}  // namespace truce::packages::internal
