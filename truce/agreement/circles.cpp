// SPDX-License-Identifier: Apache-2.0
#include "truce/agreement/internal/circles.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <utility>

namespace truce::agreement::internal {
namespace {

using Edges = std::vector<std::vector<std::uint32_t>>;
constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

// The nodes in the order in which a depth-first walk leaves them.
std::vector<std::uint32_t> left_order(const Edges& edges) {
  std::vector<bool> is_seen(edges.size(), false);
  std::vector<std::uint32_t> left;
  std::vector<std::pair<std::uint32_t, std::size_t>> open;
  for (std::uint32_t start = 0; start < edges.size(); ++start) {
    if (is_seen[start]) {
      continue;
    }
    is_seen[start] = true;
    open.emplace_back(start, 0);
    while (!open.empty()) {
      auto& [node, next] = open.back();
      if (next == edges[node].size()) {
        left.push_back(node);
        open.pop_back();
        continue;
      }
      const std::uint32_t to = edges[node][next++];
      if (!is_seen[to]) {
        is_seen[to] = true;
        open.emplace_back(to, 0);
      }
    }
  }
  return left;
}

// The strongly connected part of each node (Kosaraju and Sharir 1978), by number.
std::vector<std::uint32_t> parts_of(const Edges& edges) {
  Edges reversed(edges.size());
  for (std::uint32_t from = 0; from < edges.size(); ++from) {
    for (std::uint32_t to : edges[from]) {
      reversed[to].push_back(from);
    }
  }
  std::vector<std::uint32_t> part(edges.size(), kNone);
  std::vector<std::uint32_t> order = left_order(edges);
  std::reverse(order.begin(), order.end());
  std::uint32_t count = 0;
  for (std::uint32_t start : order) {
    if (part[start] != kNone) {
      continue;
    }
    part[start] = count;
    std::vector<std::uint32_t> open{start};
    while (!open.empty()) {
      const std::uint32_t node = open.back();
      open.pop_back();
      for (std::uint32_t to : reversed[node]) {
        if (part[to] == kNone) {
          part[to] = count;
          open.push_back(to);
        }
      }
    }
    ++count;
  }
  return part;
}

// The shortest circle through `start` inside its part.
std::vector<std::uint32_t> circle_through(const Edges& edges,
                                          const std::vector<std::uint32_t>& part,
                                          std::uint32_t start) {
  std::vector<std::uint32_t> from(edges.size(), kNone);
  std::vector<std::uint32_t> queue{start};
  for (std::size_t i = 0; i < queue.size(); ++i) {
    const std::uint32_t node = queue[i];
    for (std::uint32_t to : edges[node]) {
      if (to == start) {
        std::vector<std::uint32_t> circle{node};
        while (circle.back() != start) {
          circle.push_back(from[circle.back()]);
        }
        std::reverse(circle.begin(), circle.end());
        return circle;
      }
      if (part[to] == part[start] && from[to] == kNone) {
        from[to] = node;
        queue.push_back(to);
      }
    }
  }
  return {};
}

}  // namespace

std::vector<std::vector<std::uint32_t>> find_circles(const Edges& edges) {
  const std::vector<std::uint32_t> part = parts_of(edges);
  std::vector<std::uint32_t> size(edges.size(), 0);
  for (std::uint32_t one : part) {
    ++size[one];
  }
  std::vector<bool> is_done(edges.size(), false);
  std::vector<std::vector<std::uint32_t>> circles;
  for (std::uint32_t node = 0; node < edges.size(); ++node) {
    const bool has_loop =
        std::find(edges[node].begin(), edges[node].end(), node) != edges[node].end();
    if (is_done[part[node]] || (size[part[node]] == 1 && !has_loop)) {
      continue;
    }
    is_done[part[node]] = true;
    circles.push_back(circle_through(edges, part, node));
  }
  return circles;
}

std::vector<std::uint32_t> in_order(const Edges& edges) { return left_order(edges); }

}  // namespace truce::agreement::internal
