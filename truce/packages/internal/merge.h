// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace truce::packages::internal {

/// What can still be gained from a node on, none bettered by another: for two parties, the first
/// one's gain descending and the second one's ascending.
template <typename Value>
struct PairPoint {
  Value first{};
  Value second{};
  std::uint32_t option = 0;
  // The point of the node that follows.
  std::uint32_t next = 0;
};

/// Points of two lists, each in order, that none of either betters. Of equal ones, that of `left`.
template <typename Value>
void merge_pairs(const std::vector<PairPoint<Value>>& left,
                 const std::vector<PairPoint<Value>>& right,
                 std::vector<PairPoint<Value>>& merged) {
  merged.clear();
  merged.reserve(left.size() + right.size());
  std::size_t from_left = 0;
  std::size_t from_right = 0;
  while (from_left < left.size() || from_right < right.size()) {
    bool is_left = from_right == right.size();
    if (!is_left && from_left < left.size()) {
      const PairPoint<Value>& one = left[from_left];
      const PairPoint<Value>& other = right[from_right];
      is_left =
          other.first < one.first || (other.first == one.first && !(one.second < other.second));
    }
    const PairPoint<Value>& point = is_left ? left[from_left++] : right[from_right++];
    if (merged.empty() || merged.back().second < point.second) {
      merged.push_back(point);
    }
  }
}

/// The points of many such lists, merged two by two; of equal ones, that of the earlier list.
template <typename Value>
std::vector<PairPoint<Value>> merge_all(std::vector<std::vector<PairPoint<Value>>> lists) {
  std::vector<PairPoint<Value>> merged;
  while (lists.size() > 1) {
    std::size_t kept = 0;
    for (std::size_t at = 0; at < lists.size(); at += 2) {
      if (at + 1 < lists.size()) {
        merge_pairs(lists[at], lists[at + 1], merged);
        std::swap(lists[kept], merged);
      } else {
        std::swap(lists[kept], lists[at]);
      }
      ++kept;
    }
    lists.resize(kept);
  }
  return lists.empty() ? std::vector<PairPoint<Value>>{} : std::move(lists[0]);
}

}  // namespace truce::packages::internal
