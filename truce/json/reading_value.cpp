// SPDX-License-Identifier: Apache-2.0
#include "truce/json/internal/reading_value.h"

#include <utility>

namespace truce::json::internal {

using encoding::JsonValue;

void set_row(JsonValue& value, const incidents::Reading& reading,
             const incidents::RowOrigin& origin) {
  value.set("file", reading.files.at(origin.file));
  value.set("line", origin.line);
}

JsonValue skipped_rows(const incidents::Reading& reading) {
  JsonValue list = JsonValue::array();
  for (const incidents::SkippedRow& row : reading.skipped) {
    JsonValue value = JsonValue::object();
    set_row(value, reading, row.origin);
    value.set("column", row.column);
    value.set("reason", row.reason);
    list.push_back(std::move(value));
  }
  return list;
}

JsonValue unknown_words(const std::vector<facts::UnknownWord>& words) {
  JsonValue list = JsonValue::array();
  for (const facts::UnknownWord& word : words) {
    JsonValue value = JsonValue::object();
    value.set("field", word.field);
    value.set("word", word.word);
    value.set("count", word.count);
    value.set("did_you_mean", word.did_you_mean ? JsonValue(*word.did_you_mean) : JsonValue());
    if (!word.reason.empty()) {
      value.set("reason", word.reason);
    }
    list.push_back(std::move(value));
  }
  return list;
}

}  // namespace truce::json::internal
