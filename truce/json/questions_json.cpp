// SPDX-License-Identifier: Apache-2.0
#include "truce/json/questions_json.h"

#include "truce/encoding/json_value.h"
#include "truce/json/internal/game_value.h"
#include "truce/json/internal/texts_value.h"

namespace truce::json {
namespace {

using encoding::JsonValue;
using packages::Game;
using packages::Package;

JsonValue point_of(const Game& game, const Package& package) {
  packages::Point point{.package = package, .worth = {}};
  bool is_accepted = true;
  for (const packages::Party& party : game.parties) {
    point.worth.push_back(packages::worth(party, package));
    is_accepted = is_accepted && packages::is_accepted(party, package);
  }
  JsonValue value = internal::point_value(game, point);
  value.set("accepted_by_all", is_accepted);
  return value;
}

JsonValue demands_value(const Game& game, const packages::DemandPair& pair) {
  JsonValue concessions = JsonValue::array();
  for (const packages::Fraction& concession : pair.concessions) {
    concessions.push_back(concession.to_text());
  }
  JsonValue value = JsonValue::object();
  value.set("concessions", std::move(concessions));
  value.set("package", internal::package_value(game, pair.package));
  return value;
}

}  // namespace

std::string to_json(const workbench::NextRun& run) {
  const Game& game = run.file.game;
  JsonValue exchange;
  if (run.exchange.has_value()) {
    JsonValue steps = JsonValue::array();
    for (const packages::Step& step : run.exchange->steps) {
      const packages::Issue& issue = game.issues[step.issue];
      JsonValue one = JsonValue::object();
      one.set("party", game.parties[step.party].name);
      one.set("issue", issue.name);
      one.set("from", issue.options[(*run.on_table)[step.issue]]);
      one.set("to", issue.options[step.option]);
      one.set("gives", step.gives.to_text());
      steps.push_back(std::move(one));
    }
    exchange = JsonValue::object();
    exchange.set("steps", std::move(steps));
    exchange.set("after", point_of(game, run.exchange->package));
  }
  JsonValue parties = JsonValue::array();
  for (const packages::Party& party : game.parties) {
    parties.push_back(party.name);
  }
  JsonValue document = JsonValue::object();
  document.set("schema", "truce.next/1");
  document.set("read", internal::texts_of(run.file.read));
  document.set("parties", std::move(parties));
  document.set("deal_there", run.is_deal_there);
  document.set("on_table", run.on_table.has_value() ? point_of(game, *run.on_table) : JsonValue());
  document.set("demands",
               run.demands.has_value() ? demands_value(game, *run.demands) : JsonValue());
  document.set("exchange", std::move(exchange));
  document.set("elapsed_ms", run.elapsed_ms);
  return document.to_pretty_text();
}

namespace {

JsonValue survival_value(const Game& game, const packages::Survival& survival) {
  JsonValue value = JsonValue::object();
  value.set("survives", survival.survives());
  value.set("accepted", survival.is_accepted);
  value.set("bettered_by", survival.bettered_by.has_value()
                               ? internal::package_value(game, *survival.bettered_by)
                               : JsonValue());
  return value;
}

JsonValue errors_value(const Game& game, const packages::Errors& errors) {
  JsonValue issues = JsonValue::object();
  for (std::size_t issue = 0; issue < game.issues.size(); ++issue) {
    issues.append_member(game.issues[issue].name, errors.issues[issue].to_text());
  }
  JsonValue value = JsonValue::object();
  value.set("issues", std::move(issues));
  value.set("no_deal", errors.walk_away.to_text());
  return value;
}

JsonValue unsettled_value(const workbench::RobustRun& run) {
  if (!run.unsettled.has_value()) {
    return {};
  }
  JsonValue question;
  if (run.unsettled->best_question.has_value()) {
    question = JsonValue::object();
    question.set("party", run.file.game.parties[run.unsettled->best_question->party].name);
    question.set("text", workbench::to_text(run.file.game, *run.unsettled->best_question));
    question.set("left", run.unsettled->left.to_text());
  }
  JsonValue value = JsonValue::object();
  value.set("surely_accepted", run.unsettled->surely_accepted.to_text());
  value.set("perhaps_accepted", run.unsettled->perhaps_accepted.to_text());
  value.set("ask", std::move(question));
  return value;
}

}  // namespace

std::string to_json(const workbench::RobustRun& run) {
  const Game& game = run.file.game;
  JsonValue document = JsonValue::object();
  document.set("schema", "truce.robust/1");
  document.set("read", internal::texts_of(run.file.read));
  document.set("package", run.package.has_value() ? point_of(game, *run.package) : JsonValue());
  JsonValue parties = JsonValue::array();
  for (std::size_t party = 0; party < run.robustness.of_party.size(); ++party) {
    const auto& most = run.robustness.accepted_up_to[party];
    JsonValue one = survival_value(game, run.robustness.of_party[party]);
    one.set("party", game.parties[party].name);
    one.set("errors", errors_value(game, run.errors[party]));
    one.set("accepted_up_to", most.has_value() ? JsonValue(most->to_text()) : JsonValue());
    parties.push_back(std::move(one));
  }
  document.set("parties", std::move(parties));
  document.set("all_at_once",
               run.package.has_value() ? survival_value(game, run.robustness.of_all) : JsonValue());
  document.set("unsettled", unsettled_value(run));
  document.set("not_found", run.not_found.empty() ? JsonValue() : JsonValue(run.not_found));
  document.set("elapsed_ms", run.elapsed_ms);
  return document.to_pretty_text();
}

}  // namespace truce::json
