// SPDX-License-Identifier: Apache-2.0
#include "truce/json/diagnostics_json.h"

#include "truce/encoding/json_value.h"
#include "truce/json/internal/diagnostics_value.h"

namespace truce::json {
namespace internal {

void set_place(encoding::JsonValue& value, const Sources& sources, base::Span span) {
  const base::SourceText& source = *sources.at(span.source);
  const base::Position begin = source.position(span.begin);
  const base::Position end = source.position(span.end);
  value.set("file", source.name());
  value.set("line", begin.line);
  value.set("column", begin.column);
  value.set("end_line", end.line);
  value.set("end_column", end.column);
}

}  // namespace internal

namespace {

using encoding::JsonValue;
using internal::set_place;
using internal::Sources;

JsonValue labels_of(const diagnostics::Diagnostic& diagnostic, const Sources& sources) {
  JsonValue labels = JsonValue::array();
  for (const diagnostics::Label& label : diagnostic.labels) {
    JsonValue value = JsonValue::object();
    set_place(value, sources, label.span);
    value.set("text", label.text);
    value.set("primary", label.is_primary);
    labels.push_back(std::move(value));
  }
  return labels;
}

JsonValue fix_of(const diagnostics::Diagnostic& diagnostic, const Sources& sources) {
  if (!diagnostic.fix) {
    return {};
  }
  JsonValue value = JsonValue::object();
  set_place(value, sources, diagnostic.fix->span);
  value.set("text", diagnostic.fix->text);
  value.set("description", diagnostic.fix->description);
  return value;
}

JsonValue to_value(const diagnostics::Diagnostic& diagnostic, const Sources& sources) {
  const diagnostics::KindInfo& info = diagnostics::info(diagnostic.kind);
  JsonValue value = JsonValue::object();
  value.set("code", info.code);
  value.set("level", info.level == diagnostics::Level::Error ? "error" : "warning");
  set_place(value, sources, diagnostic.span);
  value.set("message", diagnostics::message(diagnostic));
  value.set("labels", labels_of(diagnostic, sources));
  JsonValue notes = JsonValue::array();
  for (const std::string& note : diagnostic.notes) {
    notes.push_back(note);
  }
  value.set("notes", std::move(notes));
  value.set("fix", fix_of(diagnostic, sources));
  return value;
}

void append(JsonValue& list, const diagnostics::Sink& sink, const Sources& sources) {
  for (const diagnostics::Diagnostic& diagnostic : sink.sorted()) {
    list.push_back(to_value(diagnostic, sources));
  }
}

std::string document_of(JsonValue list) {
  JsonValue document = JsonValue::object();
  document.set("schema", "truce.diagnostics/1");
  document.set("diagnostics", std::move(list));
  return document.to_pretty_text();
}

}  // namespace

std::string internal::diagnostics_document(const diagnostics::Sink& sink, const Sources& sources) {
  JsonValue list = JsonValue::array();
  append(list, sink, sources);
  return document_of(std::move(list));
}

std::string to_json(const std::vector<workbench::AgreementFile>& files) {
  JsonValue list = JsonValue::array();
  for (const workbench::AgreementFile& file : files) {
    append(list, file.sink, file.sources());
  }
  return document_of(std::move(list));
}

std::string to_json(const workbench::FormattedFile& file) {
  JsonValue list = JsonValue::array();
  append(list, file.sink, {&file.source});
  return document_of(std::move(list));
}

std::string to_json(const std::vector<workbench::Explanation>& explanations) {
  JsonValue list = JsonValue::array();
  for (const workbench::Explanation& one : explanations) {
    JsonValue value = JsonValue::object();
    value.set("code", one.code);
    value.set("level", one.level);
    value.set("name", one.name);
    value.set("message", one.message);
    value.set("explanation", one.explanation);
    list.push_back(std::move(value));
  }
  JsonValue document = JsonValue::object();
  document.set("schema", "truce.explanations/1");
  document.set("explanations", std::move(list));
  return document.to_pretty_text();
}

std::string to_json(const std::vector<std::string>& files) {
  JsonValue list = JsonValue::array();
  for (const std::string& file : files) {
    list.push_back(file);
  }
  JsonValue document = JsonValue::object();
  document.set("schema", "truce.written/1");
  document.set("files", std::move(list));
  return document.to_pretty_text();
}

std::string to_json(const workbench::ScenarioRun& run) {
  if (run.file.sink.has_errors()) {
    return internal::diagnostics_document(run.file.sink, run.file.sources());
  }
  JsonValue scenarios = JsonValue::array();
  for (const semantics::ScenarioResult& result : run.results) {
    JsonValue expectations = JsonValue::array();
    for (const semantics::ExpectationResult& expectation : result.expectations) {
      JsonValue value = JsonValue::object();
      value.set("text", expectation.text);
      value.set("passed", expectation.has_passed);
      value.set("got", expectation.got);
      expectations.push_back(std::move(value));
    }
    JsonValue scenario = JsonValue::object();
    scenario.set("name", result.name);
    scenario.set("passed", result.has_passed);
    scenario.set("expectations", std::move(expectations));
    scenarios.push_back(std::move(scenario));
  }
  JsonValue document = JsonValue::object();
  document.set("schema", "truce.scenarios/1");
  document.set("scenarios", std::move(scenarios));
  return document.to_pretty_text();
}

}  // namespace truce::json
