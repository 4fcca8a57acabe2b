// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "truce/agreement/agreement.h"

namespace truce::analysis::internal {

/// Readings of a text with several disputed passages in which, together with `whole`, any two of
/// its passages stand as anybody wrote them; never all readings, of which there may be two to the
/// power of the passages. None where there is one passage. At most `most`.
std::vector<agreement::Reading> mixes(const agreement::Agreement& agreement,
                                      const std::vector<agreement::Reading>& whole,
                                      std::size_t most);
/// Whether these are all the readings there are.
bool are_all(const agreement::Agreement& agreement, const std::vector<agreement::Reading>& some);

}  // namespace truce::analysis::internal
