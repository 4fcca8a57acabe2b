// SPDX-License-Identifier: Apache-2.0
#include "truce/encoding/json_value.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "truce/base/check.h"
#include "truce/base/utf8.h"

namespace truce::encoding {
namespace {

// Where the byte at `offset` stands, for a message.
std::string place(std::string_view name, std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const std::size_t line_end = before.rfind('\n');
  const std::size_t begin = line_end == std::string_view::npos ? 0 : line_end + 1;
  return fmt::format("{}:{}:{}", name, line, base::count_code_points(before.substr(begin)) + 1);
}

// Builds the value as the parser meets its parts; no recursion, so deep text is only an error.
class Builder {
 public:
  using number_integer_t = nlohmann::json::number_integer_t;
  using number_unsigned_t = nlohmann::json::number_unsigned_t;
  using number_float_t = nlohmann::json::number_float_t;
  using string_t = nlohmann::json::string_t;
  using binary_t = nlohmann::json::binary_t;

  bool null() { return add({}); }
  bool boolean(bool value) { return add(JsonValue(value)); }
  bool number_integer(number_integer_t value) { return add(JsonValue(value)); }
  bool number_unsigned(number_unsigned_t value) {
    constexpr auto kLargest =
        static_cast<number_unsigned_t>(std::numeric_limits<std::int64_t>::max());
    return add(value <= kLargest ? JsonValue(static_cast<std::int64_t>(value))
                                 : JsonValue(static_cast<double>(value)));
  }
  bool number_float(number_float_t value, const string_t& /*text*/) {
    return add(JsonValue(value));
  }
  bool string(string_t& value) { return add(JsonValue(std::move(value))); }
  bool binary(binary_t& /*value*/) { return false; }
  bool start_object(std::size_t /*size*/) { return open(JsonValue::object()); }
  bool start_array(std::size_t /*size*/) { return open(JsonValue::array()); }
  bool key(string_t& value) {
    keys_.back() = std::move(value);
    return true;
  }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool parse_error(std::size_t position, const std::string& token,
                   const nlohmann::json::exception& error) {
    offset_ = position;
    // Kinds 406 are numbers too large to hold; the rest is syntax.
    problem_ = error.id == 406 ? fmt::format("the number {} is too large", token)
                               : std::string("this is not JSON");
    return false;
  }

  [[nodiscard]] bool is_too_deep() const { return is_too_deep_; }
  [[nodiscard]] std::size_t offset() const { return offset_; }
  [[nodiscard]] const std::string& problem() const { return problem_; }
  JsonValue take() { return std::move(root_); }

 private:
  bool add(JsonValue value) {
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (open_.back().is_object()) {
      open_.back().append_member(std::move(keys_.back()), std::move(value));
    } else {
      open_.back().push_back(std::move(value));
    }
    return true;
  }
  bool open(JsonValue value) {
    is_too_deep_ = open_.size() >= kMaxJsonDepth;
    open_.push_back(std::move(value));
    keys_.emplace_back();
    return !is_too_deep_;
  }
  bool close() {
    JsonValue value = std::move(open_.back());
    open_.pop_back();
    keys_.pop_back();
    return add(std::move(value));
  }

  JsonValue root_;
  std::vector<JsonValue> open_;
  std::vector<std::string> keys_;
  bool is_too_deep_ = false;
  std::size_t offset_ = 0;
  std::string problem_;
};

struct Writer {
  std::string out;
  JsonTextOptions options;
  bool is_pretty = false;

  void line(std::size_t depth) {
    if (is_pretty) {
      out += '\n';
      out.append(2 * depth, ' ');
    }
  }
  void write(const JsonValue& value, std::size_t depth);
  void write_array(const JsonValue::Array& values, std::size_t depth);
  void write_object(const JsonValue::Object& members, std::size_t depth);
};

void Writer::write(const JsonValue& value, std::size_t depth) {
  switch (value.kind()) {
    case JsonValue::Kind::Null:
      out += "null";
      return;
    case JsonValue::Kind::Boolean:
      out += value.boolean() ? "true" : "false";
      return;
    case JsonValue::Kind::Integer:
      out += std::to_string(value.integer());
      return;
    case JsonValue::Kind::Number:
      append_json_number(out, value.number());
      return;
    case JsonValue::Kind::Text:
      append_json_string(out, value.text(), options);
      return;
    case JsonValue::Kind::Array:
      write_array(value.elements(), depth);
      return;
    case JsonValue::Kind::Object:
      write_object(value.members(), depth);
      return;
  }
}

void Writer::write_array(const JsonValue::Array& values, std::size_t depth) {
  const auto is_nested = [](const JsonValue& value) {
    return value.is_array() || value.is_object();
  };
  const bool is_broken_up = std::any_of(values.begin(), values.end(), is_nested);
  out += '[';
  for (std::size_t at = 0; at < values.size(); ++at) {
    out += at == 0 ? "" : (is_pretty && !is_broken_up ? ", " : ",");
    if (is_broken_up) {
      line(depth + 1);
    }
    write(values[at], depth + 1);
  }
  if (is_broken_up) {
    line(depth);
  }
  out += ']';
}

void Writer::write_object(const JsonValue::Object& members, std::size_t depth) {
  out += '{';
  bool is_first = true;
  for (const auto& [key, value] : members) {
    out += is_first ? "" : ",";
    is_first = false;
    line(depth + 1);
    append_json_string(out, key, options);
    out += is_pretty ? ": " : ":";
    write(value, depth + 1);
  }
  if (!members.empty()) {
    line(depth);
  }
  out += '}';
}

}  // namespace

JsonValue JsonValue::object() {
  JsonValue value;
  value.state_ = Members{};
  return value;
}

bool JsonValue::boolean() const {
  const bool* value = std::get_if<bool>(&state_);
  return value != nullptr && *value;
}

std::int64_t JsonValue::integer() const {
  const auto* value = std::get_if<std::int64_t>(&state_);
  return value == nullptr ? 0 : *value;
}

double JsonValue::number() const {
  if (const auto* value = std::get_if<double>(&state_)) {
    return *value;
  }
  return static_cast<double>(integer());
}

const std::string& JsonValue::text() const {
  static const std::string kEmpty;
  const auto* value = std::get_if<std::string>(&state_);
  return value == nullptr ? kEmpty : *value;
}

const JsonValue::Array& JsonValue::elements() const {
  static const Array kEmpty;
  const auto* value = std::get_if<Array>(&state_);
  return value == nullptr ? kEmpty : *value;
}

const JsonValue::Object& JsonValue::members() const {
  static const Object kEmpty;
  const auto* value = std::get_if<Members>(&state_);
  return value == nullptr ? kEmpty : value->list;
}

const JsonValue* JsonValue::find(std::string_view key) const {
  const Object& list = members();
  const auto found = std::find_if(list.rbegin(), list.rend(),
                                  [&](const auto& member) { return member.first == key; });
  return found == list.rend() ? nullptr : &found->second;
}

JsonValue& JsonValue::push_back(JsonValue value) {
  if (is_null()) {
    state_ = Array{};
  }
  TRUCE_CHECK(is_array(), "only an array takes elements");
  std::get<Array>(state_).push_back(std::move(value));
  return *this;
}

JsonValue& JsonValue::set(std::string_view key, JsonValue value) {
  if (is_null()) {
    state_ = Members{};
  }
  TRUCE_CHECK(is_object(), "only an object takes members");
  Object& list = std::get<Members>(state_).list;
  const auto found = std::find_if(list.begin(), list.end(),
                                  [&](const auto& member) { return member.first == key; });
  if (found != list.end()) {
    found->second = std::move(value);
  } else {
    list.emplace_back(key, std::move(value));
  }
  return *this;
}

void JsonValue::append_member(std::string key, JsonValue value) {
  TRUCE_CHECK(is_object(), "only an object takes members");
  std::get<Members>(state_).list.emplace_back(std::move(key), std::move(value));
}

std::string JsonValue::to_text(const JsonTextOptions& options) const {
  Writer writer{{}, options, false};
  writer.write(*this, 0);
  return std::move(writer.out);
}

std::string JsonValue::to_pretty_text(const JsonTextOptions& options) const {
  Writer writer{{}, options, true};
  writer.write(*this, 0);
  return std::move(writer.out) + '\n';
}

bool operator==(const JsonValue& left, const JsonValue& right) {
  if (left.is_object() && right.is_object()) {
    return left.members() == right.members();
  }
  if (left.kind() != right.kind()) {
    return false;
  }
  switch (left.kind()) {
    case JsonValue::Kind::Null:
      return true;
    case JsonValue::Kind::Boolean:
      return left.boolean() == right.boolean();
    case JsonValue::Kind::Integer:
      return left.integer() == right.integer();
    case JsonValue::Kind::Number:
      return left.number() == right.number();
    case JsonValue::Kind::Text:
      return left.text() == right.text();
    case JsonValue::Kind::Array:
      return left.elements() == right.elements();
    case JsonValue::Kind::Object:
      return left.members() == right.members();
  }
  return false;
}

base::Result<JsonValue> parse_json(std::string_view name, std::string_view text) {
  Builder builder;
  bool is_read = false;
  try {
    is_read = nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
  } catch (const nlohmann::json::exception&) {
    is_read = false;
  }
  if (is_read) {
    return builder.take();
  }
  if (builder.is_too_deep()) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("{}: nested deeper than {} levels", name, kMaxJsonDepth)};
  }
  // The parser counts the byte it stopped at from 1.
  const std::size_t offset = builder.offset() == 0 ? 0 : builder.offset() - 1;
  return base::Error{base::ErrorCode::InvalidArgument,
                     fmt::format("{}: {}", place(name, text, offset), builder.problem())};
}

}  // namespace truce::encoding
