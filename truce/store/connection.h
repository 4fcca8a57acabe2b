// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "truce/base/result.h"

namespace truce::store {

/// Bytes that are no text.
struct Blob {
  std::string bytes;

  friend bool operator==(const Blob&, const Blob&) = default;
};

/// What a parameter or a column holds; the first is NULL.
using Value = std::variant<std::monostate, std::int64_t, double, std::string, Blob>;

namespace internal {
struct ConnectionState;
}

/// The row that a statement stands at, valid only during the call it is given to. Columns count
/// from 0. Asked for another kind, a column is converted as SQLite does; NULL becomes 0 or empty.
class Row {
 public:
  explicit Row(void* statement) : statement_(statement) {}

  [[nodiscard]] std::size_t width() const;
  [[nodiscard]] bool is_null(std::size_t column) const;
  [[nodiscard]] std::int64_t integer(std::size_t column) const;
  [[nodiscard]] double number(std::size_t column) const;
  // The views end with the call.
  [[nodiscard]] std::string_view text(std::size_t column) const;
  [[nodiscard]] std::string_view blob(std::size_t column) const;
  [[nodiscard]] Value value(std::size_t column) const;

 private:
  void* statement_;
};

/// One transaction's view of a database: what work is given by Database. Statements are prepared
/// once for each connection and kept. Belongs to the thread that the work runs on.
class Connection {
 public:
  explicit Connection(internal::ConnectionState& state) : state_(&state) {}

  /// Runs one statement, with its parameters `?1`, `?2`, … in order. Fails with InvalidArgument
  /// for a broken constraint, wrong SQL or another number of parameters, with Timeout where
  /// another program holds the database, with Corrupt, and with Io for a full disk or one that
  /// fails.
  base::Result<void> run(std::string_view sql, std::span<const Value> parameters = {});
  base::Result<void> run(std::string_view sql, std::initializer_list<Value> parameters) {
    return run(sql, std::span(parameters.begin(), parameters.size()));
  }

  /// Runs one statement and hands over its rows, until there are none or `take` says false. Fails
  /// as run() does. `take` runs no statement of the same text.
  base::Result<void> each(std::string_view sql, std::span<const Value> parameters,
                          const std::function<bool(const Row&)>& take);
  base::Result<void> each(std::string_view sql, std::initializer_list<Value> parameters,
                          const std::function<bool(const Row&)>& take) {
    return each(sql, std::span(parameters.begin(), parameters.size()), take);
  }

  /// The key of the row inserted last.
  [[nodiscard]] std::int64_t last_key() const;
  /// How many rows the last statement inserted, changed or removed.
  [[nodiscard]] std::int64_t changed() const;

 private:
  internal::ConnectionState* state_;
};

}  // namespace truce::store
