// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>
#include <vector>

#include "truce/agreement/internal/context.h"

namespace truce::agreement::internal {

/// The nodes behind what was declared, in order, for the pass that reads their contents.
struct Declared {
  std::vector<std::pair<NodeView, ActorId>> actors;
  std::vector<std::pair<NodeView, PlaceId>> places;
  std::vector<std::pair<NodeView, KindId>> kinds;
  std::vector<std::pair<NodeView, SituationId>> situations;
  std::vector<std::pair<NodeView, MomentId>> moments;
  std::vector<std::pair<NodeView, ClauseId>> clauses;
  std::vector<NodeView> local_truces;
  std::vector<NodeView> confidential_annexes;
  std::vector<NodeView> harms;
  std::vector<NodeView> scenarios;
  std::vector<NodeView> acceptances;
};

/// First pass: the names of everything, the title, the clock and the days. Names that are taken
/// are reported and their declarations left out. In a companion only what it may hold is declared.
void declare_names(Context& context, NodeView document, bool is_companion, Declared& declared);
/// Whether the text is a companion that is read without its agreement, which is then reported.
bool is_lone_companion(Context& context, NodeView document);
/// Whether an agreement has somebody whom it binds and something that it asks; reported if not.
void check_binds(Context& context, NodeView document);
/// Whether the text has a header and, where it is an agreement, what a header must say.
void check_header(Context& context, NodeView document, bool is_companion);

/// Second pass.
void resolve_header(Context& context, NodeView document);
/// The parameters, with what is set for them.
void resolve_parameters(Context& context, NodeView document);
void resolve_actors(Context& context, const Declared& declared);
void resolve_kinds(Context& context, const Declared& declared);
void resolve_places(Context& context, const Declared& declared);
void resolve_situations(Context& context, const Declared& declared);
void resolve_moments(Context& context, const Declared& declared);
void resolve_parts(Context& context, const Declared& declared);
void resolve_clauses(Context& context, const Declared& declared);
void resolve_companion(Context& context, const Declared& declared);

}  // namespace truce::agreement::internal
