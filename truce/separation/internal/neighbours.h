// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "truce/separation/internal/plane.h"

namespace truce::separation::internal {

/// A position and where it lies on the map.
struct Mark {
  PlanePoint at;
  base::Point point;
  double radius = 0;
  double weight = 0;
};

/// The marks of one side in squares, asked what lies near a mark of the other. Distances are
/// geodesic: the map decides only where it is not in doubt.
class Neighbours {
 public:
  /// Squares of about a quarter of `reach`.
  Neighbours(const std::vector<Mark>& marks, double reach);

  /// Whether the centre of some mark is within `distance` of the centre of `mark`.
  [[nodiscard]] bool has_within(const Mark& mark, double distance) const;
  /// Whether some mark may be within `distance`: each somewhere in its disc.
  [[nodiscard]] bool may_have_within(const Mark& mark, double distance) const;
  /// The greatest weight of the marks that are within `distance` wherever in their discs both are;
  /// 0 where there is none.
  [[nodiscard]] double surest_within(const Mark& mark, double distance) const;

 private:
  struct Square {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    double most_weight = 0;
    double least_radius = 0;
    double most_radius = 0;
  };

  template <typename Visit>
  void visit_near(PlanePoint at, double reach, Visit visit) const;

  double side_ = 1;
  PlanePoint south_west_;
  std::size_t columns_ = 0;
  std::size_t rows_ = 0;
  double most_radius_ = 0;
  std::vector<Square> squares_;
  // By square; in each the surest first.
  std::vector<Mark> marks_;
};

}  // namespace truce::separation::internal
