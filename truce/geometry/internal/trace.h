// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "truce/geometry/internal/region_impl.h"

namespace truce::geometry {

/// Appends the outline of `node` for drawing: the line where its signed distance is 0, found on a
/// grid over `box` whose cells are a fourth of `feature_m` or, where that is too fine, a
/// thousandth of the box. Outer rings run anticlockwise and come first, then their holes.
/// Method: marching squares, with blocks of cells that the line cannot reach left out.
void trace_outline(const RegionNode& node, const DegreeBox& box, double feature_m,
                   std::vector<Polygon>& outlines);

}  // namespace truce::geometry
