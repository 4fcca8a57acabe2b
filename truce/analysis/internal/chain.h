// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "truce/analysis/internal/act_space.h"
#include "truce/analysis/internal/search.h"
#include "truce/smt/solver.h"

namespace truce::analysis::internal {

/// The first moment of the agreement: what may be done before it nobody counts on.
std::optional<base::Instant> first_moment(const Search& search);
/// The sides of a clause that each answer for a performance of their own; each is a list of groups,
/// one of which must do it.
std::vector<std::vector<Actors>> instances_of(const Draft& draft, ClauseId duty);

/// Something that a core can name: a clause, or one particular of it.
struct Guard {
  smt::Term literal;
  ClauseId clause;
  const agreement::Particular* particular = nullptr;
  bool is_prohibition = false;
};

/// A performance in the chain: when, and which of the ways to do it.
struct Slot {
  ClauseId clause;
  ActSpace space;
  std::vector<Pick> ways;
  smt::Term time;
  smt::Term way;
  // It is not before these, one of which is when it arose.
  std::vector<std::pair<smt::Term, const agreement::Particular*>> not_before = {};
  // Moments at which what is in force for it may change.
  std::vector<smt::Term> changes = {};
  // What holds of it, each under its guard.
  std::vector<smt::Term> rules = {};
};

/// What has to happen for a duty to be kept: its performance, and that of each duty it waits for,
/// step by step. One named slot for each; what no clause waits for has none.
class Chain {
 public:
  /// For one instance of the duty, by its position in instances_of.
  Chain(Search& search, Matching& matching, ClauseId duty, std::size_t instance);

  /// The last slot is that of the duty.
  [[nodiscard]] const std::vector<Slot>& slots() const { return slots_; }
  [[nodiscard]] const Slot& last() const { return slots_.back(); }
  [[nodiscard]] const std::vector<Guard>& guards() const { return guards_; }
  /// Whether the deadline and all that the duty waits for could be put in.
  [[nodiscard]] bool is_whole() const { return is_whole_; }
  /// Whether times hang on the performances of the chain alone.
  [[nodiscard]] bool is_closed() const { return is_closed_; }

  [[nodiscard]] smt::Terms& terms() { return terms_; }
  /// All rules, and what is so by definition.
  [[nodiscard]] std::vector<smt::Term> assertions() const;
  [[nodiscard]] std::vector<smt::Term> definitions() const { return definitions_; }
  [[nodiscard]] std::vector<smt::Term> literals(bool with_prohibitions) const;
  /// The performance of a slot as an event.
  [[nodiscard]] agreement::ScenarioEvent event(const Slot& slot, std::size_t way,
                                               base::Instant at) const;

 private:
  void collect_triggers(ClauseId duty);
  // Slots of every instance of the duty; empty where it can have none.
  const std::vector<std::size_t>& performances(ClauseId duty);
  std::size_t add_slot(ClauseId duty, const std::vector<Actors>& groups, bool is_main);
  void add_beginning(Slot& slot);
  void add_wait(Slot& slot, const agreement::Particular& particular);
  void add_deadlines(Slot& slot, bool is_main);
  void add_deadline(Slot& slot, const agreement::Deadline& deadline,
                    const agreement::Particular& particular);
  void add_prohibitions(Slot& slot);
  void add_prohibition(Slot& slot, ClauseId id);
  smt::Term is_way(const Slot& slot, const Passing& passing);
  smt::Term may_be_in_force(Slot& slot, ClauseId id);
  smt::Term is_breach(Slot& slot, ClauseId id);
  std::optional<smt::Term> has_begun(const Slot& slot, ClauseId id);
  std::optional<smt::Term> is_not_over(Slot& slot, ClauseId id);
  [[nodiscard]] bool is_owed_for_sure(ClauseId duty, bool is_main) const;
  std::optional<smt::Term> deadline_of(const Slot& slot, const agreement::Deadline& deadline,
                                       const smt::Term& arose);
  smt::Term guard(ClauseId clause, const agreement::Particular* particular);
  smt::Term moment(const agreement::MomentExpression& expression, bool is_end);
  smt::Term between(const std::string& name, Node node);
  smt::Term shifted(smt::Term base, const agreement::Period& period, std::int64_t sign,
                    const std::string& name);
  smt::Term outside(const std::string& name, std::optional<base::Instant> earliest);

  Search& search_;
  Matching& matching_;
  smt::Terms terms_;
  std::vector<Slot> slots_;
  std::map<ClauseId, std::vector<std::size_t>> by_clause_;
  std::set<ClauseId> open_;
  // Prohibitions whose breach the chain waits for.
  std::set<ClauseId> triggers_;
  std::vector<Guard> guards_;
  std::vector<smt::Term> definitions_;
  std::map<std::string, smt::Term> moments_;
  bool is_whole_ = true;
  bool is_closed_ = true;
};

}  // namespace truce::analysis::internal
