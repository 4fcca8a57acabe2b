// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "truce/packages/internal/branching.h"
#include "truce/packages/internal/incumbent.h"
#include "truce/packages/internal/space.h"

namespace truce::packages::internal {

constexpr double kNothing = std::numeric_limits<double>::infinity();

/// Packages in part, with weights of the rows that tell how good they can be.
struct Node {
  Part part;
  // One for each row; together one.
  std::vector<double> weights;
  // Those of the package in part above it.
  std::vector<double> weights_above;
  // Levels below it have been closed: what is better is equal there.
  std::size_t level = 0;
  // No package of it is worth more.
  double bound = kNothing;
};

/// Bounds of what packages in part are worth, by weighted sums, against what is asked of a better
/// one than is known. What was evaluated last is remembered: the score of each option, and the sum.
class Bounder {
 public:
  Bounder(const Space& space, const Goal& goal, const Incumbent& known);

  struct Scored {
    double score = 0;
    std::uint32_t option = 0;
  };

  /// Whether the node holds nothing that is wanted. Its weights are moved so often at most, and
  /// options with which nothing wanted can be reached are taken out.
  bool closes(Node& node, int rounds);
  /// Whether closes() has taken out options, so that the node has to be settled.
  [[nodiscard]] bool is_narrowed() const { return is_narrowed_; }

  /// The largest sum there may be with the weights of the node: from the best option of each issue.
  double evaluate(const Node& node) { return evaluate(node.part, scaled(node.weights)); }
  /// The same with the weights that were looked at last.
  double evaluate_again(const Part& part) { return evaluate(part, real_); }
  [[nodiscard]] double sum() const { return sum_; }
  /// By how much a sum with these weights may be wrong.
  [[nodiscard]] double error_of(const std::vector<double>& weights) const;
  /// Of all that is wanted at this level, the least weighted sum. With `is_weak`, of all that is
  /// wanted at this level or a later one.
  double least_wanted(const std::vector<double>& weights, std::size_t level, bool is_weak);

  /// The issue where choosing matters most; how many there are where all are settled.
  std::size_t next_issue(const Part& part);
  /// The best option that is left of an issue that is not settled.
  [[nodiscard]] std::uint32_t best_option(const Part& part, std::size_t issue) const {
    return part.options[best_[issue]];
  }
  /// The options that are left of the issue, the best one first.
  [[nodiscard]] std::vector<Scored> options_of(const Part& part, std::size_t issue) const;

 private:
  double evaluate(const Part& part, const std::vector<double>& weights);
  const std::vector<double>& scaled(const std::vector<double>& weights);
  void sort_by(const std::vector<double>& weights);
  bool separate(Node& node, int rounds);
  void move(std::vector<double>& weights, double excess);
  void note_bound(Node& node, const std::vector<double>& weights, double sum) const;
  void narrow(Node& node);
  void take_out(Node& node, double room);
  [[nodiscard]] bool may_be_smaller(const Part& part) const;
  [[nodiscard]] bool is_in_conflict(const Part& part, std::size_t issue) const;
  void find_best(const Part& part);

  const Space* space_;
  const Goal* goal_;
  const Incumbent* known_;
  bool is_narrowed_ = false;
  // Of what was evaluated last.
  double sum_ = 0;
  std::vector<double> gains_;
  std::vector<double> scores_;
  std::vector<std::size_t> best_;
  // Weights of the rows as they are, filled up.
  std::vector<double> real_;
  // Where the least sum of what is wanted is.
  std::vector<double> point_;
  std::vector<std::size_t> order_;
};

}  // namespace truce::packages::internal
