// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "truce/agreement/agreement.h"

namespace truce::stream::internal {

/// Measures of things, as far as the agreement tells them apart: two that lie between the same
/// numbers of the text, in whatever unit, are of one class.
class Measures {
 public:
  explicit Measures(const agreement::Agreement& agreement);

  /// The class of a whole number; 0 where there `is_none`.
  [[nodiscard]] std::uint32_t class_of_whole(std::uint64_t value, bool is_none) const {
    const std::uint64_t at = is_none ? 0 : value + 1;
    return at < small_.size() ? small_[at] : class_of(static_cast<double>(value));
  }
  /// From 1; 0 is for what is not measured.
  [[nodiscard]] std::uint32_t class_of(double value) const {
    std::uint32_t below = 0;
    std::uint32_t equal = 0;
    for (const double bound : bounds_) {
      below += bound < value ? 1 : 0;
      equal += bound == value ? 1 : 0;
    }
    return 1 + 2 * below + equal;
  }

 private:
  void add(const agreement::MeasureTest& test);
  void add(const agreement::Noun& noun);
  void add(const agreement::Nouns& nouns);
  void add(const agreement::Act& act);
  void add(const agreement::Occurrence& occurrence);
  void add(const agreement::Particular& particular);

  // In order, each once.
  std::vector<double> bounds_;
  // The class of nothing, then those of the least whole numbers.
  std::vector<std::uint32_t> small_;
};

}  // namespace truce::stream::internal
