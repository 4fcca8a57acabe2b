// SPDX-License-Identifier: Apache-2.0
// Latitude and longitude cannot change places.
// EXPECT: could not convert|cannot convert|no viable conversion
#include "truce/base/quantity.h"

truce::base::Point aleppo() {
#ifdef TRUCE_MISUSE
  return {truce::base::Longitude{37.16}, truce::base::Latitude{36.2}};
#else
  return {truce::base::Latitude{36.2}, truce::base::Longitude{37.16}};
#endif
}
