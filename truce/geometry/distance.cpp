// SPDX-License-Identifier: Apache-2.0
#include "truce/geometry/internal/ellipsoid.h"
#include "truce/geometry/region.h"

namespace truce::geometry {

base::Metres distance(base::Point from, base::Point to) { return {geodesic(from, to).length_m}; }

}  // namespace truce::geometry
