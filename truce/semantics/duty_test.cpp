// SPDX-License-Identifier: Apache-2.0
// Section "Duties" of docs/language/meaning.md.
#include <array>
#include <string>
#include <vector>

#include "tests/support/small_truce.h"
#include <gtest/gtest.h>

#include "truce/semantics/evaluate.h"

namespace truce::semantics {
namespace {

using testing::Record;

// The verdicts of `rows` as of the 9th, seen by A from the 1st on where `is_watched`.
std::string judged(std::string_view clauses, std::string_view rows, bool is_watched = false,
                   std::string_view now = "2030-01-09", std::string_view definitions = "") {
  std::string complaints;
  const agreement::Agreement agreement =
      testing::agreement_of(testing::northland(definitions, clauses), &complaints);
  Record record(rows);
  record.as_of(now);
  if (is_watched) {
    record.covers("A", "2029-12-01", "2030-02-01");
  }
  return complaints + testing::verdict_lines(agreement, record.on(agreement));
}

std::string done(std::string_view actor, std::string_view at, std::string_view what = "release",
                 std::string_view target = "Prisoners", std::string_view id = "r") {
  return std::string(id) + ",A," + std::string(at) + "," + std::string(at) + "," +
         std::string(what) + "," + std::string(actor) + "," + std::string(target) + ",,,\n";
}

std::string found(std::string_view accused, std::string_view by = "Court",
                  std::string_view at = "2030-01-02T00:00Z") {
  return "f,Record," + std::string(at) + "," + std::string(at) + ",determine," + std::string(by) +
         "," + std::string(accused) + ",,,1.1\n";
}

constexpr std::string_view kWithin =
    "1.1 North shall release Prisoners; within 24 hours of D; consequence none stated.";

TEST(Duty, PerformedInTimeIsKept) {
  EXPECT_EQ(judged(kWithin, done("North", "2030-01-01T10:00Z")), "1.1 North r kept {A=kept}\n");
}

TEST(Duty, PerformedAtTheDeadlineIsKept) {
  EXPECT_EQ(judged(kWithin, done("North", "2030-01-02T00:00Z")), "1.1 North r kept {A=kept}\n");
}

TEST(Duty, PerformedLateIsBroken) {
  EXPECT_EQ(judged(kWithin, done("North", "2030-01-02T00:00:01Z")),
            "1.1 North r broken {A=broken} blame North\n");
}

TEST(Duty, PerformedOnceInTimeAndOnceLateIsKept) {
  EXPECT_EQ(judged(kWithin, done("North", "2030-01-05T00:00Z", "release", "Prisoners", "late") +
                                done("North", "2030-01-01T10:00Z")),
            "1.1 North r kept {A=kept}\n");
}

TEST(Duty, PerformedSomeTimeOnBothSidesOfTheDeadlineIsUnknown) {
  EXPECT_EQ(judged(kWithin, "r,A,2030-01-01T20:00Z,2030-01-02T04:00Z,release,North,Prisoners,,,\n"),
            "1.1 North r unknown {A=unknown}\n");
}

TEST(Duty, PerformedBeforeItCountsIsNoPerformance) {
  EXPECT_EQ(judged(kWithin, done("North", "2029-12-31T10:00Z")), "1.1 North unknown\n");
}

TEST(Duty, PossiblyPerformedIsUnknown) {
  EXPECT_EQ(judged(kWithin, done("North|South", "2030-01-01T10:00Z")),
            "1.1 North r unknown {A=unknown}\n");
  EXPECT_EQ(judged(kWithin, done("North", "2030-01-01T10:00Z", "release|deliver")),
            "1.1 North r unknown {A=unknown}\n");
}

TEST(Duty, OfSomebodyElseIsNotPerformed) {
  EXPECT_EQ(judged(kWithin, done("South", "2030-01-01T10:00Z")), "1.1 North unknown\n");
}

TEST(Duty, IsPendingUntilItsDeadline) {
  EXPECT_EQ(judged(kWithin, "", false, "2030-01-01T12:00Z"), "1.1 North pending\n");
  EXPECT_EQ(judged(kWithin, "", false, "2030-01-02T00:00Z"), "1.1 North pending\n");
}

TEST(Duty, IsUnknownAfterItWhereNobodyWatched) {
  EXPECT_EQ(judged(kWithin, ""), "1.1 North unknown\n");
}

TEST(Duty, IsBrokenBySilenceWhereSomebodyWatched) {
  EXPECT_EQ(judged(kWithin, "", true), "1.1 North broken {A=broken} blame North\n");
  EXPECT_EQ(judged(kWithin, "", true, "2030-01-01T12:00Z"), "1.1 North pending\n");
}

TEST(Duty, SilenceOfOneWhoSawOnlyAPartMeansNothing) {
  const agreement::Agreement agreement = testing::agreement_of(testing::northland("", kWithin));
  for (const auto& [from, to, places, kinds] :
       std::vector<std::array<std::string_view, 4>>{{"2030-01-01T01:00Z", "2030-01-05", "", ""},
                                                    {"2030-01-01", "2030-01-01T20:00Z", "", ""},
                                                    {"2030-01-01", "2030-01-05", "Country", ""},
                                                    {"2030-01-01", "2030-01-05", "", "attack"}}) {
    Record record("");
    record.covers("A", from, to, places, kinds).as_of("2030-01-09");
    EXPECT_EQ(testing::verdict_lines(agreement, record.on(agreement)), "1.1 North unknown\n");
  }
}

TEST(Duty, SilenceOfOneWhoWatchedInTurnsMeansBroken) {
  const agreement::Agreement agreement = testing::agreement_of(testing::northland("", kWithin));
  Record record("");
  record.covers("A", "2030-01-01T10:00Z", "2030-01-03", "", "release")
      .covers("A", "2030-01-01", "2030-01-01T10:00Z")
      .as_of("2030-01-09");
  EXPECT_EQ(testing::verdict_lines(agreement, record.on(agreement)),
            "1.1 North broken {A=broken} blame North\n");
}

TEST(Duty, WithoutDeadlineIsPendingForEver) {
  EXPECT_EQ(judged("1.1 North shall release Prisoners; consequence none stated.", "", true),
            "1.1 North pending\n");
}

TEST(Duty, ContestedWhereAccountsDiffer) {
  EXPECT_EQ(
      judged(kWithin, "r,B,2030-01-01T10:00Z,2030-01-01T10:00Z,release,North,Prisoners,,,\n", true),
      "1.1 North r contested {A=broken, B=kept}\n");
}

TEST(Duty, OfEachIsOneForEach) {
  EXPECT_EQ(
      judged(
          "1.1 each Party shall release Prisoners; within 24 hours of D; consequence none stated.",
          done("North", "2030-01-01T10:00Z")),
      "1.1 North r kept {A=kept}\n1.1 South unknown\n");
}

TEST(Duty, OfTwoJointlyIsOneActOfBoth) {
  const std::string jointly =
      "1.1 Aland and Borland jointly shall release Prisoners; within 24 hours of D; consequence "
      "none stated.";
  EXPECT_EQ(judged(jointly, done("Aland & Borland", "2030-01-01T10:00Z")),
            "1.1 Aland and Borland r kept {A=kept}\n");
  EXPECT_EQ(judged(jointly, done("Aland", "2030-01-01T10:00Z")), "1.1 Aland and Borland unknown\n");
}

TEST(Duty, OfEitherIsPerformedByOne) {
  EXPECT_EQ(judged("1.1 North or South shall release Prisoners; within 24 hours of D; consequence "
                   "none stated.",
                   done("South", "2030-01-01T10:00Z")),
            "1.1 North or South r kept {A=kept}\n");
}

TEST(Duty, OfTwoThingsNeedsBoth) {
  const std::string both =
      "1.1 North shall release Prisoners and Hostages; within 24 hours of D; consequence none "
      "stated.";
  EXPECT_EQ(judged(both, done("North", "2030-01-01T10:00Z", "release", "Prisoners & Hostages")),
            "1.1 North r kept {A=kept}\n");
  EXPECT_EQ(judged(both, done("North", "2030-01-01T10:00Z", "release", "Prisoners")),
            "1.1 North r unknown {A=unknown}\n");
}

TEST(Duty, CountsTheEarliestOfItsDeadlines) {
  const std::string two =
      "1.1 North shall release Prisoners; from D; within 12 hours; consequence none stated.";
  EXPECT_EQ(judged(two, done("North", "2030-01-01T12:00Z")), "1.1 North r kept {A=kept}\n");
  EXPECT_EQ(judged(two, done("North", "2030-01-01T13:00Z")),
            "1.1 North r broken {A=broken} blame North\n");
}

TEST(Duty, WithAStartMustAlsoBeBegunInTime) {
  const std::string both =
      "1.1 North shall release Prisoners; start not later than D + 12 hours; finish within 3 days "
      "of D; "
      "consequence none stated.";
  EXPECT_EQ(judged(both, done("North", "2030-01-01T06:00Z")), "1.1 North r kept {A=kept}\n");
  EXPECT_EQ(judged(both, done("North", "2030-01-02T06:00Z")),
            "1.1 North r broken {A=broken} blame North\n");
  EXPECT_EQ(judged(both, done("North", "2030-01-01T06:00Z") +
                             done("North", "2030-01-02T06:00Z", "release", "Prisoners", "s")),
            "1.1 North r kept {A=kept}\n");
}

TEST(Duty, OfEffortIsNeverBroken) {
  const std::string effort =
      "1.1 North shall endeavour to release Prisoners; within 24 hours of D; consequence none "
      "stated.";
  EXPECT_EQ(judged(effort, done("North", "2030-01-05T00:00Z")),
            "1.1 North r unknown {A=unknown}\n");
  EXPECT_EQ(judged(effort, "", true), "1.1 North unknown {A=unknown}\n");
  EXPECT_EQ(judged(effort, done("North", "2030-01-01T10:00Z")), "1.1 North r kept {A=kept}\n");
}

TEST(Duty, WhoseConditionDoesNotHoldIsNotBroken) {
  const std::string_view storm = "situations Storm = South keeps Weapons.";
  const std::string unless =
      "1.1 North shall release Prisoners; within 24 hours of D; if Storm holds; consequence none "
      "stated.";
  EXPECT_EQ(judged(unless, "", true, "2030-01-09", storm), "1.1 North unknown {A=unknown}\n");
}

TEST(Waiting, DutyIsPendingWithNothingDue) {
  EXPECT_EQ(judged("1.1 North shall release Prisoners; upon Later; within 24 hours; consequence "
                   "none stated.",
                   "", true),
            "1.1 North pending\n");
}

TEST(Waiting, DutyWhoseOwnDeadlinePassesFirstHasLapsed) {
  const std::string both =
      "1.1 North shall release Prisoners; upon Later; not later than D + 1 day; consequence none "
      "stated.";
  EXPECT_EQ(judged(both, "", true), "1.1 North lapsed\n");
  EXPECT_EQ(judged(both, "", true, "2030-01-01T12:00Z"), "1.1 North pending\n");
  EXPECT_EQ(judged(both, "f,Record,2030-01-04,2030-01-04,fix,Watch,Later,,,\n", true),
            "1.1 North lapsed\n");
}

TEST(Waiting, DutyIsDueWithinItsPeriodOfTheMoment) {
  const std::string both =
      "1.1 North shall release Prisoners; upon Later; within 24 hours; consequence none stated.";
  const std::string fixed = "f,Record,2030-01-04T00:00Z,2030-01-04T00:00Z,fix,Watch,Later,,,\n";
  EXPECT_EQ(judged(both, fixed, true), "1.1 North broken {A=broken} blame North\n");
  EXPECT_EQ(judged(both, fixed + done("North", "2030-01-04T20:00Z")),
            "1.1 North r kept {A=kept}\n");
  // Not before it arose.
  EXPECT_EQ(judged(both, fixed + done("North", "2030-01-03T20:00Z")), "1.1 North unknown\n");
}

TEST(Fulfilment, IsPerformanceEvenLate) {
  const std::string chain =
      "1.1 North shall release Prisoners; within 24 hours of D; consequence none stated.\n"
      "1.2 South shall release Hostages; upon fulfilment of 1.1; within 24 hours; consequence none "
      "stated.";
  EXPECT_EQ(judged(chain, done("North", "2030-01-05T00:00Z") +
                              done("South", "2030-01-05T20:00Z", "release", "Hostages", "s")),
            "1.1 North r broken {A=broken} blame North\n1.2 South s kept {A=kept}\n");
  EXPECT_EQ(judged(chain, ""), "1.1 North unknown\n1.2 South pending\n");
}

TEST(Fulfilment, NeedsEveryBearer) {
  const std::string chain =
      "1.1 each Party shall release Prisoners; consequence none stated.\n"
      "1.2 Aland shall release Hostages; upon fulfilment of 1.1; within 24 hours; consequence none "
      "stated.";
  EXPECT_EQ(judged(chain, done("North", "2030-01-01T00:00Z")),
            "1.1 South pending\n1.1 North r kept {A=kept}\n1.2 Aland pending\n");
  EXPECT_EQ(judged(chain,
                   done("North", "2030-01-01T00:00Z") +
                       done("South", "2030-01-02T00:00Z", "release", "Prisoners", "s"),
                   true),
            "1.1 North r kept {A=kept}\n1.1 South s kept {A=kept}\n"
            "1.2 Aland broken {A=broken} blame Aland\n");
}

constexpr std::string_view kRemedy =
    "1.1 each Party shall not attack Civilians; determined by Court; consequence 1.2.\n"
    "1.2 each Guarantor shall restore Compliance of its Party; upon determination of breach of "
    "1.1; "
    "within 24 hours; consequence none stated.";

TEST(Determination, TriggersTheRemedyOfTheAccusedsGuarantor) {
  EXPECT_EQ(judged(kRemedy, found("North"), true),
            "1.2 Aland broken {A=broken} blame Aland\n1.2 Borland pending\n");
}

TEST(Determination, ByAnybodyElseTriggersNothing) {
  EXPECT_EQ(judged(kRemedy, found("North", "Watch"), true),
            "1.2 Aland pending\n1.2 Borland pending\n");
}

TEST(Determination, RemedyIsKeptByRestoring) {
  EXPECT_EQ(
      judged(kRemedy, found("North") + "r,A,2030-01-02T12:00Z,2030-01-02T12:00Z,restore,Aland,"
                                       "Compliance of North,,,\n"),
      "1.2 Aland r kept {A=kept}\n1.2 Borland pending\n");
  // Compliance of the other party is not its to restore.
  EXPECT_EQ(
      judged(kRemedy, found("North") + "r,A,2030-01-02T12:00Z,2030-01-02T12:00Z,restore,Aland,"
                                       "Compliance of South,,,\n"),
      "1.2 Aland unknown\n1.2 Borland pending\n");
}

TEST(Determination, EachOneTriggersADutyOfItsOwn) {
  EXPECT_EQ(judged(kRemedy,
                   found("North") +
                       "g,Record,2030-01-05T00:00Z,2030-01-05T00:00Z,determine,Court,North,,,1.1\n",
                   true),
            "1.2 Aland broken {A=broken} blame Aland\n1.2 Aland broken {A=broken} blame Aland\n"
            "1.2 Borland pending\n");
}

TEST(Determination, OfNobodyInParticularTriggersBoth) {
  EXPECT_EQ(
      judged(kRemedy, found(""), true),
      "1.2 Aland broken {A=broken} blame Aland\n1.2 Borland broken {A=broken} blame Borland\n");
}

TEST(Determination, WithoutANamedFinderMayBeAnybodys) {
  const std::string open =
      "1.1 each Party shall not attack Civilians; consequence none stated.\n"
      "1.2 South shall release Prisoners; upon determination of breach of 1.1; within 24 hours; "
      "consequence none stated.";
  EXPECT_EQ(judged(open, found("North", "Watch"), true),
            "1.2 South broken {A=broken} blame South\n");
}

TEST(Breach, TriggersWithoutAFinding) {
  const std::string open =
      "1.1 North shall not attack Civilians; consequence none stated.\n"
      "1.2 North shall release Prisoners; upon breach of 1.1; within 24 hours; consequence none "
      "stated.";
  EXPECT_EQ(
      judged(open, "e,A,2030-01-02T00:00Z,2030-01-02T00:00Z,attack,North,Civilians,,,\n", true),
      "1.1 North e broken {A=broken} blame North\n1.2 North broken {A=broken} blame North\n");
  EXPECT_EQ(
      judged(open, "e,A,2030-01-02T00:00Z,2030-01-02T00:00Z,attack,South,Civilians,,,\n", true),
      "1.2 North pending\n");
}

constexpr std::string_view kReciprocal =
    "1.1 North shall release Prisoners; within 24 hours of D; reciprocally with 1.2; consequence "
    "none stated.\n"
    "1.2 South shall release Prisoners; within 48 hours of D; reciprocally with 1.1; consequence "
    "none stated.";

TEST(Reciprocal, ShareTheLaterDeadline) {
  EXPECT_EQ(judged(kReciprocal, done("North", "2030-01-02T12:00Z"), true),
            "1.1 North r kept {A=kept}\n1.2 South broken {A=broken} blame South\n");
}

TEST(Reciprocal, AreBothBrokenWhereNeitherPerforms) {
  EXPECT_EQ(judged(kReciprocal, "", true),
            "1.1 North broken {A=broken} blame North\n1.2 South broken {A=broken} blame South\n");
}

TEST(Reciprocal, AreNotBrokenBeforeIt) {
  EXPECT_EQ(judged(kReciprocal, "", true, "2030-01-02T12:00Z"),
            "1.1 North pending\n1.2 South pending\n");
}

TEST(Duty, EndsWithItsClause) {
  const std::string until =
      "1.1 North shall release Prisoners; until D + 2 days; not later than D + 4 days; consequence "
      "none stated.";
  EXPECT_EQ(judged(until, "", true), "1.1 North lapsed\n");
  EXPECT_EQ(judged(until, done("North", "2030-01-04T00:00Z")), "1.1 North r kept {A=kept}\n");
  // No deadline: it is owed as long as the clause lasts, and broken by nobody.
  const std::string open =
      "1.1 North shall release Prisoners; for 2 days; consequence none stated.";
  EXPECT_EQ(judged(open, "", true, "2030-01-02T00:00Z"), "1.1 North pending\n");
  EXPECT_EQ(judged(open, "", true), "1.1 North lapsed\n");
}

TEST(Duty, IsNotPerformedByWhatIsExcepted) {
  const std::string except =
      "1.1 North shall withdraw Heavy Weapons; except for Tanks; within 24 hours of D; consequence "
      "none stated.";
  EXPECT_EQ(judged(except, done("North", "2030-01-01T10:00Z", "withdraw", "Artillery")),
            "1.1 North r kept {A=kept}\n");
  EXPECT_EQ(judged(except, done("North", "2030-01-01T10:00Z", "withdraw", "Tanks"), true),
            "1.1 North broken {A=broken} blame North\n");
  EXPECT_EQ(judged(except, done("North", "2030-01-01T10:00Z", "withdraw", "Tanks & Artillery")),
            "1.1 North r kept {A=kept}\n");
}

TEST(Duty, IsNotBrokenInASituationThatExcepts) {
  const std::string except =
      "1.1 North shall release Prisoners; except in Quiet; within 24 hours of D; consequence none "
      "stated.";
  constexpr std::string_view kQuiet = "situations Quiet = no Party attacks Civilians.";
  EXPECT_EQ(judged(except, "", true, "2030-01-09", kQuiet), "1.1 North unknown {A=unknown}\n");
  EXPECT_EQ(judged(except, done("South", "2030-01-02T00:00Z", "attack", "Civilians"), true,
                   "2030-01-09", kQuiet),
            "1.1 North broken {A=broken} blame North\n");
}

TEST(Duty, LiftsAProhibitionOnlyWhereOneOfTheTwoSaysSo) {
  const std::string_view escort =
      "e,A,2030-01-01T10:00Z,2030-01-01T10:00Z,escort,North,Convoys,"
      "Weapons,,\n";
  const auto both = [&](std::string_view first, std::string_view second) {
    return judged("1.1 each Party shall not carry Weapons" + std::string(first) +
                      "; consequence none stated.\n1.2 North shall escort Convoys" +
                      std::string(second) + "; consequence none stated.",
                  escort);
  };
  const std::string kept = "1.2 North e kept {A=kept}\n";
  EXPECT_EQ(both("", ""), "1.1 North e broken {A=broken} blame North\n" + kept);
  EXPECT_EQ(both("", "; despite 1.1"), kept);
  EXPECT_EQ(both("; subject to 1.2", ""), kept);
  EXPECT_EQ(both("", "; despite 1.1; until 2029-12-31"),
            "1.1 North e broken {A=broken} blame North\n" + kept);
}

}  // namespace
}  // namespace truce::semantics
