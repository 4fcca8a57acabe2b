// SPDX-License-Identifier: Apache-2.0
#include "truce/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace truce::base {

void check_failed(const char* condition, const char* meaning, const char* file, int line) {
  std::fprintf(stderr, "truce: internal error at %s:%d: %s (%s)\n", file, line, meaning, condition);
  std::abort();
}

}  // namespace truce::base
