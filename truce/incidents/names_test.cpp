// SPDX-License-Identifier: Apache-2.0
#include "truce/incidents/names.h"

#include <gtest/gtest.h>

namespace truce::incidents {
namespace {

NameSet parse(std::string_view text) { return parse_names(text).value(); }

TEST(Names, ReadsOneOfAndAllOf) {
  EXPECT_EQ(parse("Government"), NameSet{{"Government"}});
  EXPECT_EQ(parse(" A | B|A "), (NameSet{{"A", "B"}}));
  EXPECT_EQ(parse("A & B"), (NameSet{{"A", "B"}, NameSet::Joining::AllOf}));
  EXPECT_EQ(parse("A\t&\nB"), (NameSet{{"A", "B"}, NameSet::Joining::AllOf}));
  EXPECT_EQ(parse("R&D"), NameSet{{"R&D"}});
}

TEST(Names, KnowsTheUnknown) {
  EXPECT_TRUE(parse("").is_unknown());
  EXPECT_TRUE(parse("  ").is_unknown());
  EXPECT_TRUE(parse("UnAttributed").is_unknown());
  EXPECT_TRUE(parse("A|unattributed").is_unknown());
  EXPECT_EQ(parse("A & unattributed"), (NameSet{{"A"}, NameSet::Joining::AllOf}));
}

TEST(Names, TakesGuillemetsOff) {
  EXPECT_EQ(parse("«A» | B"), (NameSet{{"A", "B"}}));
  EXPECT_EQ(bare_name(" « «A»»"), "A");
  EXPECT_FALSE(parse_names("««» »"));
}

TEST(Names, RefusesWhatMeansNothing) {
  EXPECT_FALSE(parse_names("A|B & C"));
  EXPECT_FALSE(parse_names("A|"));
  EXPECT_FALSE(parse_names("|"));
  EXPECT_FALSE(parse_names("A & & B"));
  EXPECT_FALSE(parse_names("A &"));
  EXPECT_FALSE(parse_names("A &|B"));
  // Read as a name with a sign in it, this would be written as something else.
  EXPECT_FALSE(parse_names("A &\n & B"));
}

TEST(Names, WritesWhatItReads) {
  for (const std::string_view text : {"", "A", "A|B", "A & B", "«& A»|B"}) {
    EXPECT_EQ(to_text(parse(text)), text);
  }
}

TEST(Names, FoldsCaseAndSpacing) {
  EXPECT_EQ(fold_name("  Jabhat  Fateh\tAL-Sham "), "jabhat fateh al-sham");
  EXPECT_EQ(fold_name("جبهة  النصرة"), "جبهة النصرة");
}

}  // namespace
}  // namespace truce::incidents
