// SPDX-License-Identifier: Apache-2.0
#include "truce/json/changes_json.h"

#include "truce/encoding/json_value.h"

namespace truce::json {
namespace {

using encoding::JsonValue;

JsonValue text_or_null(const std::string& text) {
  return text.empty() ? JsonValue() : JsonValue(text);
}

JsonValue instant(base::Instant at, base::Duration offset) {
  return at <= base::kBeforeTime || at >= base::kAfterTime ? JsonValue()
                                                           : JsonValue(base::to_iso(at, offset));
}

}  // namespace

std::string to_json_line(const workbench::ToldChange& change, base::Duration offset) {
  JsonValue value = JsonValue::object();
  value.set("schema", "truce.changes/1");
  value.set("number", change.number);
  value.set("as_known_at", instant(change.as_known_at, offset));
  value.set("clause", change.clause);
  value.set("bearer", text_or_null(change.bearer));
  value.set("incident", change.incident ? JsonValue(*change.incident) : JsonValue());
  if (!change.about.empty()) {
    value.set("activated_by", change.about);
  }
  if (change.period != 0) {
    value.set("period", change.period);
  }
  value.set("at", instant(change.at, offset));
  value.set("verdict", text_or_null(change.verdict));
  value.set("was", text_or_null(change.was));
  value.set("final", change.is_final);
  JsonValue by_account = JsonValue::array();
  for (const auto& [account, opinion] : change.by_account) {
    JsonValue said = JsonValue::object();
    said.set("according_to", account);
    said.set("verdict", facts::to_text(opinion));
    by_account.push_back(std::move(said));
  }
  value.set("by_account", std::move(by_account));
  JsonValue blame = JsonValue::array();
  for (const std::string& name : change.blame) {
    blame.push_back(name);
  }
  value.set("blame", std::move(blame));
  value.set("because", text_or_null(change.because.english()));
  return value.to_text() + '\n';
}

}  // namespace truce::json
