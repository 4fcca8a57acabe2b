// SPDX-License-Identifier: Apache-2.0
#include "truce/document/packages_page.h"

#include <gtest/gtest.h>

#include "truce/document/internal/packages_plot.h"
#include "truce/document/internal/packages_view.h"

namespace truce::document {
namespace {

using packages::Integer;

// Two issues; what one side wants most the other wants least.
packages::Game valley() {
  packages::Game game;
  game.name = "<Valley>";
  game.issues = {{.name = "Monitors", .options = {"none", "armed & near"}},
                 {.name = "Withdrawal", .options = {"7 days", "30 days"}}};
  packages::Party north{.name = "North",
                        .denominator = 8,
                        .base = {},
                        .values = {{0, 5}, {3, 0}},
                        .conditionals = {},
                        .walk_away = {},
                        .vetoes = {}};
  packages::Party south{.name = "South",
                        .denominator = 3,
                        .base = {},
                        .values = {{7, 0}, {-1, 4}},
                        .conditionals = {},
                        .walk_away = Integer(9),
                        .vetoes = {}};
  north.conditionals.push_back({.when = {{.issue = 0, .options = {1}}}, .worth = -1});
  north.vetoes.push_back({{.issue = 0, .options = {0}}});
  game.parties = {north, south};
  return game;
}

std::string page_of(const packages::Game& game, std::vector<BracketWords> words = {}) {
  const auto frontier = packages::find_frontier(game);
  const auto solutions = packages::choose(game, *frontier, packages::GainFrom::Zero);
  const auto closeness = packages::find_closeness(game);
  return packages_html({.game = &game,
                        .frontier = &*frontier,
                        .solutions = &solutions,
                        .closeness = &closeness,
                        .words = std::move(words),
                        .read = {"valley.json"},
                        .notes = {}});
}

TEST(PackagesPage, NumbersAreDecimalsWhereThatIsExact) {
  EXPECT_EQ(internal::in_digits({Integer(5), Integer(8)}), "0.625");
  EXPECT_EQ(internal::in_digits({Integer(-1), Integer(20)}), "−0.05");
  EXPECT_EQ(internal::in_digits({Integer(12), Integer(4)}), "3");
  EXPECT_EQ(internal::in_digits({Integer(7), Integer(3)}), "7/3");
  EXPECT_EQ(internal::in_digits({Integer(1'000'000'000'007), Integer(3)}), "~3.33333e+11");
}

TEST(PackagesPage, DataIsNeverMarkup) {
  const std::string page =
      page_of(valley(), {{.lead = "with <i>", .proposers = {"A", "B & C"}}, {}});
  EXPECT_NE(page.find("<title>What could be agreed: &lt;Valley&gt;</title>"), std::string::npos);
  EXPECT_EQ(page.find("<i>"), std::string::npos);
  EXPECT_NE(page.find("<span class=\"before\">with &lt;i&gt;</span> armed &amp; near<small>text of "
                      "B &amp; C</small>"),
            std::string::npos);
  EXPECT_EQ(page.find("<script"), std::string::npos);
}

TEST(PackagesPage, SaysWhatEachSideGetsGivesAndRefuses) {
  const std::string page = page_of(valley());
  EXPECT_NE(page.find("No package of the 4 is accepted by all."), std::string::npos);
  // South would have to do with 4/3, or with -1/3: 5/3 less than 3.
  EXPECT_NE(page.find("<li>South gets 5/3 less than walking away is worth to it</li>"),
            std::string::npos);
  EXPECT_NE(page.find("gives 7/3<small>0 of 7/3</small>"), std::string::npos);
  EXPECT_NE(page.find("gets its best<small>4/3 of 4/3</small>"), std::string::npos);
  EXPECT_NE(page.find("North: never Monitors: none"), std::string::npos);
  EXPECT_NE(page.find(">−0.125</td>"), std::string::npos);
}

TEST(PackagesPage, WithoutAPackageItSaysSo) {
  packages::Game game = valley();
  game.constraints.push_back({"nothing holds", packages::Formula::any({})});
  const std::string page = page_of(game);
  EXPECT_NE(page.find("they cannot hold together"), std::string::npos);
  EXPECT_EQ(page.find("<svg"), std::string::npos);
}

TEST(PackagesPage, APointThatIsAloneIsDrawnToo) {
  internal::Plot plot;
  plot.axes = {{.party = "North", .walk_away = {}, .walk_away_text = {}},
               {.party = "South", .walk_away = {}, .walk_away_text = {}}};
  plot.frontier = {{.at = {0, 0}, .is_accepted = true}};
  internal::HtmlWriter html;
  internal::put_plot(html, plot, 300);
  EXPECT_EQ(html.str().find("nan"), std::string::npos);
  EXPECT_EQ(html.str().find("inf"), std::string::npos);
  EXPECT_NE(html.str().find("<circle class=\"dot\" cx=\"168.0\""), std::string::npos);
}

}  // namespace
}  // namespace truce::document
