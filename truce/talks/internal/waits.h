// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "truce/talks/order.h"

namespace truce::talks::internal {

/// Lists of numbers by number, in one piece of memory.
struct Lists {
  std::vector<std::uint32_t> ends = {0};
  std::vector<std::uint32_t> items;

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(ends.size() - 1); }
  [[nodiscard]] std::span<const std::uint32_t> operator[](std::uint32_t at) const {
    return std::span(items).subspan(ends[at], ends[at + 1] - ends[at]);
  }
};

/// How much may still be looked at.
struct Effort {
  std::uint64_t left = 0;
  // What a look costs.
  std::uint64_t price = 1;

  /// False once nothing is left.
  bool spend(std::uint64_t looks) {
    const std::uint64_t cost = looks * price;
    left -= cost < left ? cost : left;
    return left > 0;
  }
};

/// For each deed the commitments that wait for it, once for each condition.
Lists waiting_for(const CommitmentGraph& graph);
/// For each deed the commitments that would do it.
Lists commitments_of(const CommitmentGraph& graph);

/// The shortest circle of a graph that has one, as its nodes; of the least node first found.
/// `is_shortest` is false where the effort was not enough to know.
struct ShortestCircle {
  std::vector<std::uint32_t> nodes;
  bool is_shortest = true;
};
ShortestCircle shortest_circle(const Lists& edges, Effort& effort);

/// A set of deeds that lets all others of a graph follow, and how many there must be at least.
struct Guarantees {
  std::vector<std::uint32_t> deeds;
  std::size_t at_least = 0;
};
/// `graph`: one in which nothing follows and everything would, if done at one time; `enough`: more
/// than one deed that would do. No more than these come back, and fewer as far as the effort goes.
Guarantees fewest_guarantees(const CommitmentGraph& graph, std::vector<std::uint32_t> enough,
                             Effort& effort);

}  // namespace truce::talks::internal
