// SPDX-License-Identifier: Apache-2.0
// Public scenarios with exact answers, which lie beside the repository:
// ../shared/conformance/talks.

#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "truce/encoding/json_value.h"
#include "truce/packages/acceptance.h"
#include "truce/packages/frontier.h"
#include "truce/packages/read_json.h"
#include "truce/packages/read_xml.h"
#include "truce/packages/solutions.h"

namespace truce {
namespace {

using encoding::JsonValue;
using packages::Fraction;
using packages::Integer;

const std::filesystem::path kTalks = "../shared/conformance/talks";
const std::filesystem::path kAdditive = kTalks / "additive";

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

packages::NamedText named(const std::string& path) {
  return {path, text_of(kTalks / "xml" / path)};
}

TEST(PackagesConformance, XmlIsWorthWhatTheExactFormIs) {
  if (!std::filesystem::exists(kTalks)) {
    GTEST_SKIP() << kTalks << " does not lie beside the repository";
  }
  const std::vector<std::vector<std::string>> cases = {
      {"Energy/energy_domain.xml", "Energy/energy_consumer.xml", "Energy/energy_distributor.xml",
       "genius__anac__y2011__Energy"},
      {"EnglandZimbabwe/EnglandZimbabwe_domain.xml", "EnglandZimbabwe/England.xml",
       "EnglandZimbabwe/Zimbabwe.xml", "genius__anac__y2010__EnglandZimbabwe"},
      {"ItexvsCypress/ItexvsCypress_domain.xml", "ItexvsCypress/ItexvsCypress_Cypress.xml",
       "ItexvsCypress/ItexvsCypress_Itex.xml", "genius__anac__y2010__ItexvsCypress"},
      {"NiceOrDie/NiceOrDie-C-domain.xml", "NiceOrDie/NiceOrDie-C-prof1.xml",
       "NiceOrDie/NiceOrDie-C-prof2.xml", "genius__anac__y2012__NiceOrDieC"},
      {"Travel/travel_domain.xml", "Travel/travel_chox.xml", "Travel/travel_fanny.xml",
       "genius__anac__y2010__Travel"}};
  for (const auto& files : cases) {
    SCOPED_TRACE(files[0]);
    const auto xml = packages::read_genius_xml(named(files[0]), {named(files[1]), named(files[2])});
    ASSERT_TRUE(xml.has_value()) << xml.error().message;
    const auto exact =
        packages::read_exact_json(files[3], text_of(kAdditive / (files[3] + ".json")));
    ASSERT_TRUE(exact.has_value());
    for (std::size_t party = 0; party < 2; ++party) {
      const packages::Party& one = xml->game.parties[party];
      const packages::Party& other = exact->parties[party];
      for (std::size_t issue = 0; issue < one.values.size(); ++issue) {
        for (std::size_t option = 0; option < one.values[issue].size(); ++option) {
          EXPECT_EQ((Fraction{one.values[issue][option], one.denominator}),
                    (Fraction{other.values[issue][option], other.denominator}));
        }
      }
      if (one.walk_away.has_value()) {
        EXPECT_EQ((Fraction{*one.walk_away, one.denominator}),
                  (Fraction{*other.walk_away, other.denominator}));
      }
    }
  }
}

// Six parties, a file each: a line of scores for each issue, then what is accepted.
packages::Game threshold_game(const std::string& name, const std::vector<std::string>& parties) {
  packages::Game game;
  for (const std::string& party : parties) {
    std::istringstream lines(
        text_of(kTalks / "thresholds" / name / "scores_files" / (party + ".txt")));
    packages::Party read;
    read.name = party;
    for (std::string line; std::getline(lines, line);) {
      std::vector<Integer> values;
      std::istringstream numbers(line);
      for (std::string number; std::getline(numbers, number, ',');) {
        values.emplace_back(std::stoll(number));
      }
      if (values.size() > 1) {
        read.values.push_back(std::move(values));
      } else if (values.size() == 1) {
        read.walk_away = values[0];
      }
    }
    game.parties.push_back(std::move(read));
  }
  for (const auto& row : game.parties[0].values) {
    packages::Issue issue;
    issue.name = "issue " + std::to_string(game.issues.size());
    for (std::size_t option = 0; option < row.size(); ++option) {
      issue.options.push_back(std::to_string(option));
    }
    game.issues.push_back(std::move(issue));
  }
  return game;
}

// Accepted by all, and by those two and all others but one.
std::pair<std::string, std::string> accepted(const packages::Game& game, std::size_t first,
                                             std::size_t second) {
  const auto by_all = packages::count_accepted(game);
  EXPECT_TRUE(by_all.has_value());
  Integer by_most = *by_all;
  for (std::size_t party = 0; party < game.parties.size(); ++party) {
    if (party != first && party != second) {
      packages::Game without = game;
      without.parties[party].walk_away.reset();
      by_most += *packages::count_accepted(without) - *by_all;
    }
  }
  return {by_all->to_text(), by_most.to_text()};
}

TEST(PackagesConformance, ThresholdGamesHaveAsManyDealsAsPublished) {
  if (!std::filesystem::exists(kTalks)) {
    GTEST_SKIP() << kTalks << " does not lie beside the repository";
  }
  const packages::Game base =
      threshold_game("base", {"SportCo", "DoT", "enviroment", "mayor", "other_cities", "union"});
  ASSERT_TRUE(packages::check(base).has_value());
  EXPECT_EQ(accepted(base, 0, 1), std::pair(std::string("12"), std::string("55")));
  const packages::Game second = threshold_game(
      "game1", {"proposing", "bank", "enviroment", "construction", "community", "tourism"});
  ASSERT_TRUE(packages::check(second).has_value());
  EXPECT_EQ(accepted(second, 0, 1), std::pair(std::string("21"), std::string("57")));
}

// `name` of a domain of hyper-rectangles.
void expect_nonlinear(const std::string& name) {
  const std::filesystem::path folder = kTalks / "nonlinear" / name;
  const std::string domain = folder / (name + "-domain.xml");
  const std::string first = folder / "profile-1.xml";
  const std::string second = folder / "profile-2.xml";
  const auto read = packages::read_genius_xml({domain, text_of(domain)},
                                              {{first, text_of(first)}, {second, text_of(second)}});
  ASSERT_TRUE(read.has_value()) << read.error().message;
  const auto frontier = packages::find_frontier(read->game);
  ASSERT_TRUE(frontier.has_value()) << frontier.error().message;
  EXPECT_TRUE(frontier->is_complete);
  const auto document = encoding::parse_json("expected", text_of(folder / "expected.json"));
  ASSERT_TRUE(document.has_value());
  const auto& points = document->find("exact_front_integer")->elements();
  ASSERT_EQ(frontier->points.size(), points.size());
  for (std::size_t at = 0; at < points.size(); ++at) {
    const packages::Point& point = frontier->points[at];
    EXPECT_EQ(utility(read->game, point, 0), (Fraction{points[at].find("ua")->integer(), 1}));
    EXPECT_EQ(utility(read->game, point, 1), (Fraction{points[at].find("ub")->integer(), 1}));
    packages::Package witness;
    for (const JsonValue& option : points[at].find("bid")->elements()) {
      witness.push_back(static_cast<std::uint32_t>(option.integer()));
    }
    for (std::size_t party = 0; party < 2; ++party) {
      EXPECT_EQ(point.worth[party], packages::worth(read->game.parties[party], point.package));
      EXPECT_EQ(point.worth[party], packages::worth(read->game.parties[party], witness));
    }
  }
}

TEST(PackagesConformance, NonlinearFrontiersAreExact) {
  if (!std::filesystem::exists(kTalks)) {
    GTEST_SKIP() << kTalks << " does not lie beside the repository";
  }
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kTalks / "nonlinear")) {
    SCOPED_TRACE(entry.path().filename().string());
    expect_nonlinear(entry.path().filename().string());
    ++count;
  }
  EXPECT_EQ(count, 8U);
}

}  // namespace
}  // namespace truce
