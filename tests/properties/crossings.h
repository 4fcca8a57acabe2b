// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "truce/base/quantity.h"
#include "truce/geometry/region.h"

namespace truce::testing {

/// How often the straight line between two points crosses these.
inline std::size_t crossings(const std::vector<geometry::Polyline>& lines, base::Point from,
                             base::Point to) {
  const auto turn = [](base::Point a, base::Point b, base::Point c) {
    return (b.longitude.degrees - a.longitude.degrees) * (c.latitude.degrees - a.latitude.degrees) -
               (b.latitude.degrees - a.latitude.degrees) *
                   (c.longitude.degrees - a.longitude.degrees) >
           0;
  };
  std::size_t count = 0;
  for (const geometry::Polyline& part : lines) {
    for (std::size_t i = 1; i < part.size(); ++i) {
      count += turn(from, to, part[i - 1]) != turn(from, to, part[i]) &&
                       turn(part[i - 1], part[i], from) != turn(part[i - 1], part[i], to)
                   ? 1
                   : 0;
    }
  }
  return count;
}

}  // namespace truce::testing
