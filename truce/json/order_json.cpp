// SPDX-License-Identifier: Apache-2.0
#include "truce/json/order_json.h"

#include "truce/encoding/json_value.h"
#include "truce/json/internal/diagnostics_value.h"

namespace truce::json {
namespace {

using encoding::JsonValue;

JsonValue text_or_null(std::string_view text) {
  return text.empty() ? JsonValue() : JsonValue(text);
}

JsonValue numbers(const std::vector<std::uint32_t>& deeds) {
  JsonValue list = JsonValue::array();
  for (const std::uint32_t deed : deeds) {
    list.push_back(deed);
  }
  return list;
}

JsonValue step_value(std::uint32_t step) { return step == 0 ? JsonValue() : JsonValue(step); }

JsonValue deeds_value(const workbench::OrderedText& text) {
  std::vector<bool> is_committed(text.commitments.graph.deeds(), false);
  for (std::size_t i = 0; i < text.commitments.graph.size(); ++i) {
    is_committed[text.commitments.graph.deed(i)] = true;
  }
  JsonValue deeds = JsonValue::array();
  for (std::uint32_t deed = 0; deed < text.commitments.deeds.size(); ++deed) {
    JsonValue value = JsonValue::object();
    value.set("words", text.commitments.deeds[deed].words);
    value.set("clause", text_or_null(text.commitments.deeds[deed].clause));
    value.set("committed", static_cast<bool>(is_committed[deed]));
    value.set("step", step_value(text.order.step[deed]));
    value.set("follows", static_cast<bool>(text.order.follows[deed]));
    deeds.push_back(std::move(value));
  }
  return deeds;
}

JsonValue circle_value(const talks::WaitingCircle& circle) {
  JsonValue value = JsonValue::object();
  value.set("deeds", numbers(circle.deeds));
  value.set("witness", numbers(circle.witness));
  value.set("shortest", circle.is_shortest);
  value.set("possible", circle.is_possible);
  value.set("agreed", circle.is_agreed);
  value.set("step", step_value(circle.step));
  value.set("guarantees", numbers(circle.guarantees));
  value.set("at_least", circle.at_least);
  return value;
}

JsonValue text_value(const workbench::OrderedText& text) {
  JsonValue left_out = JsonValue::array();
  for (const std::string& clause : text.commitments.left_out) {
    left_out.push_back(clause);
  }
  JsonValue circles = JsonValue::array();
  for (const talks::WaitingCircle& circle : text.order.circles) {
    circles.push_back(circle_value(circle));
  }
  JsonValue value = JsonValue::object();
  value.set("proposer", text_or_null(text.proposer));
  value.set("following", text.order.count_following());
  value.set("possible", text.order.count_possible());
  value.set("deeds", deeds_value(text));
  value.set("circles", std::move(circles));
  value.set("left_out", std::move(left_out));
  return value;
}

}  // namespace

std::string to_json(const workbench::OrderRun& run) {
  if (run.draft.has_value() && run.draft->sink.has_errors()) {
    return internal::diagnostics_document(run.draft->sink, run.draft->sources());
  }
  JsonValue texts = JsonValue::array();
  for (const workbench::OrderedText& text : run.texts) {
    texts.push_back(text_value(text));
  }
  JsonValue document = JsonValue::object();
  document.set("schema", "truce.order/1");
  document.set("texts", std::move(texts));
  return document.to_pretty_text();
}

}  // namespace truce::json
