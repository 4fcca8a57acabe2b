// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "truce/base/quantity.h"

namespace truce::geometry {

/// Metres from the centre of the Earth, for bounds that need no geodesic.
struct Vector {
  double x = 0;
  double y = 0;
  double z = 0;
};

Vector operator+(Vector a, Vector b);
Vector operator-(Vector a, Vector b);
Vector operator*(double factor, Vector a);
double dot(Vector a, Vector b);
double length(Vector a);

/// The point of the WGS 84 ellipsoid.
Vector to_vector(base::Point point);

/// The longest that a geodesic can be whose ends are `chord` metres apart in a straight line; the
/// shortest is the chord itself. No geodesic bends more than a circle of the smallest radius of
/// curvature, so its chord is at least that circle's. Source: Schur's comparison theorem.
double longest_geodesic(double chord);

/// A geodesic between two points: its length and its azimuth at the start, in degrees.
struct Geodesic {
  double length_m = 0;
  double azimuth = 0;
};
Geodesic geodesic(base::Point from, base::Point to);

/// The distance to the nearest point of the line from `from` to `to` that is straight in
/// longitude and latitude, to a tenth of a millimetre, for lines of a few hundred kilometres.
double distance_to_line(base::Point point, base::Point from, base::Point to);

/// Metres on the ground per degree of latitude and per degree of longitude at `point`.
struct DegreeLengths {
  double latitude_m = 0;
  double longitude_m = 0;
};
DegreeLengths degree_lengths(base::Point point);

}  // namespace truce::geometry
