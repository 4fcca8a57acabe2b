// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "truce/agreement/internal/context.h"

namespace truce::agreement::internal {

/// The bracket of that node; entered into the agreement when first seen, alternatives included.
BracketId bracket_of(Context& context, NodeView bracket);

/// The alternative taken for the bracket by the lifting around it, if any.
std::optional<std::uint32_t> chosen_alternative(const Context& context, BracketId bracket);

/// The content of an alternative; empty for `none` and for what could not be read.
std::optional<NodeView> content_of(NodeView alternative);

/// The brackets in a node that stand in no other bracket. Those inside are reported.
std::vector<NodeView> brackets_in(Context& context, NodeView node);

/// Calls `build(only_in)` once for each alternative of the bracket in `node`, with the alternative
/// taken, leaving out `none`; once with an empty `only_in` when there is no bracket. Two brackets
/// in one node are reported; the second then stands for its first alternative.
template <typename Build>
void lift(Context& context, NodeView node, const Build& build) {
  // Inside a passage that is lifted already, its alternatives are settled one by one.
  const std::vector<NodeView> found =
      context.chosen.empty() ? brackets_in(context, node) : std::vector<NodeView>();
  if (found.empty()) {
    build(std::optional<AlternativeRef>());
    return;
  }
  if (found.size() > 1) {
    context.report({.kind = diagnostics::Kind::SeveralBrackets,
                    .span = found[1].span(),
                    .labels = {{found[1].span(), "a second bracket", true},
                               {found[0].span(), "the first", false}}});
  }
  const BracketId id = bracket_of(context, found[0]);
  const std::vector<NodeView> alternatives = found[0].children(NodeKind::Alternative);
  for (std::uint32_t i = 0; i < alternatives.size(); ++i) {
    if (content_of(alternatives[i]).has_value()) {
      context.chosen.emplace_back(id, i);
      build(std::optional<AlternativeRef>({id, i}));
      context.chosen.pop_back();
    }
  }
}

/// The node that stands for `node` once the bracket in its place is settled: the node itself when
/// it holds no bracket, otherwise the content of the alternative taken around it, or of the first
/// where none is taken, which is reported. Empty when the content is missing or could not be read.
std::optional<NodeView> settled(Context& context, NodeView node);

}  // namespace truce::agreement::internal
