// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace truce::base {

/// Prints where and what to standard error and ends the program. Only for TRUCE_CHECK.
[[noreturn]] void check_failed(const char* condition, const char* meaning, const char* file,
                               int line);

}  // namespace truce::base

/// An invariant of ours: on in every build. User input must never reach one.
#define TRUCE_CHECK(condition, meaning)                                       \
  do {                                                                        \
    if (!(condition)) {                                                       \
      ::truce::base::check_failed(#condition, (meaning), __FILE__, __LINE__); \
    }                                                                         \
  } while (false)
