// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "truce/base/result.h"
#include "truce/encoding/json_text.h"

namespace truce::encoding {

/// A JSON value whose objects keep the order of their keys. A plain value: copies are deep.
class JsonValue {
 public:
  using Array = std::vector<JsonValue>;
  using Object = std::vector<std::pair<std::string, JsonValue>>;
  enum class Kind : std::uint8_t { Null, Boolean, Integer, Number, Text, Array, Object };

  JsonValue() = default;
  // One template, so that a pointer never becomes a truth value.
  template <std::same_as<bool> Boolean>
  JsonValue(Boolean value) : state_(value) {}
  template <std::integral Integer>
    requires(!std::same_as<Integer, bool>)
  JsonValue(Integer value) : state_(static_cast<std::int64_t>(value)) {}
  JsonValue(double value) : state_(value) {}
  JsonValue(std::string value) : state_(std::move(value)) {}
  JsonValue(std::string_view value) : state_(std::string(value)) {}
  JsonValue(const char* value) : state_(std::string(value)) {}
  JsonValue(Array values) : state_(std::move(values)) {}

  static JsonValue array() { return JsonValue(Array{}); }
  static JsonValue object();

  [[nodiscard]] Kind kind() const { return static_cast<Kind>(state_.index()); }
  [[nodiscard]] bool is_null() const { return kind() == Kind::Null; }
  [[nodiscard]] bool is_number() const { return kind() == Kind::Integer || kind() == Kind::Number; }
  [[nodiscard]] bool is_text() const { return kind() == Kind::Text; }
  [[nodiscard]] bool is_array() const { return kind() == Kind::Array; }
  [[nodiscard]] bool is_object() const { return kind() == Kind::Object; }

  // Asking for another kind than the value is gives the empty value of that kind.
  [[nodiscard]] bool boolean() const;
  [[nodiscard]] std::int64_t integer() const;
  [[nodiscard]] double number() const;
  [[nodiscard]] const std::string& text() const;
  [[nodiscard]] const Array& elements() const;
  [[nodiscard]] const Object& members() const;
  /// The member `key`, the last one where a text repeats it; null when there is none.
  [[nodiscard]] const JsonValue* find(std::string_view key) const;

  /// Appends to an array; a null value becomes an array first.
  JsonValue& push_back(JsonValue value);
  /// Replaces or appends the member `key`; a null value becomes an object first.
  JsonValue& set(std::string_view key, JsonValue value);
  /// Appends without looking for `key`: for many members whose keys are known to differ.
  void append_member(std::string key, JsonValue value);

  /// On one line, no spaces.
  [[nodiscard]] std::string to_text(const JsonTextOptions& options = {}) const;
  /// Indented by two spaces, with a line end at the end; arrays of plain values stay on one line.
  [[nodiscard]] std::string to_pretty_text(const JsonTextOptions& options = {}) const;

  friend bool operator==(const JsonValue&, const JsonValue&);

 private:
  struct Members {
    Object list;
  };

  std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Members> state_;
};

constexpr std::size_t kMaxJsonDepth = 64;

/// The value of a JSON text. Fails with InvalidArgument, naming `name`, line and column, for text
/// that is not JSON, a number out of range, or nesting deeper than kMaxJsonDepth.
base::Result<JsonValue> parse_json(std::string_view name, std::string_view text);

}  // namespace truce::encoding
