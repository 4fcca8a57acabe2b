// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "truce/agreement/agreement.h"
#include "truce/facts/fact.h"
#include "truce/facts/verdict.h"

namespace truce::semantics {

/// The verdicts of `agreement`, which must have no brackets (see agreement::in_reading), on
/// `evidence`, by the definitions of docs/language/meaning.md and nothing else. Slow on purpose:
/// every combination of alternatives and every instant that matters is tried one by one.
facts::Verdicts evaluate(const agreement::Agreement& agreement, const facts::Evidence& evidence);

}  // namespace truce::semantics
