// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "truce/base/result.h"
#include "truce/base/time.h"
#include "truce/encoding/json_value.h"
#include "truce/server/roles.h"
#include "truce/store/database.h"

namespace truce::server::internal {

/// Something that was written: what the workspace knows is what its entries say, one after the
/// other. None is ever changed.
struct Entry {
  // From 1, without gaps; given by the journal.
  std::int64_t number = 0;
  base::Instant at;
  // `user`, `account`, ….
  std::string kind;
  // The user who wrote it; empty: the server.
  std::string who;
  Audience audience;
  encoding::JsonValue body;
};

/// All entries, in a file.
class Journal {
 public:
  /// Opens or makes the file. Fails as store::Database does.
  static base::Result<std::unique_ptr<Journal>> open(const std::string& path);
  explicit Journal(store::Database database) : database_(std::move(database)) {}

  /// Durable when it returns; sets the entry's number. Fails as a write of the store does. One
  /// thread at a time.
  base::Result<void> append(Entry& entry);
  /// Hands over every entry, in order. Fails with Corrupt where one cannot be read.
  base::Result<void> each(const std::function<void(const Entry&)>& take);
  /// Why nothing can be written any more; empty while it can.
  [[nodiscard]] std::string refusal() const { return database_.refusal(); }

 private:
  store::Database database_;
  std::int64_t last_ = 0;
};

}  // namespace truce::server::internal
