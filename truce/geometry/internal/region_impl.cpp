// SPDX-License-Identifier: Apache-2.0
#include "truce/geometry/internal/region_impl.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <utility>

#include "truce/geometry/internal/ellipsoid.h"
#include "truce/geometry/internal/trace.h"

namespace truce::geometry {
namespace {

// Half a turn: where two longitudes name one meridian.
constexpr double kDateLine = 180;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

// The points of a shape themselves.
class Leaf : public RegionNode {
 public:
  explicit Leaf(Shape shape) : shape_(std::move(shape)), reach_(Leaf::box()) {}

  Containment contains(const Disc& disc) const override {
    const double radius = disc.radius.value;
    if (radius <= 0 && is_apart(disc.centre, disc.centre)) {
      return Containment::Outside;
    }
    const bool is_inside = shape_.contains(to_grid(disc.centre));
    if (radius <= 0) {
      return is_inside ? Containment::Inside : Containment::Outside;
    }
    if (is_inside && !shape_.is_area()) {
      return Containment::Either;
    }
    // A disc that reaches a border from inside is inside, and from outside is not outside.
    const auto clears = [&](double distance) {
      return is_inside ? distance >= radius : distance > radius;
    };
    const DistanceBounds bounds = shape_.boundary().bounds(disc.centre);
    const bool is_clear = clears(bounds.low) ||
                          (clears(bounds.high) && clears(shape_.boundary().distance(disc.centre)));
    if (!is_clear) {
      return Containment::Either;
    }
    return is_inside ? Containment::Inside : Containment::Outside;
  }

  Containment contains_box(base::Point south_west, base::Point north_east) const override {
    if (is_apart(south_west, north_east)) {
      return Containment::Outside;
    }
    GridBox box{to_grid(south_west), to_grid(north_east)};
    if (std::abs(south_west.longitude.degrees) >= kDateLine ||
        std::abs(north_east.longitude.degrees) >= kDateLine) {
      return Containment::Either;
    }
    // A point of the box may be rounded out of it.
    --box.low.x;
    --box.low.y;
    ++box.high.x;
    ++box.high.y;
    if (shape_.may_cross(box)) {
      return Containment::Either;
    }
    return shape_.is_area() && shape_.contains(box.low) ? Containment::Inside
                                                        : Containment::Outside;
  }

  DistanceBounds signed_distance(base::Point point, bool is_exact) const override {
    const Boundary& boundary = shape_.boundary();
    DistanceBounds bounds;
    if (is_exact) {
      bounds.low = bounds.high = boundary.distance(point);
    } else {
      bounds = boundary.bounds(point);
    }
    if (!shape_.contains(to_grid(point))) {
      return bounds;
    }
    return shape_.is_area() ? DistanceBounds{-bounds.high, -bounds.low} : DistanceBounds{};
  }

  DegreeBox box() const override {
    const base::Point low = from_grid(shape_.box().low);
    const base::Point high = from_grid(shape_.box().high);
    return {low.latitude.degrees, high.latitude.degrees, low.longitude.degrees,
            high.longitude.degrees};
  }

  void collect_parts(std::vector<RegionPart>& parts) const override {
    parts.push_back({&shape_, 0, {}});
  }

  void draw(std::vector<Polygon>& outlines, std::vector<Polyline>& lines) const override {
    const auto to_points = [](const std::vector<GridPoint>& grid) {
      std::vector<base::Point> points;
      points.reserve(grid.size());
      std::transform(grid.begin(), grid.end(), std::back_inserter(points), from_grid);
      return points;
    };
    for (const GridPolygon& polygon : shape_.polygons()) {
      auto& drawn = outlines.emplace_back();
      std::transform(polygon.begin(), polygon.end(), std::back_inserter(drawn), to_points);
    }
    for (const auto& line : shape_.lines()) {
      lines.push_back(to_points(line));
    }
  }

 private:
  // Whether the box is far enough away for this to be seen without rounding to the grid.
  [[nodiscard]] bool is_apart(base::Point south_west, base::Point north_east) const {
    constexpr double kMargin = 1e-6;
    return std::max(std::abs(south_west.longitude.degrees),
                    std::abs(north_east.longitude.degrees)) < kDateLine &&
           (south_west.latitude.degrees > reach_.north + kMargin ||
            north_east.latitude.degrees < reach_.south - kMargin ||
            south_west.longitude.degrees > reach_.east + kMargin ||
            north_east.longitude.degrees < reach_.west - kMargin);
  }

  Shape shape_;
  DegreeBox reach_;
};

// Everything no farther than a distance from the child.
class Within : public RegionNode {
 public:
  Within(double distance_m, RegionNodePtr child)
      : distance_m_(distance_m), child_(std::move(child)) {}

  Containment contains(const Disc& disc) const override {
    const double radius = std::max(disc.radius.value, 0.0);
    for (const bool is_exact : {false, true}) {
      const DistanceBounds bounds = child_->signed_distance(disc.centre, is_exact);
      if (bounds.high + radius <= distance_m_) {
        return Containment::Inside;
      }
      if (bounds.low - radius > distance_m_) {
        return Containment::Outside;
      }
      // Neither can follow from better bounds, which lie between these.
      if (bounds.low + radius > distance_m_ && bounds.high - radius <= distance_m_) {
        return Containment::Either;
      }
    }
    return Containment::Either;
  }

  DistanceBounds signed_distance(base::Point point, bool is_exact) const override {
    const DistanceBounds bounds = child_->signed_distance(point, is_exact);
    return {bounds.low - distance_m_, bounds.high - distance_m_};
  }

  DegreeBox box() const override {
    DegreeBox box = child_->box();
    // A degree is shortest, in longitude, at the edge nearest a pole.
    const double margin = 1.01 * distance_m_;
    box.south = std::max(box.south - margin / 110'500, -89.9);
    box.north = std::min(box.north + margin / 110'500, 89.9);
    const double farthest = std::max(std::abs(box.south), std::abs(box.north));
    const double degree_m = degree_lengths({{farthest}, {0}}).longitude_m;
    box.west = std::max(box.west - margin / degree_m, -180.0);
    box.east = std::min(box.east + margin / degree_m, 180.0);
    return box;
  }

  void collect_parts(std::vector<RegionPart>& parts) const override {
    const std::size_t before = parts.size();
    child_->collect_parts(parts);
    for (std::size_t at = before; at < parts.size(); ++at) {
      parts[at].widened_m += distance_m_;
    }
  }

  void draw(std::vector<Polygon>& outlines, std::vector<Polyline>& lines) const override {
    static_cast<void>(lines);
    // Tracing takes long, and the outline of a belt is asked for with each doubtful place.
    std::call_once(is_traced_, [&] { trace_outline(*this, box(), distance_m_, traced_); });
    outlines.insert(outlines.end(), traced_.begin(), traced_.end());
  }

 private:
  double distance_m_;
  RegionNodePtr child_;
  mutable std::once_flag is_traced_;
  mutable std::vector<Polygon> traced_;
};

class Union : public RegionNode {
 public:
  explicit Union(std::vector<RegionNodePtr> children) : children_(std::move(children)) {}

  Containment contains(const Disc& disc) const override {
    bool is_outside = true;
    for (const RegionNodePtr& child : children_) {
      const Containment containment = child->contains(disc);
      if (containment == Containment::Inside) {
        return Containment::Inside;
      }
      is_outside = is_outside && containment == Containment::Outside;
    }
    return is_outside ? Containment::Outside : Containment::Either;
  }

  Containment contains_box(base::Point south_west, base::Point north_east) const override {
    bool is_outside = true;
    for (const RegionNodePtr& child : children_) {
      const Containment containment = child->contains_box(south_west, north_east);
      if (containment == Containment::Inside) {
        return Containment::Inside;
      }
      is_outside = is_outside && containment == Containment::Outside;
    }
    return is_outside ? Containment::Outside : Containment::Either;
  }

  RegionNodePtr only_near(base::Point south_west, base::Point north_east) const override {
    std::vector<RegionNodePtr> near;
    bool is_all = true;
    for (const RegionNodePtr& child : children_) {
      if (child->contains_box(south_west, north_east) == Containment::Outside) {
        is_all = false;
        continue;
      }
      RegionNodePtr fewer = child->only_near(south_west, north_east);
      is_all = is_all && fewer == nullptr;
      near.push_back(fewer == nullptr ? child : fewer);
    }
    return is_all ? nullptr : std::make_shared<Union>(std::move(near));
  }

  DistanceBounds signed_distance(base::Point point, bool is_exact) const override {
    DistanceBounds nearest{kInfinity, kInfinity};
    for (const RegionNodePtr& child : children_) {
      const DistanceBounds bounds = child->signed_distance(point, is_exact);
      nearest.low = std::min(nearest.low, bounds.low);
      nearest.high = std::min(nearest.high, bounds.high);
    }
    return nearest;
  }

  DegreeBox box() const override {
    DegreeBox box;
    for (const RegionNodePtr& child : children_) {
      box.add(child->box());
    }
    return box;
  }

  void collect_parts(std::vector<RegionPart>& parts) const override {
    for (const RegionNodePtr& child : children_) {
      child->collect_parts(parts);
    }
  }

  void draw(std::vector<Polygon>& outlines, std::vector<Polyline>& lines) const override {
    for (const RegionNodePtr& child : children_) {
      child->draw(outlines, lines);
    }
  }
  void add_borders(std::vector<Polygon>& rings, std::vector<Polyline>& lines) const override {
    for (const RegionNodePtr& child : children_) {
      child->add_borders(rings, lines);
    }
  }

 private:
  std::vector<RegionNodePtr> children_;
};

class Difference : public RegionNode {
 public:
  Difference(RegionNodePtr child, RegionNodePtr without)
      : child_(std::move(child)), without_(std::move(without)) {}

  Containment contains(const Disc& disc) const override {
    const Containment in_child = child_->contains(disc);
    if (in_child == Containment::Outside) {
      return Containment::Outside;
    }
    const Containment in_without = without_->contains(disc);
    if (in_without == Containment::Inside) {
      return Containment::Outside;
    }
    const bool is_inside = in_child == Containment::Inside && in_without == Containment::Outside;
    return is_inside ? Containment::Inside : Containment::Either;
  }

  Containment contains_box(base::Point south_west, base::Point north_east) const override {
    const Containment in_child = child_->contains_box(south_west, north_east);
    const Containment in_without = without_->contains_box(south_west, north_east);
    if (in_child == Containment::Outside || in_without == Containment::Inside) {
      return Containment::Outside;
    }
    const bool is_inside = in_child == Containment::Inside && in_without == Containment::Outside;
    return is_inside ? Containment::Inside : Containment::Either;
  }

  DistanceBounds signed_distance(base::Point point, bool is_exact) const override {
    const DistanceBounds child = child_->signed_distance(point, is_exact);
    const DistanceBounds without = without_->signed_distance(point, is_exact);
    // Inside, the nearer border decides. Outside, the nearest point of the child may be one that
    // was taken away, so only the lower bound holds.
    const double high = std::max(child.high, -without.low);
    return {std::max(child.low, -without.high), high <= 0 ? high : kInfinity};
  }

  DegreeBox box() const override { return child_->box(); }

  void collect_parts(std::vector<RegionPart>& parts) const override {
    const std::size_t before = parts.size();
    child_->collect_parts(parts);
    for (std::size_t at = before; at < parts.size(); ++at) {
      parts[at].removed.push_back({without_.get(), parts[at].widened_m});
    }
  }

  void draw(std::vector<Polygon>& outlines, std::vector<Polyline>& lines) const override {
    std::vector<Polygon> child_outlines;
    child_->draw(child_outlines, lines);
    if (!child_outlines.empty()) {
      trace_outline(*this, box(), 0, outlines);
    }
  }
  void add_borders(std::vector<Polygon>& rings, std::vector<Polyline>& lines) const override {
    child_->add_borders(rings, lines);
    without_->add_borders(rings, lines);
  }

 private:
  RegionNodePtr child_;
  RegionNodePtr without_;
};

}  // namespace

// By a disc that holds the box.
Containment RegionNode::contains_box(base::Point south_west, base::Point north_east) const {
  constexpr double kLongestDegree = 111'700;
  const double height = north_east.latitude.degrees - south_west.latitude.degrees;
  const double width = north_east.longitude.degrees - south_west.longitude.degrees;
  const base::Point middle{{south_west.latitude.degrees + height / 2},
                           {south_west.longitude.degrees + width / 2}};
  return contains({middle, {std::hypot(width, height) / 2 * kLongestDegree}});
}

void DegreeBox::add(const DegreeBox& other) {
  south = std::min(south, other.south);
  north = std::max(north, other.north);
  west = std::min(west, other.west);
  east = std::max(east, other.east);
}

RegionNodePtr make_leaf(Shape shape) { return std::make_shared<Leaf>(std::move(shape)); }

RegionNodePtr make_within(base::Metres distance, RegionNodePtr child) {
  return std::make_shared<Within>(std::max(distance.value, 0.0), std::move(child));
}

RegionNodePtr make_union(std::vector<RegionNodePtr> children) {
  return std::make_shared<Union>(std::move(children));
}

RegionNodePtr make_difference(RegionNodePtr child, RegionNodePtr without) {
  return std::make_shared<Difference>(std::move(child), std::move(without));
}

}  // namespace truce::geometry
