// SPDX-License-Identifier: Apache-2.0
#include "truce/stream/internal/shown.h"

#include <algorithm>
#include <utility>

namespace truce::stream::internal {

std::string Shown::take() {
  const auto is_before = [](const Line& a, const Line& b) { return a.row < b.row; };
  if (std::is_sorted(lines_.begin(), lines_.end(), is_before)) {
    return std::move(text_);
  }
  std::vector<std::pair<std::uint64_t, std::string_view>> lines;
  std::size_t begin = 0;
  for (const Line& line : lines_) {
    lines.emplace_back(line.row, std::string_view(text_).substr(begin, line.end - begin));
    begin = line.end;
  }
  std::stable_sort(lines.begin(), lines.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::string sorted;
  sorted.reserve(text_.size());
  for (const auto& [row, line] : lines) {
    sorted += line;
  }
  return sorted;
}

}  // namespace truce::stream::internal
