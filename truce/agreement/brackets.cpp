// SPDX-License-Identifier: Apache-2.0
#include "truce/agreement/internal/brackets.h"

#include "truce/agreement/internal/resolve_phrases.h"

namespace truce::agreement::internal {
namespace {

using diagnostics::Kind;

bool has_bracket_token(NodeView node) {
  const language::SyntaxTree& tree = node.tree();
  const language::SyntaxTree::Node& own = tree.nodes()[node.index()];
  for (std::uint32_t i = own.first_token; i < own.token_end; ++i) {
    if (tree.tokens()[i].kind == TokenKind::OpenBracket) {
      return true;
    }
  }
  return false;
}

// `Russian Federation` proposes two alternatives of one bracket: then neither is its own.
void check_proposers(Context& context, const Bracket& bracket) {
  std::unordered_map<std::string, base::Span> seen;
  for (const Bracket::Alternative& alternative : bracket.alternatives) {
    for (const Agent& agent : alternative.proposers) {
      const auto [place, is_new] = seen.emplace(agent.text, agent.span);
      if (!is_new) {
        context.report({.kind = Kind::ProposerTwice,
                        .span = agent.span,
                        .arguments = {agent.text},
                        .labels = {{agent.span, "proposes this too", true},
                                   {place->second, "proposes this", false}}});
      }
    }
  }
}

}  // namespace

std::optional<NodeView> content_of(NodeView alternative) {
  const std::vector<NodeView> children = alternative.children();
  if (children.size() < 2 || children[1].kind() == NodeKind::Error) {
    return std::nullopt;
  }
  return children[1];
}

BracketId bracket_of(Context& context, NodeView node) {
  const std::pair key{node.tree().source(), node.index()};
  const auto found = context.brackets.find(key);
  if (found != context.brackets.end()) {
    return found->second;
  }
  const auto id = base::id_at<BracketId>(context.agreement.brackets.size());
  context.brackets.emplace(key, id);
  Bracket bracket;
  bracket.clause = context.clause;
  bracket.span = node.span();
  for (NodeView alternative : node.children(NodeKind::Alternative)) {
    Bracket::Alternative made;
    const std::vector<NodeView> children = alternative.children();
    if (!children.empty() && children[0].kind() == NodeKind::Agents) {
      made.proposers = agents_of(context, children[0]);
    }
    made.is_none = alternative.has_word("none");
    const std::optional<NodeView> content = content_of(alternative);
    made.text = content.has_value() ? folded_text(*content) : "none";
    made.span = alternative.span();
    bracket.alternatives.push_back(std::move(made));
  }
  check_proposers(context, bracket);
  context.agreement.brackets.push_back(std::move(bracket));
  return id;
}

std::optional<std::uint32_t> chosen_alternative(const Context& context, BracketId bracket) {
  for (const auto& [id, alternative] : context.chosen) {
    if (id == bracket) {
      return alternative;
    }
  }
  return std::nullopt;
}

std::vector<NodeView> brackets_in(Context& context, NodeView node) {
  std::vector<NodeView> found;
  if (!has_bracket_token(node)) {
    return found;
  }
  struct Open {
    NodeView node;
    bool is_inside;
  };
  std::vector<Open> open{{node, false}};
  while (!open.empty()) {
    const Open next = open.back();
    open.pop_back();
    const bool is_bracket = next.node.kind() == NodeKind::Bracket;
    if (is_bracket && next.is_inside) {
      context.report(Kind::NestedBracket, next.node.span());
      continue;
    }
    if (is_bracket) {
      found.push_back(next.node);
    }
    std::vector<NodeView> children = next.node.children();
    for (auto child = children.rbegin(); child != children.rend(); ++child) {
      open.push_back({*child, next.is_inside || is_bracket});
    }
  }
  return found;
}

std::optional<NodeView> settled(Context& context, NodeView node) {
  const std::optional<NodeView> bracket = node.child(NodeKind::Bracket);
  if (!bracket.has_value()) {
    return node;
  }
  const BracketId id = bracket_of(context, *bracket);
  const std::vector<NodeView> alternatives = bracket->children(NodeKind::Alternative);
  std::optional<std::uint32_t> chosen = chosen_alternative(context, id);
  if (!chosen.has_value() && context.chosen.empty()) {
    context.report(Kind::BracketMisplaced, bracket->span());
  }
  for (std::uint32_t i = 0; i < alternatives.size() && !chosen.has_value(); ++i) {
    if (content_of(alternatives[i]).has_value()) {
      chosen = i;
    }
  }
  if (!chosen.has_value()) {
    return std::nullopt;
  }
  const std::optional<NodeView> content = content_of(alternatives[*chosen]);
  if (!content.has_value()) {
    return std::nullopt;
  }
  // Content of another kind, or a bracket once more, has been reported.
  const bool is_usable =
      content->kind() == node.kind() && !content->child(NodeKind::Bracket).has_value();
  return is_usable ? content : std::nullopt;
}

}  // namespace truce::agreement::internal
