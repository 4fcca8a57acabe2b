// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "truce/diagnostics/diagnostic.h"
#include "truce/talks/position.h"

namespace truce::talks::internal {

/// The bracket that a position speaks of; reports a name that fits none or several.
std::optional<std::size_t> find_issue(const PositionSyntax& position, const IssueName& name,
                                      const std::vector<BracketIssue>& issues,
                                      diagnostics::Sink& sink);

}  // namespace truce::talks::internal
