// SPDX-License-Identifier: Apache-2.0
#include "truce/language/format.h"

#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "truce/diagnostics/diagnostic.h"
#include "truce/language/parse.h"

namespace truce::language {
namespace {

std::string formatted(std::string text) {
  diagnostics::Sink sink;
  return format(parse(base::SourceText("t", std::move(text)), 0, sink));
}

TEST(Format, SentencesStandApartAndTheirPartsOnLinesOfTheirOwn) {
  EXPECT_EQ(
      formatted("truce \"T\";of 2030-01-01;clock N at UTC + 02:00.parties A;B \"b\".article 1 "
                "\"x\" 1.1 A shall not attack B ; in C;from D+2 days.act attack;with A.\n"),
      "truce \"T\";\n"
      "  of 2030-01-01;\n"
      "  clock N at UTC+02:00.\n"
      "\n"
      "parties\n"
      "  A;\n"
      "  B \"b\".\n"
      "\n"
      "article 1 \"x\"\n"
      "\n"
      "1.1 A shall not attack B;\n"
      "      in C;\n"
      "      from D + 2 days.\n"
      "\n"
      "act attack;\n"
      "  with A.\n");
}

TEST(Format, BracketsAndListsAreSpacedAsTheyAreRead) {
  EXPECT_EQ(formatted("1.1 A shall open B;within[ A:24 hours|B :none ]of D;consequence 1.1,1.2."),
            "1.1 A shall open B;\n"
            "      within [A: 24 hours | B: none] of D;\n"
            "      consequence 1.1, 1.2.\n");
}

TEST(Format, CommentsStayWhereTheyStood) {
  EXPECT_EQ(formatted("-- first\n\n-- second\nparties A; -- of the north\n-- more\nB.-- end\n"
                      "-- between\n1.1 A shall -- why\n attack B.\n\n\n-- last"),
            "-- first\n"
            "\n"
            "-- second\n"
            "parties\n"
            "  A; -- of the north\n"
            "  -- more\n"
            "  B. -- end\n"
            "\n"
            "-- between\n"
            "1.1 A shall -- why\n"
            "        attack B.\n"
            "\n"
            "-- last\n");
}

TEST(Format, LongLinesGoOnIndented) {
  EXPECT_EQ(formatted("bodies Commission \"Joint Commission\" of North and South, chaired by "
                      "Mediator, decides by consensus within 48 hours."),
            "bodies\n"
            "  Commission \"Joint Commission\" of North and South, chaired by Mediator,\n"
            "    decides by consensus within 48 hours.\n");
  EXPECT_EQ(formatted("1.1 Government shall withdraw Heavy Weapons, Armoured Carriers, Rocket "
                      "Launchers and Combat Aircraft away from Castello Road."),
            "1.1 Government shall withdraw Heavy Weapons, Armoured Carriers, Rocket Launchers and "
            "Combat Aircraft\n"
            "        away from Castello Road.\n");
}

TEST(Format, WhatDoesNotFitStaysAsItWasWritten) {
  EXPECT_EQ(formatted("1.1 A shall attack B;upon   =   foo -- why\n  bar;in C."),
            "1.1 A shall attack B;\n"
            "      upon   =   foo -- why\n"
            "  bar;\n"
            "      in C.\n");
  EXPECT_EQ(formatted("1.1 A shall attack B ($  %);in C."),
            "1.1 A shall attack B ($  %);\n"
            "      in C.\n");
}

TEST(Format, ATextWithAnOpenQuotationIsLeftAlone) {
  const std::string text = "parties   A \"open;\n  B.\n";
  EXPECT_EQ(formatted(text), text);
}

TEST(Format, NothingStaysNothing) {
  EXPECT_EQ(formatted(""), "");
  EXPECT_EQ(formatted(" \n\n"), "");
  EXPECT_EQ(formatted("-- only this"), "-- only this\n");
}

}  // namespace
}  // namespace truce::language
