// SPDX-License-Identifier: Apache-2.0
// The id of one thing is not the id of another.
// EXPECT: could not convert|cannot convert|no viable conversion|no known conversion
#include "truce/base/ids.h"

using ClauseId = truce::base::Id<struct ClauseTag>;
using PartyId = truce::base::Id<struct PartyTag>;

bool is_first(ClauseId clause) { return clause == ClauseId{0}; }

bool use() {
#ifdef TRUCE_MISUSE
  return is_first(PartyId{0});
#else
  return is_first(ClauseId{0});
#endif
}
