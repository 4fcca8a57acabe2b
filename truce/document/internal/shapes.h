// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "truce/encoding/json_value.h"
#include "truce/geometry/region.h"

namespace truce::document::internal {

/// `[longitude, latitude]` in degrees, rounded to a decimetre.
encoding::JsonValue to_position(base::Point point);
encoding::JsonValue to_positions(const std::vector<base::Point>& points);
/// The rings of a polygon as RFC 7946 wants them: closed, the outer one counterclockwise, holes
/// clockwise.
encoding::JsonValue to_rings(const geometry::Polygon& polygon);
/// What is drawn of a region as a GeoJSON geometry; null where nothing is.
encoding::JsonValue to_geometry(const geometry::Region& region);

}  // namespace truce::document::internal
