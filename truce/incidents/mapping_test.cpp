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

TEST(Mapping, NamesTheColumnsOfAFile) {
  const Mapping read = Mapping::read("m.csv",
                                     "field,value,becomes,note\n"
                                     "id,No,,\nprint,what,,\nkey,Request,,\ntime,t,Unix Seconds,\n"
                                     "column,what,kind,\ncolumn,what,actor,\naccount,«The Log»,,\n"
                                     "coverage,complete,,\n"
                                     "target measure,site,Sites with number,\n"
                                     "weapon measure,mm,with calibre mm,\n")
                           .value();
  const ColumnMap& map = read.columns();
  EXPECT_EQ(map.columns.at("incident"), "no");
  EXPECT_EQ(map.columns.at("key"), "request");
  EXPECT_EQ(map.columns.at("at"), "t");
  EXPECT_EQ(map.columns.at("kind"), "what");
  EXPECT_EQ(map.columns.at("actor"), "what");
  EXPECT_EQ(map.account, "The Log");
  EXPECT_TRUE(map.is_complete && map.is_unix_time);
  ASSERT_EQ(map.measured.size(), 2U);
  EXPECT_EQ(map.measured[0].kind, "Sites");
  EXPECT_EQ(map.measured[1].kind, "");
  EXPECT_EQ(map.measured[1].measure, "calibre");
  EXPECT_EQ(map.measured[1].unit, "mm");
  EXPECT_TRUE(mapping().columns().empty());
}

TEST(Mapping, SaysWhichLineOfTheColumnsIsWrong) {
  const auto columns = [](std::string_view lines) {
    return error_of("field,value,becomes,note\n" + std::string(lines));
  };
  EXPECT_EQ(columns("id,no,,\nid,no,,\n"), "m.csv:3:4: a second `id`");
  EXPECT_EQ(columns("column,what,knid,\n"),
            "m.csv:2:13: `knid` is no column of the truce format; did you mean `kind`?");
  EXPECT_EQ(
      columns("time,t,hours,\n"),
      "m.csv:2:8: `hours` is no way to count time; write `unix seconds`, or name the column of "
      "dates with `column` and `at`");
  EXPECT_EQ(
      columns("coverage,partial,,\n"),
      "m.csv:2:10: `partial` is no coverage; write `complete`, or leave the line out and use a "
      "coverage file");
  EXPECT_EQ(columns("target measure,site,Sites,\n"),
            "m.csv:2:21: `Sites` names no measure; write `Sites with number` or `with calibre mm`");
  EXPECT_EQ(columns("print,no,,\n"), "m.csv: no line says which column is the `id`");
  EXPECT_EQ(columns("id,no,,\ntime,t,unix seconds,\ncolumn,what,kind,\n"),
            "m.csv: no line says whose account it is: `account` and a name, or `column` with "
            "`according_to`");
}

}  // namespace
}  // namespace truce::incidents
