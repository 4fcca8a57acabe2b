// SPDX-License-Identifier: Apache-2.0
#include "truce/geometry/internal/boundary.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

namespace truce::geometry {
namespace {

constexpr double kLongestPiece = 0.1;
constexpr double kMostPieces = 1e6;
constexpr std::uint32_t kPiecesInLeaf = 4;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

double extent(const Edge& edge) {
  return std::max(std::abs(edge.to.latitude.degrees - edge.from.latitude.degrees),
                  std::abs(edge.to.longitude.degrees - edge.from.longitude.degrees));
}

// An arc leaves its chord by at most an eighth of its greatest acceleration, here the square of
// its angle times a radius larger than any of the Earth's.
double slack_of(const Edge& edge) {
  constexpr double kLargeRadius = 6.5e6;
  const double angle = (std::abs(edge.to.latitude.degrees - edge.from.latitude.degrees) +
                        std::abs(edge.to.longitude.degrees - edge.from.longitude.degrees)) *
                       std::numbers::pi / 180;
  return kLargeRadius * angle * angle / 8 + 1e-3;
}

Edge part_of(const Edge& edge, double from, double to) {
  const auto at = [&](double share) {
    return base::Point{{std::lerp(edge.from.latitude.degrees, edge.to.latitude.degrees, share)},
                       {std::lerp(edge.from.longitude.degrees, edge.to.longitude.degrees, share)}};
  };
  return {at(from), at(to)};
}

double chord_distance(Vector at, Vector from, Vector along) {
  const double squared = dot(along, along);
  const double share = squared > 0 ? std::clamp(dot(at - from, along) / squared, 0.0, 1.0) : 0.0;
  return length(at - from - share * along);
}

double box_distance(Vector at, Vector low, Vector high) {
  const auto outside = [](double value, double least, double most) {
    return std::max({least - value, value - most, 0.0});
  };
  return length(
      {outside(at.x, low.x, high.x), outside(at.y, low.y, high.y), outside(at.z, low.z, high.z)});
}

Vector least(Vector a, Vector b) {
  return {std::min(a.x, b.x), std::min(a.y, b.y), std::min(a.z, b.z)};
}

Vector most(Vector a, Vector b) {
  return {std::max(a.x, b.x), std::max(a.y, b.y), std::max(a.z, b.z)};
}

}  // namespace

Boundary::Boundary(const std::vector<Edge>& edges) {
  double total = 0;
  for (const Edge& edge : edges) {
    total += extent(edge);
  }
  const double step = std::max(kLongestPiece, total / kMostPieces);
  for (const Edge& edge : edges) {
    const auto count = static_cast<int>(std::max(1.0, std::ceil(extent(edge) / step)));
    for (int at = 0; at < count; ++at) {
      const Edge part =
          part_of(edge, static_cast<double>(at) / count, static_cast<double>(at + 1) / count);
      const Vector from = to_vector(part.from);
      pieces_.push_back({from, to_vector(part.to) - from, slack_of(part), part});
    }
  }
  if (!pieces_.empty()) {
    build(0, static_cast<std::uint32_t>(pieces_.size()));
  }
}

// The depth is the logarithm of the number of pieces, as each node is halved.
void Boundary::build(std::uint32_t begin, std::uint32_t end) {
  Node node{pieces_[begin].from, pieces_[begin].from, 0, begin, end, 0};
  for (std::uint32_t at = begin; at < end; ++at) {
    const Piece& piece = pieces_[at];
    const Vector to = piece.from + piece.along;
    node.low = least(node.low, least(piece.from, to));
    node.high = most(node.high, most(piece.from, to));
    node.slack = std::max(node.slack, piece.slack);
  }
  const std::size_t index = nodes_.size();
  nodes_.push_back(node);
  if (end - begin <= kPiecesInLeaf) {
    return;
  }
  const Vector size = node.high - node.low;
  const std::uint32_t middle = begin + (end - begin) / 2;
  const auto key = [&](const Piece& piece) {
    if (size.x >= size.y && size.x >= size.z) {
      return piece.from.x;
    }
    return size.y >= size.z ? piece.from.y : piece.from.z;
  };
  std::nth_element(pieces_.begin() + begin, pieces_.begin() + middle, pieces_.begin() + end,
                   [&](const Piece& a, const Piece& b) { return key(a) < key(b); });
  build(begin, middle);
  nodes_[index].second = static_cast<std::uint32_t>(nodes_.size());
  build(middle, end);
}

template <typename Limit, typename Visit>
void Boundary::search(Vector at, Limit limit, Visit visit) const {
  struct Open {
    std::uint32_t node;
    double distance;
  };
  // Two children wait per level, and 2^32 pieces have 32 levels.
  std::array<Open, 80> open{};
  std::size_t count = 0;
  const auto push = [&](std::uint32_t index) {
    const Node& node = nodes_[index];
    open.at(count++) = {index, box_distance(at, node.low, node.high) - node.slack};
  };
  push(0);
  while (count > 0) {
    const Open next = open.at(--count);
    if (next.distance > limit()) {
      continue;
    }
    const Node& node = nodes_[next.node];
    if (node.second == 0) {
      for (std::uint32_t index = node.begin; index < node.end; ++index) {
        visit(pieces_[index], chord_distance(at, pieces_[index].from, pieces_[index].along));
      }
      continue;
    }
    push(next.node + 1);
    push(node.second);
    // The nearer child is looked at first.
    if (open.at(count - 2).distance < open.at(count - 1).distance) {
      std::swap(open.at(count - 2), open.at(count - 1));
    }
  }
}

DistanceBounds Boundary::bounds(base::Point point) const {
  if (empty()) {
    return {kInfinity, kInfinity};
  }
  double low = kInfinity;
  double high = kInfinity;
  search(
      to_vector(point), [&] { return low; },
      [&](const Piece& piece, double chord) {
        low = std::min(low, chord - piece.slack);
        high = std::min(high, chord + piece.slack);
      });
  return {std::max(low, 0.0), longest_geodesic(high)};
}

double Boundary::distance(base::Point point) const {
  if (empty()) {
    return kInfinity;
  }
  double nearest = bounds(point).high;
  search(
      to_vector(point), [&] { return nearest; },
      [&](const Piece& piece, double chord) {
        if (chord - piece.slack <= nearest) {
          nearest = std::min(nearest, distance_to_line(point, piece.edge.from, piece.edge.to));
        }
      });
  return nearest;
}

}  // namespace truce::geometry
