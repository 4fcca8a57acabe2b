// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "truce/packages/frontier.h"

namespace truce::packages::internal {

constexpr std::uint32_t kNowhere = 0xFFFFFFFFU;

/// Where choosing an option leads, and which conditional values are thereby fulfilled.
struct Edge {
  // A node of the next layer; kNowhere where a constraint cannot hold any more.
  std::uint32_t to = kNowhere;
  // An entry of Diagram::fulfilled.
  std::uint32_t fulfilled = 0;
};

struct Layer {
  std::size_t nodes = 0;
  std::size_t options = 0;
  // For node n and option o: edges[n * options + o].
  std::vector<Edge> edges;
};

/// Every feasible package is a path from the one node of the first layer; what can still hold in
/// the same way is one node. Layer i settles issue i.
struct Diagram {
  std::vector<Layer> layers;
  // Sets of conditional values, numbered through all parties in order; the first one is empty.
  std::vector<std::vector<std::uint32_t>> fulfilled;
};

/// None where it would have more than `limits.nodes` nodes, or somebody stopped it.
std::optional<Diagram> make_diagram(const Game& game, const SearchLimits& limits);

/// How many feasible packages there are.
Integer count_paths(const Diagram& diagram);

}  // namespace truce::packages::internal
