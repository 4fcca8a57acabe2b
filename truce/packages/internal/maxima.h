// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace truce::packages::internal {

/// How many more comparisons a search may make, and whether somebody has stopped it.
class Effort {
 public:
  Effort(std::size_t comparisons, const std::function<bool()>& is_stopped)
      : left_(comparisons), is_stopped_(is_stopped ? &is_stopped : nullptr) {}

  /// False once it is spent, or stopped.
  bool spend(std::size_t comparisons) {
    has_ended_ = has_ended_ || comparisons > left_;
    left_ -= has_ended_ ? 0 : comparisons;
    since_ += comparisons;
    if (since_ >= kBetweenLooks) {
      since_ = 0;
      was_stopped_ = was_stopped_ || (is_stopped_ != nullptr && (*is_stopped_)());
      has_ended_ = has_ended_ || was_stopped_;
    }
    return !has_ended_;
  }
  [[nodiscard]] bool has_ended() const { return has_ended_; }
  [[nodiscard]] bool was_stopped() const { return was_stopped_; }

 private:
  static constexpr std::size_t kBetweenLooks = 1'000'000;
  std::size_t left_;
  std::size_t since_ = 0;
  const std::function<bool()>* is_stopped_;
  bool has_ended_ = false;
  bool was_stopped_ = false;
};

/// Which of the points no other one betters. `ranks` holds `dimensions` numbers for each point; a
/// point is bettered where another one has no smaller number and is not equal, and of equal ones
/// the first is kept. Returns their places, those with larger numbers first; only some of them
/// where `effort` has ended.
std::vector<std::uint32_t> find_maxima(const std::vector<std::uint32_t>& ranks,
                                       std::size_t dimensions, Effort& effort);

}  // namespace truce::packages::internal
