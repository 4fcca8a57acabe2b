// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/facts/fact.h"
#include "truce/facts/verdict.h"

namespace truce::monitor::internal {

/// See Replay::assumptions; also what is left out of `verdicts` because there is too much of it.
std::vector<std::string> assumptions_of(const agreement::Agreement& agreement,
                                        const facts::Evidence& evidence,
                                        const facts::Verdicts& verdicts);

}  // namespace truce::monitor::internal
