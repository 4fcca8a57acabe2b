// SPDX-License-Identifier: Apache-2.0
#include "truce/smt/known_answers.h"

#include <random>

#include <gtest/gtest.h>

namespace truce::smt {
namespace {

constexpr Limits kLimits;

// Times in a chain under guards, two of which cannot hold together, and other terms before them.
struct Question {
  explicit Question(int others) {
    for (int i = 0; i < others; ++i) {
      terms.integer("other " + std::to_string(i));
    }
    first = terms.integer("first");
    second = terms.integer("second");
    for (int i = 0; i < 4; ++i) {
      guards.push_back(terms.boolean("guard " + std::to_string(i)));
    }
    assertions = {terms.at_most(terms.number(3), first),
                  terms.implies(guards[0], terms.less(first, second)),
                  terms.implies(guards[1], terms.at_most(second, terms.number(9))),
                  terms.implies(guards[2], terms.at_most(terms.number(12), second)),
                  terms.implies(guards[3], terms.at_most(second, terms.number(20)))};
  }

  Terms terms;
  Term first;
  Term second;
  std::vector<Term> guards;
  std::vector<Term> assertions;
};

TEST(KnownAnswers, TheSameQuestionIsAskedOnce) {
  KnownAnswers known;
  for (const int others : {0, 7}) {
    Question question(others);
    const auto solver = make_solver(question.terms, kLimits, known);
    for (const Term assertion : question.assertions) {
      solver->add(assertion);
    }
    EXPECT_TRUE(solver->check({question.guards[0], question.guards[2]}).is_sat());
    EXPECT_LE(12, solver->number_of(question.second));
    EXPECT_LT(solver->number_of(question.first), solver->number_of(question.second));
    EXPECT_TRUE(solver->truth_of(question.terms.less(question.first, question.second)));
    EXPECT_TRUE(solver->check(question.guards).is_unsat());
    EXPECT_EQ((std::vector<Term>{question.guards[1], question.guards[2]}), solver->core());
    EXPECT_EQ(2U, known.size()) << others;
  }
}

TEST(KnownAnswers, AnotherQuestionIsAsked) {
  KnownAnswers known;
  const auto ask = [&](const Limits& limits, std::int64_t least) {
    Terms terms;
    const Term x = terms.integer("x");
    const auto solver = make_solver(terms, limits, known);
    solver->add(terms.at_most(x, terms.number(5)));
    solver->add(terms.at_most(terms.number(least), x));
    return solver->check({}).what;
  };
  EXPECT_EQ(Answer::What::Sat, ask(kLimits, 5));
  EXPECT_EQ(Answer::What::Unsat, ask(kLimits, 6));
  EXPECT_EQ(2U, known.size());
  EXPECT_EQ(Answer::What::Sat, ask({.steps = 1'000'000}, 5));
  EXPECT_EQ(3U, known.size());
}

TEST(KnownAnswers, AQuestionGoesOnFromOneThatWasKnown) {
  KnownAnswers known;
  const auto ask = [&](std::int64_t last) {
    Terms terms;
    const Term x = terms.integer("x");
    const auto solver = make_solver(terms, kLimits, known);
    solver->add(terms.at_most(terms.number(0), x));
    EXPECT_TRUE(solver->check({}).is_sat());
    solver->add(terms.at_most(x, terms.number(last)));
    return solver->check({}).what;
  };
  EXPECT_EQ(Answer::What::Sat, ask(0));
  // The first of its two questions is known, and the solver catches up.
  EXPECT_EQ(Answer::What::Unsat, ask(-1));
  EXPECT_EQ(3U, known.size());
}

TEST(KnownAnswers, APlainFalsehoodIsAnsweredWithoutASolver) {
  KnownAnswers known;
  Terms terms;
  const Term x = terms.integer("x");
  const auto solver = make_solver(terms, kLimits, known);
  solver->add(terms.less(x, x));
  solver->add(terms.truth(false));
  EXPECT_TRUE(solver->check({}).is_unsat());
  EXPECT_TRUE(solver->core().empty());
  EXPECT_EQ(0U, known.size());
}

// Values that come from memory make all assertions true, as those of a solver do.
TEST(KnownAnswers, ValuesMakeItSo) {
  std::mt19937 random(11);
  KnownAnswers known;
  for (int number = 0; number < 40; ++number) {
    const std::uint32_t seed = static_cast<std::uint32_t>(random()) % 20;
    std::mt19937 dice(seed);
    Terms terms;
    std::vector<Term> integers;
    for (int i = 0; i < 5; ++i) {
      integers.push_back(terms.integer(std::to_string(i)));
    }
    const auto solver = make_solver(terms, kLimits, known);
    std::vector<Term> assertions;
    for (int i = 0; i < 6; ++i) {
      const Term one = integers[dice() % 5];
      const Term other = integers[dice() % 5];
      assertions.push_back(terms.any_of(
          {terms.less(one, other), terms.equal(one, terms.plus(other, dice() % 7)),
           terms.negation(terms.at_most(one, terms.number(static_cast<int>(dice() % 9))))}));
      solver->add(assertions.back());
    }
    ASSERT_TRUE(solver->check({}).is_sat());
    for (const Term assertion : assertions) {
      EXPECT_TRUE(solver->truth_of(assertion)) << seed;
    }
  }
  EXPECT_LE(known.size(), 20U);
}

}  // namespace
}  // namespace truce::smt
