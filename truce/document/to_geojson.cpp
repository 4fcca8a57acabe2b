// SPDX-License-Identifier: Apache-2.0
#include "truce/document/internal/shapes.h"
#include "truce/document/record.h"
#include "truce/encoding/json_value.h"
#include "truce/report/overview.h"

namespace truce::document {
namespace {

using encoding::JsonValue;

JsonValue number_or_null(std::optional<std::int64_t> number) {
  return number ? JsonValue(*number) : JsonValue();
}

JsonValue verdict_of(const Record& record, const facts::Verdict& verdict) {
  JsonValue value = JsonValue::object();
  value.set("clause", record.agreement.clause(verdict.clause).number);
  value.set("bearer", facts::bearer_text(record.agreement, verdict));
  value.set("verdict", facts::to_text(verdict.outcome));
  JsonValue accounts = JsonValue::array();
  for (const facts::AccountOpinion& opinion : verdict.opinions) {
    JsonValue account = JsonValue::object();
    account.set("according_to", record.evidence.accounts[opinion.account.index].name);
    account.set("verdict", facts::to_text(opinion.opinion));
    accounts.push_back(std::move(account));
  }
  value.set("by_account", std::move(accounts));
  return value;
}

JsonValue account_of(const Record& record, const facts::Fact& fact) {
  JsonValue account = JsonValue::object();
  const base::Duration offset = record.agreement.clock.offset;
  account.set("according_to", record.evidence.accounts[fact.account.index].name);
  account.set("from", base::to_iso(fact.when.from, offset));
  account.set("to", base::to_iso(fact.when.to, offset));
  if (const incidents::Report* report = report::report_of(record, fact)) {
    account.set("deaths_low", number_or_null(report->deaths_low));
    account.set("deaths_best", number_or_null(report->deaths_best));
    account.set("deaths_high", number_or_null(report->deaths_high));
    account.set("source", report->source);
    account.set("source_id", report->source_id);
  }
  return account;
}

JsonValue feature_of(JsonValue geometry, JsonValue properties) {
  JsonValue feature = JsonValue::object();
  feature.set("type", "Feature");
  feature.set("geometry", std::move(geometry));
  feature.set("properties", std::move(properties));
  return feature;
}

JsonValue incident_feature(const Record& record, const report::IncidentView& view) {
  const facts::Incident& incident = record.evidence.incidents[view.id.index];
  const base::Duration offset = record.agreement.clock.offset;
  JsonValue properties = JsonValue::object();
  properties.set("role", "incident");
  properties.set("incident", incident.id);
  properties.set("verdict", view.mark == report::Mark::NoClause ? "under no clause"
                                                                : report::to_key(view.mark));
  properties.set("from", base::to_iso(view.when.from, offset));
  properties.set("to", base::to_iso(view.when.to, offset));
  properties.set("place", view.place);
  properties.set("radius_m", view.where->radius.value);
  properties.set("deaths_low", number_or_null(view.deaths.low));
  properties.set("deaths_best", number_or_null(view.deaths.best));
  properties.set("deaths_high", number_or_null(view.deaths.high));
  JsonValue verdicts = JsonValue::array();
  for (const std::size_t index : view.verdicts) {
    verdicts.push_back(verdict_of(record, record.replay.verdicts.verdicts[index]));
  }
  properties.set("verdicts", std::move(verdicts));
  JsonValue accounts = JsonValue::array();
  for (const facts::FactId id : incident.facts) {
    accounts.push_back(account_of(record, record.evidence.fact(id)));
  }
  properties.set("accounts", std::move(accounts));
  JsonValue geometry = JsonValue::object();
  geometry.set("type", "Point");
  geometry.set("coordinates", internal::to_position(view.where->centre));
  return feature_of(std::move(geometry), std::move(properties));
}

}  // namespace

std::string to_geojson(const Record& record) {
  const report::Overview overview = report::overview_of(record);
  JsonValue features = JsonValue::array();
  for (const agreement::Place& place : record.agreement.places) {
    JsonValue geometry = place.region ? internal::to_geometry(*place.region) : JsonValue();
    if (geometry.is_null()) {
      continue;
    }
    JsonValue properties = JsonValue::object();
    properties.set("role", "place");
    properties.set("name", place.name);
    properties.set("title", place.title);
    properties.set("precision", "approximate, not endorsed");
    features.push_back(feature_of(std::move(geometry), std::move(properties)));
  }
  for (const report::IncidentView& view : overview.incidents) {
    if (view.where) {
      features.push_back(incident_feature(record, view));
    }
  }
  JsonValue collection = JsonValue::object();
  collection.set("type", "FeatureCollection");
  collection.set("schema", "truce.incidents/1");
  collection.set("agreement", record.agreement.title);
  collection.set("digest", record.replay.digest);
  collection.set("features", std::move(features));
  return collection.to_text() + "\n";
}

}  // namespace truce::document
