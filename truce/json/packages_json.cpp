// SPDX-License-Identifier: Apache-2.0
#include "truce/json/packages_json.h"

#include "truce/encoding/json_value.h"
#include "truce/json/internal/game_value.h"
#include "truce/json/internal/texts_value.h"

namespace truce::json {

using encoding::JsonValue;

namespace internal {

JsonValue utility_value(const packages::Party& party, const packages::Integer& worth) {
  return packages::Fraction{worth, party.denominator}.to_text();
}

JsonValue package_value(const packages::Game& game, const packages::Package& package) {
  JsonValue value = JsonValue::object();
  for (std::size_t issue = 0; issue < package.size(); ++issue) {
    value.append_member(game.issues[issue].name, game.issues[issue].options[package[issue]]);
  }
  return value;
}

JsonValue point_value(const packages::Game& game, const packages::Point& point) {
  JsonValue utilities = JsonValue::array();
  for (std::size_t party = 0; party < game.parties.size(); ++party) {
    utilities.push_back(utility_value(game.parties[party], point.worth[party]));
  }
  JsonValue value = JsonValue::object();
  value.set("utilities", std::move(utilities));
  value.set("package", package_value(game, point.package));
  return value;
}

}  // namespace internal

namespace {

JsonValue chosen_value(const workbench::PackagesRun& run,
                       const std::optional<std::size_t>& chosen) {
  return chosen.has_value() ? internal::point_value(run.file.game, run.frontier.points[*chosen])
                            : JsonValue();
}

}  // namespace

std::string to_json(const workbench::PackagesRun& run) {
  const packages::Game& game = run.file.game;
  JsonValue parties = JsonValue::array();
  for (const packages::Party& party : game.parties) {
    parties.push_back(party.name);
  }
  JsonValue points = JsonValue::array();
  for (const packages::Point& point : run.frontier.points) {
    JsonValue value = internal::point_value(game, point);
    value.set("accepted_by_all", packages::is_accepted_by_all(game, point));
    points.push_back(std::move(value));
  }
  JsonValue frontier = JsonValue::object();
  frontier.set("size", run.frontier.points.size());
  frontier.set("complete", true);
  frontier.set("points", std::move(points));
  JsonValue document = JsonValue::object();
  document.set("schema", "truce.packages/1");
  document.set("read", internal::texts_of(run.file.read));
  document.set("notes", internal::texts_of(run.file.notes));
  document.set("parties", std::move(parties));
  document.set("issues", game.issues.size());
  document.set("packages", packages::count_packages(game).to_text());
  document.set("feasible", run.frontier.feasible.to_text());
  document.set("gains_from", run.gain_from == packages::GainFrom::WalkAway ? "walk-away" : "zero");
  document.set("frontier", std::move(frontier));
  document.set("nash", chosen_value(run, run.solutions.nash));
  document.set("kalai_smorodinsky", chosen_value(run, run.solutions.kalai_smorodinsky));
  document.set("egalitarian", chosen_value(run, run.solutions.egalitarian));
  document.set("utilitarian", chosen_value(run, run.solutions.utilitarian));
  document.set("equal_utilities", chosen_value(run, run.solutions.equal_utilities));
  document.set("elapsed_ms", run.elapsed_ms);
  return document.to_pretty_text();
}

}  // namespace truce::json
