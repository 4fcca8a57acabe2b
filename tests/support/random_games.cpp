// SPDX-License-Identifier: Apache-2.0
#include "tests/support/random_games.h"

#include <algorithm>

#include "tests/support/dice.h"
#include <fmt/format.h>

namespace truce::testing {
namespace {

using packages::Conjunction;
using packages::Formula;
using packages::Game;
using packages::Integer;
using packages::OptionSet;
using packages::Package;
using packages::Party;

constexpr std::size_t kMostPackages = 100;

OptionSet random_set(Dice& dice, const Game& game) {
  OptionSet set;
  set.issue = dice.below(game.issues.size());
  for (std::uint32_t option = 0; option < game.issues[set.issue].options.size(); ++option) {
    if (!dice.one_in(2)) {
      set.options.push_back(option);
    }
  }
  return set;
}

Conjunction random_conjunction(Dice& dice, const Game& game) {
  Conjunction conjunction;
  for (std::size_t left = dice.below(4); left > 0; --left) {
    conjunction.push_back(random_set(dice, game));
  }
  return conjunction;
}

Formula random_formula(Dice& dice, const Game& game, int depth) {
  const std::size_t kind = depth == 0 ? 0 : dice.below(6);
  if (kind < 2) {
    return Formula::holds(random_set(dice, game));
  }
  if (kind == 2) {
    return Formula::negation(random_formula(dice, game, depth - 1));
  }
  std::vector<Formula> parts;
  std::vector<std::int64_t> costs;
  for (std::size_t left = dice.below(4); left > 0; --left) {
    parts.push_back(random_formula(dice, game, depth - 1));
    costs.push_back(static_cast<std::int64_t>(dice.below(4)));
  }
  if (kind == 3) {
    return Formula::all(std::move(parts));
  }
  if (kind == 4) {
    return Formula::any(std::move(parts));
  }
  return Formula::at_most(static_cast<std::int64_t>(dice.below(6)), std::move(parts),
                          std::move(costs));
}

Party random_party(Dice& dice, const Game& game, std::size_t number) {
  Party party;
  party.name = fmt::format("P{}", number);
  party.denominator = static_cast<std::int64_t>(dice.below(7) + 1);
  party.base = static_cast<std::int64_t>(dice.below(5)) - 2;
  const std::size_t spread = dice.one_in(3) ? 1000 : 5;
  // Some need more than machine words.
  const Integer unit = dice.one_in(8) ? packages::power(10, 30) : Integer(1);
  for (const packages::Issue& issue : game.issues) {
    std::vector<Integer> values;
    for (std::size_t option = 0; option < issue.options.size(); ++option) {
      values.push_back(
          Integer(static_cast<std::int64_t>(dice.below(spread)) - (dice.one_in(5) ? 3 : 0)) * unit);
    }
    party.values.push_back(std::move(values));
  }
  for (std::size_t left = dice.below(4); left > 0; --left) {
    party.conditionals.push_back(
        {random_conjunction(dice, game), static_cast<std::int64_t>(dice.below(20)) - 8});
  }
  if (dice.one_in(2)) {
    party.walk_away = Integer(static_cast<std::int64_t>(dice.below(spread * 2))) * unit;
  }
  while (dice.one_in(3)) {
    party.vetoes.push_back(random_conjunction(dice, game));
  }
  return party;
}

// At least as much to everybody, and more to somebody.
bool is_better(const std::vector<Integer>& one, const std::vector<Integer>& other) {
  bool is_more = false;
  for (std::size_t party = 0; party < one.size(); ++party) {
    if (one[party] < other[party]) {
      return false;
    }
    is_more = is_more || other[party] < one[party];
  }
  return is_more;
}

}  // namespace

Game random_game(std::uint64_t seed) {
  Dice dice(seed);
  Game game;
  std::size_t packages = 1;
  const std::size_t issues = dice.below(6) + 1;
  for (std::size_t issue = 0; issue < issues; ++issue) {
    const std::size_t options = dice.below(4) + 1;
    if (packages * options > kMostPackages) {
      break;
    }
    packages *= options;
    packages::Issue made;
    made.name = fmt::format("I{}", issue);
    for (std::size_t option = 0; option < options; ++option) {
      made.options.push_back(fmt::format("o{}", option));
    }
    game.issues.push_back(std::move(made));
  }
  const std::size_t parties = dice.below(5) + 2;
  for (std::size_t party = 0; party < parties; ++party) {
    game.parties.push_back(random_party(dice, game, party));
  }
  for (std::size_t left = dice.below(4); left > 0; --left) {
    game.constraints.push_back({fmt::format("c{}", left), random_formula(dice, game, 3)});
  }
  return game;
}

std::vector<Package> all_packages(const Game& game) {
  std::vector<Package> packages = {Package{}};
  for (const packages::Issue& issue : game.issues) {
    std::vector<Package> longer;
    for (const Package& package : packages) {
      for (std::uint32_t option = 0; option < issue.options.size(); ++option) {
        longer.push_back(package);
        longer.back().push_back(option);
      }
    }
    packages = std::move(longer);
  }
  return packages;
}

std::vector<Package> frontier_by_trying(const Game& game) {
  std::vector<std::pair<std::vector<Integer>, Package>> feasible;
  for (const Package& package : all_packages(game)) {
    if (packages::is_feasible(game, package)) {
      std::vector<Integer> worth;
      for (const Party& party : game.parties) {
        worth.push_back(packages::worth(party, package));
      }
      feasible.emplace_back(std::move(worth), package);
    }
  }
  std::vector<std::pair<std::vector<Integer>, Package>> kept;
  for (const auto& one : feasible) {
    const bool is_out = std::any_of(feasible.begin(), feasible.end(), [&](const auto& other) {
      return is_better(other.first, one.first) ||
             (other.first == one.first && other.second < one.second);
    });
    if (!is_out) {
      kept.push_back(one);
    }
  }
  std::sort(kept.begin(), kept.end(),
            [](const auto& one, const auto& other) { return other.first < one.first; });
  std::vector<Package> packages;
  for (auto& one : kept) {
    packages.push_back(std::move(one.second));
  }
  return packages;
}

}  // namespace truce::testing
