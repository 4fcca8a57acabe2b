// SPDX-License-Identifier: Apache-2.0
#include "truce/stream/internal/faces.h"

#include <algorithm>

namespace truce::stream::internal {
namespace {

// The globe, cut five times into 8 by 8: the smallest cells are 0.011 degrees wide.
constexpr unsigned kDepth = 5;
constexpr double kTurn = 360;
constexpr double kHalfTurn = 180;
// So many points are tested against each border before a cell is cut: cutting costs as much.
constexpr std::size_t kTests = 16;
// The least cells in a turn, as a power of two.
constexpr unsigned kBits = 3;
constexpr std::uint32_t kLeast = 1U << (kBits * kDepth);

}  // namespace

Faces::Faces(const agreement::Agreement& agreement) {
  for (const agreement::Place& place : agreement.places) {
    if (place.region != nullptr) {
      globe_.open.push_back({count_++, *place.region});
    }
  }
  number({});
}

std::uint32_t Faces::number(const Places& places) {
  return numbers_.try_emplace(places, static_cast<std::uint32_t>(numbers_.size())).first->second;
}

std::unique_ptr<Faces::Cell> Faces::look_at(const Square& square, const Cell& above) {
  auto cell = std::make_unique<Cell>();
  cell->around = above.around;
  const base::Point south_west{{square.south}, {square.west}};
  const base::Point north_east{{square.south + square.height}, {square.west + square.width}};
  for (const Open& open : above.open) {
    switch (open.region.contains_box(south_west, north_east)) {
      case geometry::Containment::Inside:
        cell->around.push_back(open.place);
        break;
      case geometry::Containment::Either:
        cell->open.push_back({open.place, open.region.only_near(south_west, north_east)});
        break;
      case geometry::Containment::Outside:
        break;
    }
  }
  std::sort(cell->around.begin(), cell->around.end());
  if (cell->open.empty()) {
    cell->face = number(cell->around);
  }
  return cell;
}

// The places that hold the point; those which perhaps do count as others, numbered behind.
std::uint32_t Faces::test(const Cell& cell, base::Point point) {
  Places places = cell.around;
  for (const Open& open : cell.open) {
    const geometry::Containment where = open.region.contains({point, {0}});
    if (where != geometry::Containment::Outside) {
      places.push_back(where == geometry::Containment::Inside ? open.place : open.place + count_);
    }
  }
  std::sort(places.begin(), places.end());
  return number(places);
}

std::uint32_t Faces::face_of(base::Point point) {
  // In which of the least cells it lies.
  const auto cell_of = [](double degrees, double turn) {
    return std::min(kLeast - 1, static_cast<std::uint32_t>(degrees / turn * kLeast));
  };
  const std::uint32_t east = cell_of(point.longitude.degrees + kHalfTurn, kTurn);
  const std::uint32_t north = cell_of(point.latitude.degrees + kHalfTurn / 2, kHalfTurn);
  Cell* cell = &globe_;
  for (unsigned depth = 1; depth <= kDepth && !cell->open.empty(); ++depth) {
    if (cell->parts.empty()) {
      if (depth > 1 && cell->tested++ < cell->open.size() * kTests) {
        break;
      }
      cell->parts.resize(kSide * kSide);
    }
    const unsigned shift = kBits * (kDepth - depth);
    const std::uint32_t column = (east >> shift) % kSide;
    const std::uint32_t row = (north >> shift) % kSide;
    std::unique_ptr<Cell>& next = cell->parts[row * kSide + column];
    if (next == nullptr) {
      const double width = kTurn / (1U << (kBits * depth));
      const double height = width / 2;
      next = look_at({(east >> shift) * width - kHalfTurn,
                      (north >> shift) * height - kHalfTurn / 2, width, height},
                     *cell);
    }
    cell = next.get();
  }
  return cell->open.empty() ? cell->face : test(*cell, point);
}

}  // namespace truce::stream::internal
