// SPDX-License-Identifier: Apache-2.0
// What next and how sure, against their definitions: every pair of steps, every corner of errors.
#include <algorithm>
#include <functional>

#include "tests/support/dice.h"
#include "tests/support/effort.h"
#include "tests/support/random_games.h"
#include <gtest/gtest.h>

#include "truce/packages/closeness.h"
#include "truce/packages/exchange.h"
#include "truce/packages/robustness.h"

namespace truce::testing {
namespace {

using packages::Errors;
using packages::Fraction;
using packages::Game;
using packages::Integer;
using packages::Package;
using packages::Party;

bool all_accept(const Game& game, const Package& package) {
  return std::all_of(game.parties.begin(), game.parties.end(),
                     [&](const Party& party) { return packages::is_accepted(party, package); });
}

Fraction utility(const Party& party, const Package& package) {
  return {packages::worth(party, package), party.denominator};
}

std::vector<Fraction> falling(std::vector<Fraction> values) {
  std::sort(values.begin(), values.end(), std::greater<>());
  return values;
}

// What is compared of two exchanges: what is given, the larger first, then the package.
using Size = std::pair<std::vector<Fraction>, Package>;

// By the definition: both issues, both sides, in every way.
std::optional<Size> exchange_by_trying(const Game& game, const Package& from) {
  const bool is_deal = packages::is_feasible(game, from) && all_accept(game, from);
  std::optional<Size> best;
  for (const Package& to : all_packages(game)) {
    std::vector<std::size_t> changed;
    for (std::size_t issue = 0; issue < to.size(); ++issue) {
      if (to[issue] != from[issue]) {
        changed.push_back(issue);
      }
    }
    if (changed.size() != 2 || !packages::is_feasible(game, to) || !all_accept(game, to)) {
      continue;
    }
    const auto alone = [&](std::size_t which, const Party& party) {
      Package package = from;
      package[changed[which]] = to[changed[which]];
      return utility(party, from) - utility(party, package);
    };
    for (const Party& one : game.parties) {
      for (const Party& other : game.parties) {
        const bool is_served =
            std::all_of(game.parties.begin(), game.parties.end(), [&](const Party& party) {
              const Fraction gain = utility(party, to) - utility(party, from);
              return &party == &one || &party == &other ? gain > Fraction{} : gain >= Fraction{};
            });
        if (&one == &other || alone(0, one) <= Fraction{} || alone(1, other) <= Fraction{} ||
            (is_deal && !is_served)) {
          continue;
        }
        const Size here{falling({alone(0, one), alone(1, other)}), to};
        best = best.has_value() ? std::min(*best, here) : here;
      }
    }
  }
  return best;
}

void expect_exchange(const Game& game, const Package& from) {
  const auto got = packages::find_exchange(game, from);
  const auto expected = exchange_by_trying(game, from);
  ASSERT_EQ(got.has_value(), expected.has_value());
  if (!got.has_value()) {
    return;
  }
  EXPECT_EQ(falling({got->steps[0].gives, got->steps[1].gives}), expected->first);
  EXPECT_EQ(got->package, expected->second);
  EXPECT_NE(got->steps[0].party, got->steps[1].party);
  for (const packages::Step& step : got->steps) {
    Package alone = from;
    alone[step.issue] = step.option;
    const Party& party = game.parties[step.party];
    EXPECT_EQ(step.gives, utility(party, from) - utility(party, alone));
    EXPECT_EQ(got->package[step.issue], step.option);
  }
}

// The least pair of concessions of all packages without a veto.
void expect_demand_pair(const Game& game) {
  const auto got = packages::find_demand_pair(game);
  ASSERT_TRUE(got.has_value());
  std::optional<std::vector<Fraction>> least;
  bool is_deal = false;
  for (const Package& package : all_packages(game)) {
    const bool is_refused =
        std::any_of(game.parties.begin(), game.parties.end(), [&](const Party& party) {
          return std::any_of(party.vetoes.begin(), party.vetoes.end(),
                             [&](const auto& veto) { return packages::holds(veto, package); });
        });
    if (is_refused || !packages::is_feasible(game, package)) {
      continue;
    }
    is_deal = is_deal || all_accept(game, package);
    const auto here = falling(packages::concessions(game, package));
    if (here.size() < 3 || here[2].numerator.is_zero()) {
      least = least.has_value() ? std::min(*least, here) : here;
    }
  }
  ASSERT_EQ(got->has_value(), least.has_value() && !is_deal);
  if (got->has_value()) {
    EXPECT_EQ(falling((*got)->concessions), *least);
    EXPECT_EQ((*got)->concessions, packages::concessions(game, (*got)->package));
  }
}

TEST(QuestionsProperty, TheSmallestPairsAreThoseOfTryingEveryPair) {
  std::size_t found = 0;
  for (std::uint64_t seed = 1; seed <= cases(150) && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    const Game game = random_game(seed);
    expect_demand_pair(game);
    const std::vector<Package> all = all_packages(game);
    Dice dice(seed);
    for (int tries = 0; tries < 3; ++tries) {
      const Package& from = all[dice.below(all.size())];
      expect_exchange(game, from);
      found += packages::find_exchange(game, from).has_value() ? 1 : 0;
    }
  }
  EXPECT_GT(found, cases(20));
}

// Two sides, two issues of two options, few numbers: every corner of the errors can be tried.
Game small_game(Dice& dice) {
  Game game;
  game.issues = {{"A", {"a", "b"}}, {"B", {"c", "d"}}};
  for (const char* name : {"North", "South"}) {
    Party party;
    party.name = name;
    for (int issue = 0; issue < 2; ++issue) {
      party.values.push_back({static_cast<std::int64_t>(dice.below(13)) - 2,
                              static_cast<std::int64_t>(dice.below(13)) - 2});
    }
    if (dice.one_in(2)) {
      party.conditionals.push_back({{{0, {static_cast<std::uint32_t>(dice.below(2))}},
                                     {1, {static_cast<std::uint32_t>(dice.below(2))}}},
                                    static_cast<std::int64_t>(dice.below(9)) - 4});
    }
    party.walk_away = static_cast<std::int64_t>(dice.below(12));
    if (dice.one_in(4)) {
      party.vetoes.push_back({{0, {static_cast<std::uint32_t>(dice.below(2))}}});
    }
    game.parties.push_back(std::move(party));
  }
  return game;
}

// Calls `visit` with the party at each corner: every number up or down by its share, which is in
// tenths.
void for_each_corner(const Party& party, const Errors& errors,
                     const std::function<void(const Party&)>& visit) {
  std::vector<std::pair<Integer, Fraction>> numbers;
  for (std::size_t issue = 0; issue < party.values.size(); ++issue) {
    for (const Integer& value : party.values[issue]) {
      numbers.emplace_back(value, errors.issues[issue]);
    }
  }
  for (std::size_t at = 0; at < party.conditionals.size(); ++at) {
    numbers.emplace_back(party.conditionals[at].worth, errors.conditionals[at]);
  }
  numbers.emplace_back(*party.walk_away, errors.walk_away);
  for (std::size_t corner = 0; corner < (std::size_t{1} << numbers.size()); ++corner) {
    std::vector<Integer> tenths;
    for (std::size_t at = 0; at < numbers.size(); ++at) {
      const auto& [value, share] = numbers[at];
      const bool is_up = (corner >> at & 1U) != 0;
      const Fraction moved =
          Fraction{value} + Fraction{value} * (is_up ? share : Fraction{} - share);
      const Fraction whole = (moved * Fraction{10}).reduced();
      ASSERT_EQ(whole.denominator, Integer(1));
      tenths.push_back(whole.numerator);
    }
    Party moved = party;
    moved.denominator = 10;
    std::size_t at = 0;
    for (auto& values : moved.values) {
      for (Integer& value : values) {
        value = tenths[at++];
      }
    }
    for (auto& conditional : moved.conditionals) {
      conditional.worth = tenths[at++];
    }
    moved.walk_away = tenths[at];
    visit(moved);
  }
}

bool has_veto(const Game& game, const Package& package) {
  return std::any_of(game.parties.begin(), game.parties.end(), [&](const Party& party) {
    return std::any_of(party.vetoes.begin(), party.vetoes.end(),
                       [&](const auto& veto) { return packages::holds(veto, package); });
  });
}

bool betters(const Game& game, const Package& one, const Package& other) {
  bool is_more = false;
  for (const Party& party : game.parties) {
    const Integer difference = packages::worth(party, one) - packages::worth(party, other);
    if (difference.is_negative()) {
      return false;
    }
    is_more = is_more || difference.sign() > 0;
  }
  return is_more;
}

// Whether the package is accepted, and bettered by none, at every corner of the parties in
// question.
struct Tried {
  bool is_accepted = true;
  bool is_bettered = false;
};

void look(const Game& game, const Package& package, const std::vector<bool>& is_off, Tried& tried) {
  for (std::size_t party = 0; party < is_off.size(); ++party) {
    tried.is_accepted = tried.is_accepted &&
                        (!is_off[party] || packages::is_accepted(game.parties[party], package));
  }
  for (const Package& other : all_packages(game)) {
    tried.is_bettered =
        tried.is_bettered || (!has_veto(game, other) && betters(game, other, package));
  }
}

Tried try_corners(const Game& game, const Package& package, const std::vector<Errors>& errors,
                  const std::vector<bool>& is_off) {
  Tried tried;
  Game moved = game;
  const auto second = [&] {
    if (!is_off[1]) {
      look(moved, package, is_off, tried);
      return;
    }
    for_each_corner(game.parties[1], errors[1], [&](const Party& party) {
      moved.parties[1] = party;
      look(moved, package, is_off, tried);
    });
  };
  if (!is_off[0]) {
    second();
    return tried;
  }
  for_each_corner(game.parties[0], errors[0], [&](const Party& party) {
    moved.parties[0] = party;
    second();
  });
  return tried;
}

std::vector<Errors> random_errors(const Game& game, Dice& dice) {
  std::vector<Errors> errors = packages::errors_of(game, {});
  const auto share = [&] { return Fraction{static_cast<std::int64_t>(dice.below(5)), 10}; };
  for (Errors& own : errors) {
    std::generate(own.issues.begin(), own.issues.end(), share);
    std::generate(own.conditionals.begin(), own.conditionals.end(), share);
    own.walk_away = share();
  }
  return errors;
}

void expect_survival(const packages::Survival& got, const Tried& tried) {
  EXPECT_EQ(got.is_accepted, tried.is_accepted);
  EXPECT_EQ(got.bettered_by.has_value(), tried.is_bettered);
}

TEST(QuestionsProperty, APackageSurvivesWhatEveryCornerOfTheErrorsLeavesIt) {
  std::size_t survived = 0;
  for (std::uint64_t seed = 1; seed <= cases(40) && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    Dice dice(seed);
    const Game game = small_game(dice);
    const std::vector<Errors> errors = random_errors(game, dice);
    const std::vector<Package> all = all_packages(game);
    const Package& package = all[dice.below(all.size())];
    const auto got = packages::find_robustness(game, package, errors);
    ASSERT_TRUE(got.has_value());
    expect_survival(got->of_party[0], try_corners(game, package, errors, {true, false}));
    expect_survival(got->of_party[1], try_corners(game, package, errors, {false, true}));
    if (seed <= 8) {
      expect_survival(got->of_all, try_corners(game, package, errors, {true, true}));
    }
    survived += got->of_party[0].survives() ? 1 : 0;
    for (std::size_t party = 0; party < 2; ++party) {
      if (const auto& most = got->accepted_up_to[party]; most.has_value() && *most > Fraction{}) {
        const auto at = packages::find_robustness(game, package, packages::errors_of(game, *most));
        const auto above = packages::find_robustness(
            game, package, packages::errors_of(game, *most + Fraction{1, 1000}));
        EXPECT_EQ(at->of_party[party].is_accepted,
                  !has_veto({{}, {}, {game.parties[party]}, {}}, package));
        EXPECT_FALSE(above->of_party[party].is_accepted);
      }
    }
  }
  EXPECT_GT(survived, cases(5));
}

// Packages that a side accepts at every corner, and at some corner.
std::vector<std::pair<bool, bool>> acceptance_of(const Game& game, std::size_t party,
                                                 const Errors& errors) {
  const std::vector<Package> all = all_packages(game);
  std::vector<std::pair<bool, bool>> accepted(all.size(), {true, false});
  for_each_corner(game.parties[party], errors, [&](const Party& moved) {
    for (std::size_t at = 0; at < all.size(); ++at) {
      const bool is_accepted = packages::is_accepted(moved, all[at]);
      accepted[at].first = accepted[at].first && is_accepted;
      accepted[at].second = accepted[at].second || is_accepted;
    }
  });
  return accepted;
}

std::pair<std::int64_t, std::int64_t> counts_by_trying(const Game& game,
                                                       const std::vector<Errors>& errors) {
  const auto north = acceptance_of(game, 0, errors[0]);
  const auto south = acceptance_of(game, 1, errors[1]);
  std::pair<std::int64_t, std::int64_t> counts;
  for (std::size_t at = 0; at < north.size(); ++at) {
    counts.first += north[at].first && south[at].first ? 1 : 0;
    counts.second += north[at].second && south[at].second ? 1 : 0;
  }
  return counts;
}

TEST(QuestionsProperty, TheBestQuestionLeavesFewestPackagesOpen) {
  std::size_t asked = 0;
  for (std::uint64_t seed = 1; seed <= cases(60) && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    Dice dice(seed);
    const Game game = small_game(dice);
    const std::vector<Errors> errors = random_errors(game, dice);
    const auto got = packages::find_best_question(game, errors);
    ASSERT_TRUE(got.has_value());
    const auto [surely, perhaps] = counts_by_trying(game, errors);
    EXPECT_EQ(got->surely_accepted, Integer(surely));
    EXPECT_EQ(got->perhaps_accepted, Integer(perhaps));
    std::int64_t least = perhaps - surely;
    for (std::size_t party = 0; party < 2; ++party) {
      std::vector<Fraction*> shares;
      std::vector<Errors> answered = errors;
      for (Fraction& share : answered[party].issues) {
        shares.push_back(&share);
      }
      for (Fraction& share : answered[party].conditionals) {
        shares.push_back(&share);
      }
      shares.push_back(&answered[party].walk_away);
      for (Fraction* share : shares) {
        const Fraction before = *share;
        *share = {};
        const auto counts = counts_by_trying(game, answered);
        least = std::min(least, counts.second - counts.first);
        *share = before;
      }
    }
    EXPECT_EQ(got->left, Integer(least));
    EXPECT_EQ(got->best_question.has_value(), least < perhaps - surely);
    asked += got->best_question.has_value() ? 1 : 0;
  }
  EXPECT_GT(asked, cases(10));
}

}  // namespace
}  // namespace truce::testing
