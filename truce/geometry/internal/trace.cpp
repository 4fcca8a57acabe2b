// SPDX-License-Identifier: Apache-2.0
#include "truce/geometry/internal/trace.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <unordered_map>

#include "truce/geometry/internal/area_check.h"
#include "truce/geometry/internal/ellipsoid.h"

namespace truce::geometry {
namespace {

constexpr std::int64_t kFewestCells = 128;
constexpr std::int64_t kMostCells = 1024;
constexpr std::int64_t kBlock = 16;
// Beyond the grid everything is outside.
constexpr double kFar = 1e9;

// Two neighbouring nodes of the grid, between which the line passes: the west or south one, times
// two, plus one when the other lies north.
using Crossing = std::int64_t;

class Tracer {
 public:
  Tracer(const RegionNode& node, const DegreeBox& box, double feature_m);
  void trace(std::vector<Polygon>& outlines);

 private:
  [[nodiscard]] base::Point point(std::int64_t column, std::int64_t row) const;
  [[nodiscard]] double value(std::int64_t column, std::int64_t row);
  [[nodiscard]] double distance(base::Point at) const;
  [[nodiscard]] bool is_reached(std::int64_t column, std::int64_t row) const;
  [[nodiscard]] base::Point crossing_point(Crossing crossing);
  [[nodiscard]] std::int64_t node_index(std::int64_t column, std::int64_t row) const {
    return row * (columns_ + 1) + column;
  }
  void trace_cell(std::int64_t column, std::int64_t row);
  std::vector<Ring> take_rings();

  const RegionNode& node_;
  DegreeBox box_;
  std::int64_t columns_ = 1;
  std::int64_t rows_ = 1;
  double step_ = 1;
  double column_step_ = 1;
  std::unordered_map<std::int64_t, double> values_;
  // From a crossing to the next one, with the inside on the left.
  std::unordered_map<Crossing, Crossing> next_;
};

Tracer::Tracer(const RegionNode& node, const DegreeBox& box, double feature_m)
    : node_(node), box_(box) {
  const base::Point middle{{(box.south + box.north) / 2}, {(box.west + box.east) / 2}};
  const DegreeLengths lengths = degree_lengths(middle);
  const double height_m = (box.north - box.south) * lengths.latitude_m;
  const double width_m = (box.east - box.west) * lengths.longitude_m;
  const double size_m = std::max({height_m, width_m, 1e-3});
  double step_m = size_m / static_cast<double>(kFewestCells);
  if (feature_m > 0) {
    step_m = std::min(step_m, feature_m / 4);
  }
  step_m = std::max(step_m, size_m / static_cast<double>(kMostCells));
  step_ = step_m / lengths.latitude_m;
  column_step_ = step_m / lengths.longitude_m;
  // A margin of two cells on each side, so that every ring closes.
  box_.south -= 2 * step_;
  box_.west -= 2 * column_step_;
  rows_ = static_cast<std::int64_t>(std::ceil(height_m / step_m)) + 4;
  columns_ = static_cast<std::int64_t>(std::ceil(width_m / step_m)) + 4;
}

base::Point Tracer::point(std::int64_t column, std::int64_t row) const {
  return {{std::clamp(box_.south + static_cast<double>(row) * step_, -90.0, 90.0)},
          {std::clamp(box_.west + static_cast<double>(column) * column_step_, -180.0, 180.0)}};
}

double Tracer::distance(base::Point at) const {
  const DistanceBounds bounds = node_.signed_distance(at, false);
  return std::isfinite(bounds.high) ? (bounds.low + bounds.high) / 2 : bounds.low;
}

double Tracer::value(std::int64_t column, std::int64_t row) {
  if (column == 0 || row == 0 || column == columns_ || row == rows_) {
    return kFar;
  }
  const auto [found, is_new] = values_.try_emplace(node_index(column, row), 0.0);
  if (is_new) {
    found->second = distance(point(column, row));
  }
  return found->second;
}

// Whether the line can pass through the block of cells that begins here.
bool Tracer::is_reached(std::int64_t column, std::int64_t row) const {
  const base::Point low = point(column, row);
  const base::Point high =
      point(std::min(column + kBlock, columns_), std::min(row + kBlock, rows_));
  const base::Point middle{{(low.latitude.degrees + high.latitude.degrees) / 2},
                           {(low.longitude.degrees + high.longitude.degrees) / 2}};
  const double reach = std::max({geodesic(middle, low).length_m, geodesic(middle, high).length_m,
                                 geodesic(middle, {low.latitude, high.longitude}).length_m,
                                 geodesic(middle, {high.latitude, low.longitude}).length_m});
  const DistanceBounds bounds = node_.signed_distance(middle, false);
  return bounds.low <= 1.1 * reach && bounds.high >= -1.1 * reach;
}

base::Point Tracer::crossing_point(Crossing crossing) {
  const std::int64_t index = crossing / 2;
  const std::int64_t column = index % (columns_ + 1);
  const std::int64_t row = index / (columns_ + 1);
  const bool is_north = crossing % 2 != 0;
  const base::Point from = point(column, row);
  const base::Point to = point(column + (is_north ? 0 : 1), row + (is_north ? 1 : 0));
  const double first = value(column, row);
  const double second = value(column + (is_north ? 0 : 1), row + (is_north ? 1 : 0));
  const double share = std::abs(first) >= kFar || std::abs(second) >= kFar
                           ? 0.5
                           : std::clamp(first / (first - second), 0.0, 1.0);
  return {{std::lerp(from.latitude.degrees, to.latitude.degrees, share)},
          {std::lerp(from.longitude.degrees, to.longitude.degrees, share)}};
}

void Tracer::trace_cell(std::int64_t column, std::int64_t row) {
  // Anticlockwise from the south-west corner; side k leads from corner k to the next.
  const std::array<bool, 4> is_in = {value(column, row) <= 0, value(column + 1, row) <= 0,
                                     value(column + 1, row + 1) <= 0, value(column, row + 1) <= 0};
  const std::array<Crossing, 4> sides = {
      2 * node_index(column, row), 2 * node_index(column + 1, row) + 1,
      2 * node_index(column, row + 1), 2 * node_index(column, row) + 1};
  for (std::size_t side = 0; side < 4; ++side) {
    const bool is_exit = is_in.at(side) && !is_in.at((side + 1) % 4);
    if (!is_exit) {
      continue;
    }
    // Back to where the boundary of the cell came in: between them lies the inside.
    std::size_t entry = side;
    while (is_in.at(entry)) {
      entry = (entry + 3) % 4;
    }
    next_[sides.at(side)] = sides.at(entry);
  }
}

std::vector<Ring> Tracer::take_rings() {
  // The least first, so that the result does not depend on the order in the map.
  std::vector<Crossing> starts;
  starts.reserve(next_.size());
  for (const auto& [from, to] : next_) {
    starts.push_back(from);
  }
  std::sort(starts.begin(), starts.end());
  std::vector<Ring> rings;
  for (const Crossing start : starts) {
    Ring ring;
    Crossing at = start;
    for (auto found = next_.find(at); found != next_.end(); found = next_.find(at)) {
      ring.push_back(crossing_point(at));
      at = found->second;
      next_.erase(found);
    }
    if (ring.size() >= 3) {
      rings.push_back(std::move(ring));
    }
  }
  return rings;
}

// Twice the area in square degrees; negative for a ring that runs clockwise, which is a hole.
double signed_area(const Ring& ring) {
  double sum = 0;
  for (std::size_t at = 0; at < ring.size(); ++at) {
    const base::Point& from = ring[at];
    const base::Point& to = ring[(at + 1) % ring.size()];
    sum +=
        from.longitude.degrees * to.latitude.degrees - to.longitude.degrees * from.latitude.degrees;
  }
  return sum;
}

bool is_in_ring(base::Point point, const Ring& ring) {
  GridRing grid;
  grid.reserve(ring.size());
  std::transform(ring.begin(), ring.end(), std::back_inserter(grid), to_grid);
  return locate(to_grid(point), grid) != RingSide::Outside;
}

void Tracer::trace(std::vector<Polygon>& outlines) {
  for (std::int64_t row = 0; row < rows_; row += kBlock) {
    for (std::int64_t column = 0; column < columns_; column += kBlock) {
      if (!is_reached(column, row)) {
        continue;
      }
      for (std::int64_t at = 0; at < kBlock * kBlock; ++at) {
        if (column + at % kBlock < columns_ && row + at / kBlock < rows_) {
          trace_cell(column + at % kBlock, row + at / kBlock);
        }
      }
    }
  }
  std::vector<Ring> holes;
  const auto first = static_cast<std::ptrdiff_t>(outlines.size());
  for (Ring& ring : take_rings()) {
    if (signed_area(ring) > 0) {
      outlines.push_back({std::move(ring)});
    } else {
      holes.push_back(std::move(ring));
    }
  }
  for (Ring& hole : holes) {
    const auto around =
        std::find_if(outlines.begin() + first, outlines.end(),
                     [&](const Polygon& outer) { return is_in_ring(hole.front(), outer.front()); });
    if (around != outlines.end()) {
      around->push_back(std::move(hole));
    }
  }
}

}  // namespace

void trace_outline(const RegionNode& node, const DegreeBox& box, double feature_m,
                   std::vector<Polygon>& outlines) {
  if (box.south > box.north) {
    return;
  }
  Tracer(node, box, feature_m).trace(outlines);
}

}  // namespace truce::geometry
