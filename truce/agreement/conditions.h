// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "truce/agreement/agreement.h"

namespace truce::agreement {

/// What ends the condition by being done, as an attack ends `no one attacks`; null where no act
/// does.
const Occurrence* denied_by(const Agreement& agreement, const Condition& condition);

/// Whether a situation may lift what the occurrence speaks of.
bool has_situations(const Occurrence& occurrence);

}  // namespace truce::agreement
