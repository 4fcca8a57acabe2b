// SPDX-License-Identifier: Apache-2.0
#include "truce/agreement/from_syntax.h"

#include "truce/agreement/internal/context.h"
#include "truce/agreement/internal/declarations.h"

namespace truce::agreement {
namespace {

void add_unnamed(Agreement& agreement) {
  Actor unnamed;
  unnamed.name = "Other";
  unnamed.title = "anyone who is not named";
  unnamed.role = Actor::Role::Unnamed;
  agreement.actors.push_back(std::move(unnamed));
}

}  // namespace

Agreement from_syntax(const std::vector<const language::SyntaxTree*>& trees,
                      const Surroundings& surroundings, diagnostics::Sink& sink) {
  internal::Context context{surroundings, sink, {}, {}, {}, false, std::nullopt, {}, {}, {}};
  if (trees.empty()) {
    return {};
  }
  const language::NodeView document = trees[0]->root();
  if (document.child(language::NodeKind::VocabularyHeader).has_value()) {
    context.agreement.vocabulary = read_vocabulary(*trees[0], sink);
    context.agreement.title = context.agreement.vocabulary.name;
    return std::move(context.agreement);
  }
  context.agreement.vocabulary = surroundings.vocabulary;
  if (is_lone_companion(context, document)) {
    return std::move(context.agreement);
  }
  internal::Declared declared;
  for (std::size_t i = 0; i < trees.size(); ++i) {
    check_header(context, trees[i]->root(), i > 0);
    declare_names(context, trees[i]->root(), i > 0, declared);
  }
  add_unnamed(context.agreement);
  resolve_header(context, document);
  resolve_parameters(context, document);
  resolve_kinds(context, declared);
  context.agreement.vocabulary.relate_kinds();
  resolve_actors(context, declared);
  resolve_places(context, declared);
  resolve_situations(context, declared);
  resolve_moments(context, declared);
  resolve_parts(context, declared);
  resolve_clauses(context, declared);
  resolve_companion(context, declared);
  check_binds(context, document);
  context.missing.report(context.agreement, context.names, sink);
  return std::move(context.agreement);
}

}  // namespace truce::agreement
