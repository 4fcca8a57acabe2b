// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "truce/base/time.h"

namespace truce::report {

/// A clause that keeps something away from something, and what was observed of it.
struct ApartClause {
  struct Account {
    std::string account;
    // `kept`, `broken`, `unknown`, `pending`.
    std::string verdict;
    std::optional<base::Instant> apart_since;
    base::Duration longest_apart;
    // When they had been apart for as long as is asked for; empty: not yet.
    std::optional<base::Instant> streak_at;
    // The index, and its band from low to high.
    std::optional<std::array<double, 3>> index;
  };
  std::string clause;
  std::string bearer;
  std::string target;
  std::optional<base::Instant> by;
  // Across the accounts: one of those above, or `contested`.
  std::string verdict;
  bool is_disputed = false;
  // Why nothing is judged; empty: it is.
  std::string problem;
  std::vector<Account> accounts;
};

/// What presence says of all of them.
struct Apart {
  std::vector<ApartClause> clauses;
  base::Duration lifetime;
  // How long they are to be apart without interruption; empty: not asked.
  std::optional<base::Duration> streak;
};

}  // namespace truce::report
