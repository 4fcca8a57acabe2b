// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/internal/incumbent.h"

#include <algorithm>
#include <cmath>

namespace truce::packages::internal {
namespace {

using Kind = Goal::Kind;

// The natural logarithm of a number above zero.
double log_of(const Integer& number) {
  const std::size_t bits = number.bits();
  const std::size_t dropped = bits > 900 ? bits - 900 : 0;
  return std::log(divide(number, power(2, dropped)).quotient.to_double()) +
         static_cast<double>(dropped) * std::log(2.0);
}

}  // namespace

bool Incumbent::offer(const Package& package) {
  if (space_->is_exact() && goal_->kind == Kind::Levels) {
    return offer_exact(package);
  }
  auto measure = goal_->measure(package);
  if (!measure.has_value()) {
    return false;
  }
  if (has_one() && (*measure < measure_ || (*measure == measure_ && !(package < *package_)))) {
    return false;
  }
  measure_ = std::move(*measure);
  keep(package);
  return true;
}

// The same by doubles, which are exact here.
bool Incumbent::offer_exact(const Package& package) {
  space_->measure(package, sums_);
  std::sort(sums_.begin(), sums_.end());
  if (has_one() && (sums_ < sorted_ || (sums_ == sorted_ && !(package < *package_)))) {
    return false;
  }
  keep(package);
  return true;
}

void Incumbent::keep(const Package& package) {
  package_ = package;
  space_->measure(package, sorted_);
  if (goal_->kind == Kind::Product) {
    log_left_ = log_of(measure_[0]);
    for (std::size_t row = 0; row < scales_.size(); ++row) {
      // Rounded it may be nothing; any scale is right as long as it is counted.
      scales_[row] = 1 / std::max(sorted_[row], 1.0);
      log_left_ += std::log(scales_[row]);
    }
  }
  std::sort(sorted_.begin(), sorted_.end());
}

}  // namespace truce::packages::internal
