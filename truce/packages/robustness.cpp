// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/robustness.h"

#include <algorithm>
#include <functional>

namespace truce::packages {
namespace {

// The least common denominator of the shares of a party.
Integer denominator_of(const Errors& errors) {
  Integer common = 1;
  const auto add = [&](const Fraction& share) {
    const Integer own = share.reduced().denominator;
    common *= divide(own, greatest_common_divisor(common, own)).quotient;
  };
  std::for_each(errors.issues.begin(), errors.issues.end(), add);
  std::for_each(errors.conditionals.begin(), errors.conditionals.end(), add);
  add(errors.walk_away);
  return common;
}

Integer magnitude(const Integer& value) { return value.is_negative() ? -value : value; }

// A number times `common`, moved by its share up or down.
Integer moved(const Integer& value, const Fraction& share, const Integer& common, bool is_up) {
  const Fraction least = share.reduced();
  const Integer by =
      magnitude(value) * least.numerator * divide(common, least.denominator).quotient;
  return value * common + (is_up ? by : -by);
}

// Which numbers are moved up: of an option, of a conditional value.
struct Direction {
  std::function<bool(std::size_t issue, std::uint32_t option)> option;
  std::function<bool(const Conditional&)> conditional;
  bool is_walk_away_up = false;
};

Party moved(const Party& party, const Errors& errors, const Direction& direction) {
  Party moved_party = party;
  const Integer common = denominator_of(errors);
  moved_party.denominator *= common;
  moved_party.base *= common;
  for (std::size_t issue = 0; issue < party.values.size(); ++issue) {
    for (std::uint32_t option = 0; option < party.values[issue].size(); ++option) {
      moved_party.values[issue][option] = moved(party.values[issue][option], errors.issues[issue],
                                                common, direction.option(issue, option));
    }
  }
  for (std::size_t at = 0; at < party.conditionals.size(); ++at) {
    const Conditional& own = party.conditionals[at];
    moved_party.conditionals[at].worth =
        moved(own.worth, errors.conditionals[at], common, direction.conditional(own));
  }
  if (party.walk_away.has_value()) {
    moved_party.walk_away =
        moved(*party.walk_away, errors.walk_away, common, direction.is_walk_away_up);
  }
  return moved_party;
}

// As bad for the package as can be against each other one at once: what both have in common
// cancels out, so that what the package has is moved down and everything else up.
Party against(const Party& party, const Errors& errors, const Package& package) {
  return moved(
      party, errors,
      {.option = [&](std::size_t issue, std::uint32_t option) { return package[issue] != option; },
       .conditional = [&](const Conditional& own) { return !holds(own.when, package); },
       .is_walk_away_up = true});
}

Party all_moved(const Party& party, const Errors& errors, bool is_up) {
  return moved(party, errors,
               {.option = [=](std::size_t, std::uint32_t) { return is_up; },
                .conditional = [=](const Conditional&) { return is_up; },
                .is_walk_away_up = !is_up});
}

// A feasible package worth as much to everybody and more to somebody.
base::Result<std::optional<Package>> find_bettering(const Game& game, const Package& package,
                                                    const SearchLimits& limits) {
  std::vector<std::optional<Integer>> reached;
  for (const Party& party : game.parties) {
    reached.emplace_back(worth(party, package));
  }
  std::optional<Package> least;
  for (std::size_t party = 0; party < game.parties.size(); ++party) {
    std::vector<std::optional<Integer>> asked = reached;
    *asked[party] += 1;
    auto found = find_reaching(game, asked, limits);
    if (!found) {
      return found.error();
    }
    if (found->has_value() && (!least.has_value() || **found < *least)) {
      least = std::move(*found);
    }
  }
  return least;
}

base::Result<Survival> survival(const Game& game, const Package& package,
                                const std::vector<Errors>& errors, const std::vector<bool>& is_off,
                                const SearchLimits& limits) {
  Game moved_game = game;
  Survival survival;
  survival.is_accepted = true;
  for (std::size_t party = 0; party < game.parties.size(); ++party) {
    if (is_off[party]) {
      Party& own = moved_game.parties[party];
      own = against(own, errors[party], package);
      survival.is_accepted = survival.is_accepted && is_accepted(own, package);
    }
  }
  // What crosses a red line betters nothing.
  auto bettering = find_bettering(with_vetoes_as_constraints(moved_game), package, limits);
  if (!bettering) {
    return bettering.error();
  }
  survival.bettered_by = std::move(bettering.value());
  return survival;
}

// Worth less each number's share stays at the walk-away value and its share, or above.
std::optional<Fraction> accepted_up_to(const Party& party, const Package& package) {
  if (!party.walk_away.has_value()) {
    return std::nullopt;
  }
  Integer all = magnitude(*party.walk_away);
  for (std::size_t issue = 0; issue < package.size(); ++issue) {
    all += magnitude(party.values[issue][package[issue]]);
  }
  for (const Conditional& conditional : party.conditionals) {
    all += holds(conditional.when, package) ? magnitude(conditional.worth) : Integer(0);
  }
  const Integer over = worth(party, package) - *party.walk_away;
  return all.is_zero() ? std::nullopt : std::optional(Fraction{over, all}.reduced());
}

// How many packages all accept with every number moved one way.
base::Result<Integer> count_moved(const Game& game, const std::vector<Errors>& errors, bool is_up,
                                  const SearchLimits& limits) {
  Game moved_game = game;
  for (std::size_t party = 0; party < game.parties.size(); ++party) {
    moved_game.parties[party] = all_moved(game.parties[party], errors[party], is_up);
  }
  return count_accepted(moved_game, limits);
}

std::vector<Question> questions_of(const Game& game) {
  std::vector<Question> questions;
  for (std::size_t party = 0; party < game.parties.size(); ++party) {
    for (std::size_t issue = 0; issue < game.issues.size(); ++issue) {
      questions.push_back({party, issue, std::nullopt});
    }
    for (std::size_t at = 0; at < game.parties[party].conditionals.size(); ++at) {
      questions.push_back({party, std::nullopt, at});
    }
    if (game.parties[party].walk_away.has_value()) {
      questions.push_back({party, std::nullopt, std::nullopt});
    }
  }
  return questions;
}

Fraction& asked_share(std::vector<Errors>& errors, const Question& question) {
  Errors& own = errors[question.party];
  return question.issue.has_value()         ? own.issues[*question.issue]
         : question.conditional.has_value() ? own.conditionals[*question.conditional]
                                            : own.walk_away;
}

}  // namespace

std::optional<Fraction> common_share(const Errors& errors) {
  const auto differs = [&](const Fraction& share) { return share != errors.walk_away; };
  const bool is_one = std::none_of(errors.issues.begin(), errors.issues.end(), differs) &&
                      std::none_of(errors.conditionals.begin(), errors.conditionals.end(), differs);
  return is_one ? std::optional(errors.walk_away) : std::nullopt;
}

std::vector<Errors> errors_of(const Game& game, const Fraction& share) {
  std::vector<Errors> errors;
  for (const Party& party : game.parties) {
    errors.push_back({std::vector<Fraction>(game.issues.size(), share),
                      std::vector<Fraction>(party.conditionals.size(), share), share});
  }
  return errors;
}

base::Result<Robustness> find_robustness(const Game& game, const Package& package,
                                         const std::vector<Errors>& errors,
                                         const SearchLimits& limits) {
  Robustness robustness;
  for (std::size_t party = 0; party < game.parties.size(); ++party) {
    std::vector<bool> is_off(game.parties.size(), false);
    is_off[party] = true;
    auto one = survival(game, package, errors, is_off, limits);
    if (!one) {
      return one.error();
    }
    robustness.of_party.push_back(std::move(one.value()));
    robustness.accepted_up_to.push_back(accepted_up_to(game.parties[party], package));
  }
  auto all = survival(game, package, errors, std::vector<bool>(game.parties.size(), true), limits);
  if (!all) {
    return all.error();
  }
  robustness.of_all = std::move(all.value());
  return robustness;
}

base::Result<Unsettled> find_best_question(const Game& game, const std::vector<Errors>& errors,
                                           const SearchLimits& limits) {
  const auto surely = count_moved(game, errors, false, limits);
  if (!surely) {
    return surely.error();
  }
  const auto perhaps = count_moved(game, errors, true, limits);
  if (!perhaps) {
    return perhaps.error();
  }
  Unsettled unsettled{.surely_accepted = *surely,
                      .perhaps_accepted = *perhaps,
                      .best_question = {},
                      .left = *perhaps - *surely};
  for (const Question& question : questions_of(game)) {
    std::vector<Errors> answered = errors;
    Fraction& share = asked_share(answered, question);
    if (share.numerator.is_zero() || unsettled.left.is_zero()) {
      continue;
    }
    share = {};
    const auto low = count_moved(game, answered, false, limits);
    const auto high = count_moved(game, answered, true, limits);
    if (!low || !high) {
      return low ? high.error() : low.error();
    }
    const Integer left = *high - *low;
    if (left < unsettled.left) {
      unsettled.left = left;
      unsettled.best_question = question;
    }
  }
  return unsettled;
}

}  // namespace truce::packages
