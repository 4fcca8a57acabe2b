// SPDX-License-Identifier: Apache-2.0
// Findings, questions to a side, and sealed files of the talks.
#include <algorithm>

#include <fmt/format.h>

#include "truce/server/internal/accounts.h"
#include "truce/server/internal/actions.h"
#include "truce/server/internal/answers.h"

namespace truce::server::internal {
namespace {

using encoding::JsonValue;

// As docs/formats/sealed.md has it.
constexpr std::string_view kSealedMark = "truce-sealed/1\n";

bool is_of_mission(const Person& person) { return view_of(person) == "mission"; }

std::vector<std::string> texts_of(const JsonValue* list) {
  std::vector<std::string> texts;
  if (list != nullptr) {
    for (const JsonValue& element : list->elements()) {
      texts.push_back(element.text());
    }
  }
  return texts;
}

bool is_there(const Record& record, std::string_view incident) {
  return record.incidents().find(incident) != record.incidents().end();
}

JsonValue finding_value(const std::string& id, const Finding& finding, const Contents& contents,
                        const Person& person) {
  JsonValue value = JsonValue::object();
  value.set("id", id);
  for (const char* name : {"incident", "clause", "finding", "by", "text"}) {
    if (const JsonValue* const member = finding.body.find(name)) {
      value.set(name, *member);
    }
  }
  value.set("audience", JsonValue::Array(finding.audience.begin(), finding.audience.end()));
  if (is_of_mission(person)) {
    value.set("written_by", finding.who);
  }
  if (!finding.published_by.empty()) {
    if (is_of_mission(person)) {
      value.set("published_by", finding.published_by);
    }
    set_publication(value, finding, contents.publication);
  }
  return value;
}

JsonValue question_value(const std::string& id, const Dealing& question, const Record& record,
                         base::Instant now) {
  JsonValue value = question.body;
  value.set("id", id);
  value.set("asked_at", base::to_iso(question.at, {}));
  const std::string& party = question.body.find("party")->text();
  std::optional<base::Instant> answered;
  const auto rows = record.incidents().find(question.body.find("incident")->text());
  if (rows != record.incidents().end()) {
    for (const AccountRow& row : rows->second) {
      if (row.desk == party && row.entered_at >= question.at && !answered) {
        answered = row.entered_at;
      }
    }
  }
  const auto due = base::parse_instant(question.body.find("due")->text(), {});
  const bool is_late = due && answered.value_or(now) > due->at;
  if (answered) {
    value.set("answered_at", base::to_iso(*answered, {}));
  }
  value.set("state",
            answered ? (is_late ? "answered late" : "answered") : (is_late ? "overdue" : "open"));
  return value;
}

JsonValue artefact_value(const std::pair<std::string, std::string>& key, const Artefact& artefact) {
  JsonValue value = JsonValue::object();
  value.set("side", key.first);
  value.set("name", key.second);
  value.set("size", artefact.bytes.size());
  value.set("sha256", artefact.sha256_hex);
  value.set("at", base::to_iso(artefact.at, {}));
  value.set("is_from_mediator", artefact.is_from_mediator);
  return value;
}

}  // namespace

Response list_findings(Context& context, const Call& call) {
  return context.workspace.read([&](const Contents& contents) {
    JsonValue::Array findings;
    for (const auto& [id, finding] : contents.dealings.findings()) {
      if (is_of_mission(call.person) || (is_published(finding, contents.publication) &&
                                         is_shown(finding.audience, call.person))) {
        findings.push_back(finding_value(id, finding, contents, call.person));
      }
    }
    JsonValue value = JsonValue::object();
    value.set("findings", std::move(findings));
    return json(value);
  });
}

Response add_finding(Context& context, const Call& call) {
  const std::string& id = call.text("id");
  const std::string& finding = call.text("finding");
  if (finding != "broken" && finding != "kept" && finding != "undecided") {
    return refusal(400, say("`finding` is broken, kept or undecided"));
  }
  auto refused = context.workspace.write([&](const Contents& contents, base::Instant) -> Decision {
    if (contents.dealings.findings().contains(id)) {
      return refusal(409, say("a finding has that name; a new one corrects it under another name"));
    }
    if (!is_there(contents.record, call.text("incident"))) {
      return refusal(400, say("there is no such incident"));
    }
    const auto* const agreement = contents.record.agreement();
    if (agreement == nullptr || !agreement->agreement.find_clause(call.text("clause"))) {
      return refusal(400, say("the agreement that is watched has no such clause"));
    }
    auto audience =
        audience_for(texts_of(call.body.find("audience")), call.person, contents.record);
    if (!audience) {
      return problem(audience.error());
    }
    return entry_by("finding", call.person, call.body, std::move(audience).value());
  });
  if (refused) {
    return std::move(*refused);
  }
  return context.workspace.read([&](const Contents& contents) {
    return json(finding_value(id, contents.dealings.findings().at(id), contents, call.person), 201);
  });
}

Response publish_finding(Context& context, const Call& call) {
  const std::string& id = call.segment("finding");
  auto refused = context.workspace.write([&](const Contents& contents, base::Instant) -> Decision {
    const auto at = contents.dealings.findings().find(id);
    if (at == contents.dealings.findings().end()) {
      return not_found();
    }
    if (!at->second.published_by.empty()) {
      return refusal(409, say("it is published already"));
    }
    if (at->second.who == call.person.name) {
      return refusal(409, say("nobody publishes what they wrote; ask a second person"));
    }
    JsonValue body = JsonValue::object();
    body.set("id", id);
    return entry_by("publication", call.person, std::move(body), at->second.audience);
  });
  if (refused) {
    return std::move(*refused);
  }
  return context.workspace.read([&](const Contents& contents) {
    return json(finding_value(id, contents.dealings.findings().at(id), contents, call.person), 201);
  });
}

Response list_questions(Context& context, const Call& call) {
  const base::Instant now = context.workspace.now();
  return context.workspace.read([&](const Contents& contents) {
    JsonValue::Array questions;
    for (const auto& [id, question] : contents.dealings.questions()) {
      if (is_shown(question.audience, call.person)) {
        questions.push_back(question_value(id, question, contents.record, now));
      }
    }
    JsonValue value = JsonValue::object();
    value.set("questions", std::move(questions));
    return json(value);
  });
}

Response add_question(Context& context, const Call& call) {
  const std::string& id = call.text("id");
  const std::string& party = call.text("party");
  auto refused = context.workspace.write([&](const Contents& contents, base::Instant) -> Decision {
    if (contents.dealings.questions().contains(id)) {
      return refusal(409, say("a question has that name; choose another"));
    }
    const auto sides = contents.record.sides();
    if (std::find(sides.begin(), sides.end(), party) == sides.end()) {
      return refusal(400, say("`party` is no side of the agreement that is watched"));
    }
    const Person side{.name = "", .role = Role::Delegate, .party = party};
    const auto rows = contents.record.incidents().find(call.text("incident"));
    const bool is_seen =
        rows != contents.record.incidents().end() &&
        std::any_of(rows->second.begin(), rows->second.end(),
                    [&](const AccountRow& row) { return is_shown(row.audience, side); });
    if (!is_seen) {
      return refusal(409, say("{} cannot see that incident; enter an account of it that "
                              "is shown to party:{} first",
                              party, party));
    }
    return entry_by("question", call.person, call.body, {"mission", "party:" + party});
  });
  if (refused) {
    return std::move(*refused);
  }
  const base::Instant now = context.workspace.now();
  return context.workspace.read([&](const Contents& contents) {
    return json(question_value(id, contents.dealings.questions().at(id), contents.record, now),
                201);
  });
}

Response list_artefacts(Context& context, const Call& call) {
  return context.workspace.read([&](const Contents& contents) {
    JsonValue::Array files;
    for (const auto& [key, artefact] : contents.dealings.artefacts()) {
      if (is_shown(artefact.audience, call.person)) {
        files.push_back(artefact_value(key, artefact));
      }
    }
    JsonValue value = JsonValue::object();
    value.set("files", std::move(files));
    return json(value);
  });
}

Response add_artefact(Context& context, const Call& call) {
  const std::string name = call.target.parameter("name").value_or("");
  const std::string wanted = call.target.parameter("for").value_or("");
  const bool is_mediator = call.person.role == Role::Mediator;
  if (name.empty() || name.size() > 64) {
    return refusal(400, say("`name` has from 1 to 64 bytes"));
  }
  if (is_mediator == wanted.empty()) {
    return refusal(
        400, say("the mediator says with `for` which side may fetch it, and nobody else does"));
  }
  const std::string& bytes = call.request.body;
  if (!std::string_view(bytes).starts_with(kSealedMark)) {
    return refusal(400, say("only sealed files are kept; make it one with truce talks seal"));
  }
  if (bytes.size() > context.limits.sealed_file_bytes) {
    return refusal(413, say("a sealed file here has at most {} bytes",
                            std::to_string(context.limits.sealed_file_bytes)));
  }
  const std::pair key(is_mediator ? wanted : call.person.party, name);
  auto refused = context.workspace.write([&](const Contents& contents, base::Instant) -> Decision {
    const auto sides = contents.record.sides();
    if (is_mediator && std::find(sides.begin(), sides.end(), wanted) == sides.end()) {
      return refusal(400, say("`for` is no side of the agreement that is watched"));
    }
    if (contents.dealings.artefacts().contains(key)) {
      return refusal(409, say("a file of that side has that name; choose another"));
    }
    JsonValue body = JsonValue::object();
    body.set("side", key.first);
    body.set("name", name);
    body.set("is_from_mediator", is_mediator);
    body.set("bytes", to_hexadecimal(bytes));
    return entry_by("artefact", call.person, std::move(body), {"mediator", "party:" + key.first});
  });
  if (refused) {
    return std::move(*refused);
  }
  return context.workspace.read([&](const Contents& contents) {
    return json(artefact_value(key, contents.dealings.artefacts().at(key)), 201);
  });
}

Response get_artefact(Context& context, const Call& call) {
  const std::pair key(call.segment("side"), call.segment("name"));
  const auto bytes = context.workspace.read([&](const Contents& contents) {
    const auto at = contents.dealings.artefacts().find(key);
    return at == contents.dealings.artefacts().end() || !is_shown(at->second.audience, call.person)
               ? std::nullopt
               : std::optional(at->second.bytes);
  });
  if (!bytes) {
    return not_found();
  }
  if (call.person.role == Role::Mediator) {
    if (auto refused =
            note_read(context, call.person, fmt::format("file {} of {}", key.second, key.first))) {
      return std::move(*refused);
    }
  }
  return {.content_type = "application/octet-stream",
          .headers = {{"Content-Disposition", "attachment"}},
          .body = *bytes,
          .stream = nullptr};
}

}  // namespace truce::server::internal
