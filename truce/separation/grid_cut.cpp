// SPDX-License-Identifier: Apache-2.0
// Two trees of cells grow from the two terminals until they meet; flow is pushed along the path,
// and what it cuts off is adopted again or freed. Source: Boykov and Kolmogorov 2004; trees kept
// between solves: Kohli and Torr 2007.
#include "truce/separation/grid_cut.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "truce/base/check.h"

namespace truce::separation {

GridCut::GridCut(std::size_t columns, std::size_t rows)
    : columns_(columns), rows_(rows), stride_(columns + 2) {
  TRUCE_CHECK(columns > 0 && rows > 0 && (rows + 2) * stride_ < (std::size_t{1} << 31U),
              "a grid has cells, and no more than can be counted");
  const auto stride = static_cast<Index>(stride_);
  offsets_ = {1,          Index(-1),
              stride,     Index(-1) * stride,
              stride + 1, Index(-1) * (stride + 1),
              stride - 1, Index(-1) * (stride - 1)};
  nodes_.resize((rows + 2) * stride_);
  trees_.resize(nodes_.size());
  residuals_.resize(nodes_.size());
  is_marked_.resize(nodes_.size());
}

GridCut::Index GridCut::index_of(std::size_t cell) const {
  return static_cast<Index>((cell / columns_ + 1) * stride_ + cell % columns_ + 1);
}

void GridCut::set_hold(std::size_t cell, Direction direction, std::int32_t cost) {
  TRUCE_CHECK(!is_started_ && cost >= 0 && cost <= kStrongest, "holds are set first, in range");
  const Index node = index_of(cell);
  residuals_[node][direction] = cost;
  residuals_[at(node, direction)][direction ^ 1U] = cost;
}

void GridCut::set_pull(std::size_t cell, std::int32_t pull) {
  TRUCE_CHECK(pull >= -kFixed && pull <= kFixed, "a pull is in range");
  const Index index = index_of(cell);
  Node& node = nodes_[index];
  if (node.pull == pull) {
    return;
  }
  // Whatever flows already: the same added to both terminals of a cell changes no comparison.
  node.terminal += std::int64_t{pull} - node.pull;
  node.pull = pull;
  if (is_started_ && !is_marked_[index]) {
    is_marked_[index] = true;
    marked_.push_back(index);
  }
}

bool GridCut::is_first(std::size_t cell) const {
  const Branch branch = trees_[index_of(cell)];
  return branch.parent != None && !branch.is_second;
}

std::int32_t GridCut::hold(std::size_t cell, Direction direction) const {
  const Index node = index_of(cell);
  // Flow one way is room the other way.
  return (residuals_[node][direction] + residuals_[at(node, direction)][direction ^ 1U]) / 2;
}

std::int64_t GridCut::cost() const {
  std::int64_t sum = 0;
  for (std::size_t cell = 0; cell < cells(); ++cell) {
    const Index index = index_of(cell);
    const bool is_one = is_first(cell);
    const std::int64_t wanted = nodes_[index].pull;
    sum += is_one ? std::max<std::int64_t>(-wanted, 0) : std::max<std::int64_t>(wanted, 0);
    for (std::size_t direction = 0; direction < kDirections; direction += 2) {
      const Branch other = trees_[at(index, direction)];
      const bool is_other_one = other.parent != None && !other.is_second;
      if (is_one != is_other_one) {
        sum += hold(cell, static_cast<Direction>(direction));
      }
    }
  }
  return sum;
}

// Whether the tree of a side can reach from `node` to its neighbour: the first side's along the
// flow, the second side's against it.
bool GridCut::can_flow(Index node, std::size_t direction, bool is_second) const {
  return is_second ? residuals_[at(node, direction)][direction ^ 1U] > 0
                   : residuals_[node][direction] > 0;
}

void GridCut::activate(Index node) {
  if (nodes_[node].next != 0) {
    return;
  }
  nodes_[node].next = node;
  if (queue_last_[1] != 0) {
    nodes_[queue_last_[1]].next = node;
  } else {
    queue_first_[1] = node;
  }
  queue_last_[1] = node;
}

// 0 where there is none.
GridCut::Index GridCut::next_active() {
  while (true) {
    if (queue_first_[0] == 0) {
      std::swap(queue_first_[0], queue_first_[1]);
      queue_last_ = {queue_last_[1], 0};
      if (queue_first_[0] == 0) {
        return 0;
      }
    }
    const Index node = queue_first_[0];
    const Index next = nodes_[node].next;
    queue_first_[0] = next == node ? 0 : next;
    nodes_[node].next = 0;
    if (trees_[node].parent != None) {
      return node;
    }
  }
}

void GridCut::root(Index node) {
  trees_[node].is_second = nodes_[node].terminal < 0;
  trees_[node].parent = Terminal;
  trees_[node].time = time_;
  trees_[node].distance = 1;
}

void GridCut::start() {
  is_started_ = true;
  flow_at_first();
  for (std::size_t row = 1; row <= rows_; ++row) {
    for (std::size_t column = 1; column <= columns_; ++column) {
      const auto node = node_at(row, column);
      if (nodes_[node].terminal != 0) {
        root(node);
        activate(node);
      }
    }
  }
}

void GridCut::take_up_changes() {
  for (const Index node : std::exchange(marked_, {})) {
    is_marked_[node] = false;
    activate(node);
    if (nodes_[node].terminal == 0) {
      if (trees_[node].parent != None) {
        make_orphan(node);
      }
      continue;
    }
    const bool is_second = nodes_[node].terminal < 0;
    if (trees_[node].parent == None || trees_[node].is_second != is_second) {
      for (std::size_t direction = 0; direction < kDirections; ++direction) {
        const Index other = at(node, direction);
        if (is_marked_[other]) {
          continue;
        }
        if (trees_[other].parent == (direction ^ 1U)) {
          make_orphan(other);
        }
        if (trees_[other].parent != None && trees_[other].is_second != is_second) {
          activate(other);
        }
      }
    }
    root(node);
  }
  adopt_orphans();
}

void GridCut::solve() {
  if (!is_started_) {
    start();
  } else {
    ++time_;
    take_up_changes();
  }
  for (Index node = next_active(); node != 0; node = next_active()) {
    grow_from(node);
  }
}

// Grows the tree from the node as far as it goes, pushing flow each time it meets the other tree.
void GridCut::grow_from(Index node) {
  for (std::size_t direction = 0; direction < kDirections; ++direction) {
    // What was pushed may have freed the node, or moved it to no tree.
    if (trees_[node].parent == None) {
      return;
    }
    const bool is_second = trees_[node].is_second;
    if (!can_flow(node, direction, is_second)) {
      continue;
    }
    const Index other = at(node, direction);
    Branch& neighbour = trees_[other];
    if (neighbour.parent == None) {
      neighbour.is_second = is_second;
      neighbour.parent = static_cast<std::uint8_t>(direction ^ 1U);
      neighbour.time = trees_[node].time;
      neighbour.distance = trees_[node].distance + 1;
      activate(other);
    } else if (neighbour.is_second != is_second) {
      if (is_second) {
        augment(other, direction ^ 1U);
      } else {
        augment(node, direction);
      }
      ++time_;
      adopt_orphans();
      // The same edge may carry more along another path.
      --direction;
    } else if (neighbour.time <= trees_[node].time && neighbour.distance > trees_[node].distance &&
               neighbour.parent != Orphan) {
      // A shorter way to the root.
      neighbour.parent = static_cast<std::uint8_t>(direction ^ 1U);
      neighbour.time = trees_[node].time;
      neighbour.distance = trees_[node].distance + 1;
    }
  }
}

// Notes the edges on the way to the root. Returns the root, and lessens the flow to what they
// carry.
GridCut::Index GridCut::find_path(Index node, bool is_second, std::int64_t& flow) {
  while (trees_[node].parent != Terminal) {
    const std::size_t up = trees_[node].parent;
    const Index parent = at(node, up);
    std::int32_t* down = &residuals_[parent][up ^ 1U];
    std::int32_t* there = &residuals_[node][up];
    path_.push_back(is_second ? Step{there, down, node} : Step{down, there, node});
    flow = std::min<std::int64_t>(flow, *path_.back().along);
    node = parent;
  }
  flow = std::min(flow, std::abs(nodes_[node].terminal));
  return node;
}

// Pushes what the path through the edge from a node of the first tree to one of the second carries.
void GridCut::augment(Index first, std::size_t direction) {
  const Index second = at(first, direction);
  std::int64_t flow = residuals_[first][direction];
  path_.clear();
  const Index source = find_path(first, false, flow);
  const Index sink = find_path(second, true, flow);
  const auto amount = static_cast<std::int32_t>(flow);
  residuals_[first][direction] -= amount;
  residuals_[second][direction ^ 1U] += amount;
  for (const Step& step : path_) {
    *step.along -= amount;
    *step.against += amount;
    if (*step.along == 0) {
      make_orphan(step.node);
    }
  }
  nodes_[source].terminal -= flow;
  nodes_[sink].terminal += flow;
  for (const Index root : {source, sink}) {
    if (nodes_[root].terminal == 0) {
      make_orphan(root);
    }
  }
}

void GridCut::make_orphan(Index node) {
  trees_[node].parent = Orphan;
  orphans_.push_back(node);
}

void GridCut::adopt_orphans() {
  while (next_orphan_ < orphans_.size()) {
    const Index node = orphans_[next_orphan_++];
    if (trees_[node].parent == Orphan) {
      adopt(node);
    }
  }
  orphans_.clear();
  next_orphan_ = 0;
}

// The length of the way to the root, with the time noted along it; kUnreachable where an orphan is
// on it.
std::uint32_t GridCut::distance_to_root(Index node) {
  std::uint32_t distance = 0;
  Index walker = node;
  while (true) {
    if (trees_[walker].time == time_) {
      distance += trees_[walker].distance;
      break;
    }
    const std::uint8_t up = trees_[walker].parent;
    ++distance;
    if (up == Terminal) {
      trees_[walker].time = time_;
      trees_[walker].distance = 1;
      break;
    }
    if (up == Orphan) {
      return kUnreachable;
    }
    walker = at(walker, up);
  }
  std::uint32_t left = distance;
  for (walker = node; trees_[walker].time != time_; walker = at(walker, trees_[walker].parent)) {
    trees_[walker].time = time_;
    trees_[walker].distance = left--;
  }
  return distance;
}

void GridCut::adopt(Index node) {
  const bool is_second = trees_[node].is_second;
  std::uint32_t nearest = kUnreachable;
  std::uint8_t parent = None;
  for (std::size_t direction = 0; direction < kDirections; ++direction) {
    const Index other = at(node, direction);
    const Branch neighbour = trees_[other];
    if (neighbour.parent == None || neighbour.is_second != is_second ||
        !can_flow(other, direction ^ 1U, is_second)) {
      continue;
    }
    const std::uint32_t distance = distance_to_root(other);
    if (distance < nearest) {
      nearest = distance;
      parent = static_cast<std::uint8_t>(direction);
    }
  }
  trees_[node].parent = parent;
  if (parent == None) {
    free_node(node);
  } else {
    trees_[node].time = time_;
    trees_[node].distance = nearest + 1;
  }
}

// Of a node that no root reaches any more: its neighbours may grow into it, and its children are
// orphans.
void GridCut::free_node(Index node) {
  const bool is_second = trees_[node].is_second;
  for (std::size_t direction = 0; direction < kDirections; ++direction) {
    const Index other = at(node, direction);
    if (trees_[other].parent == None || trees_[other].is_second != is_second) {
      continue;
    }
    if (can_flow(other, direction ^ 1U, is_second)) {
      activate(other);
    }
    if (trees_[other].parent == (direction ^ 1U)) {
      make_orphan(other);
    }
  }
}

}  // namespace truce::separation
