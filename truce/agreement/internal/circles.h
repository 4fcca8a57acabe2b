// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace truce::agreement::internal {

/// For a graph given by its edges from each node: one circle for each strongly connected part that
/// has one, as its nodes in order of the edges, beginning with its least node. Parts in order of
/// that node. Linear, and not recursive.
std::vector<std::vector<std::uint32_t>> find_circles(
    const std::vector<std::vector<std::uint32_t>>& edges);

/// The nodes with every edge from a node to one that stands earlier; those on circles as well, in
/// an order that ignores the edge that closes them.
std::vector<std::uint32_t> in_order(const std::vector<std::vector<std::uint32_t>>& edges);

}  // namespace truce::agreement::internal
