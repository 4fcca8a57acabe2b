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
  merged.resize(left.size() + right.size());
  PairPoint<Value>* to = merged.data();
  const PairPoint<Value>* begin = to;
  const auto put = [&to, begin](const PairPoint<Value>& point) {
    *to = point;
    to += to == begin || to[-1].second < point.second ? 1 : 0;
  };
  const PairPoint<Value>* one = left.data();
  const PairPoint<Value>* other = right.data();
  const PairPoint<Value>* one_end = one + left.size();
  const PairPoint<Value>* other_end = other + right.size();
  // Which one is next is a matter of chance, so that nothing here branches on it.
  while (one != one_end && other != other_end) {
    const bool is_left =
        other->first < one->first || (other->first == one->first && !(one->second < other->second));
    put(*(is_left ? one : other));
    one += is_left ? 1 : 0;
    other += is_left ? 0 : 1;
  }
  for (; one != one_end; ++one) {
    put(*one);
  }
  for (; other != other_end; ++other) {
    put(*other);
  }
  merged.resize(static_cast<std::size_t>(to - begin));
}

/// The points of the first `count` of these lists, merged two by two; of equal ones, that of the
/// earlier list. The lists are used for it, and `merged` is room.
template <typename Value>
const std::vector<PairPoint<Value>>& merge_all(std::vector<std::vector<PairPoint<Value>>>& lists,
                                               std::size_t count,
                                               std::vector<PairPoint<Value>>& merged) {
  if (count == 0) {
    merged.clear();
    return merged;
  }
  while (count > 1) {
    std::size_t kept = 0;
    for (std::size_t at = 0; at < count; at += 2) {
      if (at + 1 < count) {
        merge_pairs(lists[at], lists[at + 1], merged);
        std::swap(lists[kept], merged);
      } else if (kept != at) {
        std::swap(lists[kept], lists[at]);
      }
      ++kept;
    }
    count = kept;
  }
  return lists[0];
}

}  // namespace truce::packages::internal
