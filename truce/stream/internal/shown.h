// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace truce::stream::internal {

/// The lines to print, in the order of their rows.
class Shown {
 public:
  /// With `is_sorted` they are added in that order.
  explicit Shown(bool is_sorted) : is_sorted_(is_sorted) {}

  void add(std::uint64_t row, std::string_view print) {
    text_ += print;
    text_ += '\n';
    if (!is_sorted_) {
      lines_.push_back({row, text_.size()});
    }
  }
  std::string take();

 private:
  struct Line {
    std::uint64_t row = 0;
    std::size_t end = 0;
  };

  bool is_sorted_;
  std::string text_;
  std::vector<Line> lines_;
};

}  // namespace truce::stream::internal
