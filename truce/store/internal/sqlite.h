// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include <sqlite3.h>

#include "truce/base/result.h"

namespace truce::store::internal {

struct CloseConnection {
  void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
};
struct FinishStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Handle = std::unique_ptr<sqlite3, CloseConnection>;
using Statement = std::unique_ptr<sqlite3_stmt, FinishStatement>;

/// An open connection and its prepared statements, which go first.
struct ConnectionState {
  std::string path;
  Handle handle;
  std::map<std::string, Statement, std::less<>> statements;
  // Whether a failure was of the kind that leaves the disk's state unknown.
  bool has_failed_hard = false;
};

/// Opens a file with what every connection has set. Fails with Io, or Corrupt for what is no
/// database.
base::Result<std::unique_ptr<ConnectionState>> connect(const std::string& path, int flags);

/// Runs SQL text, of several statements if need be, without parameters.
base::Result<void> execute(ConnectionState& state, const std::string& sql);

/// A single whole number that a statement gives; 0 where it gives none.
base::Result<std::int64_t> number_of(ConnectionState& state, const char* sql);

/// What went wrong last, as one line about the file.
base::Error error_of(ConnectionState& state, std::string_view doing);
base::Error error_of(int status, const std::string& path, std::string_view doing,
                     std::string_view detail);

}  // namespace truce::store::internal
