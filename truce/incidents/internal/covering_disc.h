// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "truce/base/quantity.h"

namespace truce::incidents {

/// A point and how far from it something may lie.
struct CoveringDisc {
  base::Point centre;
  base::Metres radius;
};

/// The smallest disc that holds every corner and every edge of the paths, to within a metre and the
/// flattening of the Earth, one part in 150. It always covers: the radius is measured on the
/// ellipsoid. Edges are straight in degrees. Does not depend on the order of the corners. There
/// must be a corner. Linear on average; see docs/methods/incidents.md.
CoveringDisc covering_disc(const std::vector<std::vector<base::Point>>& paths);

}  // namespace truce::incidents
