// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "truce/agreement/agreement.h"
#include "truce/facts/fact.h"
#include "truce/facts/verdict.h"

namespace truce::semantics {

struct EvaluateOptions {
  // Otherwise what is joined from tests of one report each stands, unknown where they leave it
  // open: enough where every report is exact, and many times faster where none is.
  bool with_worlds = true;
};

/// The verdicts of `agreement`, which must have no brackets (see agreement::in_reading), on
/// `evidence`, by the definitions of docs/language/meaning.md and nothing else. Slow on purpose:
/// every combination of alternatives and every instant that matters is tried one by one.
facts::Verdicts evaluate(const agreement::Agreement& agreement, const facts::Evidence& evidence,
                         const EvaluateOptions& options = {});

}  // namespace truce::semantics
