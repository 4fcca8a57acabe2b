// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/facts/fact.h"

namespace truce::monitor::internal {

/// See Replay::assumptions.
std::vector<std::string> assumptions_of(const agreement::Agreement& agreement,
                                        const facts::Evidence& evidence);

}  // namespace truce::monitor::internal
