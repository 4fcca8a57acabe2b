// SPDX-License-Identifier: Apache-2.0
#include "truce/talks/settle.h"

#include <algorithm>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "truce/language/format.h"
#include "truce/language/parse.h"

namespace truce::talks {
namespace {

using language::NodeKind;
using language::NodeView;
using language::SyntaxTree;
using language::Token;
using language::TokenKind;

struct Replacement {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;
};

// What stands in an alternative behind who proposes it; empty for `none`.
std::optional<base::Span> content_of(NodeView alternative) {
  const std::vector<NodeView> children = alternative.children();
  return children.size() < 2 ? std::nullopt : std::optional(children[1].span());
}

// The comments of a bracket outside of what is taken from it, each with its line end.
std::string comments_of(const SyntaxTree& tree, base::Span bracket,
                        const std::optional<base::Span>& content) {
  std::string comments;
  for (const Token& token : tree.tokens()) {
    const bool is_inside = token.begin >= bracket.begin && token.end <= bracket.end;
    const bool is_taken =
        content.has_value() && token.begin >= content->begin && token.end <= content->end;
    if (token.kind == TokenKind::Comment && is_inside && !is_taken) {
      comments +=
          fmt::format("  {}\n", tree.source_text().slice({tree.source(), token.begin, token.end}));
    }
  }
  return comments;
}

// Where the words before `offset` end, and the semicolon among them that goes with what is left
// out.
std::size_t begin_without(const SyntaxTree& tree, std::size_t offset) {
  std::size_t begin = offset;
  for (const Token& token : tree.tokens()) {
    if (token.begin >= offset) {
      break;
    }
    if (!language::is_trivia(token.kind)) {
      begin = token.kind == TokenKind::Semicolon ? token.begin : offset;
    }
  }
  return begin;
}

Replacement replacement_of(const SyntaxTree& tree, NodeView bracket, std::uint32_t chosen) {
  const base::Span span = bracket.span();
  const std::vector<NodeView> alternatives = bracket.children(NodeKind::Alternative);
  const std::optional<base::Span> content =
      chosen < alternatives.size() ? content_of(alternatives[chosen]) : std::nullopt;
  Replacement made{.begin = span.begin, .end = span.end, .text = {}};
  if (content.has_value()) {
    made.text = comments_of(tree, span, content);
    made.text += tree.source_text().slice(*content);
  } else {
    made.begin = begin_without(tree, span.begin);
    // What stood between the semicolon and the bracket stays.
    const std::string_view between = tree.source_text().slice(
        {tree.source(), static_cast<std::uint32_t>(made.begin), span.begin});
    if (between.size() > 1) {
      made.text = between.substr(1);
    }
    made.text += comments_of(tree, span, content);
  }
  return made;
}

}  // namespace

base::Result<std::string> settle(const SyntaxTree& tree, const agreement::Agreement& draft,
                                 const agreement::Reading& reading) {
  std::vector<Replacement> replacements;
  for (std::uint32_t node = 0; node < tree.nodes().size(); ++node) {
    const NodeView view(tree, node);
    if (view.kind() != NodeKind::Bracket) {
      continue;
    }
    for (std::size_t i = 0; i < draft.brackets.size() && i < reading.size(); ++i) {
      if (draft.brackets[i].span == view.span()) {
        replacements.push_back(replacement_of(tree, view, reading[i]));
      }
    }
  }
  std::sort(
      replacements.begin(), replacements.end(),
      [](const Replacement& left, const Replacement& right) { return left.begin > right.begin; });
  std::string text(tree.source_text().text());
  for (const Replacement& replacement : replacements) {
    text.replace(replacement.begin, replacement.end - replacement.begin, replacement.text);
  }
  diagnostics::Sink sink;
  const SyntaxTree settled =
      language::parse(base::SourceText(tree.source_text().name(), text), 0, sink);
  if (sink.has_errors()) {
    const diagnostics::Diagnostic first = sink.sorted().front();
    return base::Error{
        base::ErrorCode::InvalidArgument,
        fmt::format("with this package line {} is no sentence: {}; `none` cannot stand there",
                    settled.source_text().position(first.span.begin).line,
                    diagnostics::message(first))};
  }
  return language::format(settled);
}

}  // namespace truce::talks
