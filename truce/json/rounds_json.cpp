// SPDX-License-Identifier: Apache-2.0
#include "truce/json/rounds_json.h"

#include <string>

#include "truce/encoding/json_value.h"

namespace truce::json {
namespace {

using encoding::JsonValue;
using What = talks::BracketMove::What;

std::string digits(int number, std::size_t width) {
  const std::string text = std::to_string(number);
  return std::string(width > text.size() ? width - text.size() : 0, '0') + text;
}

std::string iso(base::Date day) {
  return digits(day.year, 4) + "-" + digits(day.month, 2) + "-" + digits(day.day, 2);
}

JsonValue list_of(const std::vector<std::string>& texts) {
  JsonValue list = JsonValue::array();
  for (const std::string& text : texts) {
    list.push_back(text);
  }
  return list;
}

JsonValue name_or_null(const std::string& name) {
  return name.empty() ? JsonValue() : JsonValue(name);
}

JsonValue move_value(const workbench::Move& move) {
  JsonValue value = JsonValue::object();
  value.set("what", talks::to_text(move.bracket.what));
  value.set("before", name_or_null(move.bracket.before));
  value.set("after", name_or_null(move.bracket.after));
  value.set("options_before", list_of(move.bracket.options_before));
  value.set("options_after", list_of(move.bracket.options_after));
  value.set("meaning", move.bracket.what == What::Reworded
                           ? JsonValue(comparison::to_text(move.meaning))
                           : JsonValue());
  return value;
}

JsonValue round_value(const talks::Round& round, const workbench::RoundStep& step) {
  JsonValue moves = JsonValue::array();
  for (const workbench::Move& move : step.moves) {
    moves.push_back(move_value(move));
  }
  JsonValue value = JsonValue::object();
  value.set("round", round.name);
  value.set("from", iso(round.from));
  value.set("to", iso(round.to));
  value.set("venue", round.venue);
  value.set("who", list_of(round.who));
  value.set("text", round.text);
  value.set("open", step.open);
  value.set("opened", step.count(What::Opened));
  value.set("closed", step.count(What::Closed));
  value.set("reworded", step.count(What::Reworded));
  value.set("stuck", step.stuck);
  value.set("open_before", step.open_before);
  value.set("moves", std::move(moves));
  return value;
}

JsonValue assigned_value(const talks::AssignedBracket& bracket, base::Date as_of) {
  JsonValue value = JsonValue::object();
  value.set("bracket", bracket.given.bracket);
  value.set("who", list_of(bracket.given.who));
  value.set("set_in", bracket.given.set_in);
  value.set("due", iso(bracket.given.due));
  value.set("now", name_or_null(bracket.now));
  value.set("closed_in", name_or_null(bracket.closed_in));
  value.set("closed", bracket.closed.has_value() ? JsonValue(iso(*bracket.closed)) : JsonValue());
  value.set("missed", talks::is_missed(bracket, as_of));
  return value;
}

}  // namespace

std::string to_json(const workbench::RoundsRun& run) {
  JsonValue rounds = JsonValue::array();
  for (std::size_t i = 0; i < run.rounds.size(); ++i) {
    rounds.push_back(round_value(run.rounds[i], run.steps[i]));
  }
  JsonValue deadlines = JsonValue::array();
  for (const talks::TalksDeadline& deadline : run.deadlines) {
    JsonValue value = JsonValue::object();
    value.set("what", deadline.what);
    value.set("set_in", deadline.set_in);
    value.set("due", iso(deadline.due));
    value.set("met", deadline.met.has_value() ? JsonValue(iso(*deadline.met)) : JsonValue());
    value.set("missed", talks::is_missed(deadline, run.as_of));
    deadlines.push_back(std::move(value));
  }
  JsonValue assigned = JsonValue::array();
  for (const talks::AssignedBracket& bracket : run.assigned) {
    assigned.push_back(assigned_value(bracket, run.as_of));
  }
  JsonValue document = JsonValue::object();
  document.set("schema", "truce.since/1");
  document.set("as_of", iso(run.as_of));
  document.set("rounds_without_closing", run.rounds_without_closing);
  document.set("rounds", std::move(rounds));
  document.set("deadlines", std::move(deadlines));
  document.set("assigned", std::move(assigned));
  return document.to_pretty_text();
}

}  // namespace truce::json
