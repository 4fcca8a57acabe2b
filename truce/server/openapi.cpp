// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "truce/server/route.h"

namespace truce::server {
namespace {

using encoding::JsonValue;

JsonValue reference(std::string_view schema) {
  JsonValue value = JsonValue::object();
  value.set("$ref", fmt::format("#/components/schemas/{}", schema));
  return value;
}

JsonValue typed(std::string_view type) {
  JsonValue value = JsonValue::object();
  value.set("type", type);
  return value;
}

JsonValue list_of(JsonValue element, const Field& field) {
  JsonValue value = typed("array");
  value.set("items", std::move(element));
  if (field.most != 0) {
    value.set("maxItems", field.most);
  }
  return value;
}

JsonValue schema_of(const Field& field) {
  switch (field.type) {
    case FieldType::Text:
    case FieldType::LongText: {
      JsonValue value = typed("string");
      if (field.most != 0) {
        value.set("maxLength", field.most);
      }
      return value;
    }
    case FieldType::Integer:
      return typed("integer");
    case FieldType::Number:
      return typed("number");
    case FieldType::Boolean:
      return typed("boolean");
    case FieldType::Moment: {
      JsonValue value = typed("string");
      value.set("format", "date-time");
      return value;
    }
    case FieldType::Texts:
      return list_of(typed("string"), field);
    case FieldType::Object:
      return field.of.empty() ? typed("object") : reference(field.of);
    case FieldType::Objects:
      return list_of(field.of.empty() ? typed("object") : reference(field.of), field);
    case FieldType::Any:
      break;
  }
  return JsonValue::object();
}

JsonValue schema_of(const Schema& schema) {
  JsonValue properties = JsonValue::object();
  JsonValue::Array required;
  for (const Field& field : schema.fields) {
    JsonValue value = schema_of(field);
    // Beside a reference too, which OpenAPI 3.1 allows.
    value.set("description", field.what);
    properties.set(field.name, std::move(value));
    if (field.is_required) {
      required.emplace_back(field.name);
    }
  }
  JsonValue value = typed("object");
  value.set("description", schema.what);
  value.set("properties", std::move(properties));
  if (!required.empty()) {
    value.set("required", std::move(required));
  }
  value.set("additionalProperties", schema.is_open);
  return value;
}

// `what` is the name of a schema or a media type.
JsonValue content_of(std::string_view what) {
  const bool is_media = what.find('/') != std::string_view::npos;
  JsonValue media = JsonValue::object();
  media.set("schema", is_media ? typed("string") : reference(what));
  JsonValue content = JsonValue::object();
  content.set(is_media ? what : "application/json", std::move(media));
  return content;
}

JsonValue parameter_of(std::string_view name, std::string_view where, std::string_view what) {
  JsonValue parameter = JsonValue::object();
  parameter.set("name", name);
  parameter.set("in", where);
  parameter.set("required", where == "path");
  if (!what.empty()) {
    parameter.set("description", what);
  }
  parameter.set("schema", typed("string"));
  return parameter;
}

// `tile*`, which takes all that is left of a path, is called `tile`.
std::string_view name_in(std::string_view segment) {
  return segment.substr(0, std::min(segment.find('*'), segment.size()));
}

JsonValue parameters_of(const Route& route) {
  JsonValue::Array parameters;
  for (std::size_t at = route.path.find('{'); at != std::string_view::npos;
       at = route.path.find('{', at + 1)) {
    const std::size_t end = route.path.find('}', at);
    parameters.push_back(
        parameter_of(name_in(route.path.substr(at + 1, end - at - 1)), "path", ""));
  }
  for (const Parameter& parameter : route.parameters) {
    parameters.push_back(parameter_of(parameter.name, "query", parameter.what));
  }
  return parameters;
}

JsonValue responses_of(const Route& route) {
  JsonValue success = JsonValue::object();
  success.set("description", route.what);
  if (!route.gives.empty()) {
    success.set("content", content_of(route.gives));
  }
  JsonValue problem = JsonValue::object();
  problem.set("description", "Refused, with the reason");
  JsonValue media = JsonValue::object();
  media.set("schema", reference("Problem"));
  JsonValue content = JsonValue::object();
  content.set("application/problem+json", std::move(media));
  problem.set("content", std::move(content));
  JsonValue responses = JsonValue::object();
  responses.set(std::to_string(route.status), std::move(success));
  responses.set("default", std::move(problem));
  return responses;
}

JsonValue operation_of(const Route& route, std::string_view id) {
  JsonValue operation = JsonValue::object();
  operation.set("operationId", id);
  operation.set("summary", route.what);
  JsonValue::Array roles;
  for (const Role role : all_roles()) {
    if (route.roles.has(role)) {
      roles.emplace_back(to_text(role));
    }
  }
  operation.set("x-roles", std::move(roles));
  if (!route.roles.has(Role::Public)) {
    JsonValue session = JsonValue::object();
    session.set("session", JsonValue::array());
    operation.set("security", JsonValue::Array{std::move(session)});
  }
  JsonValue parameters = parameters_of(route);
  if (!parameters.elements().empty()) {
    operation.set("parameters", std::move(parameters));
  }
  if (!route.takes.empty()) {
    JsonValue body = JsonValue::object();
    body.set("required", true);
    body.set("content", content_of(route.takes));
    operation.set("requestBody", std::move(body));
  }
  operation.set("responses", responses_of(route));
  return operation;
}

std::string_view name_of(Action action) {
  switch (action) {
#define TRUCE_ROUTE(name, function, ...) \
  case Action::name:                     \
    return #function;
#include "truce/server/routes.def"
#undef TRUCE_ROUTE
  }
  return "";
}

std::string lower_case(std::string_view method) {
  std::string lower;
  for (const char letter : method) {
    lower += static_cast<char>(letter - 'A' + 'a');
  }
  return lower;
}

JsonValue components() {
  JsonValue schemas = JsonValue::object();
  for (const Schema& schema : all_schemas()) {
    schemas.set(schema.name, schema_of(schema));
  }
  JsonValue session = JsonValue::object();
  session.set("type", "apiKey");
  session.set("in", "cookie");
  session.set("name", "truce_session");
  JsonValue security = JsonValue::object();
  security.set("session", std::move(session));
  JsonValue value = JsonValue::object();
  value.set("schemas", std::move(schemas));
  value.set("securitySchemes", std::move(security));
  return value;
}

}  // namespace

std::string openapi_text() {
  JsonValue info = JsonValue::object();
  info.set("title", "Truce workspace");
  info.set("version", "1");
  info.set(
      "description",
      "The record of a cease-fire. Who may ask for what stands under x-roles; nobody else may. "
      "What somebody may not see is answered as what is not there.");
  JsonValue paths = JsonValue::object();
  for (const Route& route : all_routes()) {
    std::string name(route.path);
    std::erase(name, '*');
    const JsonValue* const there = paths.find(name);
    JsonValue path = there == nullptr ? JsonValue::object() : *there;
    path.set(lower_case(route.method), operation_of(route, name_of(route.action)));
    paths.set(name, std::move(path));
  }
  JsonValue value = JsonValue::object();
  value.set("openapi", "3.1.0");
  value.set("info", std::move(info));
  value.set("paths", std::move(paths));
  value.set("components", components());
  return value.to_pretty_text();
}

}  // namespace truce::server
