// SPDX-License-Identifier: Apache-2.0
// Duties that recur: section "Duties that recur" of docs/language/meaning.md.
#include <string>

#include "tests/support/small_truce.h"
#include <gtest/gtest.h>

#include "truce/semantics/evaluate.h"

namespace truce::semantics {
namespace {

using testing::Record;

constexpr std::string_view kSituations =
    "situations Quiet = no Party attacks Civilians; Deployed = Watch keeps Weapons;\n"
    "  Calm = end of first uninterrupted period of 36 hours in which Quiet holds.\n";

class Recurring {
 public:
  explicit Recurring(std::string_view clauses)
      : agreement_(testing::agreement_of(testing::northland(kSituations, clauses), &complaints_)) {}

  // Seen by A from before the beginning on where `is_watched`.
  std::string judged(std::string_view rows, std::string_view now, bool is_watched = true) {
    Record record(rows);
    record.as_of(now);
    if (is_watched) {
      record.covers("A", "2029-12-01", "2030-02-01");
    }
    return complaints_ + lines(record);
  }

  // The outcomes with the number of the period and the time on the clock: `1 broken 02 00:00`.
  std::string lines(const Record& record) {
    std::string text;
    const facts::Evidence evidence = record.on(agreement_);
    for (const facts::Verdict& verdict : evaluate(agreement_, evidence).verdicts) {
      if (verdict.period.has_value()) {
        text += std::to_string(*verdict.period) + " " +
                std::string(facts::to_text(verdict.outcome)) + " " +
                base::to_iso(verdict.at, {}).substr(8, 8) + "\n";
      }
    }
    return text;
  }

 private:
  std::string complaints_;
  agreement::Agreement agreement_;
};

constexpr std::string_view kDaily =
    "1.1 North shall release Prisoners; from D; every 1 day; consequence none stated.";
constexpr std::string_view kWhileQuiet =
    "1.1 North shall release Prisoners; from D; every 1 day while Quiet holds; consequence none "
    "stated.";

std::string release(std::string_view at, std::string_view who = "North") {
  return "r" + std::string(at) + ",A," + std::string(at) + "," + std::string(at) + ",release," +
         std::string(who) + ",Prisoners,,,\n";
}

std::string attack(std::string_view from, std::string_view to, std::string_view who = "South") {
  return "a" + std::string(from) + ",A," + std::string(from) + "," + std::string(to) + ",attack," +
         std::string(who) + ",Civilians,,,\n";
}

TEST(Recurring, IsBrokenOnceForEachWholePeriodWithoutIt) {
  EXPECT_EQ(Recurring(kDaily).judged("", "2030-01-03T12:00Z"),
            "1 broken 02T00:00\n2 broken 03T00:00\n3 pending 04T00:00\n");
}

TEST(Recurring, IsKeptInThePeriodInWhichItIsDone) {
  EXPECT_EQ(Recurring(kDaily).judged(release("2030-01-01T10:00Z") + release("2030-01-03T06:00Z"),
                                     "2030-01-03T12:00Z"),
            "1 kept 01T10:00\n2 broken 03T00:00\n3 kept 03T06:00\n");
}

TEST(Recurring, WhatIsDoneBetweenTwoPeriodsIsDoneInBoth) {
  EXPECT_EQ(Recurring(kDaily).judged(release("2030-01-02T00:00Z"), "2030-01-02T12:00Z"),
            "1 kept 02T00:00\n2 kept 02T00:00\n");
}

TEST(Recurring, TwiceInOnePeriodIsNotOnceInTheNext) {
  EXPECT_EQ(Recurring(kDaily).judged(release("2030-01-01T10:00Z") + release("2030-01-01T11:00Z"),
                                     "2030-01-02T12:00Z"),
            "1 kept 01T10:00\n2 pending 03T00:00\n");
}

TEST(Recurring, IsUnknownWhereNobodyWatched) {
  EXPECT_EQ(Recurring(kDaily).judged("", "2030-01-02T12:00Z", false),
            "1 unknown 02T00:00\n2 pending 03T00:00\n");
}

TEST(Recurring, MayBeOfOneSideOrOfTheNext) {
  EXPECT_EQ(
      Recurring(kDaily).judged(release("2030-01-01T10:00Z", "North|South"), "2030-01-02T12:00Z"),
      "1 unknown 02T00:00\n2 pending 03T00:00\n");
  EXPECT_EQ(Recurring(kDaily).judged("r,A,2030-01-01T20:00Z,2030-01-02T04:00Z,release,North,"
                                     "Prisoners,,,\n",
                                     "2030-01-03T12:00Z"),
            "1 unknown 02T00:00\n2 unknown 03T00:00\n3 pending 04T00:00\n");
}

TEST(Recurring, IsNotOwedInAPeriodInWhichTheSituationWasDenied) {
  EXPECT_EQ(Recurring(kWhileQuiet)
                .judged(attack("2030-01-01T10:00Z", "2030-01-01T10:00Z"), "2030-01-03T12:00Z"),
            "1 lapsed 02T00:00\n2 broken 03T00:00\n3 pending 04T00:00\n");
}

TEST(Recurring, IsUnknownWhereTheSituationWasPossiblyDenied) {
  EXPECT_EQ(Recurring(kWhileQuiet)
                .judged(attack("2030-01-01T20:00Z", "2030-01-02T04:00Z"), "2030-01-03T12:00Z"),
            "1 unknown 02T00:00\n2 unknown 03T00:00\n3 pending 04T00:00\n");
  EXPECT_EQ(Recurring(kWhileQuiet)
                .judged(attack("2030-01-01T10:00Z", "2030-01-01T10:00Z", "South|Outlaws"),
                        "2030-01-02T12:00Z"),
            "1 unknown 02T00:00\n2 pending 03T00:00\n");
}

TEST(Recurring, IsKeptByAnActEvenWhereNothingWasOwed) {
  EXPECT_EQ(
      Recurring(kWhileQuiet)
          .judged(attack("2030-01-01T10:00Z", "2030-01-01T10:00Z") + release("2030-01-01T11:00Z"),
                  "2030-01-01T12:00Z"),
      "1 kept 01T11:00\n");
}

// What is reported as lasting is certain only where its own instant is known.
TEST(Recurring, IsNeverBrokenWhileSomethingPossiblyGoesOn) {
  Recurring deployed(
      "1.1 North shall release Prisoners; from D; every 1 day while Deployed holds; consequence "
      "none stated.");
  EXPECT_EQ(
      deployed.judged("k,A,2029-12-30,2030-01-20,keep,Watch,Weapons,,,\n", "2030-01-02T12:00Z"),
      "1 unknown 02T00:00\n2 pending 03T00:00\n");
  EXPECT_EQ(deployed.judged("", "2030-01-02T12:00Z"), "1 lapsed 02T00:00\n2 lapsed 03T00:00\n");
}

TEST(Recurring, BeginsWithTheStreakThatItAsksFor) {
  Recurring calm(
      "1.1 North shall release Prisoners; from D; every 1 day while Calm holds; consequence none "
      "stated.");
  EXPECT_EQ(calm.judged("", "2030-01-03T18:00Z"), "1 broken 03T12:00\n2 pending 04T12:00\n");
}

TEST(Recurring, EndsWithTheClause) {
  Recurring until(
      "1.1 North shall release Prisoners; from D; until D + 36 hours; every 1 day; consequence "
      "none stated.");
  EXPECT_EQ(until.judged("", "2030-01-05"), "1 broken 02T00:00\n2 lapsed 03T00:00\n");
}

TEST(Recurring, IsNotOwedInAPeriodThatWasSuspendedInPart) {
  Recurring suspended(std::string(kDaily) + "\n1.2 Watch may suspend 1.1 for 12 hours.");
  EXPECT_EQ(suspended.judged("s,A,2030-01-02T06:00Z,2030-01-02T06:00Z,suspend,Watch,,,,1.1\n",
                             "2030-01-04T12:00Z"),
            "1 broken 02T00:00\n2 lapsed 03T00:00\n3 broken 04T00:00\n4 pending 05T00:00\n");
}

TEST(Recurring, IsNotOwedAnyMoreByWhoWasReleased) {
  EXPECT_EQ(Recurring(kDaily).judged("s,A,2030-01-02T06:00Z,2030-01-02T06:00Z,release,South,,,,"
                                     "1.1\n",
                                     "2030-01-04T12:00Z"),
            "1 broken 02T00:00\n2 lapsed 03T00:00\n");
}

TEST(Recurring, BeginsForEachBearerWhenItIsBound) {
  const agreement::Agreement agreement = testing::agreement_of(
      "truce \"Northland\"; of 2030-01-01; clock Northport at UTC+00:00; days of 24 hours;\n"
      "  vocabulary \"truce/ceasefire-1\".\n"
      "parties North; South, open by notice to Watch.\nbodies Watch.\n"
      "1.1 each Party shall release Prisoners; every 1 day; consequence none stated.\n");
  Record record("s,A,2030-01-02T12:00Z,2030-01-02T12:00Z,accede,South,,,,\n");
  record.covers("A", "2029-12-01", "2030-02-01").as_of("2030-01-03T18:00Z");
  EXPECT_EQ(testing::verdict_lines(agreement, record.on(agreement)),
            "1.1 North broken {A=broken} blame North\n"
            "1.1 North broken {A=broken} blame North\n"
            "1.1 South broken {A=broken} blame South\n"
            "1.1 North pending\n1.1 South pending\n");
}

TEST(Recurring, WaitsForWhatItIsUpon) {
  Recurring upon(
      "1.1 North shall release Prisoners; upon Later; every 1 day; consequence none stated.");
  EXPECT_EQ(upon.judged("", "2030-01-05"), "1 pending 05T00:00\n");
  EXPECT_EQ(upon.judged("f,A,2030-01-02T12:00Z,2030-01-02T12:00Z,fix,Watch,Later,,,\n",
                        "2030-01-03T18:00Z"),
            "1 broken 03T12:00\n2 pending 04T12:00\n");
}

TEST(Recurring, IsNeverFulfilledAndIsBreachedAtTheEndOfEachPeriod) {
  const agreement::Agreement agreement = testing::agreement_of(testing::northland(
      kSituations, std::string(kDaily) +
                       "\n1.2 South shall admit Convoys to Country; upon breach of 1.1; within 6 "
                       "hours; consequence none stated."
                       "\n1.3 South shall admit Convoys to Country; upon fulfilment of 1.1; within "
                       "6 hours; consequence none stated."));
  Record record(release("2030-01-01T10:00Z"));
  record.covers("A", "2029-12-01", "2030-02-01").as_of("2030-01-03T12:00Z");
  EXPECT_EQ(testing::verdict_lines(agreement, record.on(agreement)),
            "1.1 North r2030-01-01T10:00Z kept {A=kept}\n"
            "1.1 North broken {A=broken} blame North\n"
            "1.1 North pending\n"
            "1.2 South broken {A=broken} blame South\n"
            "1.3 South pending\n");
}

// The same period is contested, though the accounts count different ones.
TEST(Recurring, IsTheSamePeriodForEveryAccount) {
  Record record("r,B,2030-01-02T10:00Z,2030-01-02T10:00Z,release,North,Prisoners,,,\n");
  record.covers("A", "2029-12-01", "2030-02-01").as_of("2030-01-03T12:00Z");
  EXPECT_EQ(Recurring(kDaily).lines(record),
            "1 broken 02T00:00\n2 contested 03T00:00\n3 pending 04T00:00\n");
}

}  // namespace
}  // namespace truce::semantics
