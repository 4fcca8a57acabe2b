// SPDX-License-Identifier: Apache-2.0
// A distance and a calibre cannot be compared.
// EXPECT: no match for|invalid operands
#include "truce/base/quantity.h"

bool is_near(truce::base::Metres distance) {
#ifdef TRUCE_MISUSE
  return distance < truce::base::Millimetres{82};
#else
  return distance < truce::base::Metres{82};
#endif
}
