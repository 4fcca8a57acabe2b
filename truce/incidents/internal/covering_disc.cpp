// SPDX-License-Identifier: Apache-2.0
#include "truce/incidents/internal/covering_disc.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>

#include "truce/base/check.h"
#include "truce/geometry/region.h"

namespace truce::incidents {
namespace {

constexpr double kRadiansPerDegree = std::numbers::pi / 180;
// An edge is cut into pieces of this length, which stray from a geodesic by less than a metre.
constexpr double kPieceDegrees = 0.05;
constexpr int kMostPieces = 4000;
// Two unit vectors closer than this are one point: a millimetre on the ground.
constexpr double kSlack = 1e-13;

// A point of the unit sphere.
struct Vector {
  double x = 0;
  double y = 0;
  double z = 0;
};

Vector operator+(Vector a, Vector b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
Vector operator-(Vector a, Vector b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
double dot(Vector a, Vector b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
Vector cross(Vector a, Vector b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

Vector unit(Vector a) {
  const double length = std::sqrt(dot(a, a));
  return length > 0 ? Vector{a.x / length, a.y / length, a.z / length} : Vector{0, 0, 1};
}

Vector to_vector(base::Point point) {
  const double latitude = point.latitude.degrees * kRadiansPerDegree;
  const double longitude = point.longitude.degrees * kRadiansPerDegree;
  return {std::cos(latitude) * std::cos(longitude), std::cos(latitude) * std::sin(longitude),
          std::sin(latitude)};
}

base::Point to_point(Vector vector) {
  return {{std::atan2(vector.z, std::hypot(vector.x, vector.y)) / kRadiansPerDegree},
          {std::atan2(vector.y, vector.x) / kRadiansPerDegree}};
}

// Corners and points along the edges, each once, in an order of their own.
std::vector<base::Point> points_of(const std::vector<std::vector<base::Point>>& paths) {
  std::vector<base::Point> points;
  for (const std::vector<base::Point>& path : paths) {
    for (std::size_t at = 0; at < path.size(); ++at) {
      points.push_back(path[at]);
      if (at == 0) {
        continue;
      }
      const base::Point from = path[at - 1];
      const double north = path[at].latitude.degrees - from.latitude.degrees;
      const double east = path[at].longitude.degrees - from.longitude.degrees;
      const double length = std::max(std::abs(north), std::abs(east));
      const int pieces = std::min(static_cast<int>(length / kPieceDegrees) + 1, kMostPieces);
      for (int piece = 1; piece < pieces; ++piece) {
        const double part = static_cast<double>(piece) / pieces;
        points.push_back(
            {{from.latitude.degrees + part * north}, {from.longitude.degrees + part * east}});
      }
    }
  }
  std::sort(points.begin(), points.end());
  points.erase(std::unique(points.begin(), points.end()), points.end());
  return points;
}

// A fixed shuffle, which makes long runs of the search unlikely whatever the shape.
void shuffle(std::vector<Vector>& vectors) {
  std::uint64_t state = 0x9E3779B97F4A7C15U;
  for (std::size_t left = vectors.size(); left > 1; --left) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    std::swap(vectors[left - 1], vectors[(state >> 33U) % left]);
  }
}

// A cap of the sphere: the points whose chord from the centre is no longer.
struct Cap {
  Vector centre;
  double chord_squared = 0;

  [[nodiscard]] bool holds(Vector point) const {
    const Vector away = point - centre;
    return dot(away, away) <= chord_squared + kSlack;
  }
};

Cap cap_around(Vector centre, Vector edge) {
  const Vector away = edge - centre;
  return {centre, dot(away, away)};
}

Cap cap_through(Vector a, Vector b, Vector c) {
  Vector axis = cross(b - a, c - a);
  if (dot(axis, axis) < kSlack * kSlack) {
    return cap_around(unit(a + b), a);
  }
  axis = unit(axis);
  return cap_around(dot(axis, a) < 0 ? Vector{-axis.x, -axis.y, -axis.z} : axis, a);
}

// Welzl's search in its iterative form: the cap through each point that lies outside the cap of
// those before it.
Cap smallest_cap(const std::vector<Vector>& points) {
  Cap cap = cap_around(points[0], points[0]);
  for (std::size_t i = 1; i < points.size(); ++i) {
    if (cap.holds(points[i])) {
      continue;
    }
    cap = cap_around(points[i], points[i]);
    for (std::size_t j = 0; j < i; ++j) {
      if (cap.holds(points[j])) {
        continue;
      }
      cap = cap_around(unit(points[i] + points[j]), points[i]);
      for (std::size_t k = 0; k < j; ++k) {
        if (!cap.holds(points[k])) {
          cap = cap_through(points[i], points[j], points[k]);
        }
      }
    }
  }
  return cap;
}

}  // namespace

CoveringDisc covering_disc(const std::vector<std::vector<base::Point>>& paths) {
  const std::vector<base::Point> points = points_of(paths);
  TRUCE_CHECK(!points.empty(), "a shape has a corner");
  if (points.size() == 1) {
    return {points.front(), {0}};
  }
  std::vector<Vector> vectors;
  vectors.reserve(points.size());
  std::transform(points.begin(), points.end(), std::back_inserter(vectors), to_vector);
  shuffle(vectors);
  CoveringDisc disc{to_point(smallest_cap(vectors).centre), {0}};
  for (const base::Point point : points) {
    disc.radius = std::max(disc.radius, geometry::distance(disc.centre, point));
  }
  // Up to a whole metre, and one more for the edges between the points.
  disc.radius.value = std::ceil(disc.radius.value) + 1;
  return disc;
}

}  // namespace truce::incidents
