// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "tests/support/dice.h"
#include "tests/support/random_agreements.h"

namespace truce::testing {
namespace {

std::string near(Dice& dice) {
  return dice.any(
      {" in the same place", " in the same place", " within 60 km", " within 60 km", ""});
}

std::string definitions(Dice& dice) {
  const std::string back = dice.any({"6 hours", "12 hours", "1 day"});
  std::string text = "situations\n  Answer = response to " +
                     dice.any({"attack on the same Party", "an attack by that Party"}) +
                     near(dice) + " within " + back + ";\n";
  text +=
      "  Quiet = " + dice.any({"no one attacks", "no Party attacks Civilians or Parties"}) + ";\n";
  text += "  Clear Ground = " + dice.any({"no South attacks", "no one attacks", "South attacks"}) +
          near(dice) + " during the preceding " + back + ";\n";
  text += "  Flare Up = at least " + dice.any({"1", "2", "2", "3"}) + " occasions within " + back +
          near(dice) + " on which anyone attacks;\n";
  text += "  Still = uninterrupted period of " + back + near(dice) + " in which Quiet holds" +
          dice.any({"", " from D", " from D + 18 hours"}) + ".\n";
  return text;
}

std::string clauses(Dice& dice) {
  return "1.1 each Party shall not attack Civilians or another Party; " +
         dice.any({"except in Answer; ", "except in Answer; ", ""}) + "consequence none stated.\n" +
         "1.2 North may attack South; if Clear Ground holds.\n" +
         "1.3 South shall not deny Access; " +
         dice.any({"unless Clear Ground holds; ", "if Still holds; ", "while Flare Up holds; "}) +
         "consequence none stated.\n" + "2.1 report when Flare Up.\n" +
         "2.2 report when Still; whenever anyone observes.\n" + "2.3 report when " +
         dice.any({"", "not "}) + "Clear Ground; whenever North attacks.\n";
}

// Mostly instants whole periods apart, at few places, so that most facts bear on each other.
std::string rows(Dice& dice) {
  std::string text;
  const std::size_t count = 4 + dice.below(9);
  for (std::size_t i = 0; i < count; ++i) {
    const std::string day = "2030-01-0" + dice.any({"1", "1", "2", "2", "3"});
    const std::string at = day + dice.any({"T00:00Z", "T06:00Z", "T06:00Z", "T12:00Z", "T18:00Z"});
    const std::string to = dice.one_in(6) ? day + dice.any({"T19:00Z", "T20:00Z", "T23:30Z"}) : at;
    const std::string what = dice.any({"attack", "attack", "attack", "attack", "observe", "deny"});
    const std::string who = dice.any({"North", "North", "South", "South", "South", "Aland",
                                      dice.one_in(3) ? "North|South" : "South"});
    const std::string target = what == "attack"
                                   ? dice.any({"Civilians", "North", "North", "South", "South", ""})
                               : what == "deny" ? "Access"
                                                : "";
    const std::string place = dice.any({"Elsewhere", "Elsewhere", "Yonder", "Strip", ""});
    const std::string point = place.empty() || dice.one_in(2)
                                  ? dice.any({"50.5,10.3", "50.5,10.3", "50.7,10.9", "51.5,10.3"}) +
                                        "," + dice.any({"0", "0", "0", "5000", "40000"})
                                  : std::string(",,");
    text += "e" + std::to_string(i) + "," + dice.any({"A", "A", "A", "B"}) + "," + at + "," + to +
            "," + what + "," + who + "," + target + ",," + place + ",," + point + ",\n";
  }
  return text;
}

}  // namespace

RandomTruce random_nearness(std::uint64_t seed) {
  Dice dice(seed);
  std::string text = northland(definitions(dice), clauses(dice));
  const std::string reported = rows(dice);
  RandomTruce result{std::move(text), reported, {}, {}, {}, Record(reported)};
  if (!dice.one_in(5)) {
    result.record.covers("A", "2029-12-01", "2030-02-01");
    result.coverage = "A,2029-12-01,2030-02-01\n";
  }
  result.agreement = agreement_of(result.text, &result.complaints, northland_annexes());
  return result;
}

}  // namespace truce::testing
