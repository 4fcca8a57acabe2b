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

// A point of the frontier or, where that was not found, what the rule chose when it was asked
// alone.
JsonValue chosen_value(const workbench::PackagesRun& run, packages::Rule rule,
                       const std::optional<std::size_t>& chosen) {
  if (!run.optima.empty()) {
    const auto& optimum = run.optima[static_cast<std::size_t>(rule)];
    if (!optimum.has_value() || !optimum->point.has_value()) {
      return {};
    }
    JsonValue value = internal::point_value(run.file.game, *optimum->point);
    value.set("accepted_by_all", packages::is_accepted_by_all(run.file.game, *optimum->point));
    value.set("complete", optimum->is_complete);
    value.set("reached", optimum->reached);
    value.set("at_most", optimum->most.has_value() ? JsonValue(*optimum->most) : JsonValue());
    return value;
  }
  return chosen.has_value() ? internal::point_value(run.file.game, run.frontier.points[*chosen])
                            : JsonValue();
}

JsonValue equal_value(const workbench::PackagesRun& run) {
  const auto& chosen = run.solutions.equal_utilities;
  return chosen.has_value() ? internal::point_value(run.file.game, run.frontier.points[*chosen])
                            : JsonValue();
}

JsonValue closeness_value(const packages::Game& game, const packages::Closeness& closeness) {
  JsonValue value = JsonValue::object();
  JsonValue largest;
  JsonValue concessions = JsonValue::array();
  JsonValue package;
  if (closeness.least_concession.has_value()) {
    packages::Fraction most;
    for (const packages::Fraction& concession : closeness.least_concession->concessions) {
      concessions.push_back(concession.to_text());
      most = std::max(most, concession);
    }
    largest = most.to_text();
    package = internal::package_value(game, closeness.least_concession->package);
  }
  value.set("largest_concession", std::move(largest));
  value.set("concessions", std::move(concessions));
  value.set("package", std::move(package));
  value.set("demands_to_relax", closeness.demands_to_relax.has_value()
                                    ? JsonValue(*closeness.demands_to_relax)
                                    : JsonValue());
  const bool is_counted = closeness.accepted.has_value() && closeness.feasible.has_value() &&
                          !closeness.feasible->is_zero();
  value.set("acceptable_share", is_counted ? JsonValue(closeness.accepted->to_text() + "/" +
                                                       closeness.feasible->to_text())
                                           : JsonValue());
  value.set("not_found", internal::texts_of(closeness.not_found));
  return value;
}

// From numbers to what they stand for.
JsonValue sets_value(const std::vector<std::vector<std::size_t>>& sets,
                     const std::vector<std::string>& names) {
  JsonValue value = JsonValue::array();
  for (const std::vector<std::size_t>& set : sets) {
    JsonValue entry = JsonValue::array();
    for (const std::size_t at : set) {
      entry.push_back(names[at]);
    }
    value.push_back(std::move(entry));
  }
  return value;
}

JsonValue conflicts_value(const packages::Conflicts& conflicts,
                          const std::vector<std::string>& names) {
  JsonValue value = JsonValue::object();
  value.set("conflicts", sets_value(conflicts.sets, names));
  value.set("relaxations", sets_value(conflicts.relaxations, names));
  value.set("complete", conflicts.is_complete);
  return value;
}

std::vector<std::string> issue_names(const packages::Game& game) {
  std::vector<std::string> names;
  for (const packages::Issue& issue : game.issues) {
    names.push_back(issue.name);
  }
  return names;
}

}  // namespace

std::string to_json(const base::Result<workbench::ProofShows>& checked) {
  const workbench::ProofShows none;
  const workbench::ProofShows& all = checked ? *checked : none;
  const proof_check::Proved& shown = all.of_game;
  const auto count = [](const std::optional<std::size_t>& number) {
    return number.has_value() ? JsonValue(*number) : JsonValue();
  };
  const auto sets = [](const std::optional<proof_check::Proved::Sets>& found) {
    JsonValue value;
    if (found.has_value()) {
      value = JsonValue::object();
      value.set("conflicts", found->conflicts);
      value.set("relaxations", found->relaxations);
    }
    return value;
  };
  JsonValue document = JsonValue::object();
  document.set("schema", "truce.proof-check/2");
  document.set("holds", checked.has_value());
  document.set("points", count(shown.points));
  document.set("nearby", count(shown.nearby));
  document.set("rules", internal::texts_of(shown.rules));
  document.set("demands", sets(shown.demands));
  document.set("issues", sets(all.issues));
  document.set("problem", checked ? JsonValue() : JsonValue(checked.error().message));
  return document.to_pretty_text();
}

std::string to_json(const workbench::CloseRun& run) {
  JsonValue document = JsonValue::object();
  document.set("schema", "truce.closeness/1");
  document.set("read", internal::texts_of(run.file.read));
  document.set("closeness", closeness_value(run.file.game, run.closeness));
  document.set("elapsed_ms", run.elapsed_ms);
  return document.to_pretty_text();
}

std::string to_json(const workbench::BlocksRun& run) {
  std::vector<std::string> demands;
  for (const packages::Demand& demand : run.demands) {
    demands.push_back(packages::to_text(run.file.game, demand));
  }
  JsonValue document = JsonValue::object();
  document.set("schema", "truce.blocks/1");
  document.set("read", internal::texts_of(run.file.read));
  document.set("demands", conflicts_value(run.among_demands, demands));
  document.set("issues", conflicts_value(run.among_issues, issue_names(run.file.game)));
  document.set("unproved", internal::texts_of(run.unproved));
  document.set("elapsed_ms", run.elapsed_ms);
  return document.to_pretty_text();
}

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
  frontier.set("complete", run.frontier.is_complete);
  frontier.set("problem", run.problem.empty() ? JsonValue() : JsonValue(run.problem));
  JsonValue within = JsonValue::array();
  for (std::size_t party = 0; party < run.frontier.within.size(); ++party) {
    within.push_back(internal::utility_value(game.parties[party], run.frontier.within[party]));
  }
  frontier.set("within", run.frontier.within.empty() ? JsonValue() : std::move(within));
  frontier.set("points", std::move(points));
  JsonValue document = JsonValue::object();
  document.set("schema", "truce.packages/1");
  document.set("read", internal::texts_of(run.file.read));
  document.set("notes", internal::texts_of(run.file.notes));
  document.set("parties", std::move(parties));
  document.set("issues", game.issues.size());
  document.set("packages", packages::count_packages(game).to_text());
  document.set("feasible", run.frontier.feasible.has_value()
                               ? JsonValue(run.frontier.feasible->to_text())
                               : JsonValue());
  document.set("gains_from", run.gain_from == packages::GainFrom::WalkAway ? "walk-away" : "zero");
  document.set("frontier", std::move(frontier));
  document.set("nash", chosen_value(run, packages::Rule::Nash, run.solutions.nash));
  document.set("kalai_smorodinsky", chosen_value(run, packages::Rule::KalaiSmorodinsky,
                                                 run.solutions.kalai_smorodinsky));
  document.set("egalitarian",
               chosen_value(run, packages::Rule::Egalitarian, run.solutions.egalitarian));
  document.set("utilitarian",
               chosen_value(run, packages::Rule::Utilitarian, run.solutions.utilitarian));
  document.set("equal_utilities", equal_value(run));
  document.set("closeness", closeness_value(game, run.closeness));
  document.set("sticking_points", run.sticking_points.has_value()
                                      ? sets_value(run.sticking_points->sets, issue_names(game))
                                      : JsonValue());
  document.set("unproved", internal::texts_of(run.unproved));
  document.set("elapsed_ms", run.elapsed_ms);
  return document.to_pretty_text();
}

}  // namespace truce::json
