// SPDX-License-Identifier: Apache-2.0
#include "truce/separation/equal_area.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace truce::separation {
namespace {

constexpr double kEquatorRadius = 6378137.0;
constexpr double kFlattening = 1 / 298.257223563;
constexpr double kEccentricitySquared = kFlattening * (2 - kFlattening);
constexpr double kRadians = std::numbers::pi / 180;

// The area between the equator and a latitude, on an ellipsoid whose equator has radius 1, for one
// radian of longitude, doubled. Source: Snyder 1987, equation 3-12.
double band_area(double sine) {
  const double eccentricity = std::sqrt(kEccentricitySquared);
  return (1 - kEccentricitySquared) * (sine / (1 - kEccentricitySquared * sine * sine) +
                                       std::atanh(eccentricity * sine) / eccentricity);
}

const double kHalfArea = band_area(1);
const double kAuthalicRadius = kEquatorRadius * std::sqrt(kHalfArea / 2);

// The sine of the latitude on the sphere of the same area.
double authalic_sine(double degrees) {
  return std::clamp(band_area(std::sin(degrees * kRadians)) / kHalfArea, -1.0, 1.0);
}

// The latitude with that authalic sine, by Newton's rule.
double latitude_of(double authalic) {
  const double wanted = authalic * kHalfArea;
  double sine = authalic;
  constexpr int kMostSteps = 8;
  for (int step = 0; step < kMostSteps; ++step) {
    const double inside = 1 - kEccentricitySquared * sine * sine;
    const double slope = 2 * (1 - kEccentricitySquared) / (inside * inside);
    const double change = (wanted - band_area(sine)) / slope;
    sine = std::clamp(sine + change, -1.0, 1.0);
    if (std::abs(change) < 1e-15) {
      break;
    }
  }
  return std::asin(sine) / kRadians;
}

}  // namespace

EqualArea::EqualArea(base::Point centre)
    : longitude_(centre.longitude.degrees),
      sine_(authalic_sine(centre.latitude.degrees)),
      cosine_(std::sqrt(1 - sine_ * sine_)) {}

PlanePoint EqualArea::to_plane(base::Point point) const {
  const double sine = authalic_sine(point.latitude.degrees);
  const double cosine = std::sqrt(1 - sine * sine);
  const double east = (point.longitude.degrees - longitude_) * kRadians;
  const double nearness = sine_ * sine + cosine_ * cosine * std::cos(east);
  const double scale = kAuthalicRadius * std::sqrt(2 / std::max(1 + nearness, 1e-15));
  return {scale * cosine * std::sin(east),
          scale * (cosine_ * sine - sine_ * cosine * std::cos(east))};
}

base::Point EqualArea::to_point(PlanePoint at) const {
  const double away = std::hypot(at.x, at.y);
  if (away == 0) {
    return {{latitude_of(sine_)}, {longitude_}};
  }
  const double arc = 2 * std::asin(std::min(away / (2 * kAuthalicRadius), 1.0));
  const double sine =
      std::clamp(std::cos(arc) * sine_ + at.y * std::sin(arc) * cosine_ / away, -1.0, 1.0);
  const double east = std::atan2(at.x * std::sin(arc),
                                 away * cosine_ * std::cos(arc) - at.y * sine_ * std::sin(arc));
  return {{latitude_of(sine)}, {std::remainder(longitude_ + east / kRadians, 360.0)}};
}

}  // namespace truce::separation
