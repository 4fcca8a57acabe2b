// SPDX-License-Identifier: Apache-2.0
#include "truce/smt/term.h"

#include <gtest/gtest.h>

namespace truce::smt {
namespace {

TEST(Term, EqualTermsAreOne) {
  Terms terms;
  const Term a = terms.boolean("a");
  const Term b = terms.boolean("b");
  EXPECT_EQ(terms.all_of({a, b}), terms.all_of({b, a, b}));
  EXPECT_NE(terms.all_of({a, b}), terms.any_of({a, b}));
  EXPECT_EQ(a, terms.boolean("a"));
  EXPECT_NE(terms.integer("a"), a);
}

TEST(Term, WhatIsSimpleIsSimplified) {
  Terms terms;
  const Term a = terms.boolean("a");
  const Term x = terms.integer("x");
  EXPECT_EQ(a, terms.negation(terms.negation(a)));
  EXPECT_TRUE(terms.is_true(terms.all_of({})));
  EXPECT_TRUE(terms.is_false(terms.any_of({})));
  EXPECT_TRUE(terms.is_false(terms.all_of({a, terms.negation(a)})));
  EXPECT_TRUE(terms.is_true(terms.any_of({a, terms.negation(a)})));
  EXPECT_EQ(a, terms.all_of({a, terms.truth(true)}));
  EXPECT_TRUE(terms.is_true(terms.at_most(x, x)));
  EXPECT_TRUE(terms.is_false(terms.less(terms.number(4), terms.number(4))));
  EXPECT_EQ(x, terms.plus(terms.plus(x, 3), -3));
  EXPECT_EQ(terms.number(7), terms.plus(terms.number(3), 4));
}

TEST(Term, JoinedTermsAreFlat) {
  Terms terms;
  const Term a = terms.boolean("a");
  const Term b = terms.boolean("b");
  const Term c = terms.boolean("c");
  EXPECT_EQ(terms.all_of({a, b, c}), terms.all_of({terms.all_of({a, b}), c}));
}

TEST(Term, ReplacesAndSimplifiesAgain) {
  Terms terms;
  const Term x = terms.integer("x");
  const Term y = terms.integer("y");
  const Term a = terms.boolean("a");
  const Term between =
      terms.all_of({terms.at_most(terms.number(1), x), terms.less(x, y), terms.negation(a)});
  EXPECT_EQ(terms.all_of({terms.at_most(terms.number(6), y), terms.negation(a)}),
            terms.replaced(between, {{x, terms.number(5)}}));
  EXPECT_TRUE(terms.is_false(terms.replaced(between, {{x, terms.number(0)}})));
  EXPECT_EQ(between, terms.replaced(between, {}));
}

TEST(Term, ALongChainNeedsNoDeepStack) {
  Terms terms;
  Term chain = terms.boolean("0");
  for (int i = 1; i < 40000; ++i) {
    chain = i % 2 == 0 ? terms.all_of({chain, terms.boolean(std::to_string(i))})
                       : terms.any_of({chain, terms.boolean(std::to_string(i))});
  }
  const Term same = terms.replaced(chain, {{terms.boolean("0"), terms.truth(true)}});
  EXPECT_NE(chain, same);
}

}  // namespace
}  // namespace truce::smt
