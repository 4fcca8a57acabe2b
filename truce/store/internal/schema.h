// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "truce/base/result.h"
#include "truce/store/database.h"
#include "truce/store/internal/sqlite.h"

namespace truce::store::internal {

/// Brings a database to the newest schema, in one transaction. Fails with Unsupported for a newer
/// one or for another use's database.
base::Result<void> migrate(ConnectionState& state, const Schema& schema);

/// Puts the database in `path` in place of all that `into` holds. Nothing has changed where it
/// fails and `into` has not failed hard.
base::Result<void> restore(ConnectionState& into, const std::string& path, const Schema& schema);

/// A new name is on the disk only with its folder. Fails with Io.
base::Result<void> sync_folder_of(const std::string& path);

/// A database in one file beside `path`, removed unless it takes that name.
class TemporaryDatabase {
 public:
  explicit TemporaryDatabase(std::string path) : path_(std::move(path)) {}
  TemporaryDatabase(const TemporaryDatabase&) = delete;
  TemporaryDatabase& operator=(const TemporaryDatabase&) = delete;
  TemporaryDatabase(TemporaryDatabase&&) = delete;
  TemporaryDatabase& operator=(TemporaryDatabase&&) = delete;
  ~TemporaryDatabase();

  /// Fails with Io or Corrupt.
  base::Result<void> copy_of(ConnectionState& from);
  [[nodiscard]] ConnectionState& connection() { return *state_; }
  base::Result<void> take_place();

 private:
  std::string path_;
  std::string temporary_;
  std::unique_ptr<ConnectionState> state_;
};

}  // namespace truce::store::internal
