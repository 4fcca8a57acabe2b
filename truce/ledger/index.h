// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "truce/base/result.h"
#include "truce/base/time.h"
#include "truce/ledger/directory.h"
#include "truce/store/database.h"

namespace truce::ledger {

/// What an entry says of itself.
struct IndexedEntry {
  std::uint64_t index = 0;
  // Empty where the bytes alone are the entry; then it has no time either.
  std::string kind;
  base::Instant at;
  std::optional<std::uint64_t> corrects;

  friend bool operator==(const IndexedEntry&, const IndexedEntry&) = default;
};

/// Which entries are wanted: those for which all that is given holds.
struct EntryQuery {
  std::optional<std::string> kind;
  // At that time or later; earlier than that.
  std::optional<base::Instant> since;
  std::optional<base::Instant> until;
  // The entry that they correct.
  std::optional<std::uint64_t> corrects;
  // At most so many, from this index on.
  std::uint64_t from = 0;
  std::size_t most = SIZE_MAX;
};

/// A database that finds entries without reading all of them. It follows from the ledger, and
/// nothing is believed of it that the ledger does not say: before it answers it is brought up to
/// the checkpoint that stands, and made anew where it is of another ledger, of a state that was
/// taken back, or damaged.
class Index {
 public:
  /// Opens or makes the file. Fails with Io; with Unsupported for a database of another use.
  static base::Result<Index> open(const std::string& path);
  explicit Index(store::Database database) : database_(std::move(database)) {}

  /// Forgets everything.
  base::Result<void> clear();
  /// Reads what the ledger has and the index has not. Returns how many entries there are now. Fails
  /// as reading the ledger and writing do. O(new entries), and O(log n) to see that the rest is of
  /// this very ledger.
  base::Result<std::uint64_t> update(const Directory& directory);
  /// In order. Fails as reading does.
  [[nodiscard]] base::Result<std::vector<IndexedEntry>> find(const EntryQuery& query) const;

 private:
  store::Database database_;
};

}  // namespace truce::ledger
