// SPDX-License-Identifier: Apache-2.0
#include "truce/proof_check/internal/statement.h"

#include <cstdint>
#include <utility>

namespace truce::proof_check::internal {
namespace {

// Formulas within formulas.
constexpr std::size_t kDeepest = 1000;

Formula read_formula(Log& log, const Game& game, std::size_t depth = 0);

// Of so many parts that hold, each of which costs as much, no more than the limit.
Formula at_most(std::size_t limit, std::vector<Formula> parts) {
  const std::size_t count = parts.size();
  return {0, {}, mpz_class(limit), std::move(parts), Numbers(count, 1)};
}

Formula read_is(Log& log, const Game& game) {
  Formula formula;
  formula.issue = log.index(game.box.size());
  const std::size_t options = game.box[formula.issue].size();
  for (std::size_t left = log.index(options + 1); left > 0; --left) {
    formula.options.insert(log.index(options));
  }
  return formula;
}

Formula read_most(Log& log, const Game& game, std::size_t depth) {
  Formula formula;
  formula.limit = log.number();
  for (std::size_t left = log.index(SIZE_MAX); left > 0; --left) {
    formula.costs.push_back(log.number());
    log.require(formula.costs.back() >= 0, "no cost is below zero");
    formula.parts.push_back(read_formula(log, game, depth + 1));
  }
  return formula;
}

// All: none does not hold. Any: not so many as there are do not hold, of which none of none is one.
Formula read_formula(Log& log, const Game& game, std::size_t depth) {
  log.require(depth < kDeepest, "statements stand too deep in each other");
  if (log.take("is")) {
    return read_is(log, game);
  }
  if (log.take("most")) {
    return read_most(log, game, depth);
  }
  if (log.take("not")) {
    return at_most(0, {read_formula(log, game, depth + 1)});
  }
  const bool is_all = log.take("all");
  log.require(is_all || log.take("any"), "a statement is expected");
  std::vector<Formula> failures;
  for (std::size_t left = log.index(SIZE_MAX); left > 0; --left) {
    failures.push_back(at_most(0, {read_formula(log, game, depth + 1)}));
  }
  if (is_all || !failures.empty()) {
    const std::size_t limit = is_all ? 0 : failures.size() - 1;
    return at_most(limit, std::move(failures));
  }
  return {0, {}, mpz_class(-1), {}, {}};
}

void read_term(Log& log, Game& game) {
  Term term{game.sides.size(), log.number(), {}, 0};
  std::set<std::size_t> issues;
  while (log.take("is")) {
    term.when.push_back(read_is(log, game));
    log.require(issues.insert(term.when.back().issue).second, "each issue is named once");
    term.last_issue = *issues.rbegin();
  }
  for (std::size_t count = 2; count <= issues.size(); ++count) {
    game.parts = lcm(game.parts, mpz_class(count));
  }
  game.terms.push_back(std::move(term));
}

void read_side(Log& log, Game& game) {
  Side side;
  side.denominator = log.number();
  log.require(side.denominator > 0, "a denominator is above zero");
  side.base = log.number();
  if (!log.take("none")) {
    side.walk_away = log.number();
  }
  log.skip();
  for (const Indices& options : game.box) {
    log.require(log.take("values"), "`values` of each option of each issue are expected");
    side.values.push_back(log.numbers(options.size()));
  }
  while (log.take("worth")) {
    read_term(log, game);
  }
  while (log.take("demand")) {
    side.demands.push_back(read_formula(log, game));
  }
  game.sides.push_back(std::move(side));
}

}  // namespace

Game read_game(Log& log) {
  Game game;
  while (log.take("issue")) {
    log.skip();
    Indices& options = game.box.emplace_back();
    while (log.take("option")) {
      log.skip();
      options.push_back(options.size());
    }
    log.require(!options.empty(), "an issue has an option");
  }
  while (log.take("party")) {
    read_side(log, game);
  }
  while (log.take("must")) {
    game.must.push_back(read_formula(log, game));
  }
  log.require(!game.box.empty() && !game.sides.empty(), "a game has issues and parties");
  return game;
}

}  // namespace truce::proof_check::internal
