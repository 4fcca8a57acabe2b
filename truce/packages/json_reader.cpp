// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/internal/json_reader.h"

#include <algorithm>

#include <fmt/format.h>

#include "truce/base/nearest_word.h"

namespace truce::packages::internal {
namespace {

using encoding::JsonValue;

constexpr std::size_t kMostDigits = 2000;

// The digits of a number, whether it stands as a number or as text.
std::string digits_of(const JsonValue& value) {
  return value.is_text() ? value.text() : value.to_text();
}

std::string nearest(const std::string& wanted, const std::vector<std::string>& names) {
  const auto found = base::nearest_word(wanted, names);
  return found ? fmt::format("did you mean `{}`?", *found)
               : fmt::format("there is {}", fmt::join(names, ", "));
}

std::vector<std::string> names_of(const std::vector<Issue>& issues) {
  std::vector<std::string> names;
  for (const Issue& issue : issues) {
    names.push_back(issue.name);
  }
  return names;
}

}  // namespace

base::Error JsonReader::error() const { return error_.value_or(base::Error{}); }

void JsonReader::fail(const std::string& place, const std::string& what) {
  if (!error_.has_value()) {
    error_ = base::Error{base::ErrorCode::InvalidArgument,
                         fmt::format("{}: {}: {}", name_, place, what)};
  }
}

void JsonReader::expect_keys(const JsonValue& object, const std::string& place,
                             std::initializer_list<std::string_view> known) {
  if (!object.is_object()) {
    fail(place, "an object stands here, in braces");
    return;
  }
  const std::vector<std::string> names(known.begin(), known.end());
  for (const auto& [key, value] : object.members()) {
    if (std::find(names.begin(), names.end(), key) == names.end()) {
      fail(place, fmt::format("nothing is called `{}` here; {}", key, nearest(key, names)));
    }
  }
}

const JsonValue::Array& JsonReader::array(const JsonValue* value, const std::string& place) {
  static const JsonValue::Array kNone;
  if (value == nullptr || !value->is_array()) {
    fail(place, value == nullptr ? "is missing; it is a list, in brackets"
                                 : "a list stands here, in brackets");
    return kNone;
  }
  return value->elements();
}

std::string JsonReader::text(const JsonValue* value, const std::string& place) {
  if (value == nullptr || !value->is_text()) {
    fail(place, value == nullptr ? "is missing; it is a text" : "a text stands here");
    return {};
  }
  return value->text();
}

Integer JsonReader::integer(const JsonValue* value, const std::string& place) {
  if (value == nullptr || (!value->is_text() && !value->is_number())) {
    fail(place,
         value == nullptr ? "is missing; it is a whole number" : "a whole number stands here");
    return {};
  }
  const std::string digits = digits_of(*value);
  const auto read = digits.size() <= kMostDigits ? Integer::from_text(digits) : std::nullopt;
  if (!read) {
    fail(place, digits.size() > kMostDigits
                    ? fmt::format("a number of {} digits; {} are read", digits.size(), kMostDigits)
                    : fmt::format("`{}` is no whole number", digits));
    return {};
  }
  return *read;
}

std::int64_t JsonReader::small_integer(const JsonValue* value, const std::string& place) {
  const auto read = integer(value, place).to_int64();
  if (!read) {
    fail(place, "the number is beyond 63 binary digits; use smaller units");
  }
  return read.value_or(0);
}

Fraction JsonReader::fraction(const JsonValue* value, const std::string& place) {
  if (value == nullptr || (!value->is_text() && !value->is_number())) {
    fail(place, value == nullptr ? "is missing; it is a number" : "a number stands here");
    return {};
  }
  const std::string digits = digits_of(*value);
  const auto read = digits.size() <= kMostDigits ? Fraction::from_text(digits) : std::nullopt;
  if (!read) {
    fail(place, fmt::format("`{}` is no number; write 7, 0.25 or \"1/4\"", digits.substr(0, 40)));
    return {};
  }
  return *read;
}

std::size_t JsonReader::issue_index(const JsonValue* value, const std::string& place) {
  if (value != nullptr && value->is_text()) {
    for (std::size_t at = 0; at < issues_->size(); ++at) {
      if ((*issues_)[at].name == value->text()) {
        return at;
      }
    }
    fail(place, fmt::format("no issue is named `{}`; {}", value->text(),
                            nearest(value->text(), names_of(*issues_))));
    return 0;
  }
  const std::int64_t index = small_integer(value, place + ": `issue`");
  if (index < 0 || static_cast<std::size_t>(index) >= issues_->size()) {
    fail(place, fmt::format("there is no issue {}; they are counted from 0 to {}", index,
                            issues_->size() - 1));
    return 0;
  }
  return static_cast<std::size_t>(index);
}

std::uint32_t JsonReader::option_index(std::size_t issue, const JsonValue& value,
                                       const std::string& place) {
  if (has_failed()) {
    return 0;
  }
  const Issue& open = (*issues_)[issue];
  if (value.is_text()) {
    const auto found = std::find(open.options.begin(), open.options.end(), value.text());
    if (found == open.options.end()) {
      fail(place, fmt::format("issue `{}` has no option `{}`; {}", open.name, value.text(),
                              nearest(value.text(), open.options)));
      return 0;
    }
    return static_cast<std::uint32_t>(found - open.options.begin());
  }
  const std::int64_t index = small_integer(&value, place);
  if (index < 0 || static_cast<std::size_t>(index) >= open.options.size()) {
    fail(place, fmt::format("issue `{}` has no option {}; they are counted from 0 to {}", open.name,
                            index, open.options.size() - 1));
    return 0;
  }
  return static_cast<std::uint32_t>(index);
}

OptionSet JsonReader::option_set(const JsonValue& value, const std::string& place) {
  expect_keys(value, place, {"issue", "options"});
  OptionSet set;
  set.issue = issue_index(value.find("issue"), place);
  for (const JsonValue& option : array(value.find("options"), place + ": `options`")) {
    set.options.push_back(option_index(set.issue, option, place));
  }
  std::sort(set.options.begin(), set.options.end());
  set.options.erase(std::unique(set.options.begin(), set.options.end()), set.options.end());
  return set;
}

Conjunction JsonReader::conjunction(const JsonValue* value, const std::string& place) {
  Conjunction read;
  for (const JsonValue& set : array(value, place)) {
    read.push_back(option_set(set, place));
  }
  return read;
}

std::vector<Formula> JsonReader::formulas(const JsonValue* value, const std::string& place) {
  std::vector<Formula> read;
  for (const JsonValue& part : array(value, place)) {
    read.push_back(formula(&part, place));
  }
  return read;
}

Formula JsonReader::budget(const JsonValue& value, const std::string& place) {
  expect_keys(value, place, {"budget", "costs"});
  const std::int64_t limit = small_integer(value.find("budget"), place + ": `budget`");
  std::vector<Formula> parts;
  std::vector<std::int64_t> costs;
  for (const JsonValue& cost : array(value.find("costs"), place + ": `costs`")) {
    expect_keys(cost, place + ": `costs`", {"cost", "when"});
    costs.push_back(small_integer(cost.find("cost"), place + ": `cost`"));
    parts.push_back(formula(cost.find("when"), place + ": `when`"));
  }
  return Formula::at_most(limit, std::move(parts), std::move(costs));
}

Formula JsonReader::formula(const JsonValue* value, const std::string& place) {
  if (value == nullptr || !value->is_object()) {
    fail(place, "a statement stands here, such as {\"issue\": …, \"options\": […]}");
    return {};
  }
  if (value->find("issue") != nullptr) {
    return Formula::holds(option_set(*value, place));
  }
  if (value->find("not") != nullptr) {
    expect_keys(*value, place, {"not"});
    return Formula::negation(formula(value->find("not"), place + ": `not`"));
  }
  if (value->find("all") != nullptr) {
    expect_keys(*value, place, {"all"});
    return Formula::all(formulas(value->find("all"), place + ": `all`"));
  }
  if (value->find("any") != nullptr) {
    expect_keys(*value, place, {"any"});
    return Formula::any(formulas(value->find("any"), place + ": `any`"));
  }
  if (value->find("exclude") != nullptr) {
    expect_keys(*value, place, {"exclude"});
    return Formula::negation(Formula::all(formulas(value->find("exclude"), place + ": `exclude`")));
  }
  if (value->find("if") != nullptr) {
    expect_keys(*value, place, {"if", "then"});
    Formula condition = formula(value->find("if"), place + ": `if`");
    Formula consequence = formula(value->find("then"), place + ": `then`");
    return Formula::any({Formula::negation(std::move(condition)), std::move(consequence)});
  }
  if (value->find("at_most") != nullptr) {
    expect_keys(*value, place, {"at_most", "of"});
    std::vector<Formula> parts = formulas(value->find("of"), place + ": `of`");
    std::vector<std::int64_t> ones(parts.size(), 1);
    return Formula::at_most(small_integer(value->find("at_most"), place + ": `at_most`"),
                            std::move(parts), std::move(ones));
  }
  if (value->find("budget") != nullptr) {
    return budget(*value, place);
  }
  fail(place,
       "a statement has `issue`, `not`, `all`, `any`, `exclude`, `if`, `at_most` or `budget`");
  return {};
}

}  // namespace truce::packages::internal
