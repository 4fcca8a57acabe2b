// SPDX-License-Identifier: Apache-2.0
#include "truce/document/question_pages.h"

#include "tests/support/page_words.h"
#include <gtest/gtest.h>

#include "truce/document/mistakes_page.h"

namespace truce::document {
namespace {

using packages::Fraction;
using packages::Game;
using packages::Integer;
using packages::Party;
using testing::count;
using testing::has;

// Whatever the sides call things, what comes out is text.
void expect_only_text(const std::string& page) {
  EXPECT_FALSE(has(page, "<script"));
  EXPECT_FALSE(has(page, "<img"));
  EXPECT_FALSE(has(page, "\" onload="));
  EXPECT_TRUE(has(page, "&lt;script&gt;"));
}

Party party(std::string name, std::vector<std::vector<Integer>> values, Integer walk_away) {
  return {.name = std::move(name),
          .denominator = 1,
          .base = {},
          .values = std::move(values),
          .conditionals = {},
          .walk_away = std::move(walk_away),
          .vetoes = {}};
}

// Each wants the first issue for itself; what the second gives is theirs in turn.
Game dispute(std::int64_t walk_away) {
  Game game;
  game.name = "<script>alert(1)</script>";
  game.issues = {{.name = "Roads\" onload=\"x", .options = {"<img src=x>", "open & watched"}},
                 {.name = "Prisoners", .options = {"now", "\x01later"}}};
  game.parties = {party("North <script>", {{10, 0}, {3, 0}}, walk_away),
                  party("South's \"side\"", {{0, 10}, {0, 3}}, walk_away)};
  return game;
}

// A page with everything that was found about a game, as far as it needs it.
struct Found {
  explicit Found(Game asked)
      : game(std::move(asked)),
        frontier(*packages::find_frontier(game)),
        closeness(packages::find_closeness(game)) {}

  [[nodiscard]] PackagesPage page() const {
    return {.game = &game,
            .frontier = &frontier,
            .solutions = &nothing_chosen,
            .closeness = &closeness,
            .words = {},
            .read = {"<script>.json"},
            .notes = {"a note & more"}};
  }

  Game game;
  packages::Frontier frontier;
  packages::Closeness closeness;
  packages::Solutions nothing_chosen;
};

// How many members the sets have together.
std::size_t members(const packages::Conflicts& conflicts) {
  std::size_t count = 0;
  for (const auto* sets : {&conflicts.sets, &conflicts.relaxations}) {
    for (const auto& set : *sets) {
      count += set.size();
    }
  }
  return count;
}

std::string blocks_of(const Game& game) {
  const auto demands = packages::find_demand_conflicts(game);
  const auto issues = packages::find_issue_conflicts(game);
  ConflictsPage page{.game = &game,
                     .demands = {},
                     .among_demands = &*demands,
                     .among_issues = &*issues,
                     .read = {"<script>.json"},
                     .notes = {}};
  for (const packages::Demand& demand : packages::demands_of(game)) {
    page.demands.push_back(packages::to_text(game, demand));
  }
  return blocks_html(page);
}

TEST(QuestionPages, CloseSaysWhatEachWouldGiveUp) {
  const std::string page = close_html(Found(dispute(12)).page());
  expect_only_text(page);
  EXPECT_TRUE(has(page, "<title>How close the sides are: &lt;script&gt;alert(1)&lt;/script&gt;"));
  EXPECT_TRUE(has(page, "North &lt;script&gt;"));
  EXPECT_TRUE(has(page, "<svg"));
}

TEST(QuestionPages, CloseOfWhatCannotHoldSaysSo) {
  Game game = dispute(12);
  game.constraints.push_back({"nothing holds", packages::Formula::any({})});
  const std::string page = close_html(Found(game).page());
  EXPECT_TRUE(has(page, "they cannot hold together"));
  EXPECT_FALSE(has(page, "<svg"));
}

TEST(QuestionPages, BlocksDrawsEachSetWithAMarkForEachDemand) {
  const std::string page = blocks_of(dispute(12));
  expect_only_text(page);
  EXPECT_TRUE(has(page, "Demands that cannot stand together"));
  EXPECT_TRUE(has(page, "South&#39;s &quot;side&quot;: worth at least 12"));
  const Game game = dispute(12);
  const std::size_t marks = members(*packages::find_demand_conflicts(game)) +
                            members(*packages::find_issue_conflicts(game));
  // Two demands that cannot stand together, and each without which the other can; and for two
  // widths.
  EXPECT_LE(4U, marks);
  EXPECT_EQ(2 * marks, count(page, "<circle class=\"dot\""));
}

TEST(QuestionPages, BlocksOfADealIsNothing) {
  const std::string page = blocks_of(dispute(3));
  EXPECT_TRUE(has(page, "Nothing: all demands can be met together."));
  EXPECT_FALSE(has(page, "<svg"));
}

TEST(QuestionPages, NextNamesWhoDoesWithLess) {
  const Found found(dispute(12));
  const auto pair = packages::find_demand_pair(found.game);
  ASSERT_TRUE(pair && pair->has_value());
  const std::string page = next_html({.game = found.page(), .demands = &**pair});
  expect_only_text(page);
  EXPECT_TRUE(has(page, "The smallest pair of concessions that makes a deal"));
  EXPECT_TRUE(has(page, "With the smallest pair of concessions"));
}

TEST(QuestionPages, NextWithNothingToOfferSaysSo) {
  const Found found(dispute(12));
  const std::string page = next_html({.game = found.page()});
  EXPECT_TRUE(has(page, "No two sides can make a deal alone."));
  const packages::Package on_table = {0, 0};
  const std::string from = next_html({.game = found.page(), .on_table = &on_table});
  EXPECT_TRUE(has(from, "What is on the table is not accepted by all."));
  EXPECT_TRUE(has(from, "No exchange of two steps does more."));
  EXPECT_TRUE(has(next_html({.game = found.page(), .is_deal_there = true}), "A deal is there."));
}

TEST(QuestionPages, RobustSaysWhatSurvives) {
  const Found found(dispute(3));
  const packages::Package package = {0, 1};
  const auto errors = packages::errors_of(found.game, Fraction{1, 10});
  const auto robustness = packages::find_robustness(found.game, package, errors);
  ASSERT_TRUE(robustness);
  const auto unsettled = packages::find_best_question(found.game, errors);
  ASSERT_TRUE(unsettled);
  const std::string page = robust_html({.game = found.page(),
                                        .package = &package,
                                        .errors = &errors,
                                        .robustness = &*robustness,
                                        .unsettled = &*unsettled,
                                        .question = "What is <b>it</b> worth?",
                                        .not_found = ""});
  expect_only_text(page);
  EXPECT_TRUE(has(page, "10 %"));
  EXPECT_TRUE(has(page, "What is &lt;b&gt;it&lt;/b&gt; worth?"));
}

TEST(QuestionPages, RobustOfNoDealSaysSo) {
  const Found found(dispute(12));
  const std::string page = robust_html({.game = found.page(), .question = "", .not_found = ""});
  EXPECT_TRUE(has(page, "No package is accepted by all."));
  EXPECT_FALSE(has(page, "What is best asked"));
}

TEST(MistakesPage, ShowsThemAsTheyAreDrawnAndAsText) {
  const std::string page = mistakes_html({.question = "Who goes first",
                                          .title = "<Valley>",
                                          .drawn = "error[T0204]: <script>\n  |  ^^^\n",
                                          .read = {"a & b.truce"}});
  EXPECT_TRUE(has(page, "<title>Who goes first: &lt;Valley&gt;</title>"));
  EXPECT_TRUE(has(page, "<pre>\nerror[T0204]: &lt;script&gt;\n  |  ^^^\n</pre>"));
  EXPECT_TRUE(has(page, "a &amp; b.truce"));
  EXPECT_FALSE(has(page, "<script"));
}

}  // namespace
}  // namespace truce::document
