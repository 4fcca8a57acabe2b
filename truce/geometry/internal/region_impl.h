// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "truce/geometry/internal/boundary.h"
#include "truce/geometry/internal/shape.h"
#include "truce/geometry/region.h"

namespace truce::geometry {

class RegionNode;
using RegionNodePtr = std::shared_ptr<const RegionNode>;

/// A part of the core of a region: the points of `shape` that are in none of `without`, widened by
/// `widened_m`. The region is the union of its parts.
struct RegionPart {
  struct Removed {
    const RegionNode* region = nullptr;
    // How far the shape had been widened when this was taken away.
    double widened_m = 0;
  };
  const Shape* shape = nullptr;
  double widened_m = 0;
  std::vector<Removed> removed;
};

/// A box in degrees.
struct DegreeBox {
  double south = 90;
  double north = -90;
  double west = 180;
  double east = -180;

  void add(const DegreeBox& other);
};

/// One way to make a region. Immutable.
class RegionNode {
 public:
  RegionNode() = default;
  RegionNode(const RegionNode&) = delete;
  RegionNode& operator=(const RegionNode&) = delete;
  virtual ~RegionNode() = default;

  [[nodiscard]] virtual Containment contains(const Disc& disc) const = 0;
  /// As Region::contains_box.
  [[nodiscard]] virtual Containment contains_box(base::Point south_west,
                                                 base::Point north_east) const;
  /// As Region::only_near; null where that is the region itself.
  [[nodiscard]] virtual RegionNodePtr only_near(base::Point /*south_west*/,
                                                base::Point /*north_east*/) const {
    return nullptr;
  }
  /// The signed distance: the region is at least `low` away; where `high` is negative the point is
  /// inside by at least -high, otherwise the region is at most `high` away. Fast bounds are a few
  /// metres apart; exact ones are equal where the region allows it.
  [[nodiscard]] virtual DistanceBounds signed_distance(base::Point point, bool is_exact) const = 0;
  [[nodiscard]] virtual DegreeBox box() const = 0;
  virtual void collect_parts(std::vector<RegionPart>& parts) const = 0;
  virtual void draw(std::vector<Polygon>& outlines, std::vector<Polyline>& lines) const = 0;
  /// Rings among which all of the border is; more where parts are joined or taken away.
  virtual void add_borders(std::vector<Polygon>& rings, std::vector<Polyline>& lines) const {
    draw(rings, lines);
  }
};

RegionNodePtr make_leaf(Shape shape);
RegionNodePtr make_within(base::Metres distance, RegionNodePtr child);
RegionNodePtr make_union(std::vector<RegionNodePtr> children);
RegionNodePtr make_difference(RegionNodePtr child, RegionNodePtr without);

/// How all of `node` lies in `other`, to within a metre at borders.
Containment lies_in(const RegionNode& node, const RegionNode& other);

class Region::Impl {
 public:
  explicit Impl(RegionNodePtr root) : root_(std::move(root)) {}
  [[nodiscard]] const RegionNodePtr& root() const { return root_; }

 private:
  RegionNodePtr root_;
};

}  // namespace truce::geometry
