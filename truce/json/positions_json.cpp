// SPDX-License-Identifier: Apache-2.0
#include "truce/json/positions_json.h"

#include "truce/encoding/json_value.h"
#include "truce/json/internal/diagnostics_value.h"

namespace truce::json {
namespace {

using encoding::JsonValue;

std::string worth_text(const packages::Party& party, const packages::Integer& worth) {
  return packages::Fraction{worth, party.denominator}.to_text();
}

JsonValue options_value(const packages::Issue& issue) {
  JsonValue options = JsonValue::array();
  for (const std::string& option : issue.options) {
    options.push_back(option);
  }
  return options;
}

// From the name of each issue to the options it may have.
JsonValue conjunction_value(const packages::Game& game, const packages::Conjunction& conjunction) {
  JsonValue value = JsonValue::object();
  for (const packages::OptionSet& set : conjunction) {
    JsonValue options = JsonValue::array();
    for (const std::uint32_t option : set.options) {
      options.push_back(game.issues[set.issue].options[option]);
    }
    value.append_member(game.issues[set.issue].name, std::move(options));
  }
  return value;
}

JsonValue share_value(const std::optional<packages::Fraction>& share) {
  return share.has_value() ? JsonValue(share->to_text()) : JsonValue();
}

JsonValue doubts_value(const packages::Game& game, const talks::Doubts& doubts) {
  JsonValue issues = JsonValue::object();
  for (std::size_t issue = 0; issue < game.issues.size(); ++issue) {
    if (doubts.issues[issue].has_value()) {
      issues.append_member(game.issues[issue].name, share_value(doubts.issues[issue]));
    }
  }
  JsonValue value = JsonValue::object();
  value.set("all", share_value(doubts.all));
  value.set("issues", std::move(issues));
  value.set("no_deal", share_value(doubts.walk_away));
  return value;
}

JsonValue position_value(const packages::Game& game, const packages::Party& party,
                         const talks::Doubts& doubts) {
  JsonValue values = JsonValue::object();
  for (std::size_t issue = 0; issue < game.issues.size(); ++issue) {
    JsonValue worths = JsonValue::object();
    for (std::size_t option = 0; option < game.issues[issue].options.size(); ++option) {
      worths.append_member(game.issues[issue].options[option],
                           worth_text(party, party.values[issue][option]));
    }
    values.append_member(game.issues[issue].name, std::move(worths));
  }
  JsonValue never = JsonValue::array();
  for (const packages::Conjunction& veto : party.vetoes) {
    never.push_back(conjunction_value(game, veto));
  }
  JsonValue together = JsonValue::array();
  for (const packages::Conditional& conditional : party.conditionals) {
    JsonValue one = JsonValue::object();
    one.set("when", conjunction_value(game, conditional.when));
    one.set("worth", worth_text(party, conditional.worth));
    together.push_back(std::move(one));
  }
  JsonValue value = JsonValue::object();
  value.set("party", party.name);
  value.set("denominator", party.denominator.to_text());
  value.set("values", std::move(values));
  value.set("together", std::move(together));
  value.set("never", std::move(never));
  value.set("no_deal", party.walk_away.has_value() ? JsonValue(worth_text(party, *party.walk_away))
                                                   : JsonValue());
  value.set("give_or_take", doubts_value(game, doubts));
  return value;
}

}  // namespace

std::string to_json(const workbench::PositionsRun& run) {
  if (run.draft.sink.has_errors()) {
    return internal::diagnostics_document(run.draft.sink, run.sources());
  }
  if (run.sink.has_errors()) {
    return internal::diagnostics_document(run.sink, run.sources());
  }
  JsonValue issues = JsonValue::array();
  for (const packages::Issue& issue : run.game.issues) {
    JsonValue value = JsonValue::object();
    value.set("name", issue.name);
    value.set("options", options_value(issue));
    issues.push_back(std::move(value));
  }
  JsonValue positions = JsonValue::array();
  for (std::size_t party = 0; party < run.game.parties.size(); ++party) {
    positions.push_back(position_value(run.game, run.game.parties[party], run.doubts[party]));
  }
  JsonValue document = JsonValue::object();
  document.set("schema", "truce.positions/1");
  document.set("agreement", run.draft.agreement.title);
  document.set("issues", std::move(issues));
  document.set("positions", std::move(positions));
  return document.to_pretty_text();
}

std::string to_json(const workbench::SettleRun& run, bool has_text) {
  if (run.talks.has_errors()) {
    return to_json(run.talks);
  }
  const packages::Game& game = run.talks.game;
  JsonValue package;
  if (run.package.has_value()) {
    package = JsonValue::object();
    for (std::size_t i = 0; i < run.package->size(); ++i) {
      package.append_member(game.issues[i].name, game.issues[i].options[(*run.package)[i]]);
    }
  }
  const auto list_of = [](const std::vector<std::string>& texts) {
    JsonValue list = JsonValue::array();
    for (const std::string& text : texts) {
      list.push_back(text);
    }
    return list;
  };
  JsonValue exclusions = JsonValue::array();
  for (const workbench::Exclusion& exclusion : run.exclusions) {
    JsonValue one = JsonValue::object();
    one.set("options", conjunction_value(game, exclusion.options));
    one.set("reasons", list_of(exclusion.reasons));
    exclusions.push_back(std::move(one));
  }
  JsonValue document = JsonValue::object();
  document.set("schema", "truce.settled/1");
  document.set("agreement", run.talks.draft.agreement.title);
  document.set("package", std::move(package));
  document.set("excluded", std::move(exclusions));
  document.set("in_every_package", list_of(run.remaining));
  if (has_text && run.package.has_value()) {
    document.set("text", run.text);
  }
  return document.to_pretty_text();
}

}  // namespace truce::json
