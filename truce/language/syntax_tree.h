// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "truce/base/source_text.h"
#include "truce/language/token.h"

namespace truce::language {

/// One kind for each production of docs/language/grammar.md, `Error` for text that fits none.
enum class NodeKind : std::uint8_t {
#define TRUCE_NODE(name, production) name,
#include "truce/language/node_kinds.def"
#undef TRUCE_NODE
};

/// The name of the production, as the grammar page writes it.
std::string_view production_name(NodeKind kind);

/// A child of a node: a token or another node, by index into the tree.
struct Element {
  bool is_token = false;
  std::uint32_t index = 0;
};

class NodeView;

/// A text and its whole structure. Lossless: the tokens, trivia included, are the text. Every
/// significant token is the child of exactly one node. Immutable once parsed; views point into it.
class SyntaxTree {
 public:
  struct Node {
    NodeKind kind;
    // A range of `children`.
    std::uint32_t first_child = 0;
    std::uint32_t child_count = 0;
    // The significant tokens covered, as a range of `tokens`; empty for a node with none.
    std::uint32_t first_token = 0;
    std::uint32_t token_end = 0;
  };

  SyntaxTree(base::SourceText text, std::uint32_t source, std::vector<Token> tokens);

  [[nodiscard]] const base::SourceText& source_text() const { return text_; }
  /// The place of this text among those read together; stands in every span.
  [[nodiscard]] std::uint32_t source() const { return source_; }
  [[nodiscard]] const std::vector<Token>& tokens() const { return tokens_; }
  [[nodiscard]] const std::vector<Node>& nodes() const { return nodes_; }
  [[nodiscard]] const std::vector<Element>& elements() const { return elements_; }
  [[nodiscard]] NodeView root() const;
  [[nodiscard]] std::string_view token_text(std::uint32_t token) const;
  [[nodiscard]] base::Span token_span(std::uint32_t token) const;
  /// What the parser took the token for: another text than its own only where a slip was reported
  /// and mended, such as `shall` for `shal`.
  [[nodiscard]] std::string_view meant_text(std::uint32_t token) const;
  /// Whether a word in lower case was read as a name, which was reported.
  [[nodiscard]] bool is_mended_name(std::uint32_t token) const {
    return mended_names_.contains(token);
  }

 private:
  friend class TreeBuilder;

  base::SourceText text_;
  std::uint32_t source_ = 0;
  std::vector<Token> tokens_;
  std::vector<Node> nodes_;
  std::vector<Element> elements_;
  std::unordered_map<std::uint32_t, std::string> mended_;
  std::unordered_set<std::uint32_t> mended_names_;
  std::uint32_t root_ = 0;
};

/// A node of a tree, cheap to copy; the tree must outlive it.
class NodeView {
 public:
  NodeView(const SyntaxTree& tree, std::uint32_t index) : tree_(&tree), index_(index) {}

  [[nodiscard]] NodeKind kind() const { return node().kind; }
  [[nodiscard]] const SyntaxTree& tree() const { return *tree_; }
  [[nodiscard]] std::uint32_t index() const { return index_; }
  /// From the first to the last significant token; empty (begin == end) for a node without tokens.
  [[nodiscard]] base::Span span() const;
  /// The child nodes, in order.
  [[nodiscard]] std::vector<NodeView> children() const;
  /// The child nodes of one kind, in order.
  [[nodiscard]] std::vector<NodeView> children(NodeKind kind) const;
  /// The first child node of that kind.
  [[nodiscard]] std::optional<NodeView> child(NodeKind kind) const;
  /// The indices of the tokens that are direct children, in order (punctuation included).
  [[nodiscard]] std::vector<std::uint32_t> own_tokens() const;
  /// Whether a direct child token is the word or sign `text`, or was read as it.
  [[nodiscard]] bool has_word(std::string_view text) const;
  /// The first direct child token of that kind.
  [[nodiscard]] std::optional<std::uint32_t> token(TokenKind kind) const;
  /// The text of that token; empty when there is none.
  [[nodiscard]] std::string_view token_text(TokenKind kind) const;
  /// The name made of this node's direct NAME tokens, joined by single spaces, guillemets
  /// dropped; the name's own span in `span` when asked. Empty when there is none.
  [[nodiscard]] std::string name(base::Span* span = nullptr) const;
  /// The value of the first direct STRING token, quotes removed; empty optional when none.
  [[nodiscard]] std::optional<std::string> string() const;

  friend bool operator==(const NodeView& a, const NodeView& b) {
    return a.tree_ == b.tree_ && a.index_ == b.index_;
  }

 private:
  [[nodiscard]] const SyntaxTree::Node& node() const { return tree_->nodes()[index_]; }

  const SyntaxTree* tree_;
  std::uint32_t index_;
};

/// Whether two trees have the same nodes and the same significant tokens, spacing, line ends and
/// comments left out.
bool same_structure(const SyntaxTree& first, const SyntaxTree& second);

}  // namespace truce::language
