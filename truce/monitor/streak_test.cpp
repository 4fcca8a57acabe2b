// SPDX-License-Identifier: Apache-2.0
#include "truce/monitor/internal/streak.h"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

namespace truce::monitor::internal {
namespace {

using base::Instant;

MomentRange end_of(std::int64_t start, std::int64_t seconds,
                   const std::vector<Interruption>& interruptions) {
  agreement::Period period;
  period.seconds = seconds;
  return streak_end({Instant{start}, Instant{start}}, period, {}, interruptions);
}

Interruption between(std::int64_t first, std::int64_t last, bool is_certain) {
  return {{Instant{first}, Instant{last + 1}}, is_certain, {}};
}

TEST(Streak, WithoutInterruptionEndsAfterThePeriod) {
  EXPECT_EQ(end_of(100, 10, {}), (MomentRange{Instant{110}, Instant{110}}));
}

TEST(Streak, RestartsAtACertainInterruption) {
  EXPECT_EQ(end_of(100, 10, {between(105, 105, true)}), (MomentRange{Instant{115}, Instant{115}}));
}

TEST(Streak, AnInterruptionAtTheEndComesTooLate) {
  EXPECT_EQ(end_of(100, 10, {between(110, 110, true)}), (MomentRange{Instant{110}, Instant{110}}));
}

TEST(Streak, APossibleInterruptionMovesOnlyTheLatestEnd) {
  EXPECT_EQ(end_of(100, 10, {between(105, 105, false)}), (MomentRange{Instant{110}, Instant{115}}));
}

// All choices of instants and of what happened, one by one.
MomentRange by_trying_all(std::int64_t start, std::int64_t period,
                          const std::vector<Interruption>& interruptions) {
  std::vector<std::vector<std::int64_t>> choices = {{}};
  for (const Interruption& one : interruptions) {
    std::vector<std::vector<std::int64_t>> longer;
    for (const std::vector<std::int64_t>& choice : choices) {
      if (!one.is_certain) {
        longer.push_back(choice);
      }
      for (std::int64_t at = one.when.from.seconds; at < one.when.to.seconds; ++at) {
        longer.push_back(choice);
        longer.back().push_back(at);
      }
    }
    choices = std::move(longer);
  }
  MomentRange range{base::kAfterTime, base::kBeforeTime};
  for (std::vector<std::int64_t>& choice : choices) {
    std::sort(choice.begin(), choice.end());
    std::int64_t begin = start;
    for (const std::int64_t at : choice) {
      begin = at >= begin && at < begin + period ? at : begin;
    }
    range.earliest = std::min(range.earliest, Instant{begin + period});
    range.latest = std::max(range.latest, Instant{begin + period});
  }
  return range;
}

TEST(Streak, EqualsTryingEveryChoice) {
  std::mt19937_64 dice(7);
  for (int round = 0; round < 3000; ++round) {
    std::vector<Interruption> interruptions;
    const std::uint64_t count = dice() % 5;
    for (std::uint64_t i = 0; i < count; ++i) {
      const auto first = static_cast<std::int64_t>(dice() % 14);
      const auto length = static_cast<std::int64_t>(dice() % 5);
      interruptions.push_back(between(first, first + length, dice() % 2 == 0));
    }
    const auto period = static_cast<std::int64_t>(2 + dice() % 5);
    EXPECT_EQ(end_of(3, period, interruptions), by_trying_all(3, period, interruptions))
        << "round " << round;
  }
}

TEST(Streak, HowFarItHasComeGivesTheSameEndWhateverHappenedBefore) {
  std::mt19937_64 dice(11);
  const auto any = [&] {
    const auto first = static_cast<std::int64_t>(dice() % 60);
    const auto length = static_cast<std::int64_t>(dice() % 3 == 0 ? dice() % 8 : 0);
    return between(first, first + length, dice() % 4 != 0);
  };
  agreement::Period period;
  std::size_t left_out = 0;
  for (int round = 0; round < 5000; ++round) {
    period.seconds = 4 + static_cast<std::int64_t>(dice() % 16);
    const auto earliest = static_cast<std::int64_t>(dice() % 12);
    const MomentRange start{Instant{earliest},
                            Instant{earliest + static_cast<std::int64_t>(dice() % 4)}};
    std::vector<Interruption> all;
    const std::size_t count = dice() % 25;
    for (std::size_t i = 0; i < count; ++i) {
      all.push_back(any());
    }
    const Progress progress = progress_of(start, period, {}, all);
    std::vector<Interruption> later;
    for (const std::size_t one : progress.later) {
      later.push_back(all[one]);
    }
    const MomentRange running = started_at(start, progress.reached);
    EXPECT_EQ(streak_end(start, period, {}, all), streak_end(running, period, {}, later));
    left_out += all.size() - later.size();

    // What stands besides the chain may be anything before its end.
    std::vector<Interruption> others = later;
    for (const std::size_t one : progress.chain) {
      others.push_back(all[one]);
    }
    for (std::size_t i = 0; i < 5; ++i) {
      const Interruption another = any();
      if (facts::last_of(another.when) < progress.reached) {
        others.push_back(another);
      }
    }
    EXPECT_EQ(streak_end(start, period, {}, others), streak_end(running, period, {}, later));
  }
  EXPECT_GT(left_out, 5000U);
}

}  // namespace
}  // namespace truce::monitor::internal
