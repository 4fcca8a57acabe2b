// SPDX-License-Identifier: Apache-2.0
#include "truce/talks/internal/waits.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

namespace truce::talks::internal {
namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

// Breadth-first walks, one from each node, that stop where they could not be shorter than the best.
class Circles {
 public:
  explicit Circles(const Lists& edges)
      : edges_(edges), from_(edges.size(), kNone), depth_(edges.size(), 0) {}

  // The shortest circle through `start` with fewer than `limit` nodes; empty where there is none.
  std::vector<std::uint32_t> through(std::uint32_t start, std::size_t limit, Effort& effort) {
    queue_.assign(1, start);
    depth_[start] = 1;
    std::vector<std::uint32_t> found;
    for (std::size_t i = 0; i < queue_.size() && found.empty(); ++i) {
      const std::uint32_t node = queue_[i];
      if (depth_[node] >= limit) {
        break;
      }
      effort.spend(edges_[node].size() + 1);
      for (const std::uint32_t to : edges_[node]) {
        if (to == start) {
          found = path_to(node, start);
          break;
        }
        if (depth_[to] == 0) {
          depth_[to] = depth_[node] + 1;
          from_[to] = node;
          queue_.push_back(to);
        }
      }
    }
    for (const std::uint32_t node : queue_) {
      depth_[node] = 0;
    }
    return found;
  }

 private:
  [[nodiscard]] std::vector<std::uint32_t> path_to(std::uint32_t node, std::uint32_t start) const {
    std::vector<std::uint32_t> path{node};
    while (path.back() != start) {
      path.push_back(from_[path.back()]);
    }
    std::reverse(path.begin(), path.end());
    return path;
  }

  const Lists& edges_;
  std::vector<std::uint32_t> from_;
  std::vector<std::uint32_t> depth_;
  std::vector<std::uint32_t> queue_;
};

// A short circle of a large graph, or none: a walk without a limit sees most of such a graph before
// it is back, while of many short walks one soon is. An eighth of what is left goes to each length.
std::vector<std::uint32_t> some_circle(Circles& circles, std::uint32_t nodes, Effort& effort) {
  for (std::size_t limit = 4; limit < nodes; limit += limit / 2) {
    const std::uint64_t until = effort.left - effort.left / 8;
    for (std::uint32_t start = 0; start < nodes && effort.left > until; ++start) {
      auto found = circles.through(start, limit, effort);
      if (!found.empty()) {
        return found;
      }
    }
  }
  return {};
}

// The places of the items of each list, from how many there are.
Lists sized(std::uint32_t count, std::vector<std::uint32_t> sizes, std::size_t items) {
  Lists lists;
  lists.ends = std::move(sizes);
  lists.ends.resize(std::size_t{count} + 1, 0);
  std::exclusive_scan(lists.ends.begin(), lists.ends.end(), lists.ends.begin(), 0U);
  lists.items.resize(items);
  return lists;
}

}  // namespace

Lists waiting_for(const CommitmentGraph& graph) {
  std::vector<std::uint32_t> sizes(std::size_t{graph.deeds()} + 1, 0);
  std::size_t items = 0;
  for (std::size_t i = 0; i < graph.size(); ++i) {
    items += graph.conditions(i).size();
    for (const std::uint32_t condition : graph.conditions(i)) {
      ++sizes[condition];
    }
  }
  Lists lists = sized(graph.deeds(), std::move(sizes), items);
  std::vector<std::uint32_t> next = lists.ends;
  for (std::size_t i = 0; i < graph.size(); ++i) {
    for (const std::uint32_t condition : graph.conditions(i)) {
      lists.items[next[condition]++] = static_cast<std::uint32_t>(i);
    }
  }
  return lists;
}

Lists commitments_of(const CommitmentGraph& graph) {
  std::vector<std::uint32_t> sizes(std::size_t{graph.deeds()} + 1, 0);
  for (std::size_t i = 0; i < graph.size(); ++i) {
    ++sizes[graph.deed(i)];
  }
  Lists lists = sized(graph.deeds(), std::move(sizes), graph.size());
  std::vector<std::uint32_t> next = lists.ends;
  for (std::size_t i = 0; i < graph.size(); ++i) {
    lists.items[next[graph.deed(i)]++] = static_cast<std::uint32_t>(i);
  }
  return lists;
}

ShortestCircle shortest_circle(const Lists& edges, Effort& effort) {
  Circles circles(edges);
  ShortestCircle best;
  if (effort.price > 1) {
    best.nodes = some_circle(circles, edges.size(), effort);
  }
  for (std::uint32_t start = 0; start < edges.size(); ++start) {
    const std::size_t limit = best.nodes.empty() ? std::size_t{kNone} : best.nodes.size();
    if (limit == 1) {
      break;
    }
    if (!best.nodes.empty() && effort.left == 0) {
      best.is_shortest = false;
      break;
    }
    auto found = circles.through(start, limit, effort);
    if (!found.empty()) {
      best.nodes = std::move(found);
    }
  }
  return best;
}

}  // namespace truce::talks::internal
