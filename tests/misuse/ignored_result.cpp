// SPDX-License-Identifier: Apache-2.0
// An operation that can fail must be looked at.
// EXPECT: unused-result|nodiscard
#include "truce/base/result.h"

truce::base::Result<void> save();

bool save_all() {
#ifdef TRUCE_MISUSE
  save();
#endif
  return save().has_value();
}
