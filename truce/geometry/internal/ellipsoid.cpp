// SPDX-License-Identifier: Apache-2.0
#include "truce/geometry/internal/ellipsoid.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <GeographicLib/Geodesic.hpp>

namespace truce::geometry {
namespace {

constexpr double kEquatorRadius = 6378137.0;
constexpr double kFlattening = 1 / 298.257223563;
constexpr double kEccentricitySquared = kFlattening * (2 - kFlattening);
// Along the meridian at the equator: b² / a.
constexpr double kSmallestRadius = kEquatorRadius * (1 - kFlattening) * (1 - kFlattening);
constexpr double kRadians = std::numbers::pi / 180;
constexpr double kPositionError = 1e-4;
constexpr int kMostSteps = 40;

base::Point between(base::Point from, base::Point to, double share) {
  return {{std::lerp(from.latitude.degrees, to.latitude.degrees, share)},
          {std::lerp(from.longitude.degrees, to.longitude.degrees, share)}};
}

// How fast one nears `point` when walking along the line, at the share `share` of it.
struct Approach {
  double share = 0;
  double distance_m = 0;
  double speed = 0;
};

Approach approach_at(base::Point point, base::Point from, base::Point to, double share) {
  const base::Point at = between(from, to, share);
  const Geodesic path = geodesic(at, point);
  const DegreeLengths lengths = degree_lengths(at);
  const double east = lengths.longitude_m * (to.longitude.degrees - from.longitude.degrees);
  const double north = lengths.latitude_m * (to.latitude.degrees - from.latitude.degrees);
  return {share, path.length_m,
          east * std::sin(path.azimuth * kRadians) + north * std::cos(path.azimuth * kRadians)};
}

}  // namespace

Vector operator+(Vector a, Vector b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
Vector operator-(Vector a, Vector b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
Vector operator*(double factor, Vector a) { return {factor * a.x, factor * a.y, factor * a.z}; }
double dot(Vector a, Vector b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
double length(Vector a) { return std::sqrt(dot(a, a)); }

Vector to_vector(base::Point point) {
  const double latitude = point.latitude.degrees * kRadians;
  const double longitude = point.longitude.degrees * kRadians;
  const double sine = std::sin(latitude);
  const double cosine = std::cos(latitude);
  const double normal = kEquatorRadius / std::sqrt(1 - kEccentricitySquared * sine * sine);
  return {normal * cosine * std::cos(longitude), normal * cosine * std::sin(longitude),
          normal * (1 - kEccentricitySquared) * sine};
}

double longest_geodesic(double chord) {
  const double half = chord / (2 * kSmallestRadius);
  return half >= 1 ? std::numbers::pi * kEquatorRadius
                   : 2 * kSmallestRadius * std::asin(std::max(half, 0.0));
}

Geodesic geodesic(base::Point from, base::Point to) {
  double metres = 0;
  double azimuth = 0;
  double end_azimuth = 0;
  GeographicLib::Geodesic::WGS84().Inverse(from.latitude.degrees, from.longitude.degrees,
                                           to.latitude.degrees, to.longitude.degrees, metres,
                                           azimuth, end_azimuth);
  return {metres, azimuth};
}

double distance_to_line(base::Point point, base::Point from, base::Point to) {
  Approach low = approach_at(point, from, to, 0);
  if (low.speed <= 0 || low.distance_m == 0) {
    return low.distance_m;
  }
  Approach high = approach_at(point, from, to, 1);
  if (high.speed >= 0 || high.distance_m == 0) {
    return high.distance_m;
  }
  // The nearest point is where the speed is 0: the Illinois rule, started from the straight line.
  const Vector start = to_vector(from);
  const Vector along = to_vector(to) - start;
  double share =
      std::clamp(dot(to_vector(point) - start, along) / dot(along, along), 1e-6, 1 - 1e-6);
  const double line_length = length(along);
  double nearest = std::min(low.distance_m, high.distance_m);
  for (int step = 0; step < kMostSteps; ++step) {
    const Approach middle = approach_at(point, from, to, share);
    nearest = std::min(nearest, middle.distance_m);
    const double previous = share;
    if (middle.speed > 0) {
      low = middle;
      high.speed /= step == 0 ? 1 : 2;
    } else if (middle.speed < 0) {
      high = middle;
      low.speed /= step == 0 ? 1 : 2;
    } else {
      break;
    }
    share = low.share + (high.share - low.share) * low.speed / (low.speed - high.speed);
    if (std::abs(share - previous) * line_length < kPositionError) {
      break;
    }
  }
  return nearest;
}

DegreeLengths degree_lengths(base::Point point) {
  const double sine = std::sin(point.latitude.degrees * kRadians);
  const double root = std::sqrt(1 - kEccentricitySquared * sine * sine);
  const double meridian = kEquatorRadius * (1 - kEccentricitySquared) / (root * root * root);
  const double parallel = kEquatorRadius / root * std::cos(point.latitude.degrees * kRadians);
  return {meridian * kRadians, parallel * kRadians};
}

}  // namespace truce::geometry
