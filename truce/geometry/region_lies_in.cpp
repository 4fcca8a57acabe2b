// SPDX-License-Identifier: Apache-2.0
// How one region lies in another: from evidence that some of it is inside and some of it outside.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "truce/geometry/internal/ellipsoid.h"
#include "truce/geometry/internal/region_impl.h"

namespace truce::geometry {
namespace {

// Nearer to a border than this, a point is no evidence: borders drawn twice seldom agree better.
constexpr double kTolerance = 1;
constexpr std::uint64_t kMostEdgePairs = 50'000'000;
constexpr int kMostQuestions = 40'000;
// Along a border that both draw, discs shrink to this share of the shape and no further.
constexpr double kFinestEdgeShare = 1.0 / 1000;
constexpr double kFinestCellShare = 1.0 / 256;

struct Evidence {
  bool is_inside = false;
  bool is_outside = false;

  [[nodiscard]] bool is_both() const { return is_inside && is_outside; }
  void add(Containment containment) {
    is_inside = is_inside || containment == Containment::Inside;
    is_outside = is_outside || containment == Containment::Outside;
  }
  [[nodiscard]] Containment conclusion() const {
    if (is_inside == is_outside) {
      return Containment::Either;
    }
    return is_inside ? Containment::Inside : Containment::Outside;
  }
};

base::Point between(base::Point from, base::Point to, double share) {
  return {{std::lerp(from.latitude.degrees, to.latitude.degrees, share)},
          {std::lerp(from.longitude.degrees, to.longitude.degrees, share)}};
}

using GridEdge = std::pair<GridPoint, GridPoint>;

std::vector<GridEdge> edges_of(const Shape& shape) {
  std::vector<GridEdge> edges;
  shape.for_each_edge([&](GridPoint from, GridPoint to) { edges.emplace_back(from, to); });
  return edges;
}

// Where along `edge` the others meet it, from 0 to 1, both ends included, in order.
std::vector<double> find_cuts(const GridEdge& edge, const std::vector<GridEdge>& others) {
  const auto [from, to] = edge;
  const double dx = static_cast<double>(to.x - from.x);
  const double dy = static_cast<double>(to.y - from.y);
  const double squared = dx * dx + dy * dy;
  std::vector<double> cuts = {0, 1};
  if (squared == 0) {
    return cuts;
  }
  const auto share_of = [&](GridPoint point) {
    return (static_cast<double>(point.x - from.x) * dx +
            static_cast<double>(point.y - from.y) * dy) /
           squared;
  };
  for (const auto& [other_from, other_to] : others) {
    const bool is_apart = std::max(other_from.x, other_to.x) < std::min(from.x, to.x) ||
                          std::min(other_from.x, other_to.x) > std::max(from.x, to.x) ||
                          std::max(other_from.y, other_to.y) < std::min(from.y, to.y) ||
                          std::min(other_from.y, other_to.y) > std::max(from.y, to.y);
    if (is_apart || !do_meet(from, to, other_from, other_to)) {
      continue;
    }
    const double other_dx = static_cast<double>(other_to.x - other_from.x);
    const double other_dy = static_cast<double>(other_to.y - other_from.y);
    const double cross = dx * other_dy - dy * other_dx;
    if (side_of(other_from, from, to) == 0 && side_of(other_to, from, to) == 0) {
      cuts.push_back(share_of(other_from));
      cuts.push_back(share_of(other_to));
    } else if (cross != 0) {
      cuts.push_back((static_cast<double>(other_from.x - from.x) * other_dy -
                      static_cast<double>(other_from.y - from.y) * other_dx) /
                     cross);
    }
  }
  std::erase_if(cuts, [](double cut) { return !(cut >= 0 && cut <= 1); });
  std::sort(cuts.begin(), cuts.end());
  return cuts;
}

// Asks on which side of `area` the stretches of `edges` lie that its border cuts them into.
Evidence find_stretches(const std::vector<GridEdge>& edges, const Shape& area,
                        const std::vector<GridEdge>& border) {
  Evidence evidence;
  for (const GridEdge& edge : edges) {
    const std::vector<double> cuts = find_cuts(edge, border);
    const base::Point from = from_grid(edge.first);
    const base::Point to = from_grid(edge.second);
    for (std::size_t at = 1; at < cuts.size(); ++at) {
      const base::Point middle = between(from, to, (cuts[at - 1] + cuts[at]) / 2);
      const DistanceBounds bounds = area.boundary().bounds(middle);
      const bool is_at_border =
          bounds.low <= kTolerance && area.boundary().distance(middle) <= kTolerance;
      if (!is_at_border) {
        evidence.add(area.contains(to_grid(middle)) ? Containment::Inside : Containment::Outside);
      }
      if (evidence.is_both()) {
        return evidence;
      }
    }
  }
  return evidence;
}

Evidence compare_with_area(const Shape& shape, const Shape& area) {
  const std::vector<GridEdge> edges = edges_of(shape);
  const std::vector<GridEdge> border = edges_of(area);
  Evidence evidence = find_stretches(edges, area, border);
  if (shape.is_area() && !evidence.is_both()) {
    // A border inside the shape has some of the shape on each of its sides.
    if (find_stretches(border, shape, edges).is_inside) {
      return {true, true};
    }
    if (!evidence.is_inside && !evidence.is_outside) {
      evidence.add(area.contains(shape.inner_point()) ? Containment::Inside : Containment::Outside);
    }
  }
  if (!shape.is_area() && !evidence.is_inside && !evidence.is_outside) {
    // All of it runs along the border, which belongs to the area.
    evidence.is_inside = true;
  }
  return evidence;
}

// Covers a part with discs and asks where each lies, smaller ones where a border is near.
class Cover {
 public:
  Cover(const RegionPart& part, const RegionNode& other, int& questions_left)
      : part_(part), other_(other), questions_left_(questions_left) {}

  Evidence find();

 private:
  void ask_edge(const Edge& edge);
  void ask_cells();
  // True when smaller discs are needed.
  bool ask(const Disc& disc, double finest, bool is_of_part);
  [[nodiscard]] bool is_removed(base::Point centre, double radius) const;
  [[nodiscard]] bool is_surely_kept(base::Point centre) const;

  const RegionPart& part_;
  const RegionNode& other_;
  int& questions_left_;
  Evidence evidence_;
};

bool Cover::is_removed(base::Point centre, double radius) const {
  return std::any_of(part_.removed.begin(), part_.removed.end(), [&](const auto& removed) {
    return removed.region->contains({centre, {removed.widened_m + radius}}) == Containment::Inside;
  });
}

bool Cover::is_surely_kept(base::Point centre) const {
  return std::all_of(part_.removed.begin(), part_.removed.end(), [&](const auto& removed) {
    return removed.region->contains({centre, {removed.widened_m}}) == Containment::Outside;
  });
}

bool Cover::ask(const Disc& disc, double finest, bool is_of_part) {
  --questions_left_;
  const double radius = disc.radius.value;
  if (is_removed(disc.centre, radius)) {
    return false;
  }
  const bool is_finest = radius <= finest;
  const bool is_kept = is_of_part && is_surely_kept(disc.centre);
  const Containment whole = other_.contains({disc.centre, {part_.widened_m + radius}});
  if (whole != Containment::Either && is_kept) {
    evidence_.add(whole);
    return false;
  }
  if (!is_finest) {
    return true;
  }
  if (is_kept) {
    // An area may touch the border of the other from outside; a line along it belongs to it.
    const double margin = part_.shape->is_area() ? kTolerance : 0;
    const Containment exact = other_.contains({disc.centre, {part_.widened_m + margin}});
    evidence_.add(exact);
    if (exact == Containment::Either && part_.widened_m > 0) {
      evidence_ = {true, true};
    }
  }
  return false;
}

void Cover::ask_edge(const Edge& edge) {
  const GridBox& box = part_.shape->box();
  const double size = geodesic(from_grid(box.low), from_grid(box.high)).length_m;
  const double finest = std::max(kTolerance, size * kFinestEdgeShare);
  std::vector<Edge> open = {edge};
  while (!open.empty() && !evidence_.is_both() && questions_left_ > 0) {
    const Edge next = open.back();
    open.pop_back();
    const base::Point middle = between(next.from, next.to, 0.5);
    const double reach =
        std::max(geodesic(middle, next.from).length_m, geodesic(middle, next.to).length_m);
    if (ask({middle, {1.01 * reach}}, finest, true)) {
      open.push_back({next.from, middle});
      open.push_back({middle, next.to});
    }
  }
}

void Cover::ask_cells() {
  const base::Point low = from_grid(part_.shape->box().low);
  const base::Point high = from_grid(part_.shape->box().high);
  std::vector<DegreeBox> open = {
      {low.latitude.degrees, high.latitude.degrees, low.longitude.degrees, high.longitude.degrees}};
  double finest = 0;
  while (!open.empty() && !evidence_.is_both() && questions_left_ > 0) {
    const DegreeBox box = open.back();
    open.pop_back();
    const base::Point middle{{(box.south + box.north) / 2}, {(box.west + box.east) / 2}};
    const double reach = 1.01 * std::max({geodesic(middle, {{box.south}, {box.west}}).length_m,
                                          geodesic(middle, {{box.north}, {box.east}}).length_m,
                                          geodesic(middle, {{box.south}, {box.east}}).length_m,
                                          geodesic(middle, {{box.north}, {box.west}}).length_m});
    finest = std::max({finest, reach * kFinestCellShare, kTolerance});
    const bool is_in_shape = part_.shape->contains(to_grid(middle));
    if (!is_in_shape && part_.shape->boundary().bounds(middle).low > reach) {
      continue;
    }
    if (!ask({middle, {reach}}, finest, is_in_shape)) {
      continue;
    }
    const double latitude = middle.latitude.degrees;
    const double longitude = middle.longitude.degrees;
    open.push_back({box.south, latitude, box.west, longitude});
    open.push_back({box.south, latitude, longitude, box.east});
    open.push_back({latitude, box.north, box.west, longitude});
    open.push_back({latitude, box.north, longitude, box.east});
  }
}

Evidence Cover::find() {
  part_.shape->for_each_edge([&](GridPoint from, GridPoint to) {
    if (!evidence_.is_both() && questions_left_ > 0) {
      ask_edge({from_grid(from), from_grid(to)});
    }
  });
  if (part_.shape->is_area()) {
    ask_cells();
  }
  return evidence_;
}

// The one area that `node` is, or null.
const Shape* as_area(const RegionNode& node) {
  std::vector<RegionPart> parts;
  node.collect_parts(parts);
  const bool is_plain =
      parts.size() == 1 && parts.front().widened_m == 0 && parts.front().removed.empty();
  return is_plain && parts.front().shape->is_area() ? parts.front().shape : nullptr;
}

std::uint64_t count_edges(const Shape& shape) {
  std::uint64_t count = 0;
  shape.for_each_edge([&](GridPoint, GridPoint) { ++count; });
  return count;
}

}  // namespace

Containment lies_in(const RegionNode& node, const RegionNode& other) {
  std::vector<RegionPart> parts;
  node.collect_parts(parts);
  const Shape* area = as_area(other);
  int questions_left = kMostQuestions;
  Evidence evidence;
  for (const RegionPart& part : parts) {
    const bool is_plain = part.widened_m == 0 && part.removed.empty();
    const bool is_compared = area != nullptr && is_plain &&
                             count_edges(*part.shape) * count_edges(*area) <= kMostEdgePairs;
    const Evidence found = is_compared ? compare_with_area(*part.shape, *area)
                                       : Cover(part, other, questions_left).find();
    evidence.is_inside = evidence.is_inside || found.is_inside;
    evidence.is_outside = evidence.is_outside || found.is_outside;
  }
  if (questions_left <= 0) {
    return Containment::Either;
  }
  return evidence.conclusion();
}

}  // namespace truce::geometry
