// SPDX-License-Identifier: Apache-2.0
#include "truce/server/route.h"

#include <algorithm>

#include <fmt/format.h>

#include "truce/base/time.h"

namespace truce::server {
namespace {

using encoding::JsonValue;

base::Error invalid(std::string message) {
  return {base::ErrorCode::InvalidArgument, std::move(message)};
}

// Whether the path is one of the pattern; the segments in braces go to `segments`.
bool fits(std::string_view pattern, const std::vector<std::string>& path, Match& match) {
  std::map<std::string, std::string, std::less<>> segments;
  std::size_t at = 0;
  while (!pattern.empty()) {
    pattern.remove_prefix(1);
    const std::size_t end = std::min(pattern.find('/'), pattern.size());
    const std::string_view segment = pattern.substr(0, end);
    pattern.remove_prefix(end);
    // `/ogc/` and `/ogc` are one.
    if (segment.empty() && pattern.empty()) {
      break;
    }
    if (at == path.size()) {
      return false;
    }
    if (segment.ends_with("*}")) {
      // All that is left.
      std::string rest;
      for (; at < path.size(); ++at) {
        rest += rest.empty() ? "" : "/";
        rest += path[at];
      }
      segments.emplace(segment.substr(1, segment.size() - 3), std::move(rest));
      break;
    }
    if (segment.starts_with('{')) {
      segments.emplace(segment.substr(1, segment.size() - 2), path[at]);
    } else if (segment != path[at]) {
      return false;
    }
    ++at;
  }
  if (at != path.size()) {
    return false;
  }
  match.segments = std::move(segments);
  return true;
}

base::Result<void> check_text(const Field& field, const std::string& text) {
  if (field.most != 0 && text.size() > field.most) {
    return invalid(fmt::format("`{}` has more than {} bytes", field.name, field.most));
  }
  if (field.type == FieldType::LongText) {
    return {};
  }
  if (text.empty() && field.is_required) {
    return invalid(fmt::format("`{}` is empty", field.name));
  }
  if (std::any_of(text.begin(), text.end(), [](char letter) {
        return static_cast<unsigned char>(letter) < ' ' || letter == '\x7F';
      })) {
    return invalid(fmt::format("`{}` is one line, without control characters", field.name));
  }
  return {};
}

base::Result<void> check_texts(const Field& field, const JsonValue& value) {
  constexpr std::size_t kMostBytes = 256;
  for (const JsonValue& element : value.elements()) {
    if (!element.is_text()) {
      return invalid(fmt::format("`{}` is a list of texts", field.name));
    }
    const Field one{.name = field.name, .most = kMostBytes, .what = {}};
    if (auto checked = check_text(one, element.text()); !checked) {
      return checked;
    }
  }
  return {};
}

base::Result<void> check_objects(const Field& field, const JsonValue& value) {
  const Schema* const schema = find_schema(field.of);
  if (schema == nullptr) {
    return {};
  }
  if (field.type == FieldType::Object) {
    return check_against(*schema, value);
  }
  for (const JsonValue& element : value.elements()) {
    if (auto checked = check_against(*schema, element); !checked) {
      return checked;
    }
  }
  return {};
}

std::string_view words_of(FieldType type) {
  switch (type) {
    case FieldType::Text:
    case FieldType::LongText:
      return "a text";
    case FieldType::Integer:
      return "a whole number";
    case FieldType::Number:
      return "a number";
    case FieldType::Boolean:
      return "true or false";
    case FieldType::Moment:
      return "a time such as 2030-02-01T19:00:00+02:00";
    case FieldType::Texts:
      return "a list of texts";
    case FieldType::Object:
      return "an object";
    case FieldType::Objects:
      return "a list of objects";
    case FieldType::Any:
      return "anything";
  }
  return "";
}

bool has_kind(const Field& field, const JsonValue& value) {
  switch (field.type) {
    case FieldType::Text:
    case FieldType::LongText:
      return value.is_text();
    case FieldType::Integer:
      return value.kind() == JsonValue::Kind::Integer;
    case FieldType::Number:
      return value.is_number();
    case FieldType::Boolean:
      return value.kind() == JsonValue::Kind::Boolean;
    case FieldType::Moment: {
      const auto read = value.is_text() ? base::parse_instant(value.text(), {}) : std::nullopt;
      return read && !read->is_whole_day && value.text().size() <= 40;
    }
    case FieldType::Texts:
    case FieldType::Objects:
      return value.is_array();
    case FieldType::Object:
      return value.is_object();
    case FieldType::Any:
      return true;
  }
  return false;
}

base::Result<void> check_field(const Field& field, const JsonValue& value) {
  if (!has_kind(field, value)) {
    return invalid(fmt::format("`{}` is {}", field.name, words_of(field.type)));
  }
  if (value.is_array() && field.most != 0 && value.elements().size() > field.most) {
    return invalid(fmt::format("`{}` has more than {} elements", field.name, field.most));
  }
  switch (field.type) {
    case FieldType::Text:
    case FieldType::LongText:
      return check_text(field, value.text());
    case FieldType::Texts:
      return check_texts(field, value);
    case FieldType::Object:
    case FieldType::Objects:
      return check_objects(field, value);
    default:
      return {};
  }
}

}  // namespace

Match find_route(std::string_view method, const Target& target) {
  Match match;
  const std::string_view wanted = method == "HEAD" ? "GET" : method;
  for (const Route& route : all_routes()) {
    Match found;
    if (!fits(route.path, target.path, found)) {
      continue;
    }
    match.methods.push_back(route.method);
    if (route.method == wanted && match.route == nullptr) {
      match.route = &route;
      match.segments = std::move(found.segments);
    }
  }
  return match;
}

base::Result<void> check_against(const Schema& schema, const JsonValue& value) {
  if (!value.is_object()) {
    return invalid(fmt::format("the body is an object of the schema {}", schema.name));
  }
  for (const auto& [name, member] : value.members()) {
    const auto field = std::find_if(schema.fields.begin(), schema.fields.end(),
                                    [&](const Field& one) { return one.name == name; });
    if (field == schema.fields.end() && !schema.is_open) {
      return invalid(fmt::format("`{}` is no member of {}", name, schema.name));
    }
  }
  for (const Field& field : schema.fields) {
    const JsonValue* const member = value.find(field.name);
    if (member == nullptr || (member->is_null() && !field.is_required)) {
      if (field.is_required) {
        return invalid(fmt::format("`{}` is missing: {}", field.name, field.what));
      }
      continue;
    }
    if (auto checked = check_field(field, *member); !checked) {
      return checked;
    }
  }
  return {};
}

}  // namespace truce::server
