// SPDX-License-Identifier: Apache-2.0
#include "truce/json/run_json.h"

#include "truce/encoding/json_value.h"

namespace truce::json {
namespace {

using encoding::JsonValue;

JsonValue text_or_null(const std::string& text) {
  return text.empty() ? JsonValue() : JsonValue(text);
}

JsonValue list_of(const std::vector<workbench::RunFile>& files) {
  JsonValue list = JsonValue::array();
  for (const workbench::RunFile& file : files) {
    JsonValue one = JsonValue::object();
    one.set("name", file.name);
    one.set("sha256", file.sha256_hex);
    one.set("bytes", static_cast<std::int64_t>(file.size));
    one.set("kind", file.is_text ? "text" : "data");
    list.push_back(std::move(one));
  }
  return list;
}

}  // namespace

std::string to_json(const workbench::MonitorRun& run, const workbench::MonitorRequest& request,
                    const std::vector<workbench::RunFile>& files, std::string_view program) {
  JsonValue value = JsonValue::object();
  value.set("schema", "truce.verdict-run/1");
  value.set("program", program);
  value.set("agreement", run.file.agreement.title);
  value.set("files", list_of(files));
  value.set("as_known_at", text_or_null(request.as_known_at));
  value.set("according_to", text_or_null(request.according_to));
  value.set("reading", text_or_null(request.reading));
  JsonValue settings = JsonValue::array();
  for (const std::string& setting : request.settings) {
    settings.push_back(setting);
  }
  value.set("settings", std::move(settings));
  value.set("accounts", run.account_count);
  value.set("digest", run.replay.digest);
  return value.to_pretty_text();
}

}  // namespace truce::json
