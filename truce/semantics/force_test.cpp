// SPDX-License-Identifier: Apache-2.0
// When a clause is in force: renewals, powers, and what begins with a moment.
#include <string>

#include "tests/support/small_truce.h"
#include <gtest/gtest.h>

#include "truce/semantics/evaluate.h"

namespace truce::semantics {
namespace {

using testing::Record;

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

std::string attack(std::string_view at) {
  return "e,A," + std::string(at) + "," + std::string(at) + ",attack,North,Civilians,,,\n";
}

std::string act(std::string_view what, std::string_view who, std::string_view at,
                std::string_view clauses = "1.1", std::string_view id = "act") {
  return std::string(id) + "," + "Record," + std::string(at) + "," + std::string(at) + "," +
         std::string(what) + "," + std::string(who) + ",,,," + std::string(clauses) + "\n";
}

constexpr std::string_view kBroken = "1.1 North e broken {A=broken} blame North\n";
constexpr std::string_view kUnknown = "1.1 North e unknown {A=unknown}\n";
constexpr std::string_view kNothing = "";

constexpr std::string_view kRenewable =
    "1.1 North shall not attack Civilians; from D; for 48 hours; renewable for 48 hours by "
    "agreement of Aland and Borland; consequence none stated.";
constexpr std::string_view kBoth = "Aland & Borland";

TEST(Renewal, NotOnRecordDidNotHappen) {
  EXPECT_EQ(judged(kRenewable, attack("2030-01-04T10:00Z")), kNothing);
}

TEST(Renewal, MovesTheEnd) {
  EXPECT_EQ(
      judged(kRenewable, attack("2030-01-04T23:59Z") + act("extend", kBoth, "2030-01-02T18:00Z")),
      kBroken);
  EXPECT_EQ(
      judged(kRenewable, attack("2030-01-05T00:00Z") + act("extend", kBoth, "2030-01-02T18:00Z")),
      kNothing);
}

TEST(Renewal, AuthorsWrittenAsAChoiceActTogether) {
  EXPECT_EQ(judged(kRenewable, attack("2030-01-04T10:00Z") +
                                   act("extend", "Aland|Borland", "2030-01-02T18:00Z")),
            kBroken);
}

TEST(Renewal, MadeTooLateIsNone) {
  EXPECT_EQ(
      judged(kRenewable, attack("2030-01-04T10:00Z") + act("extend", kBoth, "2030-01-03T00:00Z")),
      kNothing);
}

TEST(Renewal, MadeTooEarlyIsNone) {
  EXPECT_EQ(
      judged(kRenewable, attack("2030-01-04T10:00Z") + act("extend", kBoth, "2029-12-31T00:00Z")),
      kNothing);
}

TEST(Renewal, MadePossiblyTooLateMovesOnlyTheLatestEnd) {
  const std::string day =
      "act,Record,2030-01-02T12:00Z,2030-01-03T12:00Z,extend,Aland & Borland,,,,1.1\n";
  EXPECT_EQ(judged(kRenewable, attack("2030-01-04T10:00Z") + day), kUnknown);
  EXPECT_EQ(judged(kRenewable, attack("2030-01-02T10:00Z") + day), kBroken);
}

TEST(Renewal, ByOneHandIsNone) {
  EXPECT_EQ(
      judged(kRenewable, attack("2030-01-04T10:00Z") + act("extend", "Aland", "2030-01-02T18:00Z")),
      kNothing);
  EXPECT_EQ(judged(kRenewable, attack("2030-01-04T10:00Z") +
                                   act("extend", "North & South", "2030-01-02T18:00Z")),
            kNothing);
}

TEST(Renewal, OfAnotherClauseIsNone) {
  const std::string two =
      std::string(kRenewable) + "\n1.2 South shall not attack Civilians; consequence none stated.";
  EXPECT_EQ(
      judged(two, attack("2030-01-04T10:00Z") + act("extend", kBoth, "2030-01-02T18:00Z", "1.2")),
      kNothing);
}

TEST(Renewal, SeveralAccountsOfOneMakeOneAct) {
  const std::string twice = act("extend", "Aland", "2030-01-02T18:00Z") +
                            "act,Other,2030-01-02T20:00Z,2030-01-02T20:00Z,extend,Borland,,,,1.1\n";
  EXPECT_EQ(judged(kRenewable, attack("2030-01-04T10:00Z") + twice), kBroken);
  EXPECT_EQ(judged(kRenewable, attack("2030-01-05T10:00Z") + twice), kNothing);
}

TEST(Renewal, CanBeRepeated) {
  const std::string twice = act("extend", kBoth, "2030-01-02T18:00Z") +
                            act("extend", kBoth, "2030-01-04T18:00Z", "1.1", "again");
  EXPECT_EQ(judged(kRenewable, attack("2030-01-06T10:00Z") + twice), kBroken);
  EXPECT_EQ(judged(kRenewable, attack("2030-01-07T10:00Z") + twice), kNothing);
}

TEST(Renewal, OnceOnlyIsOnce) {
  const std::string once =
      "1.1 North shall not attack Civilians; from D; for 48 hours; renewable for 48 hours by "
      "agreement of Aland and Borland once only; consequence none stated.";
  const std::string twice = act("extend", kBoth, "2030-01-02T18:00Z") +
                            act("extend", kBoth, "2030-01-04T18:00Z", "1.1", "again");
  EXPECT_EQ(judged(once, attack("2030-01-04T10:00Z") + twice), kBroken);
  EXPECT_EQ(judged(once, attack("2030-01-06T10:00Z") + twice), kNothing);
}

TEST(Renewal, AtMostTwoTimesIsTwo) {
  const std::string two =
      "1.1 North shall not attack Civilians; from D; for 24 hours; renewable for 24 hours by "
      "agreement of Aland and Borland at most 2 times; consequence none stated.";
  const std::string thrice = act("extend", kBoth, "2030-01-01T18:00Z", "1.1", "a") +
                             act("extend", kBoth, "2030-01-02T18:00Z", "1.1", "b") +
                             act("extend", kBoth, "2030-01-03T18:00Z", "1.1", "c");
  EXPECT_EQ(judged(two, attack("2030-01-03T23:00Z") + thrice), kBroken);
  EXPECT_EQ(judged(two, attack("2030-01-04T10:00Z") + thrice), kNothing);
}

TEST(Power, ToExtendMovesTheEndByItsPeriod) {
  const std::string power =
      "1.1 North shall not attack Civilians; from D; for 48 hours; consequence none stated.\n"
      "1.2 Aland and Borland jointly may extend 1.1 for 24 hours.";
  EXPECT_EQ(judged(power, attack("2030-01-03T23:00Z") + act("extend", kBoth, "2030-01-02T18:00Z")),
            kBroken);
  EXPECT_EQ(judged(power, attack("2030-01-04T00:00Z") + act("extend", kBoth, "2030-01-02T18:00Z")),
            kNothing);
  EXPECT_EQ(
      judged(power, attack("2030-01-03T23:00Z") + act("extend", "Aland", "2030-01-02T18:00Z")),
      kNothing);
}

TEST(Power, OfEitherIsUsedByOne) {
  const std::string power =
      "1.1 North shall not attack Civilians; from D; consequence none stated.\n"
      "1.2 Aland or Borland may terminate 1.1 by notice of 24 hours.";
  const std::string ended = act("terminate", "Borland", "2030-01-02T12:00Z");
  EXPECT_EQ(judged(power, attack("2030-01-03T11:59Z") + ended), kBroken);
  EXPECT_EQ(judged(power, attack("2030-01-03T12:00Z") + ended), kNothing);
}

TEST(Power, InOtherHandsChangesNothing) {
  const std::string power =
      "1.1 North shall not attack Civilians; from D; consequence none stated.\n"
      "1.2 Aland or Borland may terminate 1.1 by notice of 24 hours.";
  EXPECT_EQ(
      judged(power, attack("2030-01-09T12:00Z") + act("terminate", "North", "2030-01-02T12:00Z")),
      kBroken);
}

TEST(Power, PossiblyUsedMakesTheRestDoubtful) {
  const std::string power =
      "1.1 North shall not attack Civilians; from D; consequence none stated.\n"
      "1.2 Watch may terminate 1.1; until D + 1 day.";
  const std::string maybe =
      "act,Record,2030-01-01T12:00Z,2030-01-02T12:00Z,terminate,Watch,,,,1.1\n";
  EXPECT_EQ(judged(power, attack("2030-01-09T12:00Z") + maybe), kUnknown);
  EXPECT_EQ(judged(power, attack("2030-01-01T06:00Z") + maybe), kBroken);
}

TEST(Power, ToSuspendLastsUntilResumed) {
  const std::string power =
      "1.1 North shall not attack Civilians; from D; consequence none stated.\n"
      "1.2 Watch may suspend 1.1.\n"
      "1.3 Watch may resume 1.1.";
  const std::string acts = act("suspend", "Watch", "2030-01-02T00:00Z", "1.1", "s") +
                           act("resume", "Watch", "2030-01-03T00:00Z", "1.1", "t");
  EXPECT_EQ(judged(power, attack("2030-01-01T23:59Z") + acts), kBroken);
  EXPECT_EQ(judged(power, attack("2030-01-02T12:00Z") + acts), kNothing);
  EXPECT_EQ(judged(power, attack("2030-01-03T00:00Z") + acts), kBroken);
}

TEST(Power, ToSuspendForAPeriodEndsByItself) {
  const std::string power =
      "1.1 North shall not attack Civilians; from D; consequence none stated.\n"
      "1.2 Watch may suspend 1.1 for 12 hours.";
  const std::string suspended = act("suspend", "Watch", "2030-01-02T00:00Z");
  EXPECT_EQ(judged(power, attack("2030-01-02T11:59Z") + suspended), kNothing);
  EXPECT_EQ(judged(power, attack("2030-01-02T12:00Z") + suspended), kBroken);
}

TEST(Moments, DateAndTimeOnTheClockOfTheAgreement) {
  std::string text = testing::northland(
      "", "1.1 North shall not attack Civilians; from D; consequence none stated.");
  const std::string zone = "UTC+00:00";
  text.replace(text.find(zone), zone.size(), "UTC+03:00");
  const agreement::Agreement agreement = testing::agreement_of(text);
  const Record before(attack("2029-12-31T20:59Z"));
  const Record after(attack("2029-12-31T21:00Z"));
  EXPECT_EQ(testing::verdict_lines(agreement, before.on(agreement)), kNothing);
  EXPECT_EQ(testing::verdict_lines(agreement, after.on(agreement)), kBroken);
}

TEST(Moments, CalendarDaysRunToMidnight) {
  std::string text = testing::northland("",
                                        "1.1 North shall not attack Civilians; from D + 10 hours; "
                                        "for 2 days; consequence none stated.");
  const std::string rule = "days of 24 hours";
  text.replace(text.find(rule), rule.size(), "days of calendar");
  const agreement::Agreement agreement = testing::agreement_of(text);
  const Record before(attack("2030-01-03T23:59Z"));
  const Record after(attack("2030-01-04T00:00Z"));
  EXPECT_EQ(testing::verdict_lines(agreement, before.on(agreement)), kBroken);
  EXPECT_EQ(testing::verdict_lines(agreement, after.on(agreement)), kNothing);
}

TEST(Moments, ToBeFixedAreNeverUntilTheyAre) {
  const std::string later =
      "1.1 North shall not attack Civilians; from Later; consequence none stated.";
  const std::string fixed = "f,Record,2030-01-03T00:00Z,2030-01-03T00:00Z,fix,Watch,Later,,,\n";
  const std::string wrong = "f,Record,2030-01-03T00:00Z,2030-01-03T00:00Z,fix,North,Later,,,\n";
  EXPECT_EQ(judged(later, attack("2030-01-04T00:00Z")), kNothing);
  EXPECT_EQ(judged(later, attack("2030-01-04T00:00Z") + fixed), kBroken);
  EXPECT_EQ(judged(later, attack("2030-01-02T00:00Z") + fixed), kNothing);
  EXPECT_EQ(judged(later, attack("2030-01-04T00:00Z") + wrong), kNothing);
}

TEST(Moments, FixedSomeTimeThatDayIsARange) {
  const std::string later =
      "1.1 North shall not attack Civilians; from Later; consequence none stated.";
  const std::string day = "f,Record,2030-01-03,2030-01-03,fix,Watch,Later,,,\n";
  EXPECT_EQ(judged(later, attack("2030-01-03T10:00Z") + day), kUnknown);
  EXPECT_EQ(judged(later, attack("2030-01-03T23:59:59Z") + day), kBroken);
}

TEST(Moments, DayOfAClauseIsTheDayItBegan) {
  const std::string clauses =
      "1.1 North shall not attack Civilians; from day 2 of 1.2; consequence none stated.\n"
      "1.2 South shall release Prisoners; consequence none stated.";
  const std::string done = "r,A,2030-01-01T12:00Z,2030-01-01T12:00Z,release,South,Prisoners,,,\n";
  EXPECT_EQ(judged(clauses, attack("2030-01-01T23:59Z") + done), "1.2 South r kept {A=kept}\n");
  EXPECT_EQ(judged(clauses, attack("2030-01-02T00:00Z") + done),
            std::string(kBroken) + "1.2 South r kept {A=kept}\n");
}

TEST(Moments, ThatLeadBackToThemselvesNeverCome) {
  const std::string circle =
      "1.1 North shall release Prisoners; upon fulfilment of 1.2; consequence none stated.\n"
      "1.2 South shall release Prisoners; upon fulfilment of 1.1; consequence none stated.";
  const std::string done =
      "r,A,2030-01-01T12:00Z,2030-01-01T12:00Z,release,South,Prisoners,,,\n"
      "q,A,2030-01-01T12:00Z,2030-01-01T12:00Z,release,North,Prisoners,,,\n";
  EXPECT_EQ(judged(circle, done), "1.1 North pending\n1.2 South pending\n");
}

}  // namespace
}  // namespace truce::semantics
