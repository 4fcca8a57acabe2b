// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

#include "truce/base/time.h"

namespace truce::cli::internal {

/// The time on the machine's clock.
inline base::Instant now() {
  return {std::chrono::duration_cast<std::chrono::seconds>(
              std::chrono::system_clock::now().time_since_epoch())
              .count()};
}

}  // namespace truce::cli::internal
