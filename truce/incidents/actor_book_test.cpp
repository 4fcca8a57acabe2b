// SPDX-License-Identifier: Apache-2.0
#include "truce/incidents/actor_book.h"

#include <gtest/gtest.h>

namespace truce::incidents {
namespace {

constexpr std::string_view kHeader = "name,actor,relation,from,to,source,note\n";

std::string with_header(std::string_view rows) {
  std::string text(kHeader);
  text += rows;
  return text;
}

base::TimeRange day(int year, int month, int day_of_month) {
  const base::Instant start = base::start_of({year, month, day_of_month});
  return {start, start + base::kDay};
}

ActorBook book() {
  return ActorBook::read(
             "actors.csv",
             with_header("Jabhat Fateh al-Sham,Nusra,alias,2016-07-28,2017-01-28,record,\n"
                         "Daesh,ISIL,alias,,,,\n"
                         "Brigade,Opposition,member,,2016-05-01,,\n"
                         "Brigade,Nusra,member,2016-04-01,,,\n"
                         "Militia,Government,fights with,,,,\n"),
             {0})
      .value();
}

std::string error_of(std::string_view row) {
  const auto read = ActorBook::read("actors.csv", with_header(row), {0});
  return read ? "no error" : read.error().message;
}

TEST(ActorBook, KnowsANameOnlyWhileItStood) {
  EXPECT_EQ(book().look_up("jabhat fateh  AL-SHAM", day(2016, 9, 12)), NameSet{{"Nusra"}});
  EXPECT_EQ(book().look_up("Jabhat Fateh al-Sham", day(2016, 7, 27)), std::nullopt);
  EXPECT_EQ(book().look_up("Jabhat Fateh al-Sham", day(2016, 7, 28)), NameSet{{"Nusra"}});
  EXPECT_EQ(book().look_up("Jabhat Fateh al-Sham", day(2017, 1, 28)), std::nullopt);
  EXPECT_EQ(book().look_up("Daesh", day(1999, 1, 1)), NameSet{{"ISIL"}});
  EXPECT_EQ(book().look_up("Militia", day(2016, 9, 12)), NameSet{{"Government"}});
  EXPECT_EQ(book().look_up("Nobody", day(2016, 9, 12)), std::nullopt);
}

TEST(ActorBook, TakesANameOutOfItsGuillemets) {
  const auto read =
      ActorBook::read("actors.csv", with_header("\u00ABOld Guard\u00BB,North,alias,,,,\n"), {0});
  ASSERT_TRUE(read);
  EXPECT_EQ(read->look_up("old guard", day(2016, 9, 12)), NameSet{{"North"}});
}

TEST(ActorBook, LeavesOpenWhatTwoEntriesLeaveOpen) {
  EXPECT_EQ(book().look_up("Brigade", day(2016, 3, 1)), NameSet{{"Opposition"}});
  EXPECT_EQ(book().look_up("Brigade", day(2016, 4, 15)), (NameSet{{"Opposition", "Nusra"}}));
  EXPECT_EQ(book().look_up("Brigade", day(2016, 6, 1)), NameSet{{"Nusra"}});
  const base::Instant change = base::start_of({2016, 5, 1});
  EXPECT_EQ(book().look_up("Brigade", {change, change}), NameSet{{"Nusra"}});
}

TEST(ActorBook, ReadsDaysOnTheClock) {
  const auto read = ActorBook::read("actors.csv", with_header("A,B,alias,2016-07-28,,,\n"),
                                    base::Duration{10800});
  ASSERT_TRUE(read);
  EXPECT_EQ(read->entries()[0].when.from, base::start_of({2016, 7, 28}) - base::Duration{10800});
}

TEST(ActorBook, SaysWhereAFileIsWrong) {
  EXPECT_EQ(error_of("A,B,friend,,,,\n"),
            "actors.csv:2:5: `friend` is no relation; there are alias, member and fights with");
  EXPECT_EQ(error_of("A,B,alias,July,,,\n"), "actors.csv:2:11: `July` is no day; write 2016-07-28");
  EXPECT_EQ(error_of("A,B,alias,2016-07-28,2016-07-28,,\n"),
            "actors.csv:2:22: it ends before it starts; `to` is the first day after");
  EXPECT_EQ(error_of(",B,alias,,,,\n"), "actors.csv:2:1: no name is given");
  EXPECT_EQ(error_of("A,,alias,,,,\n"),
            "actors.csv:2:3: no actor is given; write `unattributed` for one unknown");
  EXPECT_FALSE(ActorBook::read("actors.csv", "a,b\n", {0}));
  EXPECT_FALSE(ActorBook::read("actors.csv", "", {0}));
}

}  // namespace
}  // namespace truce::incidents
