// SPDX-License-Identifier: Apache-2.0
// The first uninterrupted period, and reciprocal phases.
#include <algorithm>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/small_truce.h"
#include <gtest/gtest.h>

#include "truce/semantics/evaluate.h"
#include "truce/semantics/internal/telling.h"

namespace truce::semantics {
namespace {

using testing::Record;

constexpr std::string_view kTwoQuietDays =
    "situations Quiet = no Party attacks Civilians;\n"
    "  Quiet Days = end of first uninterrupted period of 2 days in which Quiet holds.";
// Begins with D, and so does the streak.
constexpr std::string_view kClauses =
    "1.1 no Party shall attack Civilians; from D; for 1 hour; consequence none stated.\n"
    "1.2 North shall release Prisoners; upon Quiet Days; within 24 hours; consequence none stated.";

std::string attack(std::string_view id, std::string_view from, std::string_view to,
                   std::string_view actor = "North") {
  return std::string(id) + ",A," + std::string(from) + "," + std::string(to) + ",attack," +
         std::string(actor) + ",Civilians,,,\n";
}

std::string hour(std::string_view id, std::string_view at) { return attack(id, at, at); }

// The end of Quiet Days in the first account, as `earliest … latest`.
std::string end_of_streak(std::string_view rows, bool is_watched,
                          std::string_view definitions = kTwoQuietDays,
                          std::string_view clauses = kClauses) {
  std::string complaints;
  const agreement::Agreement agreement =
      testing::agreement_of(testing::northland(definitions, clauses), &complaints);
  Record record(rows);
  if (is_watched) {
    record.covers("A", "2029-12-01", "2030-02-01");
  }
  const facts::Evidence evidence = record.on(agreement);
  const auto acts = internal::official_acts(agreement, evidence);
  internal::Telling telling(
      agreement, evidence, acts,
      evidence.accounts.empty() ? std::nullopt : std::optional(facts::AccountId{0}));
  for (const agreement::Situation& situation : agreement.situations) {
    if (const auto* streak = std::get_if<agreement::Streak>(&situation.what)) {
      const internal::MomentRange end = telling.streak_end(*streak);
      const std::string latest =
          end.latest >= base::kAfterTime ? "never" : base::to_iso(end.latest, {});
      return complaints + base::to_iso(end.earliest, {}) + " … " + latest;
    }
  }
  return "no streak";
}

TEST(Streak, WithoutInterruptionEndsAfterItsPeriod) {
  EXPECT_EQ(end_of_streak("", true), "2030-01-03T00:00:00Z … 2030-01-03T00:00:00Z");
}

TEST(Streak, WithoutCoverageMayNeverEnd) {
  EXPECT_EQ(end_of_streak("", false), "2030-01-03T00:00:00Z … never");
  EXPECT_EQ(end_of_streak(hour("e", "2030-01-02T00:00Z"), false), "2030-01-04T00:00:00Z … never");
}

TEST(Streak, IsRestartedByAnInterruption) {
  EXPECT_EQ(end_of_streak(hour("e", "2030-01-02T10:00Z"), true),
            "2030-01-04T10:00:00Z … 2030-01-04T10:00:00Z");
}

TEST(Streak, IsRestartedByEveryInterruption) {
  EXPECT_EQ(end_of_streak(hour("e", "2030-01-02T10:00Z") + hour("f", "2030-01-04T09:00Z"), true),
            "2030-01-06T09:00:00Z … 2030-01-06T09:00:00Z");
}

TEST(Streak, IsOverBeforeALaterInterruption) {
  EXPECT_EQ(end_of_streak(hour("e", "2030-01-03T00:00Z"), true),
            "2030-01-03T00:00:00Z … 2030-01-03T00:00:00Z");
}

TEST(Streak, IsNotInterruptedBeforeItBegins) {
  EXPECT_EQ(end_of_streak(hour("e", "2029-12-31T23:00Z"), true),
            "2030-01-03T00:00:00Z … 2030-01-03T00:00:00Z");
}

TEST(Streak, IsNotInterruptedByWhatItDoesNotExclude) {
  EXPECT_EQ(end_of_streak(attack("e", "2030-01-02", "2030-01-02", "Outlaws"), true),
            "2030-01-03T00:00:00Z … 2030-01-03T00:00:00Z");
}

TEST(Streak, BareDateInterruptsAtSomeInstantOfTheDay) {
  EXPECT_EQ(end_of_streak(attack("e", "2030-01-02", "2030-01-02"), true),
            "2030-01-04T00:00:00Z … 2030-01-04T23:59:59Z");
}

TEST(Streak, IntervalThatReachesPastTheEndMayComeTooLate) {
  EXPECT_EQ(end_of_streak(attack("e", "2030-01-02T00:00Z", "2030-01-03T12:00Z"), true),
            "2030-01-03T00:00:00Z … 2030-01-04T23:59:59Z");
}

TEST(Streak, PossibleInterruptionMovesOnlyTheLatestEnd) {
  EXPECT_EQ(
      end_of_streak(attack("e", "2030-01-02T10:00Z", "2030-01-02T10:00Z", "North|Outlaws"), true),
      "2030-01-03T00:00:00Z … 2030-01-04T10:00:00Z");
}

TEST(Streak, BeginsWithTheEarliestProhibitionOrItsOwnFrom) {
  const std::string_view own =
      "situations Quiet = no Party attacks Civilians;\n"
      "  Quiet Days = end of first uninterrupted period of 2 days in which Quiet holds from D + 1 "
      "day.";
  EXPECT_EQ(end_of_streak("", true, own), "2030-01-04T00:00:00Z … 2030-01-04T00:00:00Z");
  const std::string_view two =
      "1.1 no Party shall attack Civilians; from D + 10 hours; consequence none stated.\n"
      "1.2 no Party shall attack Convoys; from D + 5 hours; consequence none stated.";
  EXPECT_EQ(end_of_streak("", true, kTwoQuietDays, two),
            "2030-01-03T05:00:00Z … 2030-01-03T05:00:00Z");
}

TEST(Streak, DoesNotWaitForAProhibitionThatWaitsForIt) {
  const std::string_view circle =
      "1.1 no Party shall attack Civilians; from D; consequence none stated.\n"
      "1.2 no Party shall attack Convoys; from Quiet Days + 1 day; consequence none stated.";
  EXPECT_EQ(end_of_streak("", true, kTwoQuietDays, circle),
            "2030-01-03T00:00:00Z … 2030-01-03T00:00:00Z");
}

TEST(Streak, IsNotInterruptedByWhatItExcepts) {
  const std::string_view defence =
      "situations Self Defence = response to attack on the same Party within 1 hour;\n"
      "  Quiet = no Party attacks Parties except in Self Defence;\n"
      "  Quiet Days = end of first uninterrupted period of 2 days in which Quiet holds.";
  const std::string rows =
      "e,A,2030-01-01T10:00Z,2030-01-01T10:00Z,attack,South,North,,,\n"
      "f,A,2030-01-01T10:30Z,2030-01-01T10:30Z,attack,North,South,,,\n";
  EXPECT_EQ(end_of_streak(rows, true, defence), "2030-01-03T10:00:00Z … 2030-01-03T10:00:00Z");
}

TEST(Streak, IsEachAccountsOwn) {
  const agreement::Agreement agreement =
      testing::agreement_of(testing::northland(kTwoQuietDays, kClauses));
  // B saw an attack on the second day: for B nothing is due before the fifth.
  Record record("e,B,2030-01-02T00:00Z,2030-01-02T00:00Z,attack,North,Civilians,,,\n");
  record.covers("A", "2029-12-01", "2030-02-01").covers("B", "2029-12-01", "2030-02-01");
  record.as_of("2030-01-04T12:00Z");
  EXPECT_EQ(testing::verdict_lines(agreement, record.on(agreement)),
            "1.2 North broken {A=broken} blame North\n");
}

// All ends over every choice of instants and of possible interruptions, by trying them.
struct Interval {
  std::int64_t first = 0;
  std::int64_t last = 0;
  bool is_certain = false;
};

std::int64_t end_of(std::vector<std::int64_t> instants, std::int64_t period) {
  std::sort(instants.begin(), instants.end());
  std::int64_t begin = 0;
  for (std::int64_t at : instants) {
    if (at >= begin + period) {
      break;
    }
    begin = std::max(begin, at);
  }
  return begin + period;
}

void try_all(const std::vector<Interval>& intervals, std::size_t next,
             std::vector<std::int64_t>& chosen, std::int64_t period,
             std::pair<std::int64_t, std::int64_t>& ends) {
  if (next == intervals.size()) {
    const std::int64_t end = end_of(chosen, period);
    ends = {std::min(ends.first, end), std::max(ends.second, end)};
    return;
  }
  if (!intervals[next].is_certain) {
    try_all(intervals, next + 1, chosen, period, ends);
  }
  for (std::int64_t at = intervals[next].first; at <= intervals[next].last; ++at) {
    chosen.push_back(at);
    try_all(intervals, next + 1, chosen, period, ends);
    chosen.pop_back();
  }
}

TEST(Streak, EndsAsEveryChoiceOfInstantsHasIt) {
  const std::string_view seconds =
      "situations Quiet = no Party attacks Civilians;\n"
      "  Quiet Days = end of first uninterrupted period of 5 seconds in which Quiet holds.";
  std::mt19937 dice(20160912);
  for (int round = 0; round < 300; ++round) {
    std::vector<Interval> intervals(1 + dice() % 4);
    std::string rows;
    for (Interval& interval : intervals) {
      interval.first = static_cast<std::int64_t>(dice() % 16);
      interval.last = interval.first + static_cast<std::int64_t>(dice() % 6);
      interval.is_certain = dice() % 3 != 0;
      const auto at = [](std::int64_t second) {
        return "2030-01-01T00:00:" + std::string(second < 10 ? "0" : "") + std::to_string(second) +
               "Z";
      };
      // A row's range leaves its end out; one instant is written as itself.
      rows += attack("e" + std::to_string(&interval - intervals.data()), at(interval.first),
                     at(interval.last == interval.first ? interval.last : interval.last + 1),
                     interval.is_certain ? "North" : "North|Outlaws");
    }
    std::pair<std::int64_t, std::int64_t> ends{1000, -1};
    std::vector<std::int64_t> chosen;
    try_all(intervals, 0, chosen, 5, ends);
    const auto moment = [](std::int64_t second) {
      return base::to_iso(base::Instant{base::parse_instant("2030-01-01", {})->at.seconds + second},
                          {});
    };
    ASSERT_EQ(end_of_streak(rows, true, seconds), moment(ends.first) + " … " + moment(ends.second))
        << rows;
  }
}

constexpr std::string_view kPhases =
    "1.1 reciprocal phases between North and South; start not later than D; finish within 48 hours "
    "of D; "
    "at intervals of 24 hours; phase North shall withdraw Tanks away from Road at least 3500 m; "
    "phase South shall withdraw Tanks away from Road at least 3500 m; ensured by its Guarantor; "
    "consequence none stated.";

std::string slice(std::string_view id, std::string_view actor, std::string_view at) {
  return std::string(id) + ",A," + std::string(at) + "," + std::string(at) + ",withdraw," +
         std::string(actor) + ",Tanks,,,\n";
}

std::string phases(std::string_view rows, bool is_watched, std::string_view now = "2030-01-09") {
  const agreement::Agreement agreement = testing::agreement_of(testing::northland("", kPhases));
  Record record(rows);
  record.as_of(now);
  if (is_watched) {
    record.covers("A", "2029-12-01", "2030-02-01");
  }
  return testing::verdict_lines(agreement, record.on(agreement));
}

TEST(Phases, AreKeptByAllSlicesInTime) {
  EXPECT_EQ(
      phases(slice("a", "North", "2030-01-01T10:00Z") + slice("b", "North", "2030-01-02T10:00Z") +
                 slice("c", "South", "2030-01-01T11:00Z") +
                 slice("d", "South", "2030-01-02T11:00Z"),
             true),
      "1.1 North b kept {A=kept}\n1.1 South d kept {A=kept}\n");
}

TEST(Phases, MayBeAheadOfThePlan) {
  EXPECT_EQ(
      phases(slice("a", "North", "2030-01-01T10:00Z") + slice("b", "North", "2030-01-01T11:00Z") +
                 slice("c", "South", "2030-01-01T11:00Z") +
                 slice("d", "South", "2030-01-02T11:00Z"),
             true, "2030-01-02T12:00Z"),
      "1.1 North b kept {A=kept}\n1.1 South d kept {A=kept}\n");
}

TEST(Phases, AreBrokenByTheFirstToFailAndReleaseTheOther) {
  EXPECT_EQ(phases(slice("a", "North", "2030-01-01T10:00Z"), true),
            "1.1 South broken {A=broken} blame South, Borland\n1.1 North lapsed\n");
}

TEST(Phases, AreBrokenByBothWhereBothFailTheSameSlice) {
  EXPECT_EQ(phases("", true),
            "1.1 North broken {A=broken} blame North, Aland\n"
            "1.1 South broken {A=broken} blame South, Borland\n");
}

TEST(Phases, AreNotExcusedByALaterFailure) {
  // North fails the first slice, South the second.
  EXPECT_EQ(phases(slice("c", "South", "2030-01-01T11:00Z"), true),
            "1.1 North broken {A=broken} blame North, Aland\n1.1 South lapsed\n");
}

TEST(Phases, LateSliceDoesNotMend) {
  EXPECT_EQ(
      phases(slice("a", "North", "2030-01-02T10:00Z") + slice("b", "North", "2030-01-02T11:00Z") +
                 slice("c", "South", "2030-01-01T11:00Z") +
                 slice("d", "South", "2030-01-02T11:00Z"),
             true),
      "1.1 North broken {A=broken} blame North, Aland\n1.1 South d kept {A=kept}\n");
}

TEST(Phases, ArePendingUntilASliceIsDue) {
  EXPECT_EQ(phases("", true, "2030-01-02T00:00Z"), "1.1 North pending\n1.1 South pending\n");
  EXPECT_EQ(
      phases(slice("a", "North", "2030-01-01T10:00Z") + slice("c", "South", "2030-01-01T11:00Z"),
             true, "2030-01-02T12:00Z"),
      "1.1 North pending\n1.1 South pending\n");
}

TEST(Phases, AreUnknownWhereNobodyWatched) {
  EXPECT_EQ(phases("", false), "1.1 North unknown\n1.1 South unknown\n");
  EXPECT_EQ(phases(slice("a", "North", "2030-01-01T10:00Z"), false),
            "1.1 North unknown {A=unknown}\n1.1 South unknown\n");
}

TEST(Phases, FulfilledWhenAllSlicesAreDone) {
  const std::string clauses =
      std::string(kPhases) +
      "\n1.2 North shall not attack Civilians; upon fulfilment of 1.1; consequence none stated.";
  const agreement::Agreement agreement = testing::agreement_of(testing::northland("", clauses));
  const std::string slices =
      slice("a", "North", "2030-01-01T10:00Z") + slice("b", "North", "2030-01-02T10:00Z") +
      slice("c", "South", "2030-01-01T11:00Z") + slice("d", "South", "2030-01-02T11:00Z");
  const Record before(slices + hour("e", "2030-01-02T10:30Z"));
  const Record after(slices + hour("e", "2030-01-02T11:30Z"));
  const std::string kept = "1.1 North b kept {A=kept}\n1.1 South d kept {A=kept}\n";
  EXPECT_EQ(testing::verdict_lines(agreement, before.on(agreement)), kept);
  EXPECT_EQ(testing::verdict_lines(agreement, after.on(agreement)),
            kept + "1.2 North e broken {A=broken} blame North\n");
}

}  // namespace
}  // namespace truce::semantics
