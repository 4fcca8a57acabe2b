// SPDX-License-Identifier: Apache-2.0
#include "truce/talks/internal/waits.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

namespace truce::talks::internal {
namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

// Tarjan's walk with a stack of its own.
class Parts {
 public:
  explicit Parts(const Lists& edges)
      : edges_(edges), order_(edges.size(), 0), low_(edges.size(), 0), on_(edges.size(), false) {}

  std::vector<std::vector<std::uint32_t>> find() {
    for (std::uint32_t node = 0; node < edges_.size(); ++node) {
      if (order_[node] == 0) {
        walk(node);
      }
    }
    return std::move(parts_);
  }

 private:
  void open(std::uint32_t node) {
    order_[node] = low_[node] = ++count_;
    on_[node] = true;
    stack_.push_back(node);
    path_.emplace_back(node, 0);
  }

  void walk(std::uint32_t start) {
    open(start);
    while (!path_.empty()) {
      auto& [node, next] = path_.back();
      const auto out = edges_[node];
      if (next < out.size()) {
        const std::uint32_t to = out[next++];
        if (order_[to] == 0) {
          open(to);
        } else if (on_[to]) {
          low_[node] = std::min(low_[node], order_[to]);
        }
        continue;
      }
      const std::uint32_t left = node;
      path_.pop_back();
      if (!path_.empty()) {
        low_[path_.back().first] = std::min(low_[path_.back().first], low_[left]);
      }
      if (low_[left] == order_[left]) {
        close(left);
      }
    }
  }

  void close(std::uint32_t root) {
    const auto begin = std::find(stack_.rbegin(), stack_.rend(), root).base() - 1;
    for (auto at = begin; at != stack_.end(); ++at) {
      on_[*at] = false;
    }
    const auto out = edges_[root];
    if (stack_.end() - begin > 1 || std::find(out.begin(), out.end(), root) != out.end()) {
      parts_.emplace_back(begin, stack_.end());
      std::sort(parts_.back().begin(), parts_.back().end());
    }
    stack_.erase(begin, stack_.end());
  }

  const Lists& edges_;
  std::vector<std::uint32_t> order_;
  std::vector<std::uint32_t> low_;
  std::vector<bool> on_;
  std::vector<std::uint32_t> stack_;
  std::vector<std::pair<std::uint32_t, std::size_t>> path_;
  std::vector<std::vector<std::uint32_t>> parts_;
  std::uint32_t count_ = 0;
};

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
    for (const auto& condition : graph.conditions(i)) {
      ++sizes[condition.deed];
    }
  }
  Lists lists = sized(graph.deeds(), std::move(sizes), items);
  std::vector<std::uint32_t> next = lists.ends;
  for (std::size_t i = 0; i < graph.size(); ++i) {
    for (const auto& condition : graph.conditions(i)) {
      lists.items[next[condition.deed]++] = static_cast<std::uint32_t>(i);
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

std::vector<std::vector<std::uint32_t>> circular_parts(const Lists& edges) {
  return Parts(edges).find();
}

ShortestCircle shortest_circle(const Lists& edges, Effort& effort) {
  Circles circles(edges);
  ShortestCircle best;
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
