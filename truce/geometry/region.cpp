// SPDX-License-Identifier: Apache-2.0
#include "truce/geometry/region.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "truce/geometry/internal/area_check.h"
#include "truce/geometry/internal/region_impl.h"
#include "truce/geometry/internal/shape.h"

namespace truce::geometry {
namespace {

base::Error wrong(std::string message) {
  return {base::ErrorCode::InvalidArgument, std::move(message)};
}

base::Result<std::vector<GridPoint>> check_line(const Polyline& line, const std::string& name) {
  if (line.size() < 2) {
    return wrong(fmt::format("{}: a line needs two points", name));
  }
  std::vector<GridPoint> checked;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (!is_on_globe(line[at])) {
      return off_globe(line[at], fmt::format("{}, point {}", name, at + 1));
    }
    if (at > 0 && crosses_date_line(line[at - 1], line[at])) {
      return across_date_line(fmt::format("{}, the stretch from point {} to {}", name, at, at + 1));
    }
    checked.push_back(to_grid(line[at]));
  }
  return checked;
}

}  // namespace

Region::Region(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}

base::Result<Region> Region::area(const std::vector<Polygon>& polygons) {
  auto checked = check_area(polygons);
  if (!checked) {
    return checked.error();
  }
  return Region(std::make_shared<Impl>(make_leaf(Shape(std::move(checked).value()))));
}

base::Result<Region> Region::lines(const std::vector<Polyline>& lines) {
  if (lines.empty()) {
    return wrong("there is no line");
  }
  std::vector<std::vector<GridPoint>> checked;
  for (const Polyline& line : lines) {
    auto grid = check_line(line, fmt::format("line {}", checked.size() + 1));
    if (!grid) {
      return grid.error();
    }
    checked.push_back(std::move(grid).value());
  }
  return Region(std::make_shared<Impl>(make_leaf(Shape(std::move(checked)))));
}

base::Result<Region> Region::points(const std::vector<base::Point>& points) {
  if (points.empty()) {
    return wrong("there is no point");
  }
  std::vector<std::vector<GridPoint>> checked;
  for (const base::Point& point : points) {
    if (!is_on_globe(point)) {
      return off_globe(point, fmt::format("point {}", checked.size() + 1));
    }
    checked.push_back({to_grid(point)});
  }
  return Region(std::make_shared<Impl>(make_leaf(Shape(std::move(checked)))));
}

Region Region::within(base::Metres distance, const Region& region) {
  return Region(std::make_shared<Impl>(make_within(distance, region.impl_->root())));
}

Region Region::union_of(const std::vector<Region>& regions) {
  std::vector<RegionNodePtr> roots;
  roots.reserve(regions.size());
  std::transform(regions.begin(), regions.end(), std::back_inserter(roots),
                 [](const Region& region) { return region.impl_->root(); });
  return Region(std::make_shared<Impl>(make_union(std::move(roots))));
}

Region Region::difference(const Region& region, const Region& without) {
  return Region(
      std::make_shared<Impl>(make_difference(region.impl_->root(), without.impl_->root())));
}

Containment Region::contains(const Disc& disc) const { return impl_->root()->contains(disc); }

Containment Region::contains_box(base::Point south_west, base::Point north_east) const {
  return impl_->root()->contains_box(south_west, north_east);
}

Region Region::only_near(base::Point south_west, base::Point north_east) const {
  RegionNodePtr fewer = impl_->root()->only_near(south_west, north_east);
  return fewer == nullptr ? *this : Region(std::make_shared<Impl>(std::move(fewer)));
}

base::Metres Region::distance_to(base::Point point) const {
  return {std::max(impl_->root()->signed_distance(point, true).low, 0.0)};
}

Containment Region::lies_in(const Region& other) const {
  return geometry::lies_in(*impl_->root(), *other.impl_->root());
}

std::vector<Polygon> Region::outlines() const {
  std::vector<Polygon> outlines;
  std::vector<Polyline> lines;
  impl_->root()->draw(outlines, lines);
  return outlines;
}

std::vector<Polygon> Region::borders() const {
  std::vector<Polygon> rings;
  std::vector<Polyline> lines;
  impl_->root()->add_borders(rings, lines);
  return lines.empty() ? rings : std::vector<Polygon>();
}

std::vector<Polyline> Region::drawn_lines() const {
  std::vector<Polygon> outlines;
  std::vector<Polyline> lines;
  impl_->root()->draw(outlines, lines);
  return lines;
}

}  // namespace truce::geometry
