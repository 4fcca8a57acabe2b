// SPDX-License-Identifier: Apache-2.0
// What the text leaves to be given when it is run.
#include "truce/agreement/internal/declarations.h"
#include "truce/agreement/internal/resolve_phrases.h"

namespace truce::agreement::internal {
namespace {

void resolve_parameter(Context& context, NodeView node) {
  Parameter parameter;
  const std::string words = own_words(node);
  parameter.name = words.substr(0, words.find(' '));
  parameter.span = word_span(node, parameter.name);
  if (parameter.name.empty()) {
    return;
  }
  const auto id = base::id_at<ParameterId>(context.agreement.parameters.size());
  const auto [known, is_new] = context.names.parameters.try_emplace(parameter.name, id);
  if (!is_new) {
    context.report({.kind = diagnostics::Kind::DuplicateName,
                    .span = parameter.span,
                    .arguments = {parameter.name},
                    .labels = {{parameter.span, "declared again here", true},
                               {context.agreement.parameters[known->second.index].span,
                                "first declared here", false}}});
    return;
  }
  if (node.has_word("file")) {
    parameter.what = Parameter::What::Places;
  } else if (number_of(node).has_value()) {
    parameter.number = whole_number(context, node);
  }
  const Settings& settings = context.surroundings.settings;
  if (const auto given = settings.find(parameter.name); given != settings.end()) {
    if (parameter.what == Parameter::What::Places) {
      parameter.places = given->second.places;
    } else if (given->second.number.has_value()) {
      parameter.number = given->second.number;
    }
  }
  context.agreement.parameters.push_back(std::move(parameter));
}

}  // namespace

void resolve_parameters(Context& context, NodeView document) {
  for (NodeView section : document.children(NodeKind::Parameters)) {
    for (NodeView node : section.children(NodeKind::Parameter)) {
      resolve_parameter(context, node);
    }
  }
}

}  // namespace truce::agreement::internal
