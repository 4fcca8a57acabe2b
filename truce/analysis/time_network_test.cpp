// SPDX-License-Identifier: Apache-2.0
#include "truce/analysis/internal/time_network.h"

#include <string>

#include "tests/support/small_truce.h"
#include <gtest/gtest.h>

#include "truce/analysis/internal/search.h"

namespace truce::analysis::internal {
namespace {

// A small text on UTC with D at 2030-01-01 00:00; days as given.
agreement::Agreement text_of(const std::string& clauses, const std::string& more = "",
                             const std::string& days = "24 hours") {
  std::string complaints;
  agreement::Agreement agreement = testing::agreement_of(
      "truce \"T\"; of 2030-01-01; clock C at UTC+00:00; days of " + days +
          "; vocabulary \"truce/ceasefire-1\".\nparties North; South.\nmoments D = 2030-01-01 "
          "00:00; Later = D + 2 days.\n" +
          more + clauses,
      &complaints);
  EXPECT_EQ("", complaints);
  return agreement;
}

ClauseId clause(const agreement::Agreement& agreement, std::string_view number) {
  return *agreement.find_clause(number);
}

constexpr std::int64_t kHourSeconds = 3600;
constexpr std::int64_t kDaySeconds = 24 * kHourSeconds;
constexpr std::string_view kTwo =
    "1.1 North shall release Prisoners; from Later; within 5 days of D; consequence none stated.\n"
    "1.2 South shall release Prisoners; upon fulfilment of 1.1; not later than D + 10 days; "
    "consequence none stated.\n";

TEST(TimeNetwork, AddsWhatADutyWaitsFor) {
  const auto agreement = text_of(std::string(kTwo));
  const Draft draft(agreement);
  TimeNetwork time(draft, {});
  const Node first = time.performed(clause(agreement, "1.1"));
  const Node second = time.performed(clause(agreement, "1.2"));
  EXPECT_EQ("2030-01-03T00:00:00Z", base::to_iso(*time.earliest(second), {}));
  EXPECT_EQ(0, *time.least_between(first, second));
  EXPECT_FALSE(time.least_between(second, first).has_value());
  EXPECT_FALSE(time.latest(second).has_value());
}

TEST(TimeNetwork, KnowsADeadlineByTheCalendarAndWhatTiesItToTheBeginning) {
  const auto agreement = text_of(std::string(kTwo));
  const Draft draft(agreement);
  TimeNetwork time(draft, {});
  const auto deadlines = time.deadlines(clause(agreement, "1.2"));
  ASSERT_EQ(1U, deadlines.size());
  EXPECT_EQ(time.earliest(deadlines[0].first), time.latest(deadlines[0].first));
  EXPECT_EQ(-8 * kDaySeconds,
            *time.least_between(deadlines[0].first, time.performed(clause(agreement, "1.2"))));
  const auto causes = time.causes(deadlines[0].first, time.performed(clause(agreement, "1.2")));
  bool waits = false;
  for (const Cause& cause : causes) {
    waits = waits || (cause.text.pattern() == "{} waits for {}" &&
                      cause.text.english() == "1.2 waits for 1.1");
  }
  EXPECT_TRUE(waits);
}

TEST(TimeNetwork, LeavesOutTheWaitingOfACircle) {
  const auto agreement = text_of(
      "1.1 North shall release Prisoners; upon fulfilment of 1.2; within 5 days; consequence none "
      "stated.\n1.2 South shall release Prisoners; upon fulfilment of 1.1; within 5 days; "
      "consequence none stated.\n");
  const Draft draft(agreement);
  const auto circles = circles_of_waits(draft);
  ASSERT_EQ(1U, circles.size());
  TimeNetwork time(draft, circles[0]);
  EXPECT_FALSE(time.least_between(time.performed(clause(agreement, "1.1")),
                                  time.performed(clause(agreement, "1.2")))
                   .has_value());
}

TEST(TimeNetwork, StartsAStreakWithTheProhibitionThatBeginsBeforeAllOthers) {
  const auto agreement = text_of(
      "1.1 each Party shall not attack another Party; from Later; consequence none stated.\n"
      "1.2 each Party shall not attack Civilians; from D + 1 day; consequence none stated.\n"
      "1.3 North shall release Prisoners; upon Week; within 1 day; consequence none stated.\n",
      "situations Quiet = no Party attacks Parties; Week = end of first uninterrupted period of 7 "
      "days in which Quiet holds.\n");
  const Draft draft(agreement);
  TimeNetwork time(draft, {});
  EXPECT_EQ("2030-01-09T00:00:00Z",
            base::to_iso(*time.earliest(time.begins(clause(agreement, "1.3"))), {}));
}

TEST(TimeNetwork, TiesNothingToANameNobodyDeclared) {
  const auto agreement = text_of(
      "1.1 North shall release Prisoners; from Opening; within 5 days of Opening; consequence none "
      "stated.\n");
  const Draft draft(agreement);
  TimeNetwork time(draft, {});
  const auto deadlines = time.deadlines(clause(agreement, "1.1"));
  ASSERT_EQ(1U, deadlines.size());
  EXPECT_FALSE(time.earliest(deadlines[0].first).has_value());
  // Five days after the same unknown moment, though.
  const Node from = time.moment(agreement.clauses[0].find<agreement::From>()->at, false);
  EXPECT_EQ(5 * kDaySeconds, *time.least_between(from, deadlines[0].first));
}

TEST(TimeNetwork, AllowsCalendarDaysADayMoreWhereTheMomentIsNotKnown) {
  const auto agreement = text_of(
      "1.1 North shall release Prisoners; from Opening; within 5 days of Opening; consequence none "
      "stated.\n",
      "", "calendar");
  const Draft draft(agreement);
  TimeNetwork time(draft, {});
  const Node from = time.moment(agreement.clauses[0].find<agreement::From>()->at, false);
  const Node due = time.deadlines(clause(agreement, "1.1"))[0].first;
  EXPECT_EQ(5 * kDaySeconds, *time.least_between(from, due));
  EXPECT_EQ(-6 * kDaySeconds, *time.least_between(due, from));
}

TEST(TimeNetwork, EndsAClauseByItsLength) {
  const auto agreement = text_of(
      "1.1 each Party shall not attack another Party; from D; for 48 hours; consequence none "
      "stated.\n1.2 each Party shall not attack Civilians; from D; consequence none stated.\n");
  const Draft draft(agreement);
  TimeNetwork time(draft, {});
  EXPECT_EQ("2030-01-03T00:00:00Z",
            base::to_iso(*time.latest(*time.ends(clause(agreement, "1.1"))), {}));
  EXPECT_FALSE(time.ends(clause(agreement, "1.2")).has_value());
}

}  // namespace
}  // namespace truce::analysis::internal
