// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "truce/base/result.h"
#include "truce/base/time.h"
#include "truce/encoding/json_value.h"
#include "truce/ledger/ledger.h"
#include "truce/ledger/merkle.h"
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

/// An entry by that person, still without its number and time.
Entry entry_by(std::string kind, const Person& person, encoding::JsonValue body, Audience audience);

/// All entries, in a file, and in a ledger what shows that none was changed: for each one a line
/// with its kind, its time and a hash that says nothing of it to who does not have it.
class Journal {
 public:
  /// Opens or makes `workspace.db` in the folder and, where `has_ledger`, `ledger` with its key
  /// beside it. Fails as store::Database and ledger::Ledger do.
  static base::Result<std::unique_ptr<Journal>> open(const std::string& folder, bool has_ledger);
  Journal(store::Database database, std::optional<ledger::Ledger> ledger);

  /// Hands over every entry, in order, and brings the ledger up to date with the last ones. Before
  /// append(). Fails with Corrupt where an entry cannot be read or is another than the ledger says.
  base::Result<void> each(const std::function<void(const Entry&)>& take);
  /// Durable in both when it returns; sets the entry's number. Fails as a write of either does;
  /// then the entry may be there or not after a restart. One thread at a time.
  base::Result<void> append(Entry& entry);
  /// Why nothing can be written any more; empty while it can.
  [[nodiscard]] std::string refusal() const;

 private:
  base::Result<void> check(const std::string& bytes);
  base::Result<void> catch_up();

  store::Database database_;
  std::optional<ledger::Ledger> ledger_;
  // Of the entries that were handed over.
  ledger::Edge edge_;
  // What the ledger does not have yet.
  std::vector<std::string> missing_;
  std::int64_t last_ = 0;
  std::string refusal_;
};

}  // namespace truce::server::internal
