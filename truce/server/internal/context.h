// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "truce/server/internal/edge.h"
#include "truce/server/internal/metrics.h"
#include "truce/server/limits.h"

namespace truce::server::internal {

/// What the actions work on. It outlives every request.
struct Context {
  const Limits& limits;
  Metrics metrics = {};
  // Null before the port is open.
  Edge* edge = nullptr;
};

}  // namespace truce::server::internal
