// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "truce/agreement/agreement.h"

namespace truce::stream {

/// What is remembered so that a situation can be tested at a row, without reading back.
struct Store {
  enum class What : std::uint8_t {
    Latest,    // the last time of such an act
    Count,     // the last times, as many as are asked for
    Quiet,     // the last times of what interrupts
    Requests,  // what waits for an answer
  };
  enum class Where : std::uint8_t { Anywhere, SamePlace, Near };
  What what = What::Latest;
  Where where = Where::Anywhere;
  // Of Near.
  base::Metres within;
  // Empty: however long ago.
  std::optional<base::Duration> period;
  // Of Count.
  std::int64_t at_least = 0;
  // Of an occurrence with `no`.
  bool is_negated = false;
  // Of Quiet: nothing before it is looked at.
  base::Instant from = base::kBeforeTime;
  // Of a response that must be proportionate, necessary or reported: at best open.
  bool is_open = false;
  // The situation; empty for Requests. Others that say the same share the store.
  std::optional<agreement::SituationId> situation;
  std::vector<agreement::SituationId> same;
  // Of Requests: the duty.
  std::optional<agreement::ClauseId> clause;
};

/// How one clause is judged.
struct ClausePlan {
  agreement::ClauseId clause;
  // Why it is not judged row by row; empty where it is.
  std::optional<std::string> obstacle;
  // Stores that it looks into, as places in Plan::stores.
  std::vector<std::size_t> stores;
};

/// How an agreement is judged row by row, each row once, in memory that does not grow with what was
/// read.
struct Plan {
  std::vector<ClausePlan> clauses;
  std::vector<Store> stores;
  // Why the agreement as a whole is not judged so.
  std::optional<std::string> obstacle;

  [[nodiscard]] bool is_whole() const;
  /// The store of the situation, as a place in `stores`; empty where none is kept.
  [[nodiscard]] std::optional<std::size_t> store_of(agreement::SituationId situation) const;
};

/// Never fails: what cannot be judged row by row is said in the plan.
Plan plan_of(const agreement::Agreement& agreement);

/// Why the plan is not whole: the first reason, with its clause. It must not be whole.
std::string first_obstacle(const agreement::Agreement& agreement, const Plan& plan);

/// A store in words: what it answers, what a look costs, what is kept.
struct StoreText {
  std::string name;
  std::string cost;
  std::string kept;
};
StoreText describe(const agreement::Agreement& agreement, const Store& store);
/// By what the rows of a clause could be judged apart.
std::string split_of(const agreement::Agreement& agreement, const Plan& plan,
                     const ClausePlan& clause);

/// The plan in sentences: for each clause what decides it, what is remembered and for how long,
/// by what it splits, or why it waits for the whole record.
std::string to_text(const agreement::Agreement& agreement, const Plan& plan);

}  // namespace truce::stream
