// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "truce/base/result.h"
#include "truce/encoding/json_value.h"
#include "truce/server/roles.h"
#include "truce/server/target.h"

namespace truce::server {

enum class FieldType : std::uint8_t {
  Text,
  // Several lines; empty too.
  LongText,
  Integer,
  Number,
  Boolean,
  // ISO 8601 with offset.
  Moment,
  Texts,
  // Of the schema named in Field::of.
  Object,
  Objects,
  // Any JSON.
  Any
};

/// One member of a JSON object.
struct Field {
  std::string_view name;
  FieldType type = FieldType::Text;
  bool is_required = true;
  // Bytes of a text, elements of a list; 0: no limit, of what is given alone.
  std::size_t most = 0;
  std::string_view what;
  std::string_view of = {};
};

/// A JSON object that is taken or given. What is taken has no other members than these.
struct Schema {
  std::string_view name;
  std::string_view what;
  std::span<const Field> fields;
  // Given with members besides these.
  bool is_open = false;
};

/// Something in the query string.
struct Parameter {
  std::string_view name;
  std::string_view what;
};

/// What a route does, by the name of its function.
enum class Action : std::uint8_t {
#define TRUCE_ROUTE(action, ...) action,
#include "truce/server/routes.def"
#undef TRUCE_ROUTE
};

/// One line of the table of routes.
struct Route {
  Action action{};
  std::string_view method;
  // `/api/v1/incidents/{incident}`.
  std::string_view path;
  Roles roles;
  // The schema of the body, or its media type; empty: none is read.
  std::string_view takes;
  // The schema of the answer, or its media type; empty: there is no content.
  std::string_view gives;
  unsigned status = 200;
  std::string_view what;
  // In the query string.
  std::vector<Parameter> parameters = {};

  /// Whether it changes anything.
  [[nodiscard]] bool is_write() const { return method != "GET"; }
};

/// Everything the server answers, in the order of the documentation.
std::span<const Route> all_routes();
std::span<const Schema> all_schemas();
/// By name; null where there is none.
const Schema* find_schema(std::string_view name);

/// What a target leads to.
struct Match {
  // Null: nothing has this path, or nothing with this method.
  const Route* route = nullptr;
  std::map<std::string, std::string, std::less<>> segments;
  // The methods that the path has.
  std::vector<std::string_view> methods;
};

/// HEAD is as GET.
Match find_route(std::string_view method, const Target& target);

/// Fails with InvalidArgument, naming the member, unless `value` is an object as the schema has it.
base::Result<void> check_against(const Schema& schema, const encoding::JsonValue& value);

/// The description of it all in OpenAPI 3.1, as JSON.
std::string openapi_text();

}  // namespace truce::server
