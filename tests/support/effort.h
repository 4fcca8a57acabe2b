// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace truce::testing {

/// How many of `count` random cases are tried: all, or with sanitizers a fifth. Those look for
/// faults of memory, which show in few cases; that the answers are right is shown without them.
constexpr std::uint64_t cases(std::uint64_t count) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return count / 5;
#else
  return count;
#endif
}

}  // namespace truce::testing
