// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace truce::separation {

/// The cheapest way to part the cells of a grid into two: an exact minimum s-t cut, in which each
/// cell may pull to a side and each pair of neighbours, of which a cell has eight, may hold
/// together. After a solve, pulls may change, and the next solve goes on from the last one. Cells
/// are counted by row from the south, then from the west. Method: docs/methods/separation.md.
class GridCut {
 public:
  // Each even one, and after it the opposite one.
  enum Direction : std::uint8_t {
    East,
    West,
    North,
    South,
    NorthEast,
    SouthWest,
    NorthWest,
    SouthEast
  };
  static constexpr std::size_t kDirections = 8;
  // The most that two neighbours may hold together, and that a cell may pull.
  static constexpr std::int32_t kStrongest = 1 << 27;
  // A pull that outweighs all the neighbours of a cell: it stays on its side.
  static constexpr std::int32_t kFixed = (1 << 30) + (1 << 29);

  /// At most 2^31 cells with a margin of one around them. Takes 61 bytes for each cell.
  GridCut(std::size_t columns, std::size_t rows);

  [[nodiscard]] std::size_t columns() const { return columns_; }
  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] std::size_t cells() const { return columns_ * rows_; }

  /// What it costs to part the cell from its neighbour, which must exist: 0 to kStrongest, the same
  /// both ways. Only before the first solve.
  void set_hold(std::size_t cell, Direction direction, std::int32_t cost);
  /// What it costs to leave the cell to the other side: to the second where the pull is above 0, to
  /// the first where it is below. From -kFixed to kFixed.
  void set_pull(std::size_t cell, std::int32_t pull);

  void solve();

  /// After solve(): whether the cell is of the first side. Of all cheapest partings this is the one
  /// in which the first side has fewest cells, so it does not depend on earlier solves.
  [[nodiscard]] bool is_first(std::size_t cell) const;
  /// What the parting costs, added up anew from holds and pulls.
  [[nodiscard]] std::int64_t cost() const;
  [[nodiscard]] std::int32_t hold(std::size_t cell, Direction direction) const;
  [[nodiscard]] std::int32_t pull(std::size_t cell) const { return nodes_[index_of(cell)].pull; }

 private:
  using Index = std::uint32_t;

  // What may still flow to the neighbour in each direction.
  using Residual = std::array<std::int32_t, kDirections>;
  struct Node {
    // What may still flow from the first terminal, or, below 0, to the second.
    std::int64_t terminal = 0;
    std::int32_t pull = 0;
    // Of the queue of active nodes; 0: not in it, itself: the last.
    Index next = 0;
  };
  enum Parent : std::uint8_t { Terminal = 8, Orphan = 9, None = 10 };
  // Where a node is in a tree. Apart from the rest and small, since ways to the root are walked
  // more than anything else is done.
  struct Branch {
    // When the distance to the root was last known to hold, and that distance.
    std::uint32_t time = 0;
    std::uint32_t distance = 0;
    // A direction, or one of those above.
    std::uint8_t parent = None;
    bool is_second = false;
  };
  // An edge of a path that flow is pushed along, up to the node or down from it.
  struct Step {
    std::int32_t* along;
    std::int32_t* against;
    Index node;
  };
  static constexpr std::uint32_t kUnreachable = 0xFFFFFFFF;

  [[nodiscard]] Index index_of(std::size_t cell) const;
  [[nodiscard]] Index node_at(std::size_t row, std::size_t column) const {
    return static_cast<Index>(row * stride_ + column);
  }
  [[nodiscard]] Index at(Index node, std::size_t direction) const {
    return node + offsets_[direction];
  }
  [[nodiscard]] bool can_flow(Index node, std::size_t direction, bool is_second) const;

  void flow_at_first();
  void flow_along_rows();
  void flow_upwards(Direction direction, std::vector<std::int32_t>& carried);
  void hand_over(Index node, std::size_t direction);
  void gather();
  [[nodiscard]] std::int32_t handed_on(Index node, std::size_t direction,
                                       std::int32_t carried) const;
  std::int32_t settle(Index node, std::size_t direction, std::int32_t carried, std::int32_t used);
  void start();
  void take_up_changes();
  void root(Index node);
  void activate(Index node);
  Index next_active();
  void grow_from(Index node);
  void augment(Index first, std::size_t direction);
  Index find_path(Index node, bool is_second, std::int64_t& flow);
  void make_orphan(Index node);
  void adopt_orphans();
  void adopt(Index node);
  [[nodiscard]] std::uint32_t distance_to_root(Index node);
  void free_node(Index node);

  std::size_t columns_;
  std::size_t rows_;
  std::size_t stride_;
  // Modulo 2^32.
  std::array<Index, kDirections> offsets_{};
  // With a margin of one cell, towards which nothing flows.
  std::vector<Node> nodes_;
  std::vector<Residual> residuals_;
  std::vector<bool> is_marked_;
  std::vector<Step> path_;
  std::vector<Branch> trees_;
  std::vector<Index> marked_;
  std::vector<Index> orphans_;
  std::size_t next_orphan_ = 0;
  std::array<Index, 2> queue_first_{};
  std::array<Index, 2> queue_last_{};
  std::uint32_t time_ = 0;
  bool is_started_ = false;
};

}  // namespace truce::separation
