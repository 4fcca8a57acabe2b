// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "truce/server/route.h"

namespace truce::server {
namespace {

using enum FieldType;

constexpr std::array kHealth = {
    Field{.name = "status",
          .type = Text,
          .what = "`ok`, or `read-only` where nothing can be written"},
};
constexpr std::array kOpenApi = {
    Field{.name = "openapi", .type = Text, .what = "The version of OpenAPI"},
};
constexpr std::array kProblem = {
    Field{.name = "status", .type = Integer, .what = "The status of HTTP"},
    Field{.name = "title", .type = Text, .what = "Its words"},
    Field{.name = "detail", .type = Text, .what = "What is wrong and how to mend it"},
};

}  // namespace

std::span<const Schema> all_schemas() {
  static constexpr std::array kSchemas = {
      Schema{.name = "Health", .what = "Whether the server is alive", .fields = kHealth},
      Schema{.name = "OpenApi",
             .what = "A description in OpenAPI 3.1",
             .fields = kOpenApi,
             .is_open = true},
      Schema{.name = "Problem", .what = "Why a request was refused (RFC 9457)", .fields = kProblem},
  };
  return kSchemas;
}

const Schema* find_schema(std::string_view name) {
  const auto schemas = all_schemas();
  const auto found = std::find_if(schemas.begin(), schemas.end(),
                                  [&](const Schema& schema) { return schema.name == name; });
  return found == schemas.end() ? nullptr : &*found;
}

}  // namespace truce::server
