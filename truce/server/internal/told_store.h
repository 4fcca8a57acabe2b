// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "truce/base/result.h"
#include "truce/server/internal/events.h"
#include "truce/store/database.h"

namespace truce::server::internal {

/// The events of each view up to an entry of the journal.
struct ToldUntil {
  std::int64_t number = 0;
  // Of that entry, by which the journal is known again; empty: nothing is kept.
  std::string salt;
  std::map<std::string, std::vector<EventLog::Line>> lines;
};

/// What was told, in `told.db` beside the journal, so that a start does not judge again row by row
/// what was judged. It follows from the journal: lost or old, it is made anew.
class ToldStore {
 public:
  /// Opens or makes the file; one that is damaged is made anew. Fails with Io.
  static base::Result<ToldStore> open(const std::string& folder);
  explicit ToldStore(store::Database database) : database_(std::move(database)) {}

  /// Fails as reading does.
  [[nodiscard]] base::Result<ToldUntil> read() const;
  /// `fresh.lines`: those behind the ones that are kept. Fails as writing does; then what was kept
  /// before is.
  base::Result<void> add(const ToldUntil& fresh);
  /// Forgets everything.
  base::Result<void> clear();

 private:
  store::Database database_;
};

}  // namespace truce::server::internal
