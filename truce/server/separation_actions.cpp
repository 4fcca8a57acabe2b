// SPDX-License-Identifier: Apache-2.0
// Plans that keep two sides apart. What is asked about is given with the question and forgotten
// with the answer: no position is ever kept, so none can reach anybody but who gave it.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "truce/json/separate_json.h"
#include "truce/server/internal/actions.h"
#include "truce/workbench/separate.h"

namespace truce::server::internal {
namespace {

using encoding::JsonValue;

base::Result<base::Metres> metres_of(const Call& call, std::string_view name, double usual) {
  const JsonValue* const given = call.body.find(name);
  constexpr std::int64_t kMost = 100'000;
  if (given == nullptr) {
    return base::Metres{usual};
  }
  const std::int64_t value = given->integer();
  if (value < 1 || value > kMost) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       "`" + std::string(name) + "` is a length in metres, from 1 to 100000"};
  }
  return base::Metres{static_cast<double>(value)};
}

std::vector<std::string> texts_of(const Call& call, std::string_view name) {
  std::vector<std::string> texts;
  if (const JsonValue* const given = call.body.find(name)) {
    for (const JsonValue& text : given->elements()) {
      texts.push_back(text.text());
    }
  }
  return texts;
}

}  // namespace

Response plan_separation(Context& context, const Call& call) {
  workbench::SeparateRequest request;
  request.presence_text = call.text("presence");
  if (request.presence_text.empty()) {
    return refusal(400, say("`presence` is empty; give a presence file, CSV or GeoJSON"));
  }
  request.first = call.text("between");
  request.second = call.text("and");
  request.reading = call.text("reading");
  request.at = call.text("at");
  request.moved = texts_of(call, "moved");
  request.dropped = texts_of(call, "dropped");
  request.added = texts_of(call, "added");
  const auto distance = metres_of(call, "distance_m", 1000);
  const auto belt = metres_of(call, "belt_m", 0);
  const auto hold = metres_of(call, "hold_m", 0);
  for (const auto* length : {&distance, &belt, &hold}) {
    if (!*length) {
      return problem(length->error());
    }
  }
  request.distance = *distance;
  if (belt->value > 0) {
    request.belt = *belt;
  }
  if (hold->value > 0) {
    request.hold = *hold;
  }
  request.agreement = context.workspace.read([](const Contents& contents) {
    return contents.record.watched() == 0 ? std::string() : contents.record.agreement_path();
  });
  if (request.agreement.empty()) {
    return refusal(409, say("no text of the agreement is watched; enter one and watch it first"));
  }
  // One at a time: each may take seconds, and memory for its grid.
  const std::scoped_lock locked(context.separation_lock);
  const auto run = workbench::separate(request);
  if (!run) {
    return problem(run.error());
  }
  if (run->has_errors()) {
    return refusal(409, say("the text that is watched cannot be read any more"));
  }
  return {
      .content_type = "application/json",
      .headers = {{"Cache-Control", "no-store"}},
      .body = "{\"plan\": " + json::to_json(*run) + ", \"map\": " + json::to_geojson(*run) + "}",
      .stream = nullptr};
}

}  // namespace truce::server::internal
