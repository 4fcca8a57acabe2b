// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "truce/base/quantity.h"

namespace truce::separation {

/// A point of the flat map, in metres east and north of its centre.
struct PlanePoint {
  double x = 0;
  double y = 0;

  friend bool operator==(const PlanePoint&, const PlanePoint&) = default;
};

/// A flat map on which areas are true: Lambert's azimuthal projection of the WGS 84 ellipsoid about
/// a centre, by way of the authalic sphere. Within 1,000 km of the centre a length is true to one
/// part in a hundred. The date line and the poles are points like others. Method:
/// docs/methods/separation.md.
class EqualArea {
 public:
  explicit EqualArea(base::Point centre);

  [[nodiscard]] PlanePoint to_plane(base::Point point) const;
  /// The inverse, to a millimetre, near a pole to a decimetre.
  [[nodiscard]] base::Point to_point(PlanePoint at) const;

 private:
  double longitude_ = 0;
  double sine_ = 0;
  double cosine_ = 1;
};

}  // namespace truce::separation
