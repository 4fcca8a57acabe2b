// SPDX-License-Identifier: Apache-2.0
#include "truce/server/internal/call.h"

#include "truce/base/check.h"
#include "truce/json/wording_json.h"

namespace truce::server::internal {
namespace {

std::string_view words_of(unsigned status) {
  switch (status) {
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 415:
      return "Unsupported Media Type";
    case 421:
      return "Misdirected Request";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 503:
      return "Service Unavailable";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return "Error";
  }
}

encoding::JsonValue problem_value(unsigned status, std::string_view detail) {
  encoding::JsonValue value = encoding::JsonValue::object();
  value.set("status", status);
  value.set("title", words_of(status));
  value.set("detail", detail);
  return value;
}

Response refused(unsigned status, const encoding::JsonValue& value) {
  return {.status = status,
          .content_type = "application/problem+json",
          .headers = {},
          .body = value.to_text() + '\n',
          .stream = nullptr};
}

}  // namespace

bool is_over_tls(const Request& request) {
  return request.is_encrypted || request.header("x-forwarded-proto") == "https";
}

std::string_view cookie_name(const Request& request) {
  return is_over_tls(request) ? "__Host-truce_session" : "truce_session";
}

const std::string& Call::segment(std::string_view name) const {
  const auto found = segments.find(name);
  TRUCE_CHECK(found != segments.end(), "a route asks for a segment that its path does not have");
  return found->second;
}

const std::string& Call::text(std::string_view name) const {
  static const std::string kEmpty;
  const encoding::JsonValue* const member = body.find(name);
  return member == nullptr ? kEmpty : member->text();
}

Response problem(unsigned status, std::string_view detail) {
  return refused(status, problem_value(status, detail));
}

Response refusal(unsigned status, const facts::Wording& detail) {
  encoding::JsonValue value = problem_value(status, detail.english());
  value.set("detail_said", json::value_of(detail));
  return refused(status, value);
}

Response problem(const base::Error& error) {
  switch (error.code) {
    case base::ErrorCode::InvalidArgument:
    case base::ErrorCode::Corrupt:
      return problem(400, error.message);
    case base::ErrorCode::NotFound:
      return problem(404, error.message);
    case base::ErrorCode::Unsupported:
      return problem(409, error.message);
    case base::ErrorCode::Io:
    case base::ErrorCode::Timeout:
      break;
  }
  return problem(503, error.message);
}

Response not_found() { return problem(404, "there is nothing here, or nothing that you may see"); }

Response json(const encoding::JsonValue& value, unsigned status) {
  return {.status = status,
          .content_type = "application/json",
          .headers = {},
          .body = value.to_text() + '\n',
          .stream = nullptr};
}

}  // namespace truce::server::internal
