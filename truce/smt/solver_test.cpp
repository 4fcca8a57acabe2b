// SPDX-License-Identifier: Apache-2.0
#include "truce/smt/solver.h"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "truce/smt/known_answers.h"

namespace truce::smt {
namespace {

constexpr Limits kLimits;

TEST(Solver, GivesValuesThatMakeItSo) {
  Terms terms;
  const Term x = terms.integer("x");
  const Term y = terms.integer("y");
  const auto solver = make_solver(terms, kLimits);
  solver->add(terms.at_most(terms.number(5'000'000'000), x));
  solver->add(terms.less(x, y));
  solver->add(terms.at_most(y, terms.number(5'000'000'001)));
  ASSERT_TRUE(solver->check({}).is_sat());
  EXPECT_EQ(5'000'000'000, solver->number_of(x));
  EXPECT_EQ(5'000'000'001, solver->number_of(y));
  EXPECT_TRUE(solver->truth_of(terms.less(x, y)));
  EXPECT_FALSE(solver->truth_of(terms.equal(x, y)));
}

TEST(Solver, AssumptionsHoldForOneCheck) {
  Terms terms;
  const Term a = terms.boolean("a");
  const Term b = terms.boolean("b");
  const Term c = terms.boolean("c");
  const auto solver = make_solver(terms, kLimits);
  solver->add(terms.negation(terms.all_of({a, b})));
  EXPECT_TRUE(solver->check({c, a, b}).is_unsat());
  EXPECT_EQ((std::vector<Term>{a, b}), solver->core());
  EXPECT_TRUE(solver->check({a, c}).is_sat());
  EXPECT_FALSE(solver->truth_of(b));
}

TEST(Solver, SaysWhyItGivesUp) {
  // More pigeons than holes: hard for every solver of this kind.
  Terms terms;
  const auto solver = make_solver(terms, {.steps = 5000, .time_ms = 0});
  constexpr int kHoles = 9;
  for (int pigeon = 0; pigeon <= kHoles; ++pigeon) {
    std::vector<Term> somewhere;
    for (int hole = 0; hole < kHoles; ++hole) {
      const Term here = terms.boolean(std::to_string(pigeon) + "in" + std::to_string(hole));
      somewhere.push_back(here);
      for (int other = 0; other < pigeon; ++other) {
        solver->add(terms.negation(terms.all_of(
            {here, terms.boolean(std::to_string(other) + "in" + std::to_string(hole))})));
      }
    }
    solver->add(terms.any_of(somewhere));
  }
  const Answer answer = solver->check({});
  EXPECT_EQ(Answer::What::Unknown, answer.what);
  EXPECT_FALSE(answer.why.empty());
}

TEST(Solver, ACoreIsSmallestAndConfirmed) {
  Terms terms;
  const Term x = terms.integer("x");
  std::vector<Term> assertions;
  std::vector<Term> guards;
  for (int i = 0; i < 8; ++i) {
    guards.push_back(terms.boolean("at least " + std::to_string(i)));
    assertions.push_back(terms.implies(guards.back(), terms.at_most(terms.number(i), x)));
  }
  const Term top = terms.boolean("top");
  assertions.push_back(terms.implies(top, terms.less(x, terms.number(6))));
  guards.insert(guards.begin(), top);
  KnownAnswers known;
  const auto core = minimal_core(terms, assertions, guards, kLimits, known);
  ASSERT_TRUE(core.has_value());
  ASSERT_EQ(2U, core->size());
  EXPECT_EQ(top, core->at(0));
  // Both `at least 6` and `at least 7` would do.
  EXPECT_TRUE(core->at(1) == guards.back() || core->at(1) == guards[guards.size() - 2]);
  // What can hold together has no core.
  EXPECT_FALSE(minimal_core(terms, assertions, {top}, kLimits, known).has_value());
}

TEST(Solver, WritesWhatOtherSolversRead) {
  Terms terms;
  const Term x = terms.integer("2.1 «time»");
  const Term guard = terms.boolean("2.1/until");
  const std::string text =
      to_smtlib(terms, {terms.implies(guard, terms.at_most(terms.plus(x, 5), terms.number(-3)))},
                {guard}, Answer::What::Sat, "what it asks\nin two lines");
  EXPECT_EQ(
      "; what it asks\n; in two lines\n(set-logic QF_LIA)\n(set-info :status sat)\n"
      "(declare-fun |2.1 «time»| () Int)\n(declare-fun |2.1/until| () Bool)\n"
      "(assert (or (<= (+ |2.1 «time»| 5) (- 3)) (not |2.1/until|)))\n(assert |2.1/until|)\n"
      "(check-sat)\n",
      text);
}

// Against trying every value of every variable.
TEST(Solver, AgreesWithTryingEverything) {
  std::mt19937 random(7);
  const auto below = [&](std::uint32_t count) { return static_cast<int>(random() % count); };
  int sat = 0;
  constexpr int kCases = 200;
  for (int number = 0; number < kCases; ++number) {
    Terms terms;
    const std::vector<Term> integers = {terms.integer("x"), terms.integer("y"), terms.integer("z")};
    std::vector<Term> assertions;
    for (const Term one : integers) {
      assertions.push_back(terms.at_most(terms.number(0), one));
      assertions.push_back(terms.at_most(one, terms.number(3)));
    }
    const auto atom = [&] {
      const Term one = integers[static_cast<std::size_t>(below(3))];
      const Term other =
          below(3) == 0 ? terms.number(below(4)) : integers[static_cast<std::size_t>(below(3))];
      Term found = below(3) == 0 ? terms.equal(one, terms.plus(other, below(3) - 1))
                                 : terms.at_most(terms.plus(one, below(4) - 2), other);
      return below(3) == 0 ? terms.negation(found) : found;
    };
    const int clauses = 3 + below(9);
    for (int i = 0; i < clauses; ++i) {
      assertions.push_back(terms.any_of({atom(), atom()}));
    }
    bool wanted = false;
    for (int value = 0; value < 64 && !wanted; ++value) {
      const std::unordered_map<Term, Term> values = {{integers[0], terms.number(value % 4)},
                                                     {integers[1], terms.number(value / 4 % 4)},
                                                     {integers[2], terms.number(value / 16)}};
      wanted = std::all_of(assertions.begin(), assertions.end(), [&](Term assertion) {
        return terms.is_true(terms.replaced(assertion, values));
      });
    }
    const auto solver = make_solver(terms, kLimits);
    for (const Term assertion : assertions) {
      solver->add(assertion);
    }
    const Answer answer = solver->check({});
    ASSERT_EQ(wanted ? Answer::What::Sat : Answer::What::Unsat, answer.what) << number;
    sat += wanted ? 1 : 0;
  }
  EXPECT_GT(sat, kCases / 10);
  EXPECT_LT(sat, kCases - kCases / 10);
}

}  // namespace
}  // namespace truce::smt
