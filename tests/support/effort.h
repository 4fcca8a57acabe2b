// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define TRUCE_IS_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define TRUCE_IS_SANITIZED 1
#endif
#endif

namespace truce::testing {

/// How many of `count` random cases are tried: all, or with sanitizers a fifth. Those look for
/// faults of memory, which show in few cases; that the answers are right is shown without them.
constexpr std::uint64_t cases(std::uint64_t count) {
#if defined(TRUCE_IS_SANITIZED)
  return count / 5;
#else
  return count;
#endif
}

}  // namespace truce::testing
