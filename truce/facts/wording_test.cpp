// SPDX-License-Identifier: Apache-2.0
#include "truce/facts/wording.h"

#include <gtest/gtest.h>

namespace truce::facts {
namespace {

TEST(Wording, ReadsAsItsPatternWithWhatFillsIt) {
  const Wording names = Wording::all({"A", "B", "C"});
  const Wording said = say("{} says that {}", names, say("{} was in force", "1.1"));
  EXPECT_EQ(said.english(), "A, B and C says that 1.1 was in force");
  EXPECT_EQ(Wording::either({"A", "B"}).english(), "A or B");
  EXPECT_EQ(Wording::all({"A"}).english(), "A");
  EXPECT_TRUE(Wording().empty());
  EXPECT_FALSE(said.empty());
}

TEST(Wording, KeepsWhatAnotherLanguageNeeds) {
  const Wording act = Wording::act("attack", "attacked");
  EXPECT_EQ(act.text(), "attack");
  EXPECT_EQ(act.english(), "attacked");
  const Wording moment = Wording::moment(base::Instant{60}, "then");
  EXPECT_EQ(moment.when().from.seconds, 60);
  EXPECT_EQ(moment.english(), "then");
  EXPECT_EQ(Wording::length(base::kDay, "1 day").length().seconds, base::kDay.seconds);
}

TEST(Wording, ANameIsNoPattern) {
  // What somebody calls an account does not fill anything.
  EXPECT_EQ(say("{} says that {}", "{}", "x").english(), "{} says that x");
}

TEST(Wording, OnlyWhatIsAskedForBeginsWithACapital) {
  EXPECT_EQ(say("{}.", "one").capitalised().english(), "One.");
  EXPECT_EQ(say("{}.", "one").english(), "one.");
}

}  // namespace
}  // namespace truce::facts
