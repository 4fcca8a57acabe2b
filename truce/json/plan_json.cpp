// SPDX-License-Identifier: Apache-2.0
#include "truce/json/plan_json.h"

#include "truce/encoding/json_value.h"

namespace truce::json {

using encoding::JsonValue;

namespace {

JsonValue to_value(const agreement::Agreement& agreement, const stream::Plan& plan,
                   const stream::ClausePlan& clause) {
  JsonValue value = JsonValue::object();
  value.set("clause", agreement.clause(clause.clause).number);
  value.set("row_by_row", !clause.obstacle);
  value.set("why_not", clause.obstacle ? JsonValue(*clause.obstacle) : JsonValue());
  JsonValue asks = JsonValue::array();
  for (const std::size_t at : clause.stores) {
    const stream::StoreText text = stream::describe(agreement, plan.stores[at]);
    JsonValue ask = JsonValue::object();
    ask.set("situation", text.name);
    ask.set("cost", text.cost);
    ask.set("remembers", text.kept);
    asks.push_back(std::move(ask));
  }
  value.set("asks", std::move(asks));
  value.set("splits", stream::split_of(agreement, plan, clause));
  return value;
}

}  // namespace

std::string to_json(const workbench::PlanRun& run) {
  const agreement::Agreement& agreement = run.file.agreement;
  JsonValue document = JsonValue::object();
  document.set("schema", "truce.plan/1");
  document.set("agreement", agreement.title);
  document.set("row_by_row", run.plan.is_whole());
  document.set("why_not", run.plan.obstacle ? JsonValue(*run.plan.obstacle) : JsonValue());
  JsonValue clauses = JsonValue::array();
  for (const stream::ClausePlan& clause : run.plan.clauses) {
    clauses.push_back(to_value(agreement, run.plan, clause));
  }
  document.set("clauses", std::move(clauses));
  return document.to_pretty_text();
}

}  // namespace truce::json
