// SPDX-License-Identifier: Apache-2.0
#include "truce/document/rounds_page.h"

#include "tests/support/page_words.h"
#include <gtest/gtest.h>

namespace truce::document {
namespace {

using talks::BracketMove;
using talks::Round;
using talks::TalksDeadline;
using testing::count;
using testing::has;

Round round(std::string name, int day, std::string venue) {
  return {.name = std::move(name),
          .from = {2016, 9, day},
          .to = {2016, 9, day + 1},
          .venue = std::move(venue),
          .who = {"North & co", "<South>"},
          .text = "1.truce",
          .note = ""};
}

TEST(RoundsPage, RoundsDeadlinesAndMovesAreDrawnAndSaid) {
  const std::vector<Round> rounds = {round("1", 1, "<script>Geneva"), round("2", 5, "\"Here\"")};
  const BracketMove opened = {.what = BracketMove::What::Opened,
                              .before = "",
                              .after = "2.1 <roads>",
                              .options_before = {},
                              .options_after = {"7 days", "<b>30</b> days"}};
  const BracketMove stuck = {.what = BracketMove::What::Unchanged,
                             .before = "1.1",
                             .after = "1.1",
                             .options_before = {"yes", "no"},
                             .options_after = {"yes", "no"}};
  const std::vector<TalksDeadline> deadlines = {
      {.what = "a list & a map", .set_in = "1", .due = {2016, 9, 3}, .met = {}, .note = ""},
      {.what = "a pause", .set_in = "1", .due = {2016, 9, 4}, .met = {{2016, 9, 4}}, .note = ""}};
  const std::vector<talks::AssignedBracket> assigned = {{.given = {.bracket = "2.1 <roads>",
                                                                   .who = {"North & co"},
                                                                   .set_in = "1",
                                                                   .due = {2016, 9, 4},
                                                                   .note = "",
                                                                   .line = 2},
                                                         .now = "2.2",
                                                         .closed_in = "",
                                                         .closed = {}},
                                                        {.given = {.bracket = "1.2",
                                                                   .who = {"South"},
                                                                   .set_in = "1",
                                                                   .due = {2016, 9, 8},
                                                                   .note = "",
                                                                   .line = 3},
                                                         .now = "",
                                                         .closed_in = "2",
                                                         .closed = {{2016, 9, 6}}}};
  RoundsPage page{.steps = {{.round = &rounds[0], .moves = {}, .open = 1},
                            {.round = &rounds[1],
                             .moves = {{&opened, ""}, {&stuck, "means the <same>"}},
                             .open = 2,
                             .open_before = 1,
                             .stuck = 1}},
                  .deadlines = &deadlines,
                  .assigned = &assigned,
                  .as_of = {2016, 9, 9},
                  .rounds_without_closing = 1,
                  .read = {"1.truce"}};
  const std::string html = since_html(page);
  // A bar of time and one of brackets for each round; a diamond for each deadline and each bracket
  // that somebody is to settle, hollow where the day was missed.
  EXPECT_EQ(2U, count(html, "<path class=\"span\""));
  EXPECT_EQ(2U, count(html, "<path class=\"open\""));
  EXPECT_EQ(2U, count(html, "<path class=\"dot\""));
  EXPECT_EQ(2U, count(html, "<path class=\"dot hollow\""));
  EXPECT_TRUE(has(html, "2.1 &lt;roads&gt;<small>now 2.2</small>"));
  EXPECT_TRUE(has(html, "in round 2, 6 September 2016"));
  EXPECT_TRUE(has(html, "No bracket closed in the last round."));
  EXPECT_TRUE(has(html, "Stall: 1 of 1 brackets stand as they stood."));
  EXPECT_TRUE(has(html, "2.1 &lt;roads&gt;"));
  EXPECT_TRUE(has(html, "7 days | &lt;b&gt;30&lt;/b&gt; days"));
  EXPECT_TRUE(has(html, "means the &lt;same&gt;"));
  EXPECT_TRUE(has(html, "North &amp; co and &lt;South&gt;"));
  EXPECT_FALSE(has(html, "<script"));
  EXPECT_FALSE(has(html, "<b>"));
}

TEST(RoundsPage, OneRoundWithNothingOpenIsDrawnWithoutABar) {
  const std::vector<Round> rounds = {round("1", 1, "Geneva")};
  const std::vector<TalksDeadline> none;
  const std::vector<talks::AssignedBracket> nothing;
  const std::string html = since_html({.steps = {{.round = &rounds[0], .moves = {}}},
                                       .deadlines = &none,
                                       .assigned = &nothing,
                                       .as_of = {2016, 9, 9},
                                       .read = {}});
  EXPECT_TRUE(has(html, "There was one round; what moves is seen from the second on."));
  EXPECT_TRUE(has(html, "1 round, 0 brackets open"));
  EXPECT_EQ(0U, count(html, "<path class=\"open\""));
  EXPECT_FALSE(has(html, "<h2>Deadlines"));
  EXPECT_FALSE(has(html, "<h2>Given"));
  EXPECT_FALSE(has(html, "nan"));
}

}  // namespace
}  // namespace truce::document
