// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "truce/base/result.h"
#include "truce/encoding/json_value.h"
#include "truce/packages/game.h"

namespace truce::packages::internal {

/// Reads values of a JSON text; the first mistake is kept with its place, and what is read after it
/// is empty.
class JsonReader {
 public:
  JsonReader(std::string_view name, const std::vector<Issue>& issues)
      : name_(name), issues_(&issues) {}

  [[nodiscard]] bool has_failed() const { return error_.has_value(); }
  [[nodiscard]] base::Error error() const;
  void fail(const std::string& place, const std::string& what);

  /// The members of an object, each of which must be in `known`.
  void expect_keys(const encoding::JsonValue& object, const std::string& place,
                   std::initializer_list<std::string_view> known);
  const encoding::JsonValue::Array& array(const encoding::JsonValue* value,
                                          const std::string& place);
  std::string text(const encoding::JsonValue* value, const std::string& place);
  /// A whole number of any size, as a JSON number or as text.
  Integer integer(const encoding::JsonValue* value, const std::string& place);
  std::int64_t small_integer(const encoding::JsonValue* value, const std::string& place);
  /// Also a decimal or `a/b`.
  Fraction fraction(const encoding::JsonValue* value, const std::string& place);
  OptionSet option_set(const encoding::JsonValue& value, const std::string& place);
  Conjunction conjunction(const encoding::JsonValue* value, const std::string& place);
  Formula formula(const encoding::JsonValue* value, const std::string& place);

 private:
  std::vector<Formula> formulas(const encoding::JsonValue* value, const std::string& place);
  Formula budget(const encoding::JsonValue& value, const std::string& place);
  std::size_t issue_index(const encoding::JsonValue* value, const std::string& place);
  std::uint32_t option_index(std::size_t issue, const encoding::JsonValue& value,
                             const std::string& place);

  std::string name_;
  const std::vector<Issue>* issues_;
  std::optional<base::Error> error_;
};

}  // namespace truce::packages::internal
