// SPDX-License-Identifier: Apache-2.0
// What flows along straight chains of cells, before any tree is grown. The greatest flow of a chain
// is found by going along it once, carrying what is left over, and back once, seeing what of it was
// used. That is a third of the flow of a front, in a few passes over memory in order.
#include <algorithm>
#include <cstdlib>
#include <vector>

#include "truce/separation/grid_cut.h"

namespace truce::separation {
namespace {

bool is_opposite(std::int64_t a, std::int64_t b) { return (a < 0 && b > 0) || (a > 0 && b < 0); }

}  // namespace

// One cell of the way there: what it hands on to the next one, above 0 as supply, below as demand.
std::int32_t GridCut::handed_on(Index node, std::size_t direction, std::int32_t carried) const {
  const std::int64_t left = carried + nodes_[node].terminal;
  return static_cast<std::int32_t>(
      left > 0 ? std::min<std::int64_t>(left, residuals_[node][direction])
               : -std::min<std::int64_t>(-left, residuals_[at(node, direction)][direction ^ 1U]));
}

// One cell of the way back: settles what it gave or took itself, given how much of what it handed
// on was used; what flows to it from the one before.
std::int32_t GridCut::settle(Index node, std::size_t direction, std::int32_t carried,
                             std::int32_t used) {
  std::int64_t& own = nodes_[node].terminal;
  std::int64_t flow = 0;
  if (!is_opposite(carried, own)) {
    const std::int64_t given = std::clamp<std::int64_t>(used, std::min<std::int64_t>(own, 0),
                                                        std::max<std::int64_t>(own, 0));
    own -= given;
    flow = used - given;
  } else if (std::abs(std::int64_t{carried}) > std::abs(own)) {
    flow = used - own;
    own = 0;
  } else {
    flow = carried;
    own += flow - used;
  }
  if (flow != 0) {
    const auto amount = static_cast<std::int32_t>(flow);
    residuals_[node][direction ^ 1U] += amount;
    residuals_[at(node, direction ^ 1U)][direction] -= amount;
  }
  return static_cast<std::int32_t>(flow);
}

void GridCut::flow_along_rows() {
  std::vector<std::int32_t> carried(columns_ + 2);
  for (std::size_t row = 1; row <= rows_; ++row) {
    for (std::size_t column = 1; column <= columns_; ++column) {
      carried[column + 1] = handed_on(node_at(row, column), East, carried[column]);
    }
    std::int32_t used = 0;
    for (std::size_t column = columns_; column > 0; --column) {
      used = settle(node_at(row, column), East, carried[column], used);
    }
    carried[1] = 0;
  }
}

// Along a direction that leads from each row to the next one north: all chains at a time, row by
// row, so that memory is read in order.
void GridCut::flow_upwards(Direction direction, std::vector<std::int32_t>& carried) {
  std::fill(carried.begin(), carried.end(), 0);
  for (std::size_t row = 1; row <= rows_; ++row) {
    for (std::size_t column = 1; column <= columns_; ++column) {
      const auto node = node_at(row, column);
      carried[at(node, direction)] = handed_on(node, direction, carried[node]);
    }
  }
  // From here on what was used stands where it was carried to; nothing goes out of the grid.
  for (std::size_t row = rows_; row > 0; --row) {
    for (std::size_t column = 1; column <= columns_; ++column) {
      const auto node = node_at(row, column);
      carried[node] = settle(node, direction, carried[node], carried[at(node, direction)]);
    }
  }
}

// Moves what a cell has over, supply or demand, to its neighbour as far as there is room.
void GridCut::hand_over(Index node, std::size_t direction) {
  std::int64_t& own = nodes_[node].terminal;
  if (own == 0 || std::abs(own) > kStrongest) {
    return;
  }
  const Index other = at(node, direction);
  std::int32_t& there = residuals_[node][direction];
  std::int32_t& back = residuals_[other][direction ^ 1U];
  const auto flow = static_cast<std::int32_t>(own > 0 ? std::min<std::int64_t>(own, there)
                                                      : std::max<std::int64_t>(own, -back));
  there -= flow;
  back += flow;
  own -= flow;
  nodes_[other].terminal += flow;
}

// Brings what the cells of each small block have over to its middle: the trees then have few strong
// roots instead of many weak ones, and each path carries more.
void GridCut::gather() {
  constexpr std::size_t kBlock = 8;
  for (std::size_t south = 1; south <= rows_; south += kBlock) {
    const std::size_t north = std::min(south + kBlock - 1, rows_);
    const std::size_t middle_row = (south + north) / 2;
    for (std::size_t west = 1; west <= columns_; west += kBlock) {
      const std::size_t east = std::min(west + kBlock - 1, columns_);
      const std::size_t middle = (west + east) / 2;
      for (std::size_t row = south; row <= north; ++row) {
        for (std::size_t column = west; column < middle; ++column) {
          hand_over(node_at(row, column), East);
        }
        for (std::size_t column = east; column > middle; --column) {
          hand_over(node_at(row, column), West);
        }
      }
      for (std::size_t row = south; row < middle_row; ++row) {
        hand_over(node_at(row, middle), North);
      }
      for (std::size_t row = north; row > middle_row; --row) {
        hand_over(node_at(row, middle), South);
      }
    }
  }
}

void GridCut::flow_at_first() {
  flow_along_rows();
  std::vector<std::int32_t> carried(nodes_.size());
  for (const Direction direction : {North, NorthEast, NorthWest}) {
    flow_upwards(direction, carried);
  }
  gather();
}

}  // namespace truce::separation
