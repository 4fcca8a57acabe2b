// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "truce/facts/fact.h"
#include "truce/incidents/actor_book.h"
#include "truce/incidents/report.h"

namespace truce::facts {

/// What one change of the record did to the facts of one incident.
struct EvidenceChange {
  std::string incident;
  // With the ids of accounts as they are now, unless `are_accounts_changed`; their own ids are not
  // set.
  std::optional<Fact> before;
  std::optional<Fact> after;
  // Somebody speaks for the first time, or does not any more: ids of accounts are others.
  bool are_accounts_changed = false;
};

/// What is known, in the words of an agreement, kept up to date report by report. Whatever the
/// order of the reports, whole() is what resolve() makes of those that stand. The agreement, the
/// book and the reports that stand must outlive it.
class LiveEvidence {
 public:
  LiveEvidence(const agreement::Agreement& agreement, const incidents::ActorBook& actors,
               std::vector<incidents::Coverage> coverage);
  ~LiveEvidence();
  LiveEvidence(const LiveEvidence&) = delete;
  LiveEvidence& operator=(const LiveEvidence&) = delete;

  /// `row`: the report in question, which is kept while it stands; `before`: what stood in its
  /// place before, or null; `stands`: whether the report is to count. O(log n + reports of the
  /// incident), and linear in the record where accounts change.
  EvidenceChange replace(const incidents::Report& row, const incidents::Report* before,
                         bool stands);
  /// One more row of coverage; true where ids of accounts are others now.
  bool cover(incidents::Coverage coverage);

  /// All of it. Linear.
  [[nodiscard]] Evidence whole() const;
  /// Only these incidents, with all accounts, the coverage and the present of the whole.
  [[nodiscard]] Evidence part(const std::set<std::string>& incidents) const;

  /// The latest time of which any report speaks, or, where there is none, what resolve() has.
  [[nodiscard]] base::Instant now() const;
  [[nodiscard]] const std::vector<Account>& accounts() const { return accounts_; }
  /// Whether anything stands of the incident.
  [[nodiscard]] bool has(const std::string& incident) const;
  /// Calls `visit(incident, fact)` for each fact of the incident; the fact's own ids are not set
  /// but for that of its account.
  void each_fact(const std::string& incident, const std::function<void(const Fact&)>& visit) const;
  /// The same of every incident, with its name.
  void each_fact(const std::function<void(const std::string&, const Fact&)>& visit) const;

 private:
  struct Entry;
  struct Words;
  using Entries = std::vector<Entry>;

  Entry make(const incidents::Report& report);
  void speaks(const std::string& spelling, int more);
  bool settle_accounts();
  void add(const std::string& id, const Entries& entries, Evidence& into) const;
  [[nodiscard]] Evidence empty() const;

  std::unique_ptr<Words> words_;
  std::vector<incidents::Coverage> coverage_;
  // How often each spelling of a speaker stands.
  std::map<std::string, std::uint64_t> spellings_;
  bool are_spellings_changed_ = true;
  std::map<std::string, AccountId> by_name_;
  std::vector<Account> accounts_;
  std::vector<ResolvedCoverage> resolved_coverage_;
  std::map<std::string, Entries> incidents_;
  // How many reports speak of each time as their latest.
  std::map<base::Instant, std::uint64_t> times_;
};

}  // namespace truce::facts
