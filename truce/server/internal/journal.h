// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "truce/base/result.h"
#include "truce/base/time.h"
#include "truce/encoding/json_value.h"
#include "truce/ledger/directory.h"
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
  // Keeps anybody from trying what the hash in the ledger may be of; given by the journal.
  std::string salt;
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
  /// `directory`: where the files of the ledger are; not looked at where there is none.
  Journal(store::Database database, std::optional<ledger::Ledger> ledger,
          const std::string& directory);

  /// Hands over every entry, in order, and brings the ledger up to date with the last ones. Before
  /// append(). Fails with Corrupt where an entry cannot be read or is another than the ledger says.
  base::Result<void> each(const std::function<void(const Entry&)>& take);
  /// Durable in both when it returns, all under one commit and one checkpoint; sets the number and
  /// the salt of each. Fails as a write of either does; then they may be there or not after a
  /// restart. One thread at a time.
  base::Result<void> append(std::vector<Entry>& entries);
  base::Result<void> append(Entry& entry);
  /// One of the entries. Fails with NotFound, and as reading does.
  [[nodiscard]] base::Result<Entry> find(std::int64_t number) const;
  /// How many there are.
  [[nodiscard]] std::int64_t last() const { return last_; }
  /// The salt of the last one.
  [[nodiscard]] const std::string& last_salt() const { return last_salt_; }
  /// Why nothing can be written any more; empty while it can.
  [[nodiscard]] std::string refusal() const;
  /// Null where there is none.
  [[nodiscard]] const ledger::Ledger* ledger() const { return ledger_ ? &*ledger_ : nullptr; }
  /// Its files, for proofs: what was read for one serves the next. Null where there is none.
  [[nodiscard]] const ledger::Directory* directory() const {
    return directory_ ? &*directory_ : nullptr;
  }

 private:
  base::Result<void> check(const std::string& bytes);
  base::Result<void> catch_up();
  void refuse(const std::string& why);

  store::Database database_;
  std::optional<ledger::Ledger> ledger_;
  std::optional<ledger::Directory> directory_;
  // Of the entries that were handed over.
  ledger::Edge edge_;
  // What the ledger does not have yet.
  std::vector<std::string> missing_;
  std::int64_t last_ = 0;
  std::string last_salt_;
  mutable std::mutex refusal_lock_;
  std::string refusal_;
};

/// A salt has two parts: who has the first can look whether the hash is of what the entry says, but
/// learns nothing of who wrote it without the other.
struct SaltParts {
  std::string of_text;
  // Empty: of an entry that says in the clear who wrote it.
  std::string of_who;
};
SaltParts split_salt(const std::string& salt);

/// What stands of an entry in the ledger. Who has the entry and its salt can make it.
std::string ledger_bytes(const Entry& entry);
/// The text of which the SHA-256 of the SHA-256 stands there.
std::string opened_text(const Entry& entry);

}  // namespace truce::server::internal
