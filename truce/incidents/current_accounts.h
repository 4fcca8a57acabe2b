// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "truce/incidents/report.h"

namespace truce::incidents {

/// What each account says of each incident, kept up to date row by row: after any rows, in any
/// order, what stands is what current_accounts() makes of them. Of each account and incident one
/// row is kept, the one reported last, a withdrawal too.
class CurrentAccounts {
 public:
  /// An account by its incident and by its name as fold_name() has it.
  using Key = std::pair<std::string, std::string>;

  /// What a row changed.
  struct Change {
    // False: a later row of the account is known, and everything stays.
    bool is_taken = false;
    // Where the row of that account and incident is kept, now and later.
    const Report* row = nullptr;
    // The row that was kept before.
    std::optional<Report> replaced = {};

    /// What stood before; null: nothing.
    [[nodiscard]] const Report* before() const { return replaced ? standing(*replaced) : nullptr; }
    /// Whether what is kept now stands.
    [[nodiscard]] bool stands() const { return standing(*row) != nullptr; }
  };

  /// Takes a row in. Nothing changes where a later row of the account is known. O(log n).
  Change take(Report report);

  /// Every row that is kept, withdrawals and totals included, in order of key.
  [[nodiscard]] const std::map<Key, Report>& rows() const { return rows_; }
  /// The row, if it stands: it is neither withdrawn nor a total.
  [[nodiscard]] static const Report* standing(const Report& report);

 private:
  std::map<Key, Report> rows_;
};

}  // namespace truce::incidents
