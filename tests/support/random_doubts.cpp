// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "tests/support/dice.h"
#include "tests/support/random_agreements.h"

namespace truce::testing {
namespace {

// Two squares side by side in a wider one.
agreement::AnnexFiles three_squares() {
  const auto file = [](const std::string& place, const std::string& annex, const std::string& west,
                       const std::string& east) {
    return R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":")" +
           place + R"(","annex":")" + annex + R"(","place":")" + place +
           R"("},"geometry":{"type":"Polygon","coordinates":[[[)" + west + ",50],[" + east +
           ",50],[" + east + ",51],[" + west + ",51],[" + west + ",50]]]}}]}";
  };
  return {{"annex-a.geojson", file("West", "A", "10", "10.3")},
          {"annex-b.geojson", file("Middle", "B", "10.3", "10.6")},
          {"annex-c.geojson", file("Country", "C", "10", "11")}};
}

std::string header() {
  return "truce \"Northland\"; of 2030-01-01; clock Northport at UTC+00:00; days of 24 hours;\n"
         "  languages en authentic; vocabulary \"truce/ceasefire-1\".\n"
         "parties North; South.\n"
         "guarantors Aland ensures compliance of North.\n"
         "bodies Watch.\n"
         "places West = annex A area; Middle = annex B area; Country = annex C area;\n"
         "  Rest = Country except Middle; Yonder.\n"
         "moments D = 2030-01-01 12:00; Later, to be fixed by Watch.\n";
}

std::string place(Dice& dice) {
  return dice.any(
      {"West", "Country", "Rest", "West or Middle", "West or Middle", "Middle or Rest"});
}

std::string definitions(Dice& dice) {
  const std::string back = dice.any({"6 hours", "12 hours"});
  std::string text = "situations\n  Answer = response to attack on the same Party" +
                     dice.any({"", "", " within " + back, " in the same place within " + back}) +
                     ";\n";
  text += "  Calm = no " + dice.any({"South attacks", "Party attacks", "North attacks"}) +
          dice.any({" during the preceding " + back, ""}) + ";\n";
  text += "  Quiet = no " + dice.any({"South attacks", "Party attacks"}) + ";\n";
  text += "  Flare Up = at least " + dice.any({"1", "2", "2"}) + " occasions within " + back +
          " on which " + dice.any({"anyone attacks", "South attacks", "Party attacks"}) + ";\n";
  text += "  Still = uninterrupted period of " + back + " in which Quiet holds.\n";
  return text;
}

std::string particulars(Dice& dice) {
  std::string text;
  if (dice.one_in(2)) {
    text += " in " + place(dice) + ";";
    if (dice.one_in(3)) {
      text += " except for " + dice.any({"Middle", "West", "Rest"}) + ";";
    }
  }
  if (dice.one_in(3)) {
    text += dice.any({" from D;", " from D; for 6 hours;", " until D + 6 hours;",
                      " from D; for 12 hours; renewable for 12 hours by agreement of Aland;"});
  }
  switch (dice.below(8)) {
    case 0:
    case 1:
      text += " except in Answer;";
      break;
    case 2:
      text += " except for " + dice.any({"Middle", "West", "Rest"}) + ";";
      break;
    case 3:
      text += dice.any({" unless Calm holds;", " while Calm holds;", " if Flare Up holds;",
                        " unless Flare Up holds;", " unless Still holds;"});
      break;
    case 4:
      text += " except against " + dice.any({"Hospitals", "Civilians", "South"}) + ";";
      break;
    default:
      break;
  }
  return text;
}

std::string clauses(Dice& dice) {
  std::string text = dice.any({"1.1 each Party shall not attack", "1.1 North shall not attack"}) +
                     dice.any({" Civilians or another Party;", " another Party;", " Civilians;",
                               " Civilians or Hospitals;"}) +
                     particulars(dice) + " consequence none stated.\n";
  text += "1.2 each Party shall not " + dice.any({"attack Hospitals;", "deny Access;", "attack;"}) +
          particulars(dice) + " consequence none stated.\n";
  if (dice.one_in(2)) {
    text += "1.3 North may attack " + dice.any({"South", "Civilians or South"}) + ";" +
            particulars(dice);
    text.back() = '.';
    text += "\n";
  }
  text += dice.any({"2.1 each Party shall withdraw Weapons; ",
                    "2.1 North or South shall withdraw "
                    "Weapons; ",
                    "2.1 North shall withdraw Weapons; in West or Middle; "}) +
          dice.any({"within 24 hours of D; ", "not later than Later; ",
                    "upon breach of 1.1; within 6 hours; "}) +
          "consequence none stated.\n";
  text +=
      "2.2 report when " +
      dice.any({"Flare Up", "Still; whenever anyone observes", "Calm; whenever North attacks"}) +
      ".\n";
  return text;
}

// Few ways each, and most of them matter.
std::string row(Dice& dice, std::size_t number) {
  const std::string day = "2030-01-0" + dice.any({"1", "1", "2"});
  const std::string from = day + dice.any({"T00:00Z", "T06:00Z", "T11:59Z", "T12:00Z", "T18:00Z"});
  std::string to = from;
  if (dice.one_in(8)) {
    to = day + dice.any({"T18:30Z", "T20:00Z", "T23:00Z"});
  }
  const std::string kind = dice.any({"attack", "attack", "attack", "attack", "withdraw", "withdraw",
                                     "deny", "observe", "attack|deny", "withdraw|observe"});
  const std::string who =
      dice.any({"North", "North", "South", "South", "North|South", "North & South"});
  const std::string target = kind == "attack"
                                 ? dice.any({"Civilians", "South", "North", "Civilians|South",
                                             "Hospitals|Civilians", "North|South", "Guns of South"})
                             : kind == "withdraw" ? dice.any({"Weapons", "Weapons", "Artillery"})
                             : kind == "deny"     ? "Access"
                                                  : "";
  const std::string where =
      dice.any({"50.5,10.3,4000", "50.5,10.3,4000", "50.5,10.6,4000", "50.5,10.6,4000",
                "50.5,10.1,10", "50.5,10.45,10", "51,10.3,3000", "50.5,10.95,10", ",,"});
  return "e" + std::to_string(number) + "," + dice.any({"One", "One", "One", "Two"}) + "," + from +
         "," + to + "," + kind + "," + who + "," + target + ",," +
         dice.any({"", "", "", "Yonder"}) + ",," + where + ",\n";
}

std::string rows(Dice& dice) {
  std::string text;
  const std::size_t count = 2 + dice.below(3);
  for (std::size_t i = 0; i < count; ++i) {
    text += row(dice, dice.one_in(5) && i > 0 ? i - 1 : i);
  }
  if (dice.one_in(4)) {
    text +=
        "x,One," +
        dice.any({"2030-01-01T13:00Z,2030-01-01T13:00Z", "2030-01-01T13:00Z,2030-01-01T19:00Z"}) +
        "," + dice.any({"extend,Aland,,,,1.1,,,,", "fix,Watch,Later,,,,,,,"}) + "\n";
  }
  return text;
}

}  // namespace

RandomTruce random_doubts(std::uint64_t seed) {
  Dice dice(seed);
  std::string text = header() + definitions(dice);
  text += "\narticle 1 \"Terms\"\n" + clauses(dice);
  const std::string reported = rows(dice);
  RandomTruce result{std::move(text), reported, {}, {}, {}, Record(reported)};
  if (!dice.one_in(3)) {
    result.record.covers("One", "2029-12-01", "2030-02-01");
    result.coverage = "One,2029-12-01,2030-02-01\n";
  }
  result.record.as_of("2030-01-05T00:00Z");
  result.agreement = agreement_of(result.text, &result.complaints, three_squares());
  return result;
}

}  // namespace truce::testing
