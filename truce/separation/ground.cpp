// SPDX-License-Identifier: Apache-2.0
#include "truce/separation/internal/ground.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace truce::separation::internal {
namespace {

constexpr std::size_t kMostCells = std::size_t{4096} * 4096;
constexpr double kCellsAcross = 200;
constexpr double kSmallestCell = 50;
constexpr double kLeastMargin = 10;
constexpr double kLeastReach = 20;
constexpr double kMostReach = 400;

base::Error invalid(std::string message) {
  return {base::ErrorCode::InvalidArgument, std::move(message)};
}

// Sums `values` over a window twice, along one line of the grid: what falls off as straight as a
// tent's side. Whole numbers, so that a position can be taken out again without a trace.
void pitch_tents(std::int64_t* values, std::size_t count, std::size_t step, std::size_t reach,
                 std::vector<std::int64_t>& spare) {
  // Wide enough on both sides for what reaches in from sums beyond the ends.
  const std::size_t wide = count + reach - 1;
  spare.assign(wide, 0);
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < wide; ++i) {
    sum += i < count ? values[i * step] : 0;
    sum -= i >= reach ? values[(i - reach) * step] : 0;
    spare[i] = sum;
  }
  sum = 0;
  for (std::size_t i = 0; i + 1 < reach && i < wide; ++i) {
    sum += spare[i];
  }
  for (std::size_t i = 0; i < count; ++i) {
    sum += spare[i + reach - 1];
    values[i * step] = sum;
    sum -= spare[i];
  }
}

// Lines that stay on one side of the date line.
std::vector<geometry::Polyline> cut_at_date_line(const std::vector<base::Point>& line) {
  std::vector<geometry::Polyline> parts(1);
  for (const base::Point point : line) {
    if (!parts.back().empty()) {
      const base::Point last = parts.back().back();
      const double east = point.longitude.degrees - last.longitude.degrees;
      if (std::abs(east) > 180) {
        const double edge = last.longitude.degrees > 0 ? 180 : -180;
        const double whole = east > 0 ? east - 360 : east + 360;
        const double share = (edge - last.longitude.degrees) / whole;
        const double north =
            std::lerp(last.latitude.degrees, point.latitude.degrees, std::clamp(share, 0.0, 1.0));
        parts.back().push_back({{north}, {edge}});
        parts.push_back({{{north}, {-edge}}});
      }
    }
    if (parts.back().empty() || parts.back().back() != point) {
      parts.back().push_back(point);
    }
  }
  std::erase_if(parts, [](const geometry::Polyline& part) { return part.size() < 2; });
  return parts;
}

// The cells along a stretch that is straight in longitude and latitude, in steps below a cell.
void lay_line(const Ground& ground, base::Point from, base::Point to, float cost,
              std::vector<float>& costs) {
  constexpr double kStepsInACell = 4;
  constexpr double kMostSteps = 4e6;
  const double length = geometry::distance(from, to).value;
  const auto steps = static_cast<std::size_t>(
      std::min(std::ceil(length / ground.side * kStepsInACell) + 1, kMostSteps));
  for (std::size_t step = 0; step <= steps; ++step) {
    const double share = static_cast<double>(step) / static_cast<double>(steps);
    const PlanePoint place = ground.on_grid(ground.plane.map.to_plane(
        {{std::lerp(from.latitude.degrees, to.latitude.degrees, share)},
         {std::lerp(from.longitude.degrees, to.longitude.degrees, share)}}));
    if (place.x >= 0 && place.y >= 0 && place.x < static_cast<double>(ground.columns) &&
        place.y < static_cast<double>(ground.rows)) {
      costs[ground.cell_of(place)] = cost;
    }
  }
}

void lay(const Ground& ground, const TerrainPart& part, std::vector<float>& costs) {
  const auto cost = static_cast<float>(part.cost.value_or(0));
  if (part.area) {
    for (std::size_t cell = 0; cell < ground.cells(); ++cell) {
      const std::size_t row = cell / ground.columns;
      const std::size_t column = cell % ground.columns;
      const PlanePoint middle = {
          ground.origin.x + (static_cast<double>(column) + 0.5) * ground.side,
          ground.origin.y + (static_cast<double>(row) + 0.5) * ground.side};
      const base::Point point = ground.plane.map.to_point(middle);
      if (part.area->contains({point, {0}}) == geometry::Containment::Inside) {
        costs[cell] = cost;
      }
    }
  }
  for (const geometry::Polyline& line : part.lines) {
    for (std::size_t i = 1; i < line.size(); ++i) {
      lay_line(ground, line[i - 1], line[i], cost, costs);
    }
  }
}

}  // namespace

base::Result<Ground> lay_ground(const std::vector<Position>& positions,
                                const LineOptions& options) {
  for (const auto& length : {options.cell_side, options.hold, options.reach}) {
    if (length && !(length->value > 0 && length->value <= 1e7)) {
      return invalid(fmt::format("{} m is no length to plan by; give one above 0", length->value));
    }
  }
  auto plane = internal::lay_out(positions);
  if (!plane) {
    return plane.error();
  }
  const double width = plane->north_east.x - plane->south_west.x;
  const double height = plane->north_east.y - plane->south_west.y;
  const double widest = std::max(width, height);
  const double side =
      options.cell_side
          .value_or(base::Metres{std::max(kSmallestCell, std::ceil(widest / kCellsAcross))})
          .value;
  const double margin = std::max(kLeastMargin, std::ceil(widest / 10 / side)) * side;
  const double columns = std::ceil((width + 2 * margin) / side) + 2;
  const double rows = std::ceil((height + 2 * margin) / side) + 2;
  if (columns * rows > static_cast<double>(kMostCells)) {
    return invalid(
        fmt::format("cells of {:g} m make a grid of {:g} by {:g}; at most 4,096 by 4,096 "
                    "can be planned: give a longer --cell",
                    side, columns, rows));
  }
  for (const double pole : {90.0, -90.0}) {
    const PlanePoint at = plane->map.to_plane({{pole}, {0}});
    if (std::abs(at.x) < width + 2 * margin && std::abs(at.y) < height + 2 * margin) {
      return invalid("a line about a pole cannot be drawn; give the positions of another front");
    }
  }
  // Half a cell more, so that the outermost positions lie in the middle of a cell, not on a border.
  const PlanePoint origin = {plane->south_west.x - margin - side / 2,
                             plane->south_west.y - margin - side / 2};
  Ground ground{
      .plane = std::move(plane).value(),
      .side = side,
      .origin = origin,
      .columns = static_cast<std::size_t>(columns),
      .rows = static_cast<std::size_t>(rows),
      .reach_m =
          options.reach.value_or(base::Metres{std::max(widest / 4, kLeastReach * side)}).value};
  ground.reach =
      static_cast<std::size_t>(std::clamp(std::round(ground.reach_m / side), 2.0, kMostReach));
  return ground;
}

std::vector<PlanePoint> Ground::places() const {
  std::vector<PlanePoint> found;
  found.reserve(plane.points.size());
  for (const PlanePoint point : plane.points) {
    found.push_back(on_grid(point));
  }
  return found;
}

std::vector<geometry::Polyline> Ground::on_earth(const std::vector<PlanePoint>& line) const {
  std::vector<base::Point> drawn;
  drawn.reserve(line.size());
  for (const PlanePoint point : line) {
    drawn.push_back(plane.map.to_point({origin.x + point.x * side, origin.y + point.y * side}));
  }
  return cut_at_date_line(drawn);
}

std::vector<float> ground_costs(const Ground& ground, const Terrain& terrain) {
  std::vector<float> costs(ground.cells(), 1.0F);
  for (const TerrainPart& part : terrain) {
    lay(ground, part, costs);
  }
  return costs;
}

std::int32_t held_between(float one, float other, double open) {
  if (one == 0 && other == 0) {
    return 0;
  }
  const double here = one == 0 ? other : one;
  const double there = other == 0 ? one : other;
  return static_cast<std::int32_t>(std::max(1.0, std::round(open * (here + there) / 2)));
}

void spread(const Ground& ground, std::vector<std::int64_t>& felt) {
  std::vector<std::int64_t> spare;
  for (std::size_t row = 0; row < ground.rows; ++row) {
    pitch_tents(&felt[row * ground.columns], ground.columns, 1, ground.reach, spare);
  }
  for (std::size_t column = 0; column < ground.columns; ++column) {
    pitch_tents(&felt[column], ground.rows, ground.columns, ground.reach, spare);
  }
}

std::int64_t felt_weight(const Position& position) {
  return std::max<std::int64_t>(std::llround(position.weight * kWeight), 1);
}

}  // namespace truce::separation::internal
