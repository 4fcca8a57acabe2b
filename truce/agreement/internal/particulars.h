// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "truce/agreement/internal/context.h"

namespace truce::agreement::internal {

/// Reads one particular of the clause being read and appends it to `clause`: once, or once for
/// each alternative of the bracket in it or in its place.
void read_particular(Context& context, NodeView node, Clause& clause);

/// Whether the node is one of the productions that may stand between the semicolons of a clause.
bool is_particular(NodeKind kind);

}  // namespace truce::agreement::internal
