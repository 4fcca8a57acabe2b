// SPDX-License-Identifier: Apache-2.0
// Which sets of regions the points of a disc lie in. Every part into which the borders cut the
// disc has a piece of a border at its rim, a piece that no other border crosses; a point beside the
// middle of each piece, on either side, therefore meets every part.
#include "truce/geometry/faces.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace truce::geometry {
namespace {

// More than this near one disc are not compared with each other.
constexpr std::size_t kMostEdges = 600;
// How far beside a border is looked, in metres: the drawn outline of a belt is only about right.
constexpr std::array<double, 3> kBeside = {1, 10, 100};
constexpr int kCircleCorners = 90;
constexpr int kGridLines = 6;

// Metres east and north of the centre of the disc.
struct Flat {
  double x = 0;
  double y = 0;
};
struct FlatEdge {
  Flat from;
  Flat to;
};

// A flat map about the centre of a disc; good enough to find points, which are then tested on the
// globe.
class Map {
 public:
  explicit Map(const Disc& disc) : disc_(disc) {
    constexpr double kDegree = 111'200;
    constexpr double kPi = 3.14159265358979323846;
    north_ = kDegree;
    east_ = kDegree * std::max(0.01, std::cos(disc.centre.latitude.degrees * kPi / 180));
  }

  [[nodiscard]] Flat flat(base::Point point) const {
    return {(point.longitude.degrees - disc_.centre.longitude.degrees) * east_,
            (point.latitude.degrees - disc_.centre.latitude.degrees) * north_};
  }
  [[nodiscard]] base::Point point(Flat at) const {
    return {{disc_.centre.latitude.degrees + at.y / north_},
            {disc_.centre.longitude.degrees + at.x / east_}};
  }
  [[nodiscard]] bool is_near(const FlatEdge& edge) const {
    const double reach = disc_.radius.value * 1.05 + 200;
    return std::min(edge.from.x, edge.to.x) <= reach &&
           std::max(edge.from.x, edge.to.x) >= -reach &&
           std::min(edge.from.y, edge.to.y) <= reach && std::max(edge.from.y, edge.to.y) >= -reach;
  }

 private:
  const Disc& disc_;
  double north_ = 0;
  double east_ = 0;
};

double cross(Flat a, Flat b) { return a.x * b.y - a.y * b.x; }
Flat minus(Flat a, Flat b) { return {a.x - b.x, a.y - b.y}; }
Flat between(const FlatEdge& edge, double part) {
  return {edge.from.x + (edge.to.x - edge.from.x) * part,
          edge.from.y + (edge.to.y - edge.from.y) * part};
}

void add_ring(const std::vector<base::Point>& ring, const Map& map, std::vector<FlatEdge>& edges) {
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const FlatEdge edge{map.flat(ring[i]), map.flat(ring[(i + 1) % ring.size()])};
    if (map.is_near(edge)) {
      edges.push_back(edge);
    }
  }
}

void add_circle(double radius, std::vector<FlatEdge>& edges) {
  const auto corner = [&](int i) {
    // Turned a little: borders often run north.
    const double turn = 6.283185307179586 * (i + 0.317) / kCircleCorners;
    return Flat{radius * std::cos(turn), radius * std::sin(turn)};
  };
  for (int i = 0; i < kCircleCorners; ++i) {
    edges.push_back({corner(i), corner(i + 1)});
  }
}

// Where along `edge`, from 0 to 1, the others meet it.
std::vector<double> crossings(const FlatEdge& edge, const std::vector<FlatEdge>& edges) {
  std::vector<double> found = {0, 1};
  const Flat along = minus(edge.to, edge.from);
  const double square = along.x * along.x + along.y * along.y;
  for (const FlatEdge& other : edges) {
    const Flat its_own = minus(other.to, other.from);
    const double turn = cross(along, its_own);
    const Flat apart = minus(other.from, edge.from);
    if (turn != 0) {
      const double here = cross(apart, its_own) / turn;
      const double there = cross(apart, along) / turn;
      if (here > 0 && here < 1 && there >= -0.001 && there <= 1.001) {
        found.push_back(here);
      }
    }
    // Ends that lie on a border that runs the same way.
    for (const Flat end : {other.from, other.to}) {
      const Flat to_end = minus(end, edge.from);
      const double here = square > 0 ? (to_end.x * along.x + to_end.y * along.y) / square : 0;
      if (here > 0 && here < 1) {
        const Flat foot = between(edge, here);
        if (std::hypot(foot.x - end.x, foot.y - end.y) < 1) {
          found.push_back(here);
        }
      }
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<Flat> points_beside(const std::vector<FlatEdge>& edges) {
  std::vector<Flat> found;
  for (const FlatEdge& edge : edges) {
    const Flat along = minus(edge.to, edge.from);
    const double length = std::hypot(along.x, along.y);
    if (length == 0) {
      continue;
    }
    const Flat aside{-along.y / length, along.x / length};
    const std::vector<double> parts = crossings(edge, edges);
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
      const Flat middle = between(edge, (parts[i] + parts[i + 1]) / 2);
      for (const double beside : kBeside) {
        found.push_back({middle.x + aside.x * beside, middle.y + aside.y * beside});
        found.push_back({middle.x - aside.x * beside, middle.y - aside.y * beside});
      }
    }
  }
  return found;
}

void add_grid(double radius, std::vector<Flat>& points) {
  for (int i = -kGridLines; i <= kGridLines; ++i) {
    for (int j = -kGridLines; j <= kGridLines; ++j) {
      // Beside the centre, which is often drawn on a border, and a border has no width.
      points.push_back({radius * (i + 0.137) / kGridLines, radius * (j + 0.291) / kGridLines});
    }
  }
}

// The borders near the disc, its own rim among them; empty where they cannot be had.
std::vector<FlatEdge> borders(const Disc& disc, const Map& map,
                              const std::vector<const Region*>& in_doubt) {
  std::vector<FlatEdge> edges;
  for (const Region* region : in_doubt) {
    const std::vector<Polygon> rings = region->borders();
    if (rings.empty()) {
      return {};
    }
    for (const Polygon& polygon : rings) {
      for (const Ring& ring : polygon) {
        add_ring(ring, map, edges);
      }
    }
  }
  if (edges.size() > kMostEdges) {
    return {};
  }
  add_circle(disc.radius.value * 0.9999, edges);
  return edges;
}

}  // namespace

std::optional<std::vector<Face>> faces_of(const Disc& disc,
                                          const std::vector<const Region*>& regions) {
  Face settled;
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < regions.size(); ++i) {
    const Containment where = regions[i]->contains(disc);
    settled.push_back(where == Containment::Inside);
    if (where == Containment::Either) {
      open.push_back(i);
    }
  }
  if (open.size() <= 1) {
    std::set<Face> found = {settled};
    for (const std::size_t i : open) {
      settled[i] = true;
      found.insert(settled);
    }
    return std::vector<Face>(found.begin(), found.end());
  }
  const auto points = points_of_faces(disc, regions);
  if (!points.has_value()) {
    return std::nullopt;
  }
  std::vector<Face> faces;
  for (const auto& [face, point] : *points) {
    faces.push_back(face);
  }
  return faces;
}

std::optional<std::map<Face, base::Point>> points_of_faces(
    const Disc& disc, const std::vector<const Region*>& regions) {
  Face settled;
  std::vector<std::size_t> open;
  std::vector<const Region*> in_doubt;
  for (std::size_t i = 0; i < regions.size(); ++i) {
    const Containment where = regions[i]->contains(disc);
    settled.push_back(where == Containment::Inside);
    if (where == Containment::Either) {
      open.push_back(i);
      in_doubt.push_back(regions[i]);
    }
  }
  std::map<Face, base::Point> found;
  if (open.empty()) {
    found.emplace(settled, disc.centre);
    return found;
  }
  const Map map(disc);
  const std::vector<FlatEdge> edges = borders(disc, map, in_doubt);
  if (edges.empty()) {
    return std::nullopt;
  }
  std::vector<Flat> points;
  add_grid(disc.radius.value, points);
  const std::vector<Flat> beside = points_beside(edges);
  points.insert(points.end(), beside.begin(), beside.end());
  for (const Flat at : points) {
    const base::Point point = map.point(at);
    if (std::hypot(at.x, at.y) > disc.radius.value * 1.01 ||
        distance(disc.centre, point).value > disc.radius.value) {
      continue;
    }
    for (const std::size_t i : open) {
      settled[i] = regions[i]->contains({point, {0}}) == Containment::Inside;
    }
    found.emplace(settled, point);
  }
  return found;
}

}  // namespace truce::geometry
