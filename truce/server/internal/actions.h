// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "truce/server/internal/call.h"
#include "truce/server/internal/context.h"

namespace truce::server::internal {

// One function for each route of the table.
#define TRUCE_ROUTE(action, function, ...) Response function(Context& context, const Call& call);
#include "truce/server/routes.def"
#undef TRUCE_ROUTE

/// What the link of the first administrator holds, where nobody can make users yet; empty where
/// somebody can. Fails where it cannot be written.
base::Result<std::string> first_link(Context& context);

}  // namespace truce::server::internal
