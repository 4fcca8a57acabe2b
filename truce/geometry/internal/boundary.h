// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "truce/base/quantity.h"
#include "truce/geometry/internal/ellipsoid.h"

namespace truce::geometry {

/// A distance in metres known to lie in [low, high].
struct DistanceBounds {
  double low = 0;
  double high = 0;
};

/// An edge, straight in longitude and latitude; a point where both ends are equal.
struct Edge {
  base::Point from;
  base::Point to;
};

/// Finds the nearest of many edges. Long edges are cut into pieces of about a tenth of a degree,
/// whose straight chords through the Earth bound the distance; a tree of boxes over the chords
/// leaves few pieces to measure. Immutable.
class Boundary {
 public:
  explicit Boundary(const std::vector<Edge>& edges);

  [[nodiscard]] bool empty() const { return pieces_.empty(); }
  /// Within a few metres, a little more for far points; fast. Infinite when there is no edge.
  [[nodiscard]] DistanceBounds bounds(base::Point point) const;
  /// The distance of the nearest edge to about a millimetre.
  [[nodiscard]] double distance(base::Point point) const;

 private:
  struct Piece {
    Vector from;
    Vector along;
    // The farthest that the edge runs from its chord.
    double slack = 0;
    Edge edge;
  };
  struct Node {
    Vector low;
    Vector high;
    double slack = 0;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    // The second child; the first follows its parent. 0 for a leaf.
    std::uint32_t second = 0;
  };

  void build(std::uint32_t begin, std::uint32_t end);
  // Calls `visit(piece, chord distance)` for pieces that may be nearer than `limit()`.
  template <typename Limit, typename Visit>
  void search(Vector at, Limit limit, Visit visit) const;

  std::vector<Piece> pieces_;
  std::vector<Node> nodes_;
};

}  // namespace truce::geometry
