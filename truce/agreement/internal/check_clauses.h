// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "truce/agreement/internal/context.h"

namespace truce::agreement::internal {

/// What a clause lacks, says twice or says out of place.
void check_clause(Context& context, NodeView node, const Clause& clause);

/// Situations that speak of an act in question where none is.
void check_situations(Context& context);
/// Gives each `report when` the act at which it looks: that of `whenever`, or what the frequency it
/// names counts.
void complete_watches(Agreement& agreement);
/// Circles of `despite` and `subject to`.
void check_priority(Context& context);
/// Local truces that permit what the main text forbids and do not say which prevails.
void check_local_truces(Context& context);
/// Which clause takes the place of which, and who may put it there.
void check_amendments(Context& context);
/// Whether what clauses say of each other fits their forms.
void check_references(Context& context);
/// Whether the header declares the languages that clauses give texts in.
void check_languages(Context& context);

}  // namespace truce::agreement::internal
