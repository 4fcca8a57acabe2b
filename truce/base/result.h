// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "truce/base/check.h"

namespace truce::base {

/// Why an operation could not be done. Few and stable; the message carries the detail.
enum class ErrorCode { InvalidArgument, NotFound, Io, Timeout, Unsupported, Corrupt };

/// One line that says what was being done, to what, and how to fix it.
struct Error {
  ErrorCode code = ErrorCode::InvalidArgument;
  std::string message;
};

/// A value or an Error. The names follow `std::expected`, so that it can become an alias later.
/// Asking for the side that is not there is a bug and stops the program.
template <typename Value>
class [[nodiscard]] Result {
 public:
  Result(Value value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  [[nodiscard]] bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  [[nodiscard]] const Value& value() const& {
    TRUCE_CHECK(has_value(), "a result was read without looking at its error");
    return std::get<0>(state_);
  }
  [[nodiscard]] Value& value() & {
    TRUCE_CHECK(has_value(), "a result was read without looking at its error");
    return std::get<0>(state_);
  }
  [[nodiscard]] Value value() && {
    TRUCE_CHECK(has_value(), "a result was read without looking at its error");
    return std::get<0>(std::move(state_));
  }
  [[nodiscard]] const Error& error() const {
    TRUCE_CHECK(!has_value(), "an error was read from a result that has a value");
    return std::get<1>(state_);
  }

  const Value& operator*() const& { return value(); }
  Value& operator*() & { return value(); }
  const Value* operator->() const { return &value(); }
  Value* operator->() { return &value(); }

 private:
  std::variant<Value, Error> state_;
};

/// Done, or the Error that says why not.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}

  [[nodiscard]] bool has_value() const { return !error_.has_value(); }
  explicit operator bool() const { return has_value(); }
  [[nodiscard]] const Error& error() const {
    TRUCE_CHECK(error_.has_value(), "an error was read from a result that has a value");
    return *error_;
  }

 private:
  std::optional<Error> error_;
};

}  // namespace truce::base
