// SPDX-License-Identifier: Apache-2.0
#include "truce/incidents/mapping.h"

#include <gtest/gtest.h>

namespace truce::incidents {
namespace {

Mapping mapping() {
  return Mapping::read("m.csv",
                       "field,value,becomes,note\n"
                       "actor,Government of X,Government|Ally,folded together\n"
                       "actor,Rebels,Opposition,\n"
                       "actor,Nobody,,\n"
                       "kind,1,attack,\n")
      .value();
}

std::string error_of(std::string_view text) {
  const auto read = Mapping::read("m.csv", text);
  return read ? "no error" : read.error().message;
}

TEST(Mapping, TurnsCodesIntoWords) {
  EXPECT_EQ(mapping().apply("actor", "Rebels"), NameSet{{"Opposition"}});
  EXPECT_EQ(mapping().apply("actor", "Government of X"), (NameSet{{"Government", "Ally"}}));
  EXPECT_TRUE(mapping().apply("actor", "Nobody").is_unknown());
  EXPECT_EQ(mapping().apply("actor", "Others"), NameSet{{"Others"}});
  EXPECT_EQ(mapping().apply("target", "Rebels"), NameSet{{"Rebels"}});
  EXPECT_TRUE(mapping().has("kind", "1"));
  EXPECT_FALSE(mapping().has("kind", "2"));
  EXPECT_EQ(mapping().apply("actor", "REBELS"), NameSet{{"Opposition"}});
  EXPECT_EQ(mapping().apply("actor", "government  of x"), (NameSet{{"Government", "Ally"}}));
}

TEST(Mapping, TurnsEachNameOfASet) {
  EXPECT_EQ(mapping().apply("actor", NameSet{{"Rebels", "Government of X"}}),
            (NameSet{{"Opposition", "Government", "Ally"}}));
  EXPECT_TRUE(mapping().apply("actor", NameSet{{"Rebels", "Nobody"}}).is_unknown());
  const NameSet both{{"Rebels", "Others"}, NameSet::Joining::AllOf};
  EXPECT_EQ(mapping().apply("actor", both),
            (NameSet{{"Opposition", "Others"}, NameSet::Joining::AllOf}));
  // All of several, one of them undecided, is no longer certain of anyone.
  const NameSet undecided{{"Rebels", "Government of X"}, NameSet::Joining::AllOf};
  EXPECT_EQ(mapping().apply("actor", undecided), (NameSet{{"Opposition", "Government", "Ally"}}));
}

TEST(Mapping, SaysWhereAFileIsWrong) {
  EXPECT_EQ(error_of("a,b\n"),
            "m.csv: a mapping file has the columns field, value, becomes and note");
  EXPECT_EQ(error_of("field,value,becomes\nactr,A,B\n"),
            "m.csv:2:1: `actr` is no field; did you mean `actor`?");
  EXPECT_EQ(error_of("field,value,becomes\nactor,A,B\nactor,A,C\n"),
            "m.csv:3:7: the actor `A` becomes two different things");
  EXPECT_EQ(error_of("field,value,becomes\nactor,A,B|\n"),
            "m.csv:2:9: an empty name in a set; write `unattributed` for someone unknown");
  EXPECT_EQ(error_of("field,value,becomes\nactor,,B\n"), "m.csv:2:7: no value is given");
  EXPECT_EQ(error_of("field,value,becomes\nactor,A\n"),
            "m.csv:2:1: 2 fields where the header names 3");
  EXPECT_EQ(error_of("field,value,becomes\nactor,A,B\nactor,A,B\n"), "no error");
}

}  // namespace
}  // namespace truce::incidents
