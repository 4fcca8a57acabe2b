// SPDX-License-Identifier: Apache-2.0
// Whole plans looked at by code that has only what came out and the text: distances to the road and
// the line by trying many points of them, slices by counting.
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/support/dice.h"
#include "tests/support/small_truce.h"
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "truce/geometry/region.h"
#include "truce/separation/plan.h"

namespace truce::testing {
namespace {

using separation::Plan;
using separation::Position;
using separation::Side;

constexpr double kRoad = 1500;
constexpr double kFromLine = 900;

// A front along the road of northland().
separation::PresenceReading random_reading(Dice& dice, std::vector<separation::Belonging>& whose) {
  separation::PresenceReading reading;
  reading.files = {"presence.csv"};
  const std::size_t count = 2 + dice.below(40);
  for (std::size_t i = 0; i < count; ++i) {
    separation::Observation seen;
    seen.id = fmt::format("p{}", i);
    const bool is_north = i < 2 ? i == 0 : dice.one_in(2);
    const double across = (static_cast<double>(dice.below(1000)) - 300) * 4e-5;
    seen.point = base::Point{{50.5 + (is_north ? across : -across)},
                             {10.15 + static_cast<double>(dice.below(1000)) * 3e-4}};
    seen.kind.names = dice.one_in(4) ? std::vector<std::string>{}
                                     : std::vector<std::string>{dice.any({"Tanks", "Fighters"})};
    reading.observations.push_back(std::move(seen));
    whose.push_back(is_north ? separation::Belonging::First : separation::Belonging::Second);
  }
  return reading;
}

// To the nearest of many points of the line: never too short, too far by less than a metre.
double distance_to(base::Point from, const std::vector<geometry::Polyline>& lines) {
  double least = 1e9;
  for (const geometry::Polyline& line : lines) {
    for (std::size_t i = 1; i < line.size(); ++i) {
      const auto at = [&](double share) {
        return geometry::distance(
                   from,
                   {{std::lerp(line[i - 1].latitude.degrees, line[i].latitude.degrees, share)},
                    {std::lerp(line[i - 1].longitude.degrees, line[i].longitude.degrees, share)}})
            .value;
      };
      double low = 0;
      double high = 1;
      while (high - low > 1e-5) {
        const double third = (high - low) / 3;
        (at(low + third) < at(high - third) ? high : low) +=
            at(low + third) < at(high - third) ? -third : third;
      }
      least = std::min(least, at(low));
    }
  }
  return least;
}

const std::vector<geometry::Polyline>& road() {
  static const std::vector<geometry::Polyline> kLines = {{{{50.5}, {10.2}}, {{50.5}, {10.4}}}};
  return kLines;
}

// What the text asks of the position, by hand: the tanks of both away from the road, the forces of
// South away from those of North.
std::map<std::string, double> asked(const Plan& plan, std::size_t i,
                                    const incidents::NameSet& kind) {
  const Position& position = plan.positions.positions[i];
  std::map<std::string, double> needs;
  const double from_road = distance_to(position.point, road());
  if ((kind.names.empty() || kind.names.front() == "Tanks") && from_road < kRoad) {
    needs["1.1"] = kRoad - from_road;
  }
  // Tanks are weapons, not forces.
  if (position.side == Side::Second && !plan.line.lines.empty() &&
      (kind.names.empty() || kind.names.front() == "Fighters")) {
    const double away = distance_to(position.point, plan.line.lines);
    const double far = plan.line.ground[i] == position.side ? kFromLine - away : kFromLine + away;
    if (far > 0) {
      needs["1.2"] = far;
    }
  }
  return needs;
}

void expect_moves(const Plan& plan, const separation::PresenceReading& reading,
                  const std::vector<separation::Demand>& demands) {
  std::map<std::size_t, const separation::Move*> moves;
  for (const separation::Move& move : plan.moves) {
    EXPECT_TRUE(moves.empty() || moves.rbegin()->first < move.position);
    moves[move.position] = &move;
  }
  for (std::size_t i = 0; i < plan.positions.positions.size(); ++i) {
    const auto& kind = reading.observations[plan.positions.positions[i].observation].kind;
    std::map<std::string, double> told;
    double most = 0;
    if (moves.contains(i)) {
      for (const separation::Need& need : moves[i]->needs) {
        told[demands[need.demand].number] = need.distance.value;
        most = std::max(most, need.distance.value);
        EXPECT_EQ(need.is_doubtful, kind.names.empty());
      }
      EXPECT_GE(moves[i]->distance.value, most);
    }
    for (const auto& [number, far] : asked(plan, i, kind)) {
      // What is asked for by less than the error of measuring need not be told.
      EXPECT_NEAR(told.contains(number) ? told[number] : 0, far, 1.0) << number;
      told.erase(number);
    }
    for (const auto& [number, far] : told) {
      EXPECT_LT(far, 1.0) << number;
    }
  }
}

void expect_slices(const Plan& plan, const std::vector<separation::Demand>& demands) {
  ASSERT_EQ(plan.schedules.size(), 1U);
  const separation::Schedule& schedule = plan.schedules.front();
  ASSERT_EQ(schedule.slices.size(), 5U);
  std::array<std::set<std::size_t>, 2> left;
  for (const separation::Move& move : plan.moves) {
    for (const separation::Need& need : move.needs) {
      if (demands[need.demand].number == "1.1") {
        left[static_cast<std::size_t>(plan.positions.positions[move.position].side)].insert(
            move.position);
      }
    }
  }
  const std::array<double, 2> all = {static_cast<double>(left[0].size()),
                                     static_cast<double>(left[1].size())};
  const double finest = std::min(all[0], all[1]);
  std::array<double, 2> done = {0, 0};
  for (const separation::Slice& slice : schedule.slices) {
    const std::array<double, 2> before = done;
    for (std::size_t side = 0; side < 2; ++side) {
      EXPECT_LE(std::abs(static_cast<double>(slice.positions[side].size()) - all[side] / 5), 1);
      EXPECT_TRUE(std::is_sorted(slice.positions[side].begin(), slice.positions[side].end()));
      for (const std::size_t position : slice.positions[side]) {
        EXPECT_EQ(left[side].erase(position), 1U);
        done[side] += 1 / all[side];
      }
    }
    if (finest > 0) {
      EXPECT_LT(std::abs(done[0] - done[1]), 1 / finest + 1e-9);
      EXPECT_LT(done[0] - before[1], 0.2 + 1 / all[1] + 1e-9);
      EXPECT_LT(done[1] - before[0], 0.2 + 1 / all[0] + 1e-9);
      EXPECT_LE(std::abs(done[0] - done[1]), *schedule.ahead_after + 1e-9);
      EXPECT_LE(std::max(done[0] - before[1], done[1] - before[0]), *schedule.ahead_within + 1e-9);
    }
  }
  EXPECT_TRUE(left[0].empty() && left[1].empty());
}

TEST(SeparationPlan, HoldsToTheTextWhenCheckedFromScratch) {
  const agreement::Agreement text = agreement_of(
      northland("",
                "1.1 reciprocal phases between North and South; start not later than D; finish "
                "within 30 hours of D; at intervals of 6 hours; phase North shall withdraw "
                "Tanks away from Road at least 1500 m; phase South shall withdraw Tanks away "
                "from Road at least 1500 m; consequence none stated.\n"
                "1.2 South shall separate Forces away from Forces of North at least 900 m; "
                "within 2 days of D; consequence none stated.\n"),
      nullptr, northland_annexes());
  const separation::SideActors sides = {*text.find_actor("North"), *text.find_actor("South")};
  for (std::uint64_t seed = 1; seed <= 25 && !::testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    Dice dice(seed);
    std::vector<separation::Belonging> whose;
    const auto reading = random_reading(dice, whose);
    separation::PlanRules rules;
    rules.text = &text;
    rules.demands = separation::find_demands(text, sides);
    rules.line.cell_side = base::Metres{200};
    if (dice.one_in(2)) {
      rules.line.hold = base::Metres{300};
    }
    ASSERT_EQ(rules.demands.size(), 3U);
    const auto plan =
        separation::make_plan(reading, separation::positions_at(reading, whose, {}), rules);
    ASSERT_TRUE(plan.has_value());
    expect_moves(*plan, reading, rules.demands);
    expect_slices(*plan, rules.demands);
  }
}

TEST(SeparationPlan, APinnedPositionStandsOnItsOwnSide) {
  const agreement::Agreement text = agreement_of(northland("", ""), nullptr, northland_annexes());
  std::size_t left_behind = 0;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    SCOPED_TRACE(seed);
    Dice dice(seed);
    std::vector<separation::Belonging> whose;
    const auto reading = random_reading(dice, whose);
    separation::PlanRules rules;
    rules.text = &text;
    rules.line.cell_side = base::Metres{200};
    rules.line.hold = base::Metres{50};
    const separation::Positions positions = separation::positions_at(reading, whose, {});
    const auto free = separation::make_plan(reading, positions, rules);
    ASSERT_TRUE(free.has_value());
    for (std::size_t i = 0; i < positions.positions.size(); ++i) {
      if (free->line.ground[i] == positions.positions[i].side) {
        continue;
      }
      ++left_behind;
      rules.line.pinned = {i};
      const auto pinned = separation::make_plan(reading, positions, rules);
      ASSERT_TRUE(pinned.has_value());
      EXPECT_EQ(pinned->line.ground[i], positions.positions[i].side);
      EXPECT_GE(pinned->line.cost, free->line.cost - 1);
      break;
    }
  }
  EXPECT_GT(left_behind, 3U);
}

}  // namespace
}  // namespace truce::testing
