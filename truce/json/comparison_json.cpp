// SPDX-License-Identifier: Apache-2.0
#include "truce/json/comparison_json.h"

#include "truce/encoding/json_value.h"
#include "truce/json/internal/diagnostics_value.h"
#include "truce/json/internal/texts_value.h"

namespace truce::json {
namespace {

using agreement::Agreement;
using encoding::JsonValue;

JsonValue number_of(const Agreement& agreement, const std::optional<agreement::ClauseId>& clause) {
  return clause.has_value() ? JsonValue(agreement.clause(*clause).number) : JsonValue();
}

void set_clause(JsonValue& value, const workbench::CompareRun& run,
                const comparison::ClausePair& clause) {
  value.set("old_clause", number_of(run.before.agreement, clause.before));
  value.set("new_clause", number_of(run.after.agreement, clause.after));
}

JsonValue to_value(const workbench::CompareRun& run, const comparison::Change& change) {
  JsonValue example = JsonValue::array();
  for (const comparison::Step& step : change.example) {
    JsonValue value = JsonValue::object();
    value.set("at", base::to_iso(step.at, run.after.agreement.clock.offset));
    value.set("text", step.text);
    example.push_back(std::move(value));
  }
  JsonValue value = JsonValue::object();
  value.set("kind", comparison::to_text(change.kind));
  set_clause(value, run, change.clause);
  value.set("readings", internal::texts_of(change.readings));
  value.set("conduct", change.conduct);
  value.set("example", std::move(example));
  value.set("under_old", change.under_old);
  value.set("under_new", change.under_new);
  return value;
}

JsonValue to_value(const workbench::CompareRun& run, const comparison::WordChange& change) {
  JsonValue value = JsonValue::object();
  set_clause(value, run, change.clause);
  value.set("readings", internal::texts_of(change.readings));
  value.set("removed", internal::texts_of(change.removed));
  value.set("added", internal::texts_of(change.added));
  value.set("why", change.why);
  value.set("undecided", change.is_undecided);
  return value;
}

JsonValue pairs_of(const std::vector<std::pair<std::string, std::string>>& pairs) {
  JsonValue list = JsonValue::array();
  for (const auto& [before, after] : pairs) {
    JsonValue value = JsonValue::object();
    value.set("old", before);
    value.set("new", after);
    list.push_back(std::move(value));
  }
  return list;
}

JsonValue text_of(const workbench::AgreementFile& file) {
  JsonValue value = JsonValue::object();
  value.set("file", file.path);
  value.set("agreement", file.agreement.title);
  return value;
}

}  // namespace

std::string to_json(const workbench::CompareRun& run) {
  for (const workbench::AgreementFile* file : {&run.before, &run.after}) {
    if (file->sink.has_errors()) {
      return internal::diagnostics_document(file->sink, file->sources());
    }
  }
  const comparison::Comparison& comparison = run.comparison;
  JsonValue changes = JsonValue::array();
  for (const comparison::Change& change : comparison.changes) {
    changes.push_back(to_value(run, change));
  }
  JsonValue words = JsonValue::array();
  for (const comparison::WordChange& change : comparison.words) {
    words.push_back(to_value(run, change));
  }
  JsonValue document = JsonValue::object();
  document.set("schema", "truce.comparison/1");
  document.set("old", text_of(run.before));
  document.set("new", text_of(run.after));
  document.set("elapsed_ms", run.elapsed_ms);
  document.set("answer", comparison::to_text(comparison.answer));
  document.set("changes", std::move(changes));
  document.set("words", std::move(words));
  document.set("renumbered", pairs_of(comparison.renumbered));
  document.set("renamed", pairs_of(comparison.renamed));
  document.set("searched", internal::texts_of(comparison.searched));
  document.set("not_searched", internal::texts_of(comparison.not_searched));
  return document.to_pretty_text();
}

}  // namespace truce::json
