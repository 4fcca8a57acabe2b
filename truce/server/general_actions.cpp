// SPDX-License-Identifier: Apache-2.0
// What concerns the server itself.
#include "truce/server/internal/actions.h"

namespace truce::server::internal {

Response get_health(Context& context, const Call&) {
  encoding::JsonValue value = encoding::JsonValue::object();
  value.set("status", context.workspace.refusal().empty() ? "ok" : "read-only");
  return json(value);
}

Response get_openapi(Context&, const Call&) {
  static const std::string kText = openapi_text();
  return {.content_type = "application/json", .headers = {}, .body = kText, .stream = nullptr};
}

Response get_metrics(Context& context, const Call&) {
  const EdgeCounts counts = context.edge == nullptr ? EdgeCounts{} : context.edge->counts();
  return {.content_type = "text/plain; version=0.0.4",
          .headers = {},
          .body = context.metrics.to_text(counts),
          .stream = nullptr};
}

}  // namespace truce::server::internal
