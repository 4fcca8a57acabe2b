// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "truce/incidents/report.h"

namespace truce::incidents {

/// A report that several hold: it never changes.
using ReportPtr = std::shared_ptr<const Report>;

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
    // The row of that account and incident that is kept now, until another is.
    ReportPtr row = nullptr;
    // The row that was kept before; null where there was none.
    ReportPtr replaced = nullptr;

    /// What stood before; null: nothing.
    [[nodiscard]] const Report* before() const { return replaced ? standing(*replaced) : nullptr; }
    /// Whether what is kept now stands.
    [[nodiscard]] bool stands() const { return standing(*row) != nullptr; }
  };

  /// Takes a row in. Nothing changes where a later row of the account is known. O(log n).
  Change take(ReportPtr report);
  Change take(Report report) { return take(std::make_shared<const Report>(std::move(report))); }

  /// Every row that is kept, withdrawals and totals included, in order of key.
  [[nodiscard]] const std::map<Key, ReportPtr>& rows() const { return rows_; }
  /// The row, if it stands: it is neither withdrawn nor a total.
  [[nodiscard]] static const Report* standing(const Report& report);

 private:
  std::map<Key, ReportPtr> rows_;
};

}  // namespace truce::incidents
