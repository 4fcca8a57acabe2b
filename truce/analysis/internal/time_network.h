// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "truce/analysis/internal/draft.h"

namespace truce::analysis::internal {

using Node = std::uint32_t;

/// Why one moment is at least so long after another.
struct Cause {
  // The clause that says so; empty for a definition.
  std::optional<ClauseId> clause;
  Wording text;
};

/// A simple temporal network: moments, and how long one is at least after another. Method: Dechter,
/// Meiri and Pearl 1991, in docs/methods/analysis.md. The moments of a draft: what it declares,
/// when each clause begins and is performed, when each streak can end.
class TimeNetwork {
 public:
  /// Built from the words of the draft alone. `unordered`: duties on a circle of waits, whose
  /// waiting is left out.
  TimeNetwork(const Draft& draft, const std::vector<ClauseId>& unordered);

  /// When the clause begins: its `from` and what it waits upon.
  [[nodiscard]] Node begins(ClauseId id) const { return begins_[id.index]; }
  /// When it was performed by all.
  [[nodiscard]] Node performed(ClauseId id) const { return performed_[id.index]; }
  /// The moment as a beginning, or with `is_end` as an end.
  Node moment(const agreement::MomentExpression& expression, bool is_end);
  /// The moments before which the duty must be done, relative ones left out; with the particulars.
  using Deadlines = std::vector<std::pair<Node, const agreement::Particular*>>;
  [[nodiscard]] const Deadlines& deadlines(ClauseId id) const { return deadlines_[id.index]; }
  /// What it waits for with `upon`, where that is a moment, a streak or the performance of a
  /// clause.
  [[nodiscard]] std::vector<Node> waits(const agreement::Upon& upon) const;
  /// When it stops by `until` or `for`, renewals apart; empty where it does not.
  [[nodiscard]] std::optional<Node> ends(ClauseId id) const { return ends_[id.index]; }

  /// `second` is always at least so many seconds after `first`, negative where it may come that
  /// much before; empty where nothing ties it to it.
  [[nodiscard]] std::optional<std::int64_t> least_between(Node first, Node second) const;
  /// The steps that make it so, from `first` on.
  [[nodiscard]] std::vector<Cause> causes(Node first, Node second) const;
  /// On the calendar: never before this; empty where nothing says.
  [[nodiscard]] std::optional<base::Instant> earliest(Node node) const;
  /// Never after this; empty where it may come at any time.
  [[nodiscard]] std::optional<base::Instant> latest(Node node) const;
  /// For sentences: `D + 7 days` becomes `8 February 2030, 06:00`.
  [[nodiscard]] std::string words(Node node) const;

 private:
  struct Bound {
    Node from;
    Node to;
    std::int64_t seconds;
    Cause cause;
  };
  struct Reach {
    std::vector<std::optional<std::int64_t>> seconds;
    std::vector<std::size_t> by;
  };
  Node add();
  void at_least(Node later, Node earlier, std::int64_t seconds, Cause cause);
  void equal(Node node, Node base, std::int64_t seconds, const Wording& text);
  Node fixed(base::Instant at, const Wording& text);
  Node shifted(Node node, const agreement::Period& period, std::int64_t sign, const Wording& text);
  [[nodiscard]] std::optional<base::Instant> exact(Node node) const;
  void add_moments();
  void add_beginnings(const std::vector<ClauseId>& unordered);
  void add_waits(ClauseId id, const agreement::Upon& upon, const std::vector<ClauseId>& unordered);
  void add_streak(Node end, const agreement::Streak& streak, const std::string& name);
  void add_streaks();
  Deadlines add_deadlines(ClauseId id);
  std::optional<Node> add_end(ClauseId id);
  Node base_of(const agreement::MomentExpression& expression, bool is_end);
  [[nodiscard]] const Reach& reach(Node first) const;

  const Draft& draft_;
  Node count_ = 0;
  std::vector<Bound> bounds_;
  std::vector<Node> moments_;
  std::vector<Node> streaks_;
  std::vector<Node> begins_;
  std::vector<Node> begun_;
  std::vector<Node> performed_;
  std::vector<Deadlines> deadlines_;
  std::vector<std::optional<Node>> ends_;
  // Words that stand for the same moment share a node.
  std::map<std::pair<std::string, bool>, Node> by_words_;
  std::map<std::string, Node> undefined_;
  std::map<Node, base::Instant> exact_;
  mutable std::map<Node, Reach> reached_;
};

}  // namespace truce::analysis::internal
