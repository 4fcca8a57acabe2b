// SPDX-License-Identifier: Apache-2.0
// Sections "Three values" and "Prohibitions and permissions" of docs/language/meaning.md.
#include <string>

#include "tests/support/small_truce.h"
#include <gtest/gtest.h>

#include "truce/semantics/evaluate.h"

namespace truce::semantics {
namespace {

using testing::Record;

constexpr std::string_view kAttack =
    "1.1 each Party shall not attack another Party, Civilians or Convoys with Weapons; in Country; "
    "from D; for 48 hours; consequence none stated.";

// The listed verdicts of `rows` under `clauses`; a text with errors says so instead.
std::string judged(std::string_view clauses, std::string_view rows,
                   std::string_view definitions = "") {
  std::string complaints;
  const agreement::Agreement agreement =
      testing::agreement_of(testing::northland(definitions, clauses), &complaints);
  const Record record(rows);
  return record.reports.empty()
             ? "no rows\n"
             : complaints + testing::verdict_lines(agreement, record.on(agreement));
}

facts::ClauseCount counted(std::string_view clauses, std::string_view rows) {
  const agreement::Agreement agreement = testing::agreement_of(testing::northland("", clauses));
  const Record record(rows);
  return evaluate(agreement, record.on(agreement)).counts[0];
}

// A row of an attack by North on Civilians in Country, within the first hour after `at`.
std::string attack(std::string_view at, std::string_view actor = "North",
                   std::string_view target = "Civilians", std::string_view weapon = "Weapons",
                   std::string_view place = "Country") {
  std::string row = "e,A,";
  row += at;
  row += ',';
  row += at;
  for (std::string_view field : {std::string_view("attack"), actor, target, weapon, place}) {
    row += ',';
    row += field;
  }
  return row + ",\n";
}

constexpr std::string_view kBroken = "1.1 North e broken {A=broken} blame North\n";
constexpr std::string_view kUnknown = "1.1 North e unknown {A=unknown}\n";
constexpr std::string_view kNothing = "";
constexpr std::string_view kBothUnknown =
    "1.1 North e unknown {A=unknown}\n1.1 South e unknown {A=unknown}\n";

TEST(Prohibition, IsBrokenByItsBearerInsideTheWindow) {
  EXPECT_EQ(judged(kAttack, attack("2030-01-01T10:00Z")), kBroken);
}

TEST(Prohibition, IsKeptBeforeItBegins) {
  EXPECT_EQ(judged(kAttack, attack("2029-12-31T23:59:59Z")), kNothing);
}

TEST(Prohibition, BeginsAtTheVeryInstant) {
  EXPECT_EQ(judged(kAttack, attack("2030-01-01T00:00Z")), kBroken);
}

TEST(Prohibition, IsOverAtTheVeryInstant) {
  EXPECT_EQ(judged(kAttack, attack("2030-01-02T23:59:59Z")), kBroken);
  EXPECT_EQ(judged(kAttack, attack("2030-01-03T00:00Z")), kNothing);
}

TEST(Prohibition, BareDateThatTheStartCutsIsUnknown) {
  const std::string evening =
      "1.1 each Party shall not attack Civilians; from D + 19 hours; consequence none stated.";
  EXPECT_EQ(judged(evening, attack("2030-01-01")), kUnknown);
  EXPECT_EQ(judged(evening, attack("2030-01-02")), kBroken);
  EXPECT_EQ(judged(evening, attack("2029-12-31")), kNothing);
}

TEST(Prohibition, IntervalThatTheEndCutsIsUnknown) {
  EXPECT_EQ(
      judged(kAttack,
             "e,A,2030-01-02T22:00Z,2030-01-03T02:00Z,attack,North,Civilians,Weapons,Country,\n"),
      kUnknown);
}

TEST(Prohibition, IntervalThatEndsWhereTheWindowEndsIsInside) {
  EXPECT_EQ(
      judged(kAttack,
             "e,A,2030-01-02T22:00Z,2030-01-03T00:00Z,attack,North,Civilians,Weapons,Country,\n"),
      kBroken);
}

TEST(Prohibition, WindowInsideAnIntervalIsUnknown) {
  EXPECT_EQ(judged(kAttack, "e,A,2029-12-20,2030-01-20,attack,North,Civilians,Weapons,Country,\n"),
            kUnknown);
}

TEST(Prohibition, WithoutFromIsAlwaysInForce) {
  const std::string always = "1.1 each Party shall not attack Civilians; consequence none stated.";
  EXPECT_EQ(judged(always, attack("2001-01-01T10:00Z")), kBroken);
}

TEST(Prohibition, ForWithoutFromCountsFromTheDateOfTheAgreement) {
  const std::string two_days =
      "1.1 each Party shall not attack Civilians; for 48 hours; consequence none stated.";
  EXPECT_EQ(judged(two_days, attack("2030-01-02T10:00Z")), kBroken);
  EXPECT_EQ(judged(two_days, attack("2030-01-03T10:00Z")), kNothing);
}

TEST(Prohibition, UntilADateEndsWithThatDay) {
  const std::string until =
      "1.1 each Party shall not attack Civilians; until 2030-01-02; consequence none stated.";
  EXPECT_EQ(judged(until, attack("2030-01-02T23:00Z")), kBroken);
  EXPECT_EQ(judged(until, attack("2030-01-03T00:00Z")), kNothing);
}

TEST(Prohibition, BindsNobodyElse) {
  EXPECT_EQ(judged(kAttack, attack("2030-01-01T10:00Z", "Aland")), kNothing);
  EXPECT_EQ(judged(kAttack, attack("2030-01-01T10:00Z", "Outlaws")), kNothing);
}

TEST(Prohibition, OfNoOneHasNoVerdict) {
  EXPECT_EQ(judged("1.1 no one shall attack Civilians; consequence none stated.",
                   attack("2030-01-01T10:00Z")),
            kNothing);
  EXPECT_EQ(counted("1.1 no one shall attack Civilians; consequence none stated.",
                    attack("2030-01-01T10:00Z")),
            facts::ClauseCount{});
}

TEST(Prohibition, KeptIsCountedForEachBearer) {
  const facts::ClauseCount count = counted(kAttack, attack("2030-01-01T10:00Z", "Aland"));
  EXPECT_EQ(count.kept, 2U);
  EXPECT_EQ(count.broken, 0U);
}

TEST(Prohibition, OneOfTwoIsUnknownForEachAndCountedOnce) {
  const std::string row = attack("2030-01-01T10:00Z", "North|South");
  EXPECT_EQ(judged(kAttack, row), kBothUnknown);
  const facts::ClauseCount count = counted(kAttack, row);
  EXPECT_EQ(count.unknown, 2U);
  EXPECT_EQ(count.broken_by_one_of, 1U);
}

TEST(Prohibition, OneOfABearerAndAStrangerIsNotCountedAsBrokenByOne) {
  EXPECT_EQ(counted(kAttack, attack("2030-01-01T10:00Z", "North|Aland")).broken_by_one_of, 0U);
  EXPECT_EQ(judged(kAttack, attack("2030-01-01T10:00Z", "North|Aland")), kUnknown);
}

TEST(Prohibition, ThoseWhoActTogetherEachBreakIt) {
  EXPECT_EQ(
      judged(kAttack, attack("2030-01-01T10:00Z", "North & South")),
      "1.1 North e broken {A=broken} blame North\n1.1 South e broken {A=broken} blame South\n");
}

TEST(Prohibition, NobodyNamedIsUnknownForEach) {
  EXPECT_EQ(judged(kAttack, attack("2030-01-01T10:00Z", "")), kBothUnknown);
  EXPECT_EQ(counted(kAttack, attack("2030-01-01T10:00Z", "")).broken_by_one_of, 0U);
}

TEST(Prohibition, NameThatNobodyKnowsIsAnybody) {
  EXPECT_EQ(judged(kAttack, attack("2030-01-01T10:00Z", "Some Group")), kBothUnknown);
}

TEST(Prohibition, OtherVerbIsNotIt) {
  EXPECT_EQ(
      judged(kAttack, "e,A,2030-01-01T10:00Z,2030-01-01T10:00Z,deny,North,Access,,Country,\n"),
      kNothing);
}

TEST(Prohibition, OneOfTwoVerbsIsUnknown) {
  EXPECT_EQ(judged(kAttack,
                   "e,A,2030-01-01T10:00Z,2030-01-01T10:00Z,attack|burn,North,Civilians,Weapons,"
                   "Country,\n"),
            kUnknown);
}

TEST(Prohibition, VerbThatNobodyKnowsIsUnknown) {
  EXPECT_EQ(
      judged(kAttack,
             "e,A,2030-01-01T10:00Z,2030-01-01T10:00Z,zap,North,Civilians,Weapons,Country,\n"),
      kUnknown);
}

TEST(Prohibition, ImpliedVerbBreaksIt) {
  const std::string carry = "1.1 each Party shall not carry Weapons; consequence none stated.";
  EXPECT_EQ(judged(carry, "e,A,2030-01-01T10:00Z,2030-01-01T10:00Z,escort,North,Convoys,Tanks,,\n"),
            kBroken);
  const std::string tanks = "1.1 each Party shall not carry Mortars; consequence none stated.";
  EXPECT_EQ(judged(tanks, "e,A,2030-01-01T10:00Z,2030-01-01T10:00Z,escort,North,Convoys,Tanks,,\n"),
            kNothing);
}

TEST(Prohibition, TargetOfAnotherPartyIsRelativeToTheBearer) {
  EXPECT_EQ(judged(kAttack, attack("2030-01-01T10:00Z", "North", "South")), kBroken);
  EXPECT_EQ(judged(kAttack, attack("2030-01-01T10:00Z", "North", "North")), kNothing);
}

TEST(Prohibition, ThingsOfAnActorAreTheActor) {
  EXPECT_EQ(judged(kAttack, attack("2030-01-01T10:00Z", "North", "Forces of South")), kBroken);
  EXPECT_EQ(judged(kAttack, attack("2030-01-01T10:00Z", "North", "Forces of Outlaws")), kNothing);
  EXPECT_EQ(judged(kAttack, attack("2030-01-01T10:00Z", "North", "Forces")), kUnknown);
}

TEST(Prohibition, TheProtectedAreNoPartOfASide) {
  const std::string sides =
      "1.1 each Party shall not attack another Party; consequence none stated.";
  EXPECT_EQ(judged(sides, attack("2030-01-01T10:00Z", "North", "Civilians of South")), kNothing);
  EXPECT_EQ(judged(kAttack, attack("2030-01-01T10:00Z", "North", "Civilians of South")), kBroken);
}

TEST(Prohibition, KindsAreReadUpAndDown) {
  EXPECT_EQ(judged(kAttack, attack("2030-01-01T10:00Z", "North", "Children")), kBroken);
  // Some people are civilians.
  EXPECT_EQ(judged(kAttack, attack("2030-01-01T10:00Z", "North", "People")), kUnknown);
  EXPECT_EQ(judged(kAttack, attack("2030-01-01T10:00Z", "North", "Hospitals")), kNothing);
}

TEST(Prohibition, OneOfTwoTargetsIsUnknown) {
  EXPECT_EQ(judged(kAttack, attack("2030-01-01T10:00Z", "North", "Civilians|Outlaws")), kUnknown);
  EXPECT_EQ(judged(kAttack, attack("2030-01-01T10:00Z", "North", "Civilians|South")), kBroken);
}

TEST(Prohibition, OneOfThoseStruckTogetherIsEnough) {
  EXPECT_EQ(judged(kAttack, attack("2030-01-01T10:00Z", "North", "Outlaws & Civilians")), kBroken);
}

TEST(Prohibition, TargetThatNobodyNamesIsUnknown) {
  EXPECT_EQ(judged(kAttack, attack("2030-01-01T10:00Z", "North", "")), kUnknown);
  EXPECT_EQ(judged(kAttack, attack("2030-01-01T10:00Z", "North", "Somebody Else")), kUnknown);
}

TEST(Prohibition, WeaponThatNobodyNamesIsOneAllTheSame) {
  EXPECT_EQ(judged(kAttack, attack("2030-01-01T10:00Z", "North", "Civilians", "")), kBroken);
  const std::string guns =
      "1.1 each Party shall not attack Civilians with Artillery; consequence none stated.";
  EXPECT_EQ(judged(guns, attack("2030-01-01T10:00Z", "North", "Civilians", "")), kUnknown);
  EXPECT_EQ(judged(guns, attack("2030-01-01T10:00Z", "North", "Civilians", "Tanks")), kNothing);
  EXPECT_EQ(judged(guns, attack("2030-01-01T10:00Z", "North", "Civilians", "Tanks & Artillery")),
            kBroken);
}

TEST(Prohibition, MeasureThatTheReportLeavesOpenIsUnknown) {
  const std::string guns =
      "1.1 each Party shall not keep Artillery with calibre at least 100 mm; consequence none "
      "stated.";
  const std::string row = "e,A,2030-01-01T10:00Z,2030-01-01T10:00Z,keep,North,Artillery,,,\n";
  EXPECT_EQ(judged(guns, row), kUnknown);
  EXPECT_EQ(judged("1.1 each Party shall not keep Big Guns; consequence none stated.", row,
                   "things Big Guns = Artillery with calibre at least 100 mm."),
            kUnknown);
}

TEST(Prohibition, MeasureThatTheKindStatesDecides) {
  const std::string_view kinds =
      "things Big Guns = Artillery with calibre at least 120 mm;\n"
      "  Small Guns = Artillery with calibre below 100 mm.";
  const std::string guns =
      "1.1 each Party shall not keep Artillery with calibre at least 100 mm; consequence none "
      "stated.";
  const std::string row = "e,A,2030-01-01T10:00Z,2030-01-01T10:00Z,keep,North,";
  EXPECT_EQ(judged(guns, row + "Big Guns,,,\n", kinds), kBroken);
  EXPECT_EQ(judged(guns, row + "Small Guns,,,\n", kinds), kNothing);
}

TEST(Prohibition, PlaceIsMatchedByItsName) {
  EXPECT_EQ(judged(kAttack, attack("2030-01-01T10:00Z", "North", "Civilians", "", "country")),
            kBroken);
  EXPECT_EQ(judged(kAttack, attack("2030-01-01T10:00Z", "North", "Civilians", "", "Elsewhere")),
            kUnknown);
  EXPECT_EQ(judged(kAttack, attack("2030-01-01T10:00Z", "North", "Civilians", "", "")), kUnknown);
}

TEST(Prohibition, NarrowBeltLiesInTheWideOne) {
  const std::string keep =
      "1.1 each Party shall not keep Weapons; in Belt; consequence none stated.";
  const std::string row = "e,A,2030-01-01T10:00Z,2030-01-01T10:00Z,keep,North,Weapons,,";
  EXPECT_EQ(judged(keep, row + "Strip,\n"), kBroken);
  EXPECT_EQ(judged(keep, row + "Road,\n"), kBroken);
  const std::string strip =
      "1.1 each Party shall not keep Weapons; in Strip; consequence none stated.";
  EXPECT_EQ(judged(strip, row + "Belt,\n"), kUnknown);
}

TEST(Prohibition, DiscIsInsideOutsideOrEither) {
  const agreement::Agreement agreement =
      testing::agreement_of(testing::northland("", kAttack), nullptr, testing::northland_annexes());
  const auto at = [&](std::string_view point) {
    std::string row = "e,A,2030-01-01T10:00Z,2030-01-01T10:00Z,attack,North,Civilians,,,,";
    const Record record(row += point);
    return testing::verdict_lines(agreement, record.on(agreement));
  };
  EXPECT_EQ(at("50.5,10.5,1000\n"), kBroken);
  EXPECT_EQ(at("50.5,12.5,1000\n"), kNothing);
  EXPECT_EQ(at("50.5,11.0,1000\n"), kUnknown);
}

TEST(Prohibition, PlaceToBeFixedHoldsNothingUntilItIs) {
  const std::string fly =
      "1.1 each Party shall not fly Combat Flights over Zones; consequence none stated.";
  const std::string row =
      "e,A,2030-01-02T10:00Z,2030-01-02T10:00Z,fly,North,Combat Flights,,Zones,\n";
  EXPECT_EQ(judged(fly, row), kNothing);
  EXPECT_EQ(judged(fly, row + "f,A,2030-01-01T00:00Z,2030-01-01T00:00Z,fix,Watch,Zones,,,\n"),
            kBroken);
  EXPECT_EQ(judged(fly, row + "f,A,2030-01-03T00:00Z,2030-01-03T00:00Z,fix,Watch,Zones,,,\n"),
            kNothing);
  EXPECT_EQ(judged(fly, row + "f,A,2030-01-02,2030-01-02,fix,Watch,Zones,,,\n"), kUnknown);
  EXPECT_EQ(judged(fly, row + "f,A,2030-01-01T00:00Z,2030-01-01T00:00Z,fix,North,Zones,,,\n"),
            kNothing);
}

TEST(Exception, AgainstSomebodyLiftsNothingForOthers) {
  const std::string except =
      "1.1 each Party shall not attack Outlaws or Civilians; except against Outlaws; "
      "consequence none stated.";
  EXPECT_EQ(judged(except, attack("2030-01-01T10:00Z", "North", "Outlaws")), kNothing);
  EXPECT_EQ(judged(except, attack("2030-01-01T10:00Z", "North", "Forces of Outlaws")), kNothing);
  EXPECT_EQ(judged(except, attack("2030-01-01T10:00Z", "North", "Outlaws & Civilians")), kBroken);
  EXPECT_EQ(judged(except, attack("2030-01-01T10:00Z", "North", "Civilians of Outlaws")), kBroken);
}

TEST(Exception, ForThingsLooksAtTargetWeaponAndPlace) {
  const std::string except =
      "1.1 each Party shall not keep Weapons; except for Mortars; consequence none stated.";
  const std::string row = "e,A,2030-01-01T10:00Z,2030-01-01T10:00Z,keep,North,";
  EXPECT_EQ(judged(except, row + "Mortars,,,\n"), kNothing);
  EXPECT_EQ(judged(except, row + "Tanks,,,\n"), kBroken);
  EXPECT_EQ(judged(except, row + "Mortars & Tanks,,,\n"), kBroken);
  EXPECT_EQ(judged(except, row + "Heavy Weapons,,,\n"), kUnknown);
  const std::string place =
      "1.1 each Party shall not keep Weapons; except for Road; consequence none stated.";
  EXPECT_EQ(judged(place, row + "Tanks,,Road,\n"), kNothing);
}

TEST(Exception, ForCheckpointsDoesNotMakeEveryWeaponDoubtful) {
  const std::string except =
      "1.1 each Party shall not keep Weapons; except for Checkpoints of Watch; consequence none "
      "stated.";
  EXPECT_EQ(judged(except, "e,A,2030-01-01T10:00Z,2030-01-01T10:00Z,keep,North,Weapons,,,\n"),
            kBroken);
}

constexpr std::string_view kDefence =
    "situations Self Defence = response to attack on the same Party within 1 hour.";
constexpr std::string_view kUnlessDefence =
    "1.1 North shall not attack South or Civilians; except in Self Defence; consequence none "
    "stated.";

// An attack by South on North reported by `account`.
std::string provocation(std::string_view from, std::string_view to, std::string_view account = "A",
                        std::string_view actor = "South", std::string_view target = "North") {
  std::string row = "p,";
  for (std::string_view field :
       {account, from, to, std::string_view("attack"), actor, target, std::string_view(",,")}) {
    row += field;
    row += ',';
  }
  row.pop_back();
  return row + "\n";
}

TEST(Response, WithinItsPeriodIsNoBreach) {
  EXPECT_EQ(judged(kUnlessDefence,
                   attack("2030-01-01T10:00Z", "North", "South") +
                       provocation("2030-01-01T09:30Z", "2030-01-01T09:30Z"),
                   kDefence),
            kNothing);
}

TEST(Response, AtTheEndOfItsPeriodIsStillOne) {
  EXPECT_EQ(judged(kUnlessDefence,
                   attack("2030-01-01T10:00Z", "North", "South") +
                       provocation("2030-01-01T09:00Z", "2030-01-01T09:00Z"),
                   kDefence),
            kNothing);
  EXPECT_EQ(judged(kUnlessDefence,
                   attack("2030-01-01T10:00Z", "North", "South") +
                       provocation("2030-01-01T08:59Z", "2030-01-01T08:59Z"),
                   kDefence),
            kBroken);
}

TEST(Response, BeforeTheAttackIsNone) {
  EXPECT_EQ(judged(kUnlessDefence,
                   attack("2030-01-01T10:00Z", "North", "South") +
                       provocation("2030-01-01T10:01Z", "2030-01-01T10:01Z"),
                   kDefence),
            kBroken);
}

TEST(Response, WithoutAReportIsNotMadeOut) {
  EXPECT_EQ(judged(kUnlessDefence, attack("2030-01-01T10:00Z", "North", "South"), kDefence),
            kBroken);
}

TEST(Response, NeedsAReportOfTheSameAccount) {
  EXPECT_EQ(judged(kUnlessDefence,
                   attack("2030-01-01T10:00Z", "North", "South") +
                       provocation("2030-01-01T09:30Z", "2030-01-01T09:30Z", "B"),
                   kDefence),
            kBroken);
}

TEST(Response, MustStrikeThoseWhoAttacked) {
  EXPECT_EQ(judged(kUnlessDefence,
                   attack("2030-01-01T10:00Z", "North", "South") +
                       provocation("2030-01-01T09:30Z", "2030-01-01T09:30Z", "A", "Outlaws"),
                   kDefence),
            kBroken);
  EXPECT_EQ(judged(kUnlessDefence,
                   attack("2030-01-01T10:00Z", "North", "Forces of South") +
                       provocation("2030-01-01T09:30Z", "2030-01-01T09:30Z"),
                   kDefence),
            kNothing);
  // Striking civilians answers nobody's attack, whoever they belong to.
  for (const char* struck : {"Civilians", "Civilians of South"}) {
    EXPECT_EQ(judged(kUnlessDefence,
                     attack("2030-01-01T10:00Z", "North", struck) +
                         provocation("2030-01-01T09:30Z", "2030-01-01T09:30Z"),
                     kDefence),
              kBroken);
  }
}

TEST(Response, ToAnAttackOnSomebodyElseIsNone) {
  EXPECT_EQ(judged(kUnlessDefence,
                   attack("2030-01-01T10:00Z", "North", "South") +
                       provocation("2030-01-01T09:30Z", "2030-01-01T09:30Z", "A", "South", "Aland"),
                   kDefence),
            kBroken);
}

TEST(Response, ToAnAttackSomeTimeThatDayIsPossible) {
  EXPECT_EQ(judged(kUnlessDefence,
                   attack("2030-01-01T10:00Z", "North", "South") +
                       provocation("2030-01-01", "2030-01-01"),
                   kDefence),
            kUnknown);
}

TEST(Response, ThatMustBeProportionateIsAtBestUnknown) {
  const std::string_view proportionate =
      "situations Self Defence = proportionate response to attack on the same Party within 1 hour.";
  EXPECT_EQ(judged(kUnlessDefence,
                   attack("2030-01-01T10:00Z", "North", "South") +
                       provocation("2030-01-01T09:30Z", "2030-01-01T09:30Z"),
                   proportionate),
            kUnknown);
  EXPECT_EQ(judged(kUnlessDefence, attack("2030-01-01T10:00Z", "North", "South"), proportionate),
            kBroken);
}

TEST(Permission, ExcludesBreachByItsBearer) {
  const std::string both =
      "1.1 each Party shall not attack Outlaws; consequence none stated.\n"
      "1.2 North may attack Outlaws; from D; until D + 1 day.";
  EXPECT_EQ(judged(both, attack("2030-01-01T10:00Z", "North", "Outlaws")), kNothing);
  EXPECT_EQ(judged(both, attack("2030-01-02T10:00Z", "North", "Outlaws")), kBroken);
  EXPECT_EQ(judged(both, attack("2030-01-01T10:00Z", "South", "Outlaws")),
            "1.1 South e broken {A=broken} blame South\n");
}

TEST(Permission, SubjectToTheProhibitionExcludesNothing) {
  EXPECT_EQ(judged("1.1 each Party shall not attack Outlaws; consequence none stated.\n"
                   "1.2 North may attack Outlaws; subject to 1.1.",
                   attack("2030-01-01T10:00Z", "North", "Outlaws")),
            kBroken);
}

TEST(Permission, YieldsToAProhibitionDespiteIt) {
  EXPECT_EQ(
      judged("1.1 each Party shall not attack Outlaws; despite 1.2; consequence none stated.\n"
             "1.2 North may attack Outlaws.",
             attack("2030-01-01T10:00Z", "North", "Outlaws")),
      kBroken);
}

TEST(Condition, OfASituationThatNobodyReportsDoesNotHold) {
  const std::string_view storm = "situations Storm = South keeps Weapons.";
  const std::string only_if =
      "1.1 North shall not attack Civilians; if Storm holds; consequence none stated.";
  const std::string unless =
      "1.1 North shall not attack Civilians; unless Storm holds; consequence none stated.";
  const std::string keeps = "s,A,2030-01-01T10:00Z,2030-01-01T10:00Z,keep,South,Weapons,,,\n";
  EXPECT_EQ(judged(only_if, attack("2030-01-01T10:00Z"), storm), kNothing);
  EXPECT_EQ(judged(only_if, attack("2030-01-01T10:00Z") + keeps, storm), kBroken);
  EXPECT_EQ(judged(unless, attack("2030-01-01T10:00Z"), storm), kBroken);
  EXPECT_EQ(judged(unless, attack("2030-01-01T10:00Z") + keeps, storm), kNothing);
}

TEST(Condition, OfCalmIsUnknownWhereNobodyWatched) {
  const std::string_view quiet = "situations Quiet = no Party attacks Convoys.";
  const std::string clause =
      "1.1 North shall not attack Civilians; while Quiet holds; consequence none stated.";
  EXPECT_EQ(judged(clause, attack("2030-01-01T10:00Z"), quiet), kUnknown);
  const agreement::Agreement agreement = testing::agreement_of(testing::northland(quiet, clause));
  Record record(attack("2030-01-01T10:00Z"));
  record.covers("A", "2030-01-01", "2030-01-02");
  EXPECT_EQ(testing::verdict_lines(agreement, record.on(agreement)), kBroken);
}

TEST(Accounts, ContradictEachOther) {
  EXPECT_EQ(judged(kAttack, attack("2030-01-01T10:00Z") +
                                "e,B,2030-01-01T10:00Z,2030-01-01T10:00Z,attack,Outlaws,Civilians,"
                                "Weapons,Country,\n"),
            "1.1 North e contested {A=broken, B=kept}\n");
}

TEST(Accounts, ThatCannotTellMakeItUnknown) {
  EXPECT_EQ(judged(kAttack, attack("2030-01-01T10:00Z") +
                                "e,B,2030-01-01T10:00Z,2030-01-01T10:00Z,attack,,Civilians,"
                                "Weapons,Country,\n"),
            "1.1 North e unknown {A=broken, B=unknown}\n1.1 South e unknown {A=kept, B=unknown}\n");
}

TEST(Accounts, ThatAgreeBreakItOnce) {
  EXPECT_EQ(judged(kAttack, attack("2030-01-01T10:00Z") +
                                "e,B,2030-01-01T10:05Z,2030-01-01T10:05Z,attack,North,Civilians,"
                                "Weapons,Country,\n"),
            "1.1 North e broken {A=broken, B=broken} blame North\n");
}

TEST(Blame, FallsOnThoseWhoEnsureToo) {
  EXPECT_EQ(judged("1.1 each Party shall not attack Civilians; ensured by its Guarantor; "
                   "consequence none stated.",
                   attack("2030-01-01T10:00Z")),
            "1.1 North e broken {A=broken} blame North, Aland\n");
}

TEST(Blame, IsOnlyOfBroken) {
  EXPECT_EQ(judged("1.1 each Party shall not attack Civilians; ensured by its Guarantor; "
                   "consequence none stated.",
                   attack("2030-01-01T10:00Z", "North|Aland")),
            kUnknown);
}

TEST(Upon, AProhibitionBeginsWithWhatItWaitsFor) {
  const std::string clauses =
      "1.1 North shall not attack Civilians; upon fulfilment of 1.2; consequence none stated.\n"
      "1.2 South shall release Prisoners; consequence none stated.";
  const std::string done = "r,A,2030-01-01T12:00Z,2030-01-01T12:00Z,release,South,Prisoners,,,\n";
  EXPECT_EQ(judged(clauses, attack("2030-01-01T11:00Z") + done), "1.2 South r kept {A=kept}\n");
  EXPECT_EQ(judged(clauses, attack("2030-01-01T13:00Z") + done),
            "1.1 North e broken {A=broken} blame North\n1.2 South r kept {A=kept}\n");
}

}  // namespace
}  // namespace truce::semantics
