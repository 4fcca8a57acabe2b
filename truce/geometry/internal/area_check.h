// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "truce/base/result.h"
#include "truce/geometry/internal/grid.h"
#include "truce/geometry/region.h"

namespace truce::geometry {

/// A ring on the grid: no two neighbours are equal and the last corner is not the first again.
using GridRing = std::vector<GridPoint>;
using GridPolygon = std::vector<GridRing>;

/// The polygons on the grid. Fails with InvalidArgument for what is no area: too few corners, a
/// ring that crosses or touches itself or another, a hole outside, an edge across the date line, a
/// corner at a pole or off the globe. The message names polygon, ring and corners, all from 1.
base::Result<std::vector<GridPolygon>> check_area(const std::vector<Polygon>& polygons);

/// Whether the latitude and longitude exist; false for NaN.
bool is_on_globe(base::Point point);
/// The error for a point that is not on the globe; `where` begins the message.
base::Error off_globe(base::Point point, const std::string& where);

/// Whether an edge spans more than half the globe, and so is shorter across the date line.
bool crosses_date_line(base::Point from, base::Point to);
base::Error across_date_line(const std::string& where);

/// Where a point lies with respect to a ring. Exact.
enum class RingSide : std::uint8_t { Inside, On, Outside };
RingSide locate(GridPoint point, const GridRing& ring);

}  // namespace truce::geometry
