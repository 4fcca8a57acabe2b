// SPDX-License-Identifier: Apache-2.0
#include "truce/json/incidents_json.h"

#include "truce/encoding/json_value.h"
#include "truce/json/internal/reading_value.h"

namespace truce::json {
namespace {

using encoding::JsonValue;

JsonValue names(const std::vector<document::NameCount>& counts) {
  JsonValue list = JsonValue::array();
  for (const document::NameCount& count : counts) {
    JsonValue value = JsonValue::object();
    value.set("name", count.name.empty() ? JsonValue() : JsonValue(count.name));
    value.set("count", count.count);
    list.push_back(std::move(value));
  }
  return list;
}

JsonValue files(const incidents::Reading& reading) {
  JsonValue list = JsonValue::array();
  for (std::size_t at = 0; at < reading.files.size(); ++at) {
    JsonValue value = JsonValue::object();
    value.set("file", reading.files[at]);
    value.set("format", reading.formats.at(at));
    list.push_back(std::move(value));
  }
  return list;
}

// `what` names the member, such as `column`, that says what was counted.
template <typename Entry>
JsonValue counted(const incidents::Reading& reading, const std::vector<Entry>& entries,
                  std::string Entry::* name, std::string_view what) {
  JsonValue list = JsonValue::array();
  for (const Entry& entry : entries) {
    JsonValue value = JsonValue::object();
    value.set(what, entry.*name);
    value.set("count", entry.count);
    internal::set_row(value, reading, entry.first);
    list.push_back(std::move(value));
  }
  return list;
}

JsonValue clusters(const incidents::Reading& reading) {
  JsonValue list = JsonValue::array();
  for (const incidents::Cluster& cluster : reading.clusters) {
    JsonValue rows = JsonValue::array();
    for (const incidents::ClusterRow& row : cluster.rows) {
      const incidents::Report& report = reading.reports.at(row.report);
      JsonValue value = JsonValue::object();
      value.set("row", report.source_id);
      value.set("according_to", report.according_to);
      internal::set_row(value, reading, report.origin);
      value.set("reason", row.reason);
      rows.push_back(std::move(value));
    }
    JsonValue value = JsonValue::object();
    value.set("incident", cluster.incident);
    value.set("rows", std::move(rows));
    list.push_back(std::move(value));
  }
  return list;
}

JsonValue written(const workbench::IncidentsRun& run, const std::string& output) {
  if (run.to.empty()) {
    return {};
  }
  JsonValue value = JsonValue::object();
  value.set("form", run.to);
  value.set("file", output.empty() ? JsonValue() : JsonValue(output));
  value.set("rows", run.reading.reports.size());
  value.set("not_kept",
            counted(run.reading, run.written.losses, &incidents::Loss::column, "column"));
  return value;
}

}  // namespace

std::string to_json(const workbench::IncidentsRun& run, const std::string& output) {
  const incidents::Reading& reading = run.reading;
  const document::IncidentSummary& summary = run.summary;
  JsonValue document = JsonValue::object();
  document.set("schema", "truce.incidents/1");
  document.set("files", files(reading));
  document.set("rows", reading.rows);
  document.set("reports", summary.standing);
  document.set("incidents", summary.incidents);
  JsonValue period;
  if (summary.period) {
    period.set("from", base::to_iso(summary.period->from, summary.clock_offset));
    period.set("to", base::to_iso(summary.period->to, summary.clock_offset));
  }
  document.set("period", std::move(period));
  document.set("accounts", names(summary.accounts));
  document.set("kinds", names(summary.kinds));
  document.set("actors", names(summary.actors));
  document.set("corrected", summary.corrected);
  document.set("withdrawn", summary.withdrawn);
  document.set("totals", reading.totals.size());
  document.set("duplicates", reading.duplicates);
  document.set("skipped", internal::skipped_rows(reading));
  document.set("left_out", counted(reading, reading.left_out, &incidents::LeftOut::kind, "kind"));
  document.set("unread_columns",
               counted(reading, reading.unread_columns, &incidents::UnreadColumn::name, "column"));
  document.set("unknown_words", internal::unknown_words(summary.unknown_words));
  document.set("actors_compared", summary.are_actors_compared);
  JsonValue warnings = JsonValue::array();
  for (const std::string& warning : reading.warnings) {
    warnings.push_back(warning);
  }
  document.set("warnings", std::move(warnings));
  document.set("clusters", clusters(reading));
  document.set("written", written(run, output));
  return document.to_pretty_text();
}

}  // namespace truce::json
