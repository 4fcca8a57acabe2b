// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "truce/packages/internal/branching.h"
#include "truce/packages/internal/space.h"

namespace truce::packages::internal {

/// The best package that branch and bound has found, and what is asked of a better one.
class Incumbent {
 public:
  Incumbent(const Space& space, const Goal& goal)
      : space_(&space), goal_(&goal), scales_(space.rows(), 1) {}

  [[nodiscard]] bool has_one() const { return package_.has_value(); }
  [[nodiscard]] const Package& package() const { return *package_; }
  /// A package that the constraints allow; whether it is the best so far.
  bool offer(const Package& package);

  /// What the best package brings, the least first.
  [[nodiscard]] const std::vector<double>& sorted() const { return sorted_; }
  /// What a row is multiplied by before weights: for products, so that the best package has about
  /// ones; and the logarithm of its product then.
  [[nodiscard]] const std::vector<double>& scales() const { return scales_; }
  [[nodiscard]] double log_left() const { return log_left_; }

 private:
  bool offer_exact(const Package& package);
  void keep(const Package& package);

  const Space* space_;
  const Goal* goal_;
  std::optional<Package> package_;
  std::vector<Integer> measure_;
  std::vector<double> sorted_;
  std::vector<double> scales_;
  double log_left_ = 0;
  std::vector<double> sums_;
};

}  // namespace truce::packages::internal
