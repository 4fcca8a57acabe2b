// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "truce/base/quantity.h"
#include "truce/base/result.h"

namespace truce::geometry {

/// Where something lies with respect to an area: `Either` when it could be in or out.
enum class Containment : std::uint8_t { Inside, Outside, Either };

/// A place known to within `radius`: it lies somewhere in the disc. Radius 0 is an exact point.
struct Disc {
  base::Point centre;
  base::Metres radius;

  friend auto operator<=>(const Disc&, const Disc&) = default;
};

/// The outer ring first, then the holes; a ring need not repeat its first point.
using Ring = std::vector<base::Point>;
using Polygon = std::vector<Ring>;
using Polyline = std::vector<base::Point>;

/// A part of the Earth: areas, lines, points, all within a distance of another region, unions and
/// differences of regions. Immutable, cheap to copy, thread-safe.
class Region {
 public:
  /// The points inside any of the polygons. Fails with InvalidArgument for fewer than three
  /// corners, a ring that crosses or touches itself or another, a hole outside its outer ring, an
  /// edge across the date line or a pole, or no polygon; the message says where.
  static base::Result<Region> area(const std::vector<Polygon>& polygons);
  /// Fails with InvalidArgument for a line of fewer than two points or across the date line.
  static base::Result<Region> lines(const std::vector<Polyline>& lines);
  static base::Result<Region> points(const std::vector<base::Point>& points);
  /// Every point no farther than `distance` from `region`, geodesic.
  static Region within(base::Metres distance, const Region& region);
  static Region union_of(const std::vector<Region>& regions);
  static Region difference(const Region& region, const Region& without);

  /// Where the disc lies: exact for areas, lines and points; for `within`, unions, differences and
  /// areas whose polygons share a border `Either` may be given where all together would decide it.
  /// A point on a border is inside.
  [[nodiscard]] Containment contains(const Disc& disc) const;
  /// Where all of a box of latitudes and longitudes lies: Inside when all of it is, Outside when
  /// none is; Either also where that would cost too much to know. The box has its west west of its
  /// east.
  [[nodiscard]] Containment contains_box(base::Point south_west, base::Point north_east) const;
  /// A region that has the same points in the box, made of no more parts than lie there: cheaper to
  /// ask about points of the box. The region itself where that is all of it.
  [[nodiscard]] Region only_near(base::Point south_west, base::Point north_east) const;
  /// The geodesic distance to the nearest point of the region, 0 inside; for a difference, to what
  /// may be a point that was taken away, so never too far. Infinite for an empty union.
  [[nodiscard]] base::Metres distance_to(base::Point point) const;
  /// How this region lies in `other`: Inside when all of it is, Outside when none is, to within a
  /// metre at borders; Either also when the comparison would cost too much.
  [[nodiscard]] Containment lies_in(const Region& other) const;
  /// The rings and lines to draw; for `within` the outline of the belt to about one part in 100.
  [[nodiscard]] std::vector<Polygon> outlines() const;
  [[nodiscard]] std::vector<Polyline> drawn_lines() const;
  /// Rings among which all of the border is, and more: of a difference those of both regions. Empty
  /// where a line or points are part of it.
  [[nodiscard]] std::vector<Polygon> borders() const;

 private:
  class Impl;
  explicit Region(std::shared_ptr<const Impl> impl);

  std::shared_ptr<const Impl> impl_;
};

/// The geodesic distance on the WGS 84 ellipsoid. Source: Karney 2013, by GeographicLib.
base::Metres distance(base::Point from, base::Point to);

/// The distance on a flat map that is true to scale about `latitude`: a degree of latitude has
/// 110.574 km, one of longitude 111.320 km times the cosine of `latitude`. Good to about one part
/// in a hundred for points within 50 km of it.
base::Metres planar_distance(base::Point from, base::Point to, base::Latitude latitude);

}  // namespace truce::geometry
