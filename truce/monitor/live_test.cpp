// SPDX-License-Identifier: Apache-2.0
#include "truce/monitor/live.h"

#include <random>
#include <set>

#include "tests/support/small_truce.h"
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "truce/facts/live_evidence.h"
#include "truce/incidents/current_accounts.h"

namespace truce::monitor {
namespace {

constexpr std::string_view kClauses =
    "1.1 each Party shall not attack another Party or Civilians with Weapons; from D; for 2 days;\n"
    "    renewable for 48 hours by agreement of Aland and Borland; consequence none stated.\n"
    "1.2 North shall withdraw Tanks; not later than 2030-01-02 12:00; consequence none stated.\n";

// A following of rows in the columns of testing::Record.
class Following {
 public:
  explicit Following(std::string_view definitions = "", std::string_view clauses = kClauses)
      : text_(testing::agreement_of(testing::northland(definitions, clauses), &complaints, {})),
        evidence_(text_, book_, {}),
        live(text_, evidence_, {.reading = {}, .with_explanations = true}) {
    live.update({}, base::kBeforeTime);
  }

  // `11 broken was unknown` for each change, joined by `; `.
  std::string row(std::string_view fields) {
    testing::Record one(fields);
    std::string told;
    for (incidents::Report& report : one.reports) {
      report.reported_at = base::Instant{++clock_};
      const auto change = current_.take(std::move(report));
      for (const VerdictChange& verdict :
           live.update({evidence_.replace(*change.row, change.before(), change.stands())},
                       base::kBeforeTime)) {
        told += told.empty() ? "" : "; ";
        told += text_.clause(verdict.key.clause).number + " " +
                text_.actor(verdict.key.bearers.front()).name + " " + word(verdict.after) +
                " was " + word(verdict.before);
        EXPECT_EQ(verdict.because.empty(), !verdict.after.has_value());
      }
    }
    return told;
  }

  // What stands when everything is judged at once.
  StandingVerdicts replayed() {
    Live anew(text_, evidence_, {.reading = {}, .with_explanations = false});
    anew.update({}, base::kBeforeTime);
    return anew.standing();
  }

 private:
  static std::string word(const std::optional<StandingVerdict>& verdict) {
    return verdict ? std::string(facts::to_text(verdict->outcome)) : "none";
  }

 public:
  std::string complaints;

 private:
  agreement::Agreement text_;
  incidents::ActorBook book_;
  incidents::CurrentAccounts current_;
  facts::LiveEvidence evidence_;
  std::int64_t clock_ = 1'893'499'200;

 public:
  Live live;
};

TEST(Live, TellsWhatARowChanges) {
  Following following;
  ASSERT_EQ(following.complaints, "");
  EXPECT_EQ(following.row("mill,A,2030-01-01T10:00Z,,attack,North,Civilians,Rockets,,"),
            "1.1 North broken was none");
  EXPECT_EQ(following.row("mill,B,2030-01-01T10:00Z,,attack,South,Civilians,Rockets,,"),
            "1.1 North contested was broken; 1.1 South contested was none");
  EXPECT_EQ(following.row("tanks,A,2030-01-01T11:00Z,,withdraw,North,Tanks,,,"),
            "1.2 North kept was pending");
}

TEST(Live, ReplaysEverythingOnlyWhereItMust) {
  Following following;
  following.row("mill,A,2030-01-01T10:00Z,,attack,North,Civilians,Rockets,,");
  const std::size_t before = following.live.whole_replays();
  for (int i = 0; i < 20; ++i) {
    following.row("ford" + std::to_string(i) +
                  ",A,2030-01-01T11:00Z,,attack,South,North,Rockets,,");
  }
  following.row("tanks,A,2030-01-01T11:00Z,,withdraw,North,Tanks,,,");
  EXPECT_EQ(following.live.whole_replays(), before);
  // A new account, and an institutional act.
  following.row("mill,B,2030-01-01T10:00Z,,attack,South,Civilians,Rockets,,");
  EXPECT_EQ(following.live.whole_replays(), before + 1);
  EXPECT_EQ(following.row("late,A,2030-01-03T10:00Z,,attack,South,North,Rockets,,"), "");
  EXPECT_EQ(following.row("again,A,2030-01-02T10:00Z,,extend,Aland & Borland,,,,1.1"),
            "1.1 South broken was none");
  EXPECT_EQ(following.live.whole_replays(), before + 2);
}

// The deadline of a duty is noticed by a row that has nothing to do with it.
TEST(Live, LetsADeadlinePass) {
  Following following;
  EXPECT_EQ(following.row("mill,A,2030-01-01T10:00Z,,attack,North,Civilians,Rockets,,"),
            "1.1 North broken was none");
  const std::size_t before = following.live.whole_replays();
  following.live.update({}, base::Instant{base::start_of({2030, 1, 2}).seconds + 43200});
  const auto standing = following.live.standing();
  EXPECT_EQ(standing.rbegin()->second.outcome, facts::Outcome::Pending);
  const auto changes =
      following.live.update({}, base::Instant{base::start_of({2030, 1, 2}).seconds + 43201});
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes.front().after->outcome, facts::Outcome::Unknown);
  EXPECT_EQ(following.live.whole_replays(), before);
}

// A streak is counted on from where it stood; what it rests on may come late, change and go.
TEST(Live, CountsAStreakOnAndAnewWhereItMust) {
  constexpr std::string_view kDefinitions =
      "situations Calm = no Party attacks Civilians;\n"
      "  Quiet = end of first uninterrupted period of 26 hours in which Calm holds from D.\n"
      "moments Opening = Quiet + 1 hour.\n";
  constexpr std::string_view kWaiting =
      "1.1 North shall withdraw Tanks; within 12 hours of Opening; consequence none stated.\n";
  std::mt19937 dice(3);
  std::set<std::string> seen;
  for (int round = 0; round < 20; ++round) {
    Following following(kDefinitions, kWaiting);
    ASSERT_EQ(following.complaints, "");
    const std::size_t before = following.live.whole_replays();
    const auto tell = [&](int number, int hour) {
      following.row(fmt::format("e{},{},2030-01-{:02}T{:02}:00Z,,attack,{},Civilians,,,", number,
                                dice() % 20 == 0 ? "B" : "A", 1 + hour / 24 % 31, hour % 24,
                                dice() % 30 == 0 ? "" : "North"));
      ASSERT_EQ(following.live.standing(), following.replayed()) << round << ' ' << number;
      seen.insert(following.live.digest());
    };
    // So often that no stretch ends; now and then of an earlier one something else is told.
    for (int i = 0; i < 50; ++i) {
      tell(i, i * 12 + static_cast<int>(dice() % 12));
      if (dice() % 8 == 0) {
        const int earlier = static_cast<int>(dice() % static_cast<unsigned>(i + 1));
        tell(earlier, earlier * 12 + static_cast<int>(dice() % 40));
      }
    }
    EXPECT_LE(following.live.whole_replays(), before + 2);
  }
  EXPECT_GT(seen.size(), 20U);
}

}  // namespace
}  // namespace truce::monitor
