// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "truce/agreement/internal/context.h"

namespace truce::agreement::internal {

/// What a clause lacks, says twice or says out of place.
void check_clause(Context& context, NodeView node, const Clause& clause);

/// Circles of `despite` and `subject to`.
void check_priority(Context& context);

}  // namespace truce::agreement::internal
