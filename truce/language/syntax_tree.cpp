// SPDX-License-Identifier: Apache-2.0
#include "truce/language/syntax_tree.h"

#include <iterator>
#include <utility>

#include "truce/base/check.h"

namespace truce::language {
namespace {

constexpr std::string_view kProductions[] = {
#define TRUCE_NODE(name, production) production,
#include "truce/language/node_kinds.def"
#undef TRUCE_NODE
};

// Without the opening and the closing sign; the closing one may be missing.
std::string_view without_signs(std::string_view text, std::string_view open,
                               std::string_view close) {
  if (text.starts_with(open)) {
    text.remove_prefix(open.size());
  }
  if (text.ends_with(close)) {
    text.remove_suffix(close.size());
  }
  return text;
}

constexpr std::string_view kCurvedQuotes[] = {"“", "”", "„", "‟"};

std::string unquoted(std::string_view text) {
  for (const std::string_view open : kCurvedQuotes) {
    if (!text.starts_with(open)) {
      continue;
    }
    text.remove_prefix(open.size());
    for (const std::string_view close : {kCurvedQuotes[0], kCurvedQuotes[1], kCurvedQuotes[2],
                                         kCurvedQuotes[3], std::string_view("\"")}) {
      if (text.ends_with(close)) {
        return std::string(text.substr(0, text.size() - close.size()));
      }
    }
  }
  text = without_signs(text, "\"", "\"");
  std::string value;
  for (std::size_t at = 0; at < text.size(); ++at) {
    value += text[at];
    if (text[at] == '"' && at + 1 < text.size() && text[at + 1] == '"') {
      ++at;
    }
  }
  return value;
}

}  // namespace

std::string_view production_name(NodeKind kind) {
  const auto index = static_cast<std::size_t>(kind);
  TRUCE_CHECK(index < std::size(kProductions), "every kind of node has a production");
  return kProductions[index];
}

SyntaxTree::SyntaxTree(base::SourceText text, std::uint32_t source, std::vector<Token> tokens)
    : text_(std::move(text)), source_(source), tokens_(std::move(tokens)) {}

NodeView SyntaxTree::root() const { return NodeView(*this, root_); }

std::string_view SyntaxTree::token_text(std::uint32_t token) const {
  return text_.slice(token_span(token));
}

base::Span SyntaxTree::token_span(std::uint32_t token) const {
  return {source_, tokens_[token].begin, tokens_[token].end};
}

std::string_view SyntaxTree::meant_text(std::uint32_t token) const {
  const auto mended = mended_.find(token);
  return mended == mended_.end() ? token_text(token) : std::string_view(mended->second);
}

base::Span NodeView::span() const {
  const SyntaxTree::Node& here = node();
  if (here.first_token == here.token_end) {
    const std::uint32_t begin = tree_->tokens()[here.first_token].begin;
    return {tree_->source(), begin, begin};
  }
  return {tree_->source(), tree_->tokens()[here.first_token].begin,
          tree_->tokens()[here.token_end - 1].end};
}

std::vector<NodeView> NodeView::children() const {
  std::vector<NodeView> found;
  for (std::uint32_t at = 0; at < node().child_count; ++at) {
    const Element& element = tree_->elements()[node().first_child + at];
    if (!element.is_token) {
      found.emplace_back(*tree_, element.index);
    }
  }
  return found;
}

std::vector<NodeView> NodeView::children(NodeKind kind) const {
  std::vector<NodeView> found;
  for (std::uint32_t at = 0; at < node().child_count; ++at) {
    const Element& element = tree_->elements()[node().first_child + at];
    if (!element.is_token && tree_->nodes()[element.index].kind == kind) {
      found.emplace_back(*tree_, element.index);
    }
  }
  return found;
}

std::optional<NodeView> NodeView::child(NodeKind kind) const {
  for (std::uint32_t at = 0; at < node().child_count; ++at) {
    const Element& element = tree_->elements()[node().first_child + at];
    if (!element.is_token && tree_->nodes()[element.index].kind == kind) {
      return NodeView(*tree_, element.index);
    }
  }
  return std::nullopt;
}

std::vector<std::uint32_t> NodeView::own_tokens() const {
  std::vector<std::uint32_t> found;
  for (std::uint32_t at = 0; at < node().child_count; ++at) {
    const Element& element = tree_->elements()[node().first_child + at];
    if (element.is_token) {
      found.push_back(element.index);
    }
  }
  return found;
}

bool NodeView::has_word(std::string_view text) const {
  for (const std::uint32_t token : own_tokens()) {
    if (tree_->meant_text(token) == text) {
      return true;
    }
  }
  return false;
}

std::optional<std::uint32_t> NodeView::token(TokenKind kind) const {
  for (const std::uint32_t token : own_tokens()) {
    if (tree_->tokens()[token].kind == kind) {
      return token;
    }
  }
  return std::nullopt;
}

std::string_view NodeView::token_text(TokenKind kind) const {
  const std::optional<std::uint32_t> found = token(kind);
  return found.has_value() ? tree_->token_text(*found) : std::string_view();
}

std::string NodeView::name(base::Span* span) const {
  std::string text;
  for (const std::uint32_t token : own_tokens()) {
    const TokenKind kind = tree_->tokens()[token].kind;
    const std::string_view meant = tree_->meant_text(token);
    // A word in lower case that was read as a name has a capital in what was meant.
    const bool is_mended = kind == TokenKind::Word && meant != tree_->token_text(token) &&
                           tree_->is_mended_name(token);
    const bool is_mended_away = kind == TokenKind::Name && meant != tree_->token_text(token);
    const bool belongs =
        (kind == TokenKind::Name && !is_mended_away) || kind == TokenKind::QuotedName || is_mended;
    if (!belongs) {
      if (!text.empty()) {
        break;
      }
      continue;
    }
    if (span != nullptr) {
      const base::Span here = tree_->token_span(token);
      *span = text.empty() ? here : base::join(*span, here);
    }
    text += text.empty() ? "" : " ";
    text += kind == TokenKind::QuotedName ? without_signs(meant, "«", "»") : meant;
  }
  return text;
}

std::optional<std::string> NodeView::string() const {
  const std::optional<std::uint32_t> found = token(TokenKind::String);
  if (!found.has_value()) {
    return std::nullopt;
  }
  return unquoted(tree_->token_text(*found));
}

namespace {

// The significant tokens of a tree, numbered in order; trivia have no number.
std::vector<std::uint32_t> numbers_without_trivia(const SyntaxTree& tree) {
  std::vector<std::uint32_t> numbers;
  numbers.reserve(tree.tokens().size());
  std::uint32_t next = 0;
  for (const Token& token : tree.tokens()) {
    numbers.push_back(next);
    next += is_trivia(token.kind) ? 0 : 1;
  }
  return numbers;
}

}  // namespace

bool same_structure(const SyntaxTree& first, const SyntaxTree& second) {
  if (first.nodes().size() != second.nodes().size() ||
      first.elements().size() != second.elements().size()) {
    return false;
  }
  const std::vector<std::uint32_t> numbers = numbers_without_trivia(first);
  const std::vector<std::uint32_t> others = numbers_without_trivia(second);
  // Nodes are numbered in the order of their ends, so equal structure means equal numbers.
  for (std::size_t at = 0; at < first.nodes().size(); ++at) {
    const SyntaxTree::Node& a = first.nodes()[at];
    const SyntaxTree::Node& b = second.nodes()[at];
    if (a.kind != b.kind || a.child_count != b.child_count || a.first_child != b.first_child) {
      return false;
    }
  }
  for (std::size_t at = 0; at < first.elements().size(); ++at) {
    const Element& a = first.elements()[at];
    const Element& b = second.elements()[at];
    if (a.is_token != b.is_token || (!a.is_token && a.index != b.index)) {
      return false;
    }
    if (a.is_token && (numbers[a.index] != others[b.index] ||
                       first.tokens()[a.index].kind != second.tokens()[b.index].kind ||
                       first.token_text(a.index) != second.token_text(b.index))) {
      return false;
    }
  }
  return true;
}

}  // namespace truce::language
