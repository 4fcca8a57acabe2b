// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <vector>

#include "truce/packages/game.h"

namespace truce::packages::internal {

/// What something is worth to two parties.
struct Pair {
  std::int64_t first = 0;
  std::int64_t second = 0;
};

/// How much the two parties count in one sum, never below zero.
struct Direction {
  std::int64_t first = 0;
  std::int64_t second = 0;
  [[nodiscard]] std::int64_t of(const Pair& pair) const {
    return first * pair.first + second * pair.second;
  }
};

/// The first one is the first party alone, the second one the second party.
constexpr std::size_t kDirections = 9;
using Directions = std::array<Direction, kDirections>;
/// One for each direction.
using Bounds = std::array<std::int64_t, kDirections>;

/// Points that no other found one betters, the first number descending.
class PairArchive {
 public:
  void add(const Pair& worth, const Package& package) {
    auto at = std::lower_bound(
        points_.begin(), points_.end(), worth,
        [](const Entry& entry, const Pair& pair) { return entry.worth.first > pair.first; });
    if ((at != points_.begin() && std::prev(at)->worth.second >= worth.second) ||
        (at != points_.end() && at->worth.first == worth.first &&
         at->worth.second >= worth.second)) {
      return;
    }
    auto end = at;
    while (end != points_.end() && end->worth.second <= worth.second) {
      ++end;
    }
    at = points_.erase(at, end);
    points_.insert(at, {worth, package});
  }

  /// Whether something within these bounds would be new, that is better than two neighbours: more
  /// than the second number of the one, and than the first number of the other.
  [[nodiscard]] bool leaves_room(const Directions& directions, const Bounds& bounds) const {
    // The first gap whose first number is within bounds; from there on all are.
    auto at = std::lower_bound(
        points_.begin(), points_.end(), bounds[0],
        [](const Entry& entry, std::int64_t bound) { return entry.worth.first >= bound; });
    if (at == points_.begin()) {
      return true;
    }
    for (; std::prev(at)->worth.second < bounds[1]; ++at) {
      if (at == points_.end()) {
        return true;
      }
      const Pair corner = {at->worth.first + 1, std::prev(at)->worth.second + 1};
      bool is_within = true;
      for (std::size_t which = 2; which < kDirections && is_within; ++which) {
        is_within = directions[which].of(corner) <= bounds[which];
      }
      if (is_within) {
        return true;
      }
    }
    return false;
  }

  struct Entry {
    Pair worth;
    Package package;
  };
  [[nodiscard]] const std::vector<Entry>& points() const { return points_; }

 private:
  std::vector<Entry> points_;
};

}  // namespace truce::packages::internal
