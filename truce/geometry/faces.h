// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "truce/geometry/region.h"

namespace truce::geometry {

/// For each of some regions whether a point lies in it.
using Face = std::vector<bool>;

/// Every combination of `regions` in which some point of the disc lies, sorted. Strips narrower
/// than two metres, a border itself among them, and beside belts than a hundredth of their width,
/// may be missed. Empty where
/// that cannot be told: where more than one region is in doubt and one of them has no area, or has
/// too many corners near the disc. O(edges² + edges × regions) of the edges near the disc.
std::optional<std::vector<Face>> faces_of(const Disc& disc,
                                          const std::vector<const Region*>& regions);

/// A point of the disc in each combination, as faces_of() finds them: of a wide one a point well
/// inside where the grid of the search meets it. Empty as faces_of().
std::optional<std::map<Face, base::Point>> points_of_faces(
    const Disc& disc, const std::vector<const Region*>& regions);

}  // namespace truce::geometry
