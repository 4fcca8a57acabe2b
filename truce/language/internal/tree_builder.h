// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "truce/language/syntax_tree.h"

namespace truce::language {

/// Builds a tree from its leaves: tokens and finished nodes wait on a stack until the node around
/// them is finished. A stretch of work can be taken back.
class TreeBuilder {
 public:
  explicit TreeBuilder(SyntaxTree& tree) : tree_(&tree) {}

  /// What there is to go back to.
  struct Mark {
    std::size_t waiting = 0;
    std::size_t nodes = 0;
    std::size_t elements = 0;
  };

  void add_token(std::uint32_t token) { waiting_.push_back({true, token}); }

  /// Where a node begins, for finish().
  [[nodiscard]] std::size_t begin() const { return waiting_.size(); }

  /// Makes a node of all that waits since `begin`; nothing waits, no node.
  void finish(NodeKind kind, std::size_t begin);

  /// The node around everything, also when it is empty; `next_token` is where an empty one stands.
  void finish_root(std::uint32_t next_token);

  [[nodiscard]] Mark mark() const;
  void go_back(const Mark& mark);

  /// Notes what `token` was taken for; the parser has reported it.
  void mend(std::uint32_t token, std::string meant, bool is_name);

 private:
  void add_node(NodeKind kind, std::size_t begin, std::uint32_t next_token);

  SyntaxTree* tree_;
  std::vector<Element> waiting_;
};

}  // namespace truce::language
