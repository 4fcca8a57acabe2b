// SPDX-License-Identifier: Apache-2.0
#include "truce/json/findings_json.h"

#include <cstdint>

#include "truce/encoding/json_value.h"
#include "truce/json/internal/diagnostics_value.h"
#include "truce/json/internal/texts_value.h"
#include "truce/json/wording_json.h"

namespace truce::json {
namespace {

using agreement::Agreement;
using analysis::Finding;
using encoding::JsonValue;

JsonValue numbers_of(const Agreement& agreement, const std::vector<agreement::ClauseId>& clauses) {
  JsonValue list = JsonValue::array();
  for (const agreement::ClauseId clause : clauses) {
    list.push_back(agreement.clause(clause).number);
  }
  return list;
}

JsonValue readings_of(const Agreement& agreement, const Finding& finding) {
  JsonValue list = JsonValue::array();
  for (const analysis::ReadingRef& reading : finding.readings) {
    JsonValue value = JsonValue::object();
    value.set("party", agreement.actor(reading.party).name);
    value.set("clause", reading.clause.has_value()
                            ? JsonValue(agreement.clause(*reading.clause).number)
                            : JsonValue());
    if (!reading.words.empty()) {
      value.set("words", reading.words);
    }
    list.push_back(std::move(value));
  }
  return list;
}

// Whether each sentence is given in parts besides.
enum class Said : std::uint8_t { No, Yes };

void set_words(JsonValue& value, const std::string& name, const facts::Wording& words, Said said,
               base::Duration offset) {
  value.set(name, words.english());
  if (said == Said::Yes) {
    value.set(name + "_said", value_of(words, offset));
  }
}

JsonValue scenario_of(const Finding& finding, Said said, base::Duration offset) {
  JsonValue list = JsonValue::array();
  for (const analysis::Step& step : finding.scenario) {
    JsonValue value = JsonValue::object();
    value.set("at", base::to_iso(step.at, offset));
    set_words(value, "text", step.text, said, offset);
    list.push_back(std::move(value));
  }
  return list;
}

void set_notes(JsonValue& value, const Finding& finding, Said said, base::Duration offset) {
  JsonValue notes = JsonValue::array();
  JsonValue parts = JsonValue::array();
  for (const facts::Wording& note : finding.notes) {
    notes.push_back(note.english());
    parts.push_back(value_of(note, offset));
  }
  value.set("notes", std::move(notes));
  if (said == Said::Yes) {
    value.set("notes_said", std::move(parts));
  }
}

JsonValue repairs_of(const Finding& finding, Said said, base::Duration offset) {
  JsonValue list = JsonValue::array();
  for (const analysis::Repair& repair : finding.repairs) {
    JsonValue value = JsonValue::object();
    set_words(value, "text", repair.text, said, offset);
    value.set("verified", repair.is_verified);
    list.push_back(std::move(value));
  }
  return list;
}

JsonValue accepted_of(const Agreement& agreement, const Finding& finding) {
  if (!finding.acceptance.has_value()) {
    return {};
  }
  const agreement::Acceptance& acceptance = agreement.acceptances[*finding.acceptance];
  std::string by;
  for (const agreement::Agent& agent : acceptance.agents) {
    by += by.empty() ? "" : " and ";
    by += agent.text;
  }
  JsonValue value = JsonValue::object();
  value.set("by", by);
  value.set("reason", acceptance.reason);
  return value;
}

JsonValue to_value(const workbench::AnalysisRun& run, const Finding& finding, Said said) {
  const Agreement& agreement = run.file.agreement;
  const analysis::CodeInfo& info = analysis::info(finding.code);
  JsonValue value = JsonValue::object();
  value.set("code", info.id);
  value.set("title", info.title);
  value.set("level", info.level == analysis::Level::Information ? "information" : "finding");
  if (finding.code == analysis::Code::L01) {
    value.set("reason", finding.reason);
  }
  if (!finding.harms.empty()) {
    std::string harms;
    for (const std::string& harm : finding.harms) {
      harms += (harms.empty() ? "" : ", ") + harm;
    }
    value.set("harm", harms);
    value.set("harms", internal::texts_of(finding.harms));
  }
  value.set("clauses", numbers_of(agreement, finding.clauses));
  value.set("cascade", numbers_of(agreement, finding.cascade));
  value.set("particulars", internal::texts_of(finding.particulars));
  value.set("readings", readings_of(agreement, finding));
  value.set("together", finding.is_of_mix);
  value.set("status", "found");
  internal::set_place(value, run.file.sources(), finding.span);
  set_words(value, "message", finding.message, said, agreement.clock.offset);
  set_notes(value, finding, said, agreement.clock.offset);
  value.set("scenario", scenario_of(finding, said, agreement.clock.offset));
  set_words(value, "outcome", finding.outcome, said, agreement.clock.offset);
  value.set("repairs", repairs_of(finding, said, agreement.clock.offset));
  value.set("accepted", accepted_of(agreement, finding));
  return value;
}

std::string_view status_text(analysis::Absence::Status status) {
  switch (status) {
    case analysis::Absence::Status::ProvedAbsent:
      return "proved-absent";
    case analysis::Absence::Status::NotFoundWithin:
      return "not-found-within";
    case analysis::Absence::Status::TooComplex:
      return "too-complex";
  }
  return "";
}

JsonValue absent_of(const analysis::Analysis& analysis) {
  JsonValue list = JsonValue::array();
  for (const analysis::Absence& absence : analysis.absent) {
    JsonValue value = JsonValue::object();
    value.set("code", analysis::info(absence.code).id);
    value.set("status", std::string(status_text(absence.status)));
    value.set("bound", JsonValue());
    list.push_back(std::move(value));
  }
  return list;
}

JsonValue parts_of(const analysis::Flexibility& flexibility) {
  JsonValue value = JsonValue::object();
  value.set("renewals", flexibility.renewals);
  value.set("powers", flexibility.powers);
  value.set("self_defence", flexibility.self_defence);
  value.set("efforts", flexibility.efforts);
  return value;
}

JsonValue results_of(const workbench::AnalysisRun& run) {
  JsonValue list = JsonValue::array();
  for (const analysis::ReadingResult& reading : run.analysis.readings) {
    JsonValue findings = JsonValue::array();
    for (const std::size_t position : reading.findings) {
      findings.push_back(static_cast<std::int64_t>(position + 1));
    }
    JsonValue value = JsonValue::object();
    value.set("party", reading.party.has_value()
                           ? JsonValue(run.file.agreement.actor(*reading.party).name)
                           : JsonValue());
    value.set("findings", std::move(findings));
    list.push_back(std::move(value));
  }
  return list;
}

std::string to_json(const workbench::AnalysisRun& run, Said said) {
  if (run.file.sink.has_errors()) {
    return internal::diagnostics_document(run.file.sink, run.file.sources());
  }
  JsonValue findings = JsonValue::array();
  for (const Finding& finding : run.analysis.findings) {
    findings.push_back(to_value(run, finding, said));
  }
  JsonValue document = JsonValue::object();
  document.set("schema", "truce.findings/1");
  document.set("agreement", run.file.agreement.title);
  document.set("elapsed_ms", run.elapsed_ms);
  document.set("findings", std::move(findings));
  document.set("readings", results_of(run));
  document.set("absent", absent_of(run.analysis));
  document.set("flexibility", run.analysis.flexibility.total());
  document.set("flexibility_parts", parts_of(run.analysis.flexibility));
  document.set("searched", internal::texts_of(run.analysis.searched));
  document.set("not_searched", internal::texts_of(run.analysis.not_searched));
  return document.to_pretty_text();
}

}  // namespace

std::string to_json(const workbench::AnalysisRun& run) { return to_json(run, Said::No); }
std::string to_json_said(const workbench::AnalysisRun& run) { return to_json(run, Said::Yes); }

}  // namespace truce::json
