// SPDX-License-Identifier: Apache-2.0
// Lines between more than two sides, by what came out alone.
#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "tests/properties/crossings.h"
#include "tests/support/dice.h"
#include <gtest/gtest.h>

#include "truce/separation/line.h"
#include "truce/separation/many_line.h"

namespace truce::testing {
namespace {

struct Front {
  std::vector<separation::Position> positions;
  std::vector<std::size_t> side_of;
};

// Around a middle where all sides meet, some mixed.
Front random_front(Dice& dice, std::size_t sides) {
  Front front;
  const std::size_t count = sides + dice.below(40);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t side = i % sides;
    const double turn = (static_cast<double>(side) + static_cast<double>(dice.below(1000)) / 900) /
                        static_cast<double>(sides) * 6.283185307179586;
    const double away = 200 + static_cast<double>(dice.below(2000));
    front.positions.push_back(
        {.observation = i,
         .side = {},
         .point = {{36 + std::cos(turn) * away * 1e-5}, {37 + std::sin(turn) * away * 1.2e-5}},
         .radius = {0},
         .weight = static_cast<double>(1 + dice.below(4)) / 4});
    front.side_of.push_back(side);
  }
  return front;
}

TEST(ManySidesProperty, LinesKeepEachPositionOnItsGround) {
  for (std::uint64_t seed = 1; seed <= 40 && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    Dice dice(seed);
    const std::size_t sides = 3 + dice.below(3);
    const Front front = random_front(dice, sides);
    separation::LineOptions options;
    options.cell_side = base::Metres{60 + static_cast<double>(dice.below(60))};
    if (dice.one_in(3)) {
      options.hold = base::Metres{100 + static_cast<double>(dice.below(2000))};
    }
    const auto lines = separation::part_sides(front.positions, front.side_of, sides, {}, options);
    ASSERT_TRUE(lines.has_value()) << lines.error().message;
    EXPECT_LE(lines->at_least, lines->cost + 1e-6);
    std::vector<geometry::Polyline> all;
    for (const separation::LineBetween& between : lines->lines) {
      all.push_back(between.line);
    }
    for (std::size_t i = 1; i < front.positions.size(); ++i) {
      if (lines->ground[i - 1] != lines->ground[i]) {
        EXPECT_GE(crossings(all, front.positions[i - 1].point, front.positions[i].point), 1U);
      }
      if (!options.hold) {
        // Its own, but where two sides share a cell.
        const bool is_own = lines->ground[i] == front.side_of[i];
        EXPECT_TRUE(is_own || lines->distances[i].value < options.cell_side->value * 3);
      }
    }
    // Of one side against all others each line is crossed an odd number of times between them.
    for (std::size_t side = 0; side < sides; ++side) {
      std::vector<geometry::Polyline> of_side;
      for (const separation::LineBetween& between : lines->lines) {
        EXPECT_LT(between.one, between.other);
        if (between.one == side || between.other == side) {
          of_side.push_back(between.line);
        }
      }
      for (std::size_t i = 1; i < front.positions.size(); ++i) {
        const bool is_parted = (lines->ground[i - 1] == side) != (lines->ground[i] == side);
        EXPECT_EQ(
            crossings(of_side, front.positions[i - 1].point, front.positions[i].point) % 2 == 1,
            is_parted)
            << side << " " << i;
      }
    }
  }
}

TEST(ManySidesProperty, WithTwoSidesItIsTheExactLine) {
  for (std::uint64_t seed = 1; seed <= 20 && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    Dice dice(seed);
    Front front = random_front(dice, 2);
    for (std::size_t i = 0; i < front.positions.size(); ++i) {
      front.positions[i].side = static_cast<separation::Side>(front.side_of[i]);
    }
    separation::LineOptions options;
    options.cell_side = base::Metres{80};
    const auto many = separation::part_sides(front.positions, front.side_of, 2, {}, options);
    ASSERT_TRUE(many.has_value());
    auto planner = separation::LinePlanner::make(front.positions, {}, options);
    ASSERT_TRUE(planner.has_value());
    ASSERT_TRUE(planner->solve().has_value());
    // Each cell's cost is rounded by itself there.
    EXPECT_NEAR(many->cost, planner->cost(), 0.002 * planner->cost() + 1);
    EXPECT_NEAR(many->at_least, many->cost, 1e-6);
  }
}

}  // namespace
}  // namespace truce::testing
