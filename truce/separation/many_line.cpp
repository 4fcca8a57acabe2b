// SPDX-License-Identifier: Apache-2.0
#include "truce/separation/many_line.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "truce/base/check.h"
#include "truce/separation/internal/ground.h"
#include "truce/separation/internal/trace.h"
#include "truce/separation/many_cut.h"

namespace truce::separation {
namespace {

using internal::Ground;
using internal::kUnit;

base::Error invalid(std::string message) {
  return {base::ErrorCode::InvalidArgument, std::move(message)};
}

// For each cell in which somebody stands, the weight of each side, and of those who are pinned.
struct Crowd {
  std::vector<double> weight;
  std::vector<double> pinned;
};

// The side that has more than any other; empty where none has.
std::optional<std::uint8_t> heaviest(const std::vector<double>& weights) {
  const auto most = std::max_element(weights.begin(), weights.end());
  const bool is_shared = std::count_if(weights.begin(), weights.end(),
                                       [&](double weight) { return *most - weight < 1e-9; }) > 1;
  return *most > 1e-9 && !is_shared
             ? std::optional(static_cast<std::uint8_t>(std::distance(weights.begin(), most)))
             : std::nullopt;
}

class Builder {
 public:
  Builder(const std::vector<Position>& positions, const std::vector<std::size_t>& side_of,
          std::size_t sides, const Ground& ground, const LineOptions& options)
      : ground_(&ground), hold_(options.hold), places_(ground.places()) {
    grid_.columns = ground.columns;
    grid_.rows = ground.rows;
    grid_.sides = sides;
    grid_.fixed.resize(grid_.cells());
    grid_.holds.resize(grid_.cells());
    felt_.assign(sides, std::vector<std::int64_t>(grid_.cells(), 0));
    std::vector<bool> is_pinned(positions.size(), false);
    for (const std::size_t position : options.pinned) {
      is_pinned[position] = true;
    }
    for (std::size_t i = 0; i < positions.size(); ++i) {
      const std::size_t cell = ground.cell_of(places_[i]);
      Crowd& crowd = crowds_[cell];
      crowd.weight.resize(sides);
      crowd.pinned.resize(sides);
      crowd.weight[side_of[i]] += positions[i].weight;
      crowd.pinned[side_of[i]] += is_pinned[i] ? positions[i].weight : 0;
      felt_[side_of[i]][cell] += internal::felt_weight(positions[i]);
    }
    for (std::vector<std::int64_t>& felt : felt_) {
      internal::spread(ground, felt);
    }
  }

  ManyGrid build(const Terrain& terrain) {
    set_holds(internal::ground_costs(*ground_, terrain));
    grid_.costs.assign(grid_.sides, std::vector<std::int32_t>(grid_.cells(), 0));
    for (std::size_t cell = 0; cell < grid_.cells(); ++cell) {
      set_costs(cell);
    }
    return std::move(grid_);
  }

  [[nodiscard]] const std::vector<PlanePoint>& places() const { return places_; }

 private:
  void set_holds(const std::vector<float>& costs) {
    for (std::size_t cell = 0; cell < grid_.cells(); ++cell) {
      for (std::size_t i = 0; i < ManyGrid::kDirections; ++i) {
        if (const auto other = grid_.neighbour(cell, i)) {
          const double open = i < 2 ? internal::kAlongAxis : internal::kAlongDiagonal;
          const std::int32_t held = internal::held_between(costs[cell], costs[*other], open);
          grid_.holds[cell][i] = held == 0 ? ManyGrid::kStrongest : held;
        }
      }
    }
  }

  void set_costs(std::size_t cell) {
    double all = 0;
    double most = 0;
    for (const std::vector<std::int64_t>& felt : felt_) {
      all += static_cast<double>(felt[cell]);
      most = std::max(most, static_cast<double>(felt[cell]));
    }
    const auto crowd = crowds_.find(cell);
    if (crowd != crowds_.end()) {
      // Of those pinned in one cell the heaviest side has it; where they weigh the same, none has.
      grid_.fixed[cell] = heaviest(hold_ ? crowd->second.pinned : crowd->second.weight);
      if (grid_.fixed[cell]) {
        return;
      }
    }
    for (std::size_t side = 0; side < grid_.sides; ++side) {
      double cost = all > 0 ? (most - static_cast<double>(felt_[side][cell])) / all *
                                  ground_->side / ground_->reach_m * kUnit
                            : 0;
      if (hold_ && crowd != crowds_.end()) {
        double others = 0;
        for (std::size_t other = 0; other < grid_.sides; ++other) {
          others += other == side ? 0 : crowd->second.weight[other];
        }
        cost += others * hold_->value / ground_->side * kUnit;
      }
      constexpr double kMost = ManyGrid::kStrongest;
      grid_.costs[side][cell] = static_cast<std::int32_t>(std::min(std::round(cost), kMost));
    }
  }

  const Ground* ground_;
  std::optional<base::Metres> hold_;
  std::vector<PlanePoint> places_;
  ManyGrid grid_;
  std::vector<std::vector<std::int64_t>> felt_;
  std::map<std::size_t, Crowd> crowds_;
};

bool cuts_what_may_not_be_cut(const ManyGrid& grid, const std::vector<std::uint8_t>& side_of) {
  for (std::size_t cell = 0; cell < grid.cells(); ++cell) {
    for (std::size_t i = 0; i < ManyGrid::kDirections; ++i) {
      const auto other = grid.neighbour(cell, i);
      if (other && grid.holds[cell][i] == ManyGrid::kStrongest &&
          side_of[cell] != side_of[*other]) {
        return true;
      }
    }
  }
  return false;
}

void measure(const std::vector<Position>& positions, ManyLines& made) {
  std::vector<geometry::Polyline> lines;
  for (LineBetween& between : made.lines) {
    lines.push_back(between.line);
    for (std::size_t i = 1; i < between.line.size(); ++i) {
      between.length.value += geometry::distance(between.line[i - 1], between.line[i]).value;
    }
    made.length.value += between.length.value;
  }
  if (lines.empty()) {
    return;
  }
  const auto region = geometry::Region::lines(lines);
  TRUCE_CHECK(region.has_value(), "lines of two points that do not cross the date line");
  for (const Position& position : positions) {
    made.distances.push_back(region->distance_to(position.point));
  }
}

}  // namespace

base::Metres ManyLines::length_between(std::size_t one, std::size_t other) const {
  base::Metres sum;
  for (const LineBetween& between : lines) {
    sum.value += between.one == one && between.other == other ? between.length.value : 0;
  }
  return sum;
}

base::Result<ManyLines> part_sides(const std::vector<Position>& positions,
                                   const std::vector<std::size_t>& side_of, std::size_t sides,
                                   const Terrain& terrain, const LineOptions& options) {
  TRUCE_CHECK(side_of.size() == positions.size(), "each position is of a side");
  auto ground = internal::lay_ground(positions, options);
  if (!ground) {
    return ground.error();
  }
  Builder builder(positions, side_of, sides, *ground, options);
  const ManyGrid grid = builder.build(terrain);
  ManyParting parting = part_among(grid);
  if (cuts_what_may_not_be_cut(grid, parting.side_of)) {
    return invalid(
        "no lines were found that leave out the ground that may not be cut: positions of several "
        "sides stand in it, or it reaches from edge to edge; draw it smaller");
  }
  ManyLines made;
  const double unit = ground->side / kUnit;
  made.cost = static_cast<double>(parting.cost) * unit;
  made.at_least = static_cast<double>(parting.twice_at_least) / 2 * unit;
  made.cell_side = {ground->side};
  made.columns = grid.columns;
  made.rows = grid.rows;
  for (const PlanePoint place : builder.places()) {
    made.ground.push_back(parting.side_of[ground->cell_of(place)]);
  }
  const internal::PartedCells parted{
      .columns = grid.columns, .rows = grid.rows, .side_of = std::move(parting.side_of)};
  for (const internal::TracedLine& traced : internal::trace(parted, builder.places())) {
    for (geometry::Polyline& part : ground->on_earth(traced.points)) {
      made.lines.push_back({traced.one, traced.other, std::move(part), {}});
    }
  }
  std::stable_sort(made.lines.begin(), made.lines.end(),
                   [](const LineBetween& a, const LineBetween& b) {
                     return std::pair(a.one, a.other) < std::pair(b.one, b.other);
                   });
  measure(positions, made);
  return made;
}

}  // namespace truce::separation
