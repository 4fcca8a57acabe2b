// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "truce/agreement/agreement.h"

namespace truce::agreement::internal {

/// What each place is defined by, as positions of places.
std::vector<std::vector<std::uint32_t>> place_edges(const std::vector<Place>& places);

/// Sets the region of every place from what the annexes draw and what its terms say; leaves it
/// empty where something it needs is abstract, disputed, or defined by itself.
void compose_regions(std::vector<Place>& places);

}  // namespace truce::agreement::internal
