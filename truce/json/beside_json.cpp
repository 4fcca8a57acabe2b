// SPDX-License-Identifier: Apache-2.0
#include "truce/json/beside_json.h"

#include "truce/encoding/json_value.h"

namespace truce::json {
namespace {

using encoding::JsonValue;

JsonValue under_text(const document::UnderText& under) {
  JsonValue parts = JsonValue::array();
  for (const document::UnderText::Part& part : under.parts) {
    JsonValue value = JsonValue::object();
    value.set("clause", part.clause);
    value.set("bearer", part.bearer);
    parts.push_back(std::move(value));
  }
  JsonValue value = JsonValue::object();
  value.set("verdict", document::to_text(under.standing));
  value.set("clauses", std::move(parts));
  return value;
}

JsonValue text_of(const workbench::BesideRun& run, std::size_t at) {
  const workbench::MonitorRun& replayed = at == 0 ? *run.first : *run.second;
  JsonValue value = JsonValue::object();
  value.set("file", run.names().at(at));
  value.set("agreement", run.table.titles.at(at));
  value.set("accounts", replayed.account_count);
  value.set("skipped_rows", replayed.reading.skipped.size());
  value.set("unknown_words", replayed.evidence.unknown_words.size());
  value.set("warnings", replayed.warnings.size());
  value.set("digest", run.table.digests.at(at));
  return value;
}

JsonValue row_of(const document::Beside& beside, const document::BesideRow& row) {
  JsonValue value = JsonValue::object();
  value.set("incident", row.incident);
  value.set("from", base::to_iso(row.when.from, beside.clock_offset));
  value.set("to", base::to_iso(row.when.to, beside.clock_offset));
  value.set("place", row.place);
  value.set("combination", document::to_text(row.combination));
  value.set("first", under_text(row.first));
  value.set("second", under_text(row.second));
  return value;
}

}  // namespace

std::string to_json(const workbench::BesideRun& run) {
  const document::Beside& beside = run.table;
  JsonValue document = JsonValue::object();
  document.set("schema", "truce.beside/1");
  document.set("first", text_of(run, 0));
  document.set("second", text_of(run, 1));
  document.set("incidents", beside.rows.size());
  document.set("acts", beside.acts);
  JsonValue counts = JsonValue::object();
  for (std::size_t at = 0; at < beside.counts.size(); ++at) {
    counts.set(document::to_text(static_cast<document::Combination>(at)), beside.counts.at(at));
  }
  document.set("counts", std::move(counts));
  JsonValue rows = JsonValue::array();
  for (const document::BesideRow& row : beside.rows) {
    rows.push_back(row_of(beside, row));
  }
  document.set("rows", std::move(rows));
  return document.to_pretty_text();
}

}  // namespace truce::json
