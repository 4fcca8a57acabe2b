// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/facts/fact.h"
#include "truce/monitor/internal/footprint.h"

namespace truce::monitor::internal {

/// Which incidents hold an act of some kind, by time and account, while facts come and go.
class FactIndex {
 public:
  explicit FactIndex(const agreement::Agreement& agreement);

  void add(const std::string& incident, const facts::Fact& fact);
  void remove(const std::string& incident, const facts::Fact& fact);
  void clear();

  /// The verbs that the fact may be or imply.
  [[nodiscard]] VerbSet verbs(const facts::Fact& fact) const { return verbs_of(fact, implied_); }
  /// Adds the incidents of which the account has an act of these verbs that may lie in [first,
  /// last].
  void between(facts::AccountId account, base::Instant first, base::Instant last,
               const VerbSet& verbs, std::set<std::string>& into) const;
  /// Adds the incidents with an act of these verbs.
  void with(const VerbSet& verbs, std::set<std::string>& into) const;
  /// Adds the incidents with an institutional act.
  void institutional(std::set<std::string>& into) const;
  [[nodiscard]] bool has_institutional() const { return !institutional_.empty(); }

 private:
  struct Item {
    base::Instant last;
    std::string incident;
    std::size_t group = 0;
  };
  struct OfAccount {
    // Facts of at most kShort, by the first instant at which they may have happened; the others.
    std::multimap<base::Instant, Item> brief;
    std::multimap<base::Instant, Item> lasting;
  };
  using Counts = std::map<std::string, std::uint32_t>;

  std::size_t group_of(const facts::Fact& fact);
  std::multimap<base::Instant, Item>& list_of(const facts::Fact& fact);

  std::vector<VerbSet> implied_;
  // Facts with the same verbs are of one group.
  std::vector<std::pair<VerbSet, Counts>> groups_;
  std::map<facts::AccountId, OfAccount> accounts_;
  Counts institutional_;
};

}  // namespace truce::monitor::internal
