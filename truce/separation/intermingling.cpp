// SPDX-License-Identifier: Apache-2.0
#include "truce/separation/intermingling.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "truce/separation/internal/neighbours.h"
#include "truce/separation/internal/plane.h"

namespace truce::separation {
namespace {

using internal::Mark;
using internal::Neighbours;
using internal::Plane;

constexpr double kLongestDistance = 100'000;
constexpr double kMostInARow = 200;

// A weighted mean of what is near each position.
struct Mean {
  double weight = 0;
  IndexFigure sum;

  void add(double of_weight, const IndexFigure& near) {
    weight += of_weight;
    sum.index += of_weight * near.index;
    sum.low += of_weight * near.low;
    sum.high += of_weight * near.high;
  }
  [[nodiscard]] IndexFigure figure() const {
    return {sum.index / weight, sum.low / weight, sum.high / weight};
  }
};

// What is missing may speak for either: the low figure takes it as apart, the high as mixed.
IndexFigure with_missing(IndexFigure figure, double share) {
  // Rounding must not put the figure outside its band.
  figure.low = std::min(figure.low * (1 - share), figure.index);
  figure.high = std::clamp(figure.high * (1 - share) + share, figure.index, 1.0);
  return figure;
}

IndexFigure mean_of(const IndexFigure& one, const IndexFigure& other) {
  return {(one.index + other.index) / 2, (one.low + other.low) / 2, (one.high + other.high) / 2};
}

// For each position how near the other side is, by the three ways to read the reports.
std::vector<IndexFigure> find_near(const Positions& positions, const Plane& plane,
                                   double distance) {
  std::array<std::vector<Mark>, 2> marks;
  std::array<double, 2> most_radius = {0, 0};
  for (std::size_t i = 0; i < positions.positions.size(); ++i) {
    const Position& position = positions.positions[i];
    const auto side = static_cast<std::size_t>(position.side);
    marks[side].push_back(
        {plane.points[i], position.point, position.radius.value, position.weight});
    most_radius[side] = std::max(most_radius[side], position.radius.value);
  }
  const double widest = distance + most_radius[0] + most_radius[1];
  const std::array<Neighbours, 2> near = {Neighbours(marks[0], distance),
                                          Neighbours(marks[1], distance)};
  const std::array<Neighbours, 2> wide = {Neighbours(marks[0], widest),
                                          Neighbours(marks[1], widest)};
  std::array<std::size_t, 2> next = {0, 0};
  std::vector<IndexFigure> found;
  found.reserve(positions.positions.size());
  for (const Position& position : positions.positions) {
    const auto side = static_cast<std::size_t>(position.side);
    const Mark& mark = marks[side][next[side]++];
    const bool is_near = near[1 - side].has_within(mark, distance);
    found.push_back(
        {.index = is_near ? 1.0 : 0.0,
         .low = is_near ? near[1 - side].surest_within(mark, distance) : 0.0,
         .high = is_near || wide[1 - side].may_have_within(mark, distance) ? 1.0 : 0.0});
  }
  return found;
}

std::vector<IndexCell> find_cells(const Positions& positions, const Plane& plane,
                                  const std::vector<IndexFigure>& near, double side) {
  std::map<std::pair<std::int64_t, std::int64_t>, std::pair<Mean, std::uint64_t>> squares;
  for (std::size_t i = 0; i < near.size(); ++i) {
    const auto row = static_cast<std::int64_t>(std::floor(plane.points[i].y / side));
    const auto column = static_cast<std::int64_t>(std::floor(plane.points[i].x / side));
    auto& [mean, count] = squares[{row, column}];
    mean.add(positions.positions[i].weight, near[i]);
    ++count;
  }
  std::vector<IndexCell> cells;
  cells.reserve(squares.size());
  for (const auto& [place, square] : squares) {
    IndexCell cell{.corners = {}, .figure = square.first.figure(), .positions = square.second};
    for (std::size_t corner = 0; corner < 4; ++corner) {
      const bool is_east = corner == 1 || corner == 2;
      const bool is_north = corner >= 2;
      cell.corners[corner] =
          plane.map.to_point({static_cast<double>(place.second + (is_east ? 1 : 0)) * side,
                              static_cast<double>(place.first + (is_north ? 1 : 0)) * side});
    }
    cells.push_back(cell);
  }
  return cells;
}

base::Result<void> check(const Positions& positions, const InterminglingOptions& options) {
  const double distance = options.distance.value;
  if (!(distance > 0) || distance > kLongestDistance) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("a distance of {} m cannot be measured by; give one above 0 and "
                                   "of at most 100 km",
                                   distance)};
  }
  if (positions.count(Side::First) == 0 || positions.count(Side::Second) == 0) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       "a side has no position at that time; check its name and the files"};
  }
  return {};
}

}  // namespace

base::Result<Intermingling> measure_intermingling(const Positions& positions,
                                                  const InterminglingOptions& options) {
  if (auto checked = check(positions, options); !checked) {
    return checked.error();
  }
  const auto plane = internal::lay_out(positions.positions);
  if (!plane) {
    return plane.error();
  }
  const std::vector<IndexFigure> near = find_near(positions, *plane, options.distance.value);
  std::array<Mean, 2> means;
  for (std::size_t i = 0; i < near.size(); ++i) {
    means[static_cast<std::size_t>(positions.positions[i].side)].add(positions.positions[i].weight,
                                                                     near[i]);
  }
  const auto missing =
      static_cast<double>(positions.doubtful + positions.unplaced + options.unusable);
  const double share = missing / (missing + static_cast<double>(near.size()));
  Intermingling found;
  found.of_side = {with_missing(means[0].figure(), share), with_missing(means[1].figure(), share)};
  found.whole = mean_of(found.of_side[0], found.of_side[1]);
  const double widest = std::max(plane->north_east.x - plane->south_west.x,
                                 plane->north_east.y - plane->south_west.y);
  found.cell_side = options.cell_side.value_or(
      base::Metres{std::max(options.distance.value, std::ceil(widest / kMostInARow))});
  found.cells = find_cells(positions, *plane, near, found.cell_side.value);
  return found;
}

base::Result<std::vector<IndexWindow>> measure_windows(const PresenceReading& reading,
                                                       const std::vector<Belonging>& belongings,
                                                       const AgeingOptions& ageing,
                                                       const InterminglingOptions& options,
                                                       base::Duration length) {
  constexpr std::int64_t kMostWindows = 1000;
  base::Instant first = base::kAfterTime;
  base::Instant last = base::kBeforeTime;
  for (std::size_t i = 0; i < belongings.size(); ++i) {
    const base::Instant at = reading.observations[i].at;
    const bool is_of_side = belongings[i] == Belonging::First || belongings[i] == Belonging::Second;
    if (is_of_side && (!ageing.at || at <= *ageing.at)) {
      first = std::min(first, at);
      last = std::max(last, at);
    }
  }
  std::vector<IndexWindow> windows;
  if (last < first) {
    return windows;
  }
  if (length.seconds <= 0 || (last - first).seconds / length.seconds >= kMostWindows) {
    return base::Error{
        base::ErrorCode::InvalidArgument,
        fmt::format("windows of {} cut the time from {} to {} into too many; give "
                    "longer ones",
                    base::to_words(length), base::to_iso(first, {}), base::to_iso(last, {}))};
  }
  InterminglingOptions of_window = options;
  // Nobody knows in which window a row that could not be read belongs.
  of_window.unusable = 0;
  for (base::Instant begin = first; begin <= last; begin = begin + length) {
    const base::Instant end = begin + length - base::Duration{1};
    const Positions seen = positions_at(
        reading, belongings, {.at = end, .half_life = ageing.half_life, .not_before = begin});
    IndexWindow window{.when = {begin, begin + length},
                       .positions = seen.positions.size(),
                       .figure = std::nullopt};
    if (seen.count(Side::First) > 0 && seen.count(Side::Second) > 0) {
      const auto found = measure_intermingling(seen, of_window);
      if (!found) {
        return found.error();
      }
      window.figure = found->whole;
    }
    windows.push_back(window);
  }
  return windows;
}

}  // namespace truce::separation
