// SPDX-License-Identifier: Apache-2.0
#include "truce/store/connection.h"

#include <fmt/format.h>

#include "truce/store/internal/sqlite.h"

namespace truce::store {
namespace {

using internal::ConnectionState;

constexpr int kWaitMs = 10'000;

sqlite3_stmt* of(void* statement) { return static_cast<sqlite3_stmt*>(statement); }

// Resets a kept statement however its use ends.
class InUse {
 public:
  explicit InUse(sqlite3_stmt* statement) : statement_(statement) {}
  InUse(const InUse&) = delete;
  InUse& operator=(const InUse&) = delete;
  InUse(InUse&&) = delete;
  InUse& operator=(InUse&&) = delete;
  ~InUse() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
  }

 private:
  sqlite3_stmt* statement_;
};

bool is_hard(int status) {
  switch (status & 0xFF) {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_NOMEM:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PROTOCOL:
      return true;
    default:
      return false;
  }
}

base::Result<sqlite3_stmt*> prepared(ConnectionState& state, std::string_view sql) {
  if (const auto found = state.statements.find(sql); found != state.statements.end()) {
    return found->second.get();
  }
  sqlite3_stmt* made = nullptr;
  const char* rest = nullptr;
  const int status =
      sqlite3_prepare_v3(state.handle.get(), sql.data(), static_cast<int>(sql.size()),
                         SQLITE_PREPARE_PERSISTENT, &made, &rest);
  internal::Statement statement(made);
  if (status != SQLITE_OK) {
    return internal::error_of(state, "run a statement on");
  }
  const std::string_view left = sql.substr(static_cast<std::size_t>(rest - sql.data()));
  if (made == nullptr || left.find_first_not_of(" \t\r\n;") != std::string_view::npos) {
    return base::Error{
        base::ErrorCode::InvalidArgument,
        fmt::format("cannot run on {}: not one statement; give them one by one", state.path)};
  }
  return state.statements.emplace(sql, std::move(statement)).first->second.get();
}

struct Bind {
  sqlite3_stmt* statement;
  int number;

  int operator()(std::monostate) const { return sqlite3_bind_null(statement, number); }
  int operator()(std::int64_t value) const { return sqlite3_bind_int64(statement, number, value); }
  int operator()(double value) const { return sqlite3_bind_double(statement, number, value); }
  // The parameters outlive the run, so nothing is copied. An empty text is no NULL.
  int operator()(const std::string& value) const {
    return sqlite3_bind_text64(statement, number, value.c_str(), value.size(), SQLITE_STATIC,
                               SQLITE_UTF8);
  }
  int operator()(const Blob& value) const {
    return sqlite3_bind_blob64(statement, number, value.bytes.c_str(), value.bytes.size(),
                               SQLITE_STATIC);
  }
};

base::Result<void> bind(ConnectionState& state, sqlite3_stmt* statement,
                        std::span<const Value> parameters) {
  const int wanted = sqlite3_bind_parameter_count(statement);
  if (static_cast<std::size_t>(wanted) != parameters.size()) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("cannot run on {}: {} parameters for a statement of {}",
                                   state.path, parameters.size(), wanted)};
  }
  for (int i = 0; i < wanted; ++i) {
    const Bind to{statement, i + 1};
    if (std::visit(to, parameters[static_cast<std::size_t>(i)]) != SQLITE_OK) {
      return internal::error_of(state, "run a statement on");
    }
  }
  return {};
}

}  // namespace

std::size_t Row::width() const {
  return static_cast<std::size_t>(sqlite3_column_count(of(statement_)));
}

bool Row::is_null(std::size_t column) const {
  return sqlite3_column_type(of(statement_), static_cast<int>(column)) == SQLITE_NULL;
}

std::int64_t Row::integer(std::size_t column) const {
  return sqlite3_column_int64(of(statement_), static_cast<int>(column));
}

double Row::number(std::size_t column) const {
  return sqlite3_column_double(of(statement_), static_cast<int>(column));
}

std::string_view Row::text(std::size_t column) const {
  const auto* first = sqlite3_column_text(of(statement_), static_cast<int>(column));
  const int size = sqlite3_column_bytes(of(statement_), static_cast<int>(column));
  return first == nullptr ? std::string_view()
                          : std::string_view(reinterpret_cast<const char*>(first),
                                             static_cast<std::size_t>(size));
}

std::string_view Row::blob(std::size_t column) const {
  const void* first = sqlite3_column_blob(of(statement_), static_cast<int>(column));
  const int size = sqlite3_column_bytes(of(statement_), static_cast<int>(column));
  return first == nullptr
             ? std::string_view()
             : std::string_view(static_cast<const char*>(first), static_cast<std::size_t>(size));
}

Value Row::value(std::size_t column) const {
  switch (sqlite3_column_type(of(statement_), static_cast<int>(column))) {
    case SQLITE_INTEGER:
      return integer(column);
    case SQLITE_FLOAT:
      return number(column);
    case SQLITE_TEXT:
      return std::string(text(column));
    case SQLITE_BLOB:
      return Blob{std::string(blob(column))};
    default:
      return std::monostate();
  }
}

base::Result<void> Connection::run(std::string_view sql, std::span<const Value> parameters) {
  return each(sql, parameters, [](const Row&) { return true; });
}

base::Result<void> Connection::each(std::string_view sql, std::span<const Value> parameters,
                                    const std::function<bool(const Row&)>& take) {
  const auto statement = prepared(*state_, sql);
  if (!statement) {
    return statement.error();
  }
  const InUse use(*statement);
  if (const auto bound = bind(*state_, *statement, parameters); !bound) {
    return bound.error();
  }
  while (true) {
    const int status = sqlite3_step(*statement);
    if (status == SQLITE_DONE) {
      return {};
    }
    if (status != SQLITE_ROW) {
      return internal::error_of(*state_, "run a statement on");
    }
    if (!take(Row(*statement))) {
      return {};
    }
  }
}

std::int64_t Connection::last_key() const {
  return sqlite3_last_insert_rowid(state_->handle.get());
}

std::int64_t Connection::changed() const { return sqlite3_changes64(state_->handle.get()); }

namespace internal {

base::Error error_of(int status, const std::string& path, std::string_view doing,
                     std::string_view detail) {
  base::ErrorCode code = base::ErrorCode::Io;
  std::string_view hint = "check the file and the disk";
  switch (status & 0xFF) {
    case SQLITE_FULL:
      hint = "make room on the disk and start again";
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      code = base::ErrorCode::Corrupt;
      hint = "put a backup in its place";
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      code = base::ErrorCode::Timeout;
      hint = "end the other program that writes it";
      break;
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY:
      hint = "check the name and the permissions";
      break;
    case SQLITE_CONSTRAINT:
    case SQLITE_ERROR:
    case SQLITE_MISMATCH:
    case SQLITE_RANGE:
    case SQLITE_TOOBIG:
      code = base::ErrorCode::InvalidArgument;
      hint = "nothing was changed";
      break;
    default:
      break;
  }
  return {code, fmt::format("cannot {} {}: {}; {}", doing, path, detail, hint)};
}

base::Error error_of(ConnectionState& state, std::string_view doing) {
  const int status = sqlite3_extended_errcode(state.handle.get());
  state.has_failed_hard |= is_hard(status);
  return error_of(status, state.path, doing, sqlite3_errmsg(state.handle.get()));
}

base::Result<std::unique_ptr<ConnectionState>> connect(const std::string& path, int flags) {
  auto state = std::make_unique<ConnectionState>();
  state->path = path;
  sqlite3* made = nullptr;
  // A connection belongs to one thread at a time.
  const int status = sqlite3_open_v2(path.c_str(), &made, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  state->handle.reset(made);
  if (status != SQLITE_OK) {
    return error_of(status, path, "open", sqlite3_errstr(status));
  }
  sqlite3_extended_result_codes(made, 1);
  sqlite3_busy_timeout(made, kWaitMs);
  // What a damaged or hostile file could abuse is off.
  for (const int option : {SQLITE_DBCONFIG_DEFENSIVE, SQLITE_DBCONFIG_ENABLE_FKEY}) {
    sqlite3_db_config(made, option, 1, nullptr);
  }
  sqlite3_db_config(made, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  if (const auto set = execute(*state, "PRAGMA synchronous=FULL"); !set) {
    return set.error();
  }
  return state;
}

base::Result<void> execute(ConnectionState& state, const std::string& sql) {
  if (sqlite3_exec(state.handle.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    return error_of(state, "write");
  }
  return {};
}

base::Result<std::int64_t> number_of(ConnectionState& state, const char* sql) {
  sqlite3_stmt* made = nullptr;
  if (sqlite3_prepare_v2(state.handle.get(), sql, -1, &made, nullptr) != SQLITE_OK) {
    return error_of(state, "read");
  }
  const Statement statement(made);
  const int status = sqlite3_step(made);
  if (status != SQLITE_ROW && status != SQLITE_DONE) {
    return error_of(state, "read");
  }
  return status == SQLITE_ROW ? sqlite3_column_int64(made, 0) : 0;
}

}  // namespace internal
}  // namespace truce::store
