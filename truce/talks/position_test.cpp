// SPDX-License-Identifier: Apache-2.0
#include "truce/talks/position.h"

#include <gtest/gtest.h>

#include "truce/agreement/embedded.h"
#include "truce/agreement/from_syntax.h"
#include "truce/language/parse.h"

namespace truce::talks {
namespace {

constexpr const char* kDraft = R"(truce "Valley"; of 2030-01-01; clock Local at UTC+02:00;
  days of 24 hours; languages en; vocabulary "truce/ceasefire-1".
parties North; South.
bodies Mission "the mission".
things Heavy Weapons = [North: Tanks | South: Tanks, Artillery].
moments D = 2030-02-01 04:00.
1.1 each Party shall not attack Civilians with Weapons; from D;
  [North: for 48 hours | South: for 72 hours | Mission: none]; consequence none stated.
1.2 North shall withdraw Heavy Weapons; [North: within 10 days of D | South: not later than D];
  [North: reciprocally with 1.1 | South: none];
  consequence none stated.
)";

agreement::Agreement draft() {
  diagnostics::Sink sink;
  const auto tree = language::parse(base::SourceText("draft", kDraft), 0, sink);
  auto made = agreement::from_syntax(
      {&tree},
      {.vocabulary = *agreement::read_embedded_vocabulary(agreement::kCeasefire1), .annexes = {}},
      sink);
  EXPECT_FALSE(sink.has_errors()) << diagnostics::message(sink.all().front());
  return made;
}

struct Read {
  packages::Party party;
  std::vector<std::string> codes;
};

Read read(const std::string& sentences) {
  diagnostics::Sink sink;
  const auto position = parse_position(
      base::SourceText("position", "position of North on \"Valley\";\n" + sentences), 1, sink);
  const agreement::Agreement on = draft();
  Read made{.party = resolve(position, on, issues_of(on), sink), .codes = {}};
  for (const diagnostics::Diagnostic& diagnostic : sink.sorted()) {
    made.codes.emplace_back(diagnostics::info(diagnostic.kind).code);
  }
  return made;
}

// The brackets besides the one a test is about.
constexpr const char* kRest =
    "Heavy Weapons: any other worth 0; 1.2 bracket 1: any other worth 0; "
    "1.2 bracket 2: any other worth 0";

using Codes = std::vector<std::string>;

TEST(Position, TheBracketsOfADraftAreItsIssues) {
  const agreement::Agreement on = draft();
  const std::vector<BracketIssue> issues = issues_of(on);
  ASSERT_EQ(issues.size(), 4U);
  EXPECT_EQ(issues[0].name, "Heavy Weapons");
  EXPECT_EQ(issues[0].options, (Codes{"Tanks", "Tanks, Artillery"}));
  EXPECT_EQ(issues[1].name, "1.1");
  EXPECT_EQ(issues[1].options, (Codes{"for 48 hours", "for 72 hours", "none"}));
  EXPECT_EQ(issues[2].name, "1.2 bracket 1");
  EXPECT_EQ(issues[3].name, "1.2 bracket 2");
  // A package is a reading of the draft.
  const agreement::Reading reading = reading_of(issues, {1, 2, 0, 1});
  for (std::size_t i = 0; i < issues.size(); ++i) {
    EXPECT_EQ(reading[issues[i].bracket.index], (std::vector<std::uint32_t>{1, 2, 0, 1})[i]);
  }
  EXPECT_EQ(packages::count_packages(game_of(on, issues)).to_text(), "24");
}

TEST(Position, PointsAreKeptExactly) {
  const Read made =
      read(std::string("1.1: for 48 hours worth 0.5, for 72 hours worth -3, none worth 10; "
                       "no deal worth 0.25; ") +
           kRest + ".");
  EXPECT_EQ(made.codes, Codes{});
  EXPECT_EQ(made.party.denominator.to_text(), "4");
  EXPECT_EQ(made.party.values[1][0].to_text(), "2");
  EXPECT_EQ(made.party.values[1][1].to_text(), "-12");
  EXPECT_EQ(made.party.values[1][2].to_text(), "40");
  EXPECT_EQ(made.party.walk_away->to_text(), "1");
}

TEST(Position, ARankingIsSpacedEvenly) {
  const Read made = read(
      std::string("1.1: none before for 72 hours before for 48 hours weight 3; ") + kRest + ".");
  EXPECT_EQ(made.codes, Codes{});
  EXPECT_EQ(made.party.denominator.to_text(), "2");
  EXPECT_EQ(made.party.values[1][2].to_text(), "6");
  EXPECT_EQ(made.party.values[1][1].to_text(), "3");
  EXPECT_EQ(made.party.values[1][0].to_text(), "0");
  EXPECT_FALSE(made.party.walk_away.has_value());
}

TEST(Position, RedLinesAreVetoes) {
  const Read made = read(std::string("1.1: for 48 hours never, any other worth 1; ") + kRest +
                         "; never 1.1 none with Heavy Weapons: Tanks; "
                         "never 1.1 for 72 hours without 1.2 bracket 2 none.");
  EXPECT_EQ(made.codes, Codes{});
  const auto accepts = [&](const packages::Package& package) {
    return packages::is_accepted(made.party, package);
  };
  EXPECT_FALSE(accepts({1, 0, 0, 0}));
  EXPECT_FALSE(accepts({0, 2, 0, 0}));
  EXPECT_TRUE(accepts({1, 2, 0, 0}));
  EXPECT_FALSE(accepts({0, 1, 0, 0}));
  EXPECT_TRUE(accepts({0, 1, 0, 1}));
}

TEST(Position, WhatStandsTogetherIsWorthMoreOrLess) {
  const Read made = read(std::string("1.1: any other worth 1; ") + kRest +
                         "; if 1.1 none with 1.2 bracket 2 none worth 5 more"
                         "; if 1.1 none worth 2 less.");
  EXPECT_EQ(made.codes, Codes{});
  EXPECT_EQ(packages::worth(made.party, {0, 2, 0, 1}).to_text(), "4");
  EXPECT_EQ(packages::worth(made.party, {0, 2, 0, 0}).to_text(), "-1");
  EXPECT_EQ(packages::worth(made.party, {0, 0, 0, 1}).to_text(), "1");
}

TEST(Position, AnAlternativeIsNamedInThreeWays) {
  const Read made = read(
      "Heavy Weapons: \"Tanks,   Artillery\" worth 1, text of North worth 2; "
      "1.1: for 72  hours worth 1, any other worth 0; 1.2 bracket 1: any other worth 0; "
      "1.2 bracket 2: \"reciprocally with 1.1\" worth 3, none worth 0.");
  EXPECT_EQ(made.codes, Codes{});
  EXPECT_EQ(made.party.values[0][0].to_text(), "2");
  EXPECT_EQ(made.party.values[0][1].to_text(), "1");
  EXPECT_EQ(made.party.values[3][0].to_text(), "3");
}

TEST(Position, WhatIsNotSaidIsNotTakenForNothing) {
  EXPECT_EQ(read("1.1: any other worth 0.").codes, (Codes{"T0708"}));
  EXPECT_EQ(read(std::string("1.1: none worth 0; ") + kRest + ".").codes, (Codes{"T0707"}));
}

TEST(Position, TheLayoutIsCanonicalAndKeepsComments) {
  const std::string text =
      "-- Of the mission.\nposition of   North on \"Valley\"; -- the draft of May\n\n"
      "1.1:for 48 hours worth -5,for 72 hours worth 1 -- best\n, none never;"
      "-- Own line\nnever 1.1 none with 1.2 bracket 1 not later than D - 2 days with 1.2 bracket "
      "2: "
      "none without Heavy Weapons: Tanks, Artillery;no deal worth 30. -- end\n-- more";
  diagnostics::Sink sink;
  const auto once = format(parse_position(base::SourceText("p", text), 0, sink));
  EXPECT_FALSE(sink.has_errors());
  EXPECT_EQ(once, R"(-- Of the mission.
position of North on "Valley"; -- the draft of May
  1.1: for 48 hours worth -5, for 72 hours worth 1 -- best
    , none never; -- Own line
  never 1.1 none with 1.2 bracket 1 not later than D - 2 days with 1.2 bracket 2: none
    without Heavy Weapons: Tanks, Artillery;
  no deal worth 30. -- end
  -- more
)");
  EXPECT_EQ(format(parse_position(base::SourceText("p", once), 0, sink)), once);
}

}  // namespace
}  // namespace truce::talks
