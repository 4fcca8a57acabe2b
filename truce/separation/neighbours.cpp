// SPDX-License-Identifier: Apache-2.0
#include "truce/separation/internal/neighbours.h"

#include <algorithm>
#include <cmath>

#include "truce/geometry/region.h"

namespace truce::separation::internal {
namespace {

// Beyond this share of a distance the map does not decide; see EqualArea.
constexpr double kDoubt = 0.015;
constexpr double kMostSquares = 1024;

// Whether two points are within `distance` of each other.
bool is_within(const Mark& one, const Mark& other, double distance) {
  if (distance < 0) {
    return false;
  }
  const double map = std::hypot(one.at.x - other.at.x, one.at.y - other.at.y);
  if (map <= distance * (1 - kDoubt)) {
    return true;
  }
  return map <= distance * (1 + kDoubt) + 1e-3 &&
         geometry::distance(one.point, other.point).value <= distance;
}

// The farthest that a point of the square is from `at`.
double farthest(PlanePoint at, PlanePoint corner, double side) {
  const double x = std::max(std::abs(at.x - corner.x), std::abs(at.x - corner.x - side));
  const double y = std::max(std::abs(at.y - corner.y), std::abs(at.y - corner.y - side));
  return std::hypot(x, y) * (1 + kDoubt);
}

}  // namespace

Neighbours::Neighbours(const std::vector<Mark>& marks, double reach) : marks_(marks) {
  if (marks_.empty()) {
    return;
  }
  PlanePoint north_east = marks_.front().at;
  south_west_ = north_east;
  for (const Mark& mark : marks_) {
    south_west_ = {std::min(south_west_.x, mark.at.x), std::min(south_west_.y, mark.at.y)};
    north_east = {std::max(north_east.x, mark.at.x), std::max(north_east.y, mark.at.y)};
    most_radius_ = std::max(most_radius_, mark.radius);
  }
  const double width = north_east.x - south_west_.x;
  const double height = north_east.y - south_west_.y;
  side_ = std::max({reach / 4, std::max(width, height) / kMostSquares, 1e-3});
  columns_ = static_cast<std::size_t>(width / side_) + 1;
  rows_ = static_cast<std::size_t>(height / side_) + 1;
  const auto square_of = [this](PlanePoint at) {
    return static_cast<std::size_t>((at.y - south_west_.y) / side_) * columns_ +
           static_cast<std::size_t>((at.x - south_west_.x) / side_);
  };
  std::sort(marks_.begin(), marks_.end(), [&](const Mark& one, const Mark& other) {
    const std::size_t first = square_of(one.at);
    const std::size_t second = square_of(other.at);
    return first != second ? first < second : one.weight > other.weight;
  });
  squares_.resize(columns_ * rows_);
  for (std::uint32_t i = 0; i < marks_.size(); ++i) {
    Square& square = squares_[square_of(marks_[i].at)];
    if (square.end == 0) {
      square = {i, i, marks_[i].weight, marks_[i].radius, marks_[i].radius};
    }
    square.end = i + 1;
    square.least_radius = std::min(square.least_radius, marks_[i].radius);
    square.most_radius = std::max(square.most_radius, marks_[i].radius);
  }
}

// Visits the squares that have marks and lie within `reach`, until `visit` returns false.
template <typename Visit>
void Neighbours::visit_near(PlanePoint at, double reach, Visit visit) const {
  if (squares_.empty()) {
    return;
  }
  const double wide = reach * (1 + kDoubt) + 1e-3;
  const auto bound = [this](double value, double origin, std::size_t count) {
    const double cell = std::floor((value - origin) / side_);
    return static_cast<std::size_t>(std::clamp(cell, 0.0, static_cast<double>(count - 1)));
  };
  const std::size_t west = bound(at.x - wide, south_west_.x, columns_);
  const std::size_t east = bound(at.x + wide, south_west_.x, columns_);
  const std::size_t south = bound(at.y - wide, south_west_.y, rows_);
  const std::size_t north = bound(at.y + wide, south_west_.y, rows_);
  for (std::size_t row = south; row <= north; ++row) {
    for (std::size_t column = west; column <= east; ++column) {
      const Square& square = squares_[row * columns_ + column];
      if (square.end == 0) {
        continue;
      }
      const PlanePoint corner = {south_west_.x + static_cast<double>(column) * side_,
                                 south_west_.y + static_cast<double>(row) * side_};
      if (!visit(square, farthest(at, corner, side_))) {
        return;
      }
    }
  }
}

bool Neighbours::has_within(const Mark& mark, double distance) const {
  bool is_found = false;
  visit_near(mark.at, distance, [&](const Square& square, double far) {
    is_found = far <= distance;
    for (std::uint32_t i = square.begin; i < square.end && !is_found; ++i) {
      is_found = is_within(mark, marks_[i], distance);
    }
    return !is_found;
  });
  return is_found;
}

bool Neighbours::may_have_within(const Mark& mark, double distance) const {
  bool is_found = false;
  const double reach = distance + mark.radius;
  visit_near(mark.at, reach + most_radius_, [&](const Square& square, double far) {
    is_found = far <= reach + square.least_radius;
    for (std::uint32_t i = square.begin; i < square.end && !is_found; ++i) {
      is_found = is_within(mark, marks_[i], reach + marks_[i].radius);
    }
    return !is_found;
  });
  return is_found;
}

double Neighbours::surest_within(const Mark& mark, double distance) const {
  double surest = 0;
  const double reach = distance - mark.radius;
  if (reach < 0) {
    return 0;
  }
  visit_near(mark.at, reach, [&](const Square& square, double far) {
    if (far <= reach - square.most_radius) {
      surest = std::max(surest, square.most_weight);
      return true;
    }
    for (std::uint32_t i = square.begin; i < square.end && marks_[i].weight > surest; ++i) {
      if (is_within(mark, marks_[i], reach - marks_[i].radius)) {
        surest = marks_[i].weight;
      }
    }
    return true;
  });
  return surest;
}

}  // namespace truce::separation::internal
