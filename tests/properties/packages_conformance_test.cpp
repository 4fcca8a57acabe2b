// SPDX-License-Identifier: Apache-2.0
// Public scenarios with exact answers, which lie beside the repository:
// ../shared/conformance/talks.

#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "truce/encoding/json_value.h"
#include "truce/packages/frontier.h"
#include "truce/packages/read_json.h"
#include "truce/packages/solutions.h"

namespace truce {
namespace {

using encoding::JsonValue;
using packages::Fraction;
using packages::Integer;

const std::filesystem::path kAdditive = "../shared/conformance/talks/additive";

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

Fraction utility(const packages::Game& game, const packages::Point& point, std::size_t party) {
  return {point.worth[party], game.parties[party].denominator};
}

void expect_near(const JsonValue& expected, const char* name, const Fraction& got) {
  const JsonValue* value = expected.find(name);
  ASSERT_NE(value, nullptr) << name;
  EXPECT_NEAR(value->number(), got.to_double(), 1e-12 + 1e-12 * std::abs(got.to_double())) << name;
}

void expect_frontier(const packages::Game& game, const packages::Frontier& frontier,
                     const JsonValue& expected) {
  EXPECT_EQ(packages::count_packages(game).to_text(), expected.find("space")->text());
  EXPECT_EQ(frontier.feasible, packages::count_packages(game));
  const auto& points = expected.find("pareto")->elements();
  ASSERT_EQ(static_cast<std::int64_t>(frontier.points.size()),
            expected.find("pareto_count")->integer());
  ASSERT_EQ(frontier.points.size(), points.size());
  std::int64_t accepted = 0;
  for (std::size_t at = 0; at < points.size(); ++at) {
    const packages::Point& point = frontier.points[at];
    accepted += packages::is_accepted_by_all(game, point) ? 1 : 0;
    for (std::size_t party = 0; party < 2; ++party) {
      EXPECT_EQ(utility(game, point, party),
                *Fraction::from_text(points[at].elements()[party].text()));
      EXPECT_EQ(point.worth[party], packages::worth(game.parties[party], point.package));
    }
  }
  EXPECT_EQ(accepted, expected.find("rational_pareto_count")->integer());
}

void expect_solutions(const packages::Game& game, const packages::Frontier& frontier,
                      const JsonValue& expected) {
  const auto zero = packages::choose(game, frontier, packages::GainFrom::Zero);
  const auto u = [&](const std::optional<std::size_t>& chosen, std::size_t party) {
    return utility(game, frontier.points[*chosen], party);
  };
  if (zero.nash.has_value()) {
    expect_near(expected, "nash_product_zero", u(zero.nash, 0) * u(zero.nash, 1));
  }
  expect_near(expected, "egalitarian_maxmin",
              std::min(u(zero.egalitarian, 0), u(zero.egalitarian, 1)));
  expect_near(expected, "max_welfare", u(zero.utilitarian, 0) + u(zero.utilitarian, 1));
  const Fraction difference = u(zero.equal_utilities, 0) - u(zero.equal_utilities, 1);
  expect_near(expected, "kalai_mindiff",
              difference.numerator.is_negative() ? Fraction{} - difference : difference);
  const auto above = packages::choose(game, frontier, packages::GainFrom::WalkAway);
  if (above.nash.has_value()) {
    const auto gain = [&](std::size_t party) {
      const packages::Party& side = game.parties[party];
      return u(above.nash, party) - Fraction{*side.walk_away, side.denominator};
    };
    expect_near(expected, "nash_product_reservation", gain(0) * gain(1));
  }
}

TEST(PackagesConformance, AdditiveScenariosAreExact) {
  if (!std::filesystem::exists(kAdditive)) {
    GTEST_SKIP() << kAdditive << " does not lie beside the repository";
  }
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kAdditive)) {
    SCOPED_TRACE(entry.path().filename().string());
    const std::string text = text_of(entry.path());
    const auto game = packages::read_exact_json(entry.path().string(), text);
    ASSERT_TRUE(game.has_value()) << game.error().message;
    const auto frontier = packages::find_frontier(*game);
    ASSERT_TRUE(frontier.has_value()) << frontier.error().message;
    const auto document = encoding::parse_json("expected", text);
    ASSERT_TRUE(document.has_value());
    expect_frontier(*game, *frontier, *document->find("expected"));
    expect_solutions(*game, *frontier, *document->find("expected"));
    ++count;
  }
  EXPECT_EQ(count, 306U);
}

}  // namespace
}  // namespace truce
