// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>

namespace truce::base {

/// A distance on the ground.
struct Metres {
  double value = 0;

  friend auto operator<=>(const Metres&, const Metres&) = default;
};

/// A calibre or another measure of a thing.
struct Millimetres {
  double value = 0;

  friend auto operator<=>(const Millimetres&, const Millimetres&) = default;
};

/// Degrees north of the equator, WGS 84. Not to be mixed with Longitude: that is a compile error.
struct Latitude {
  double degrees = 0;

  friend auto operator<=>(const Latitude&, const Latitude&) = default;
};

/// Degrees east of Greenwich, WGS 84.
struct Longitude {
  double degrees = 0;

  friend auto operator<=>(const Longitude&, const Longitude&) = default;
};

/// A point on the Earth. Range-checked where it is read.
struct Point {
  Latitude latitude;
  Longitude longitude;

  friend auto operator<=>(const Point&, const Point&) = default;
};

}  // namespace truce::base
