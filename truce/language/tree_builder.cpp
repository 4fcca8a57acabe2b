// SPDX-License-Identifier: Apache-2.0
#include "truce/language/internal/tree_builder.h"

#include <utility>

namespace truce::language {

void TreeBuilder::finish(NodeKind kind, std::size_t begin) {
  if (waiting_.size() > begin) {
    add_node(kind, begin, 0);
  }
}

void TreeBuilder::finish_root(std::uint32_t next_token) {
  add_node(NodeKind::Document, 0, next_token);
  tree_->root_ = waiting_.back().index;
}

void TreeBuilder::add_node(NodeKind kind, std::size_t begin, std::uint32_t next_token) {
  const auto first_token_of = [this](const Element& element) {
    return element.is_token ? element.index : tree_->nodes_[element.index].first_token;
  };
  const auto token_end_of = [this](const Element& element) {
    return element.is_token ? element.index + 1 : tree_->nodes_[element.index].token_end;
  };
  SyntaxTree::Node node{.kind = kind,
                        .first_child = static_cast<std::uint32_t>(tree_->elements_.size()),
                        .child_count = static_cast<std::uint32_t>(waiting_.size() - begin),
                        .first_token = next_token,
                        .token_end = next_token};
  if (node.child_count > 0) {
    node.first_token = first_token_of(waiting_[begin]);
    node.token_end = token_end_of(waiting_.back());
  }
  const auto from = waiting_.begin() + static_cast<std::ptrdiff_t>(begin);
  tree_->elements_.insert(tree_->elements_.end(), from, waiting_.end());
  waiting_.erase(from, waiting_.end());
  waiting_.push_back({false, static_cast<std::uint32_t>(tree_->nodes_.size())});
  tree_->nodes_.push_back(node);
}

TreeBuilder::Mark TreeBuilder::mark() const {
  return {waiting_.size(), tree_->nodes_.size(), tree_->elements_.size()};
}

void TreeBuilder::go_back(const Mark& mark) {
  waiting_.resize(mark.waiting);
  tree_->nodes_.resize(mark.nodes, SyntaxTree::Node{.kind = NodeKind::Error});
  tree_->elements_.resize(mark.elements);
}

void TreeBuilder::mend(std::uint32_t token, std::string meant, bool is_name) {
  tree_->mended_[token] = std::move(meant);
  if (is_name) {
    tree_->mended_names_.insert(token);
  }
}

}  // namespace truce::language
