// SPDX-License-Identifier: Apache-2.0
#include "truce/separation/line.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "truce/base/check.h"
#include "truce/separation/grid_cut.h"
#include "truce/separation/internal/ground.h"
#include "truce/separation/internal/trace.h"

namespace truce::separation {
namespace {

using internal::Ground;
using internal::kAlongAxis;
using internal::kAlongDiagonal;
using internal::kUnit;

base::Error invalid(std::string message) {
  return {base::ErrorCode::InvalidArgument, std::move(message)};
}

// The numbers below `count` that are nearer to `at` than `reach`.
struct Stretch {
  std::size_t begin = 0;
  std::size_t end = 0;
};
Stretch stretch_about(std::size_t at, std::size_t reach, std::size_t count) {
  return {at < reach ? 0 : at - reach + 1, std::min(count, at + reach)};
}

// What a crowd of positions in one cell comes to.
struct Crowd {
  std::array<double, 2> weight = {0, 0};
  // Of it, what may not be left to the other side.
  std::array<double, 2> pinned = {0, 0};

  friend bool operator==(const Crowd&, const Crowd&) = default;
};

}  // namespace

std::size_t DemarcationLine::misplaced(const std::vector<Position>& positions) const {
  std::size_t count = 0;
  for (std::size_t i = 0; i < positions.size(); ++i) {
    count += ground[i] == positions[i].side ? 0 : 1;
  }
  return count;
}

class LinePlanner::Impl {
 public:
  Impl(std::vector<Position> positions, Ground ground, const LineOptions& options)
      : positions_(std::move(positions)),
        ground_(std::move(ground)),
        hold_(options.hold),
        is_pinned_(positions_.size()),
        cut_(ground_.columns, ground_.rows),
        places_(ground_.places()) {
    for (std::vector<std::int64_t>& felt : felt_) {
      felt.assign(cut_.cells(), 0);
    }
    for (const std::size_t position : options.pinned) {
      is_pinned_[position] = true;
    }
  }

  void feel_all() {
    for (std::size_t i = 0; i < positions_.size(); ++i) {
      const std::size_t cell = ground_.cell_of(places_[i]);
      const auto side = static_cast<std::size_t>(positions_[i].side);
      felt_[side][cell] += internal::felt_weight(positions_[i]);
      crowds_[cell].weight[side] += positions_[i].weight;
      crowds_[cell].pinned[side] += is_pinned_[i] ? positions_[i].weight : 0;
    }
    for (std::vector<std::int64_t>& felt : felt_) {
      internal::spread(ground_, felt);
    }
    for (std::size_t cell = 0; cell < cut_.cells(); ++cell) {
      set_pull(cell);
    }
  }

  void set_holds(const Terrain& terrain) {
    const std::vector<float> costs = internal::ground_costs(ground_, terrain);
    for (std::size_t row = 0; row < cut_.rows(); ++row) {
      for (std::size_t column = 0; column < cut_.columns(); ++column) {
        const std::size_t cell = row * cut_.columns() + column;
        const bool has_east = column + 1 < cut_.columns();
        const bool has_north = row + 1 < cut_.rows();
        if (has_east) {
          set_hold(costs, cell, GridCut::East, cell + 1, kAlongAxis);
        }
        if (has_north) {
          set_hold(costs, cell, GridCut::North, cell + cut_.columns(), kAlongAxis);
        }
        if (has_east && has_north) {
          set_hold(costs, cell, GridCut::NorthEast, cell + cut_.columns() + 1, kAlongDiagonal);
        }
        if (column > 0 && has_north) {
          set_hold(costs, cell, GridCut::NorthWest, cell + cut_.columns() - 1, kAlongDiagonal);
        }
      }
    }
  }

  base::Result<void> move(std::size_t position, base::Point to) {
    const PlanePoint place = ground_.on_grid(ground_.plane.map.to_plane(to));
    if (!ground_.is_on(place)) {
      return invalid("the position would lie outside the grid; plan anew from its new place");
    }
    feel(position, -1);
    positions_[position].point = to;
    places_[position] = place;
    feel(position, 1);
    return {};
  }

  base::Result<void> solve() {
    cut_.solve();
    if (is_any_forbidden_) {
      for (std::size_t cell = 0; cell < cut_.cells(); ++cell) {
        for (const auto direction :
             {GridCut::East, GridCut::North, GridCut::NorthEast, GridCut::NorthWest}) {
          if (cut_.hold(cell, direction) == GridCut::kStrongest &&
              cut_.is_first(cell) != cut_.is_first(neighbour(cell, direction))) {
            return invalid(
                "no line leaves out the ground that may not be cut: positions of both sides stand "
                "in it, or it reaches from edge to edge; draw it smaller");
          }
        }
      }
    }
    return {};
  }

  [[nodiscard]] double cost() const {
    return static_cast<double>(cut_.cost()) * ground_.side / kUnit;
  }

  [[nodiscard]] DemarcationLine line() const {
    DemarcationLine made;
    made.cost = cost();
    made.cell_side = {ground_.side};
    made.columns = cut_.columns();
    made.rows = cut_.rows();
    internal::PartedCells parted{.columns = cut_.columns(), .rows = cut_.rows(), .side_of = {}};
    parted.side_of.resize(cut_.cells());
    for (std::size_t cell = 0; cell < cut_.cells(); ++cell) {
      parted.side_of[cell] = cut_.is_first(cell) ? 0 : 1;
    }
    for (const PlanePoint place : places_) {
      made.ground.push_back(static_cast<Side>(parted.side_of[ground_.cell_of(place)]));
    }
    for (const internal::TracedLine& traced : internal::trace(parted, places_)) {
      for (geometry::Polyline& part : ground_.on_earth(traced.points)) {
        made.lines.push_back(std::move(part));
      }
    }
    measure(made);
    return made;
  }

 private:
  [[nodiscard]] std::size_t neighbour(std::size_t cell, GridCut::Direction direction) const {
    const std::size_t north = cell + cut_.columns();
    switch (direction) {
      case GridCut::East:
        return cell + 1;
      case GridCut::North:
        return north;
      case GridCut::NorthEast:
        return north + 1;
      default:
        return north - 1;
    }
  }
  // Adds the position to what is felt on the ground, or takes it away.
  void feel(std::size_t position, int sign) {
    const Position& moved = positions_[position];
    const auto side = static_cast<std::size_t>(moved.side);
    const std::size_t cell = ground_.cell_of(places_[position]);
    const std::size_t column = cell % cut_.columns();
    const std::size_t row = cell / cut_.columns();
    Crowd& crowd = crowds_[cell];
    crowd.weight[side] += sign * moved.weight;
    crowd.pinned[side] += is_pinned_[position] ? sign * moved.weight : 0;
    const Stretch across = stretch_about(column, ground_.reach, cut_.columns());
    const Stretch along = stretch_about(row, ground_.reach, cut_.rows());
    const auto fall = [this](std::size_t one, std::size_t other) {
      return static_cast<std::int64_t>(ground_.reach - (one > other ? one - other : other - one));
    };
    for (std::size_t y = along.begin; y < along.end; ++y) {
      const std::int64_t of_row = sign * internal::felt_weight(moved) * fall(y, row);
      for (std::size_t x = across.begin; x < across.end; ++x) {
        felt_[side][y * cut_.columns() + x] += of_row * fall(x, column);
        set_pull(y * cut_.columns() + x);
      }
    }
  }

  // What leaving the cell to the other side costs: its ground, and who stands on it.
  void set_pull(std::size_t cell) {
    const auto first = static_cast<double>(felt_[0][cell]);
    const auto second = static_cast<double>(felt_[1][cell]);
    const double ground = first + second > 0 ? (first - second) / (first + second) * ground_.side /
                                                   ground_.reach_m * kUnit
                                             : 0;
    double pull = std::round(ground);
    const auto crowd = crowds_.find(cell);
    if (crowd != crowds_.end()) {
      // Sums of weights that were added and taken away may leave a trace.
      const double more = crowd->second.weight[0] - crowd->second.weight[1];
      const double standing = std::abs(more) < 1e-9 ? 0 : more;
      // Of those pinned in one cell the heavier side has it; where they weigh the same, none has.
      const double fixed = crowd->second.pinned[0] - crowd->second.pinned[1];
      if (hold_ && std::abs(fixed) > 1e-9) {
        cut_.set_pull(cell, fixed > 0 ? GridCut::kFixed : -GridCut::kFixed);
        return;
      }
      if (hold_) {
        pull += std::round(standing * hold_->value / ground_.side * kUnit);
      } else if (standing != 0) {
        cut_.set_pull(cell, standing > 0 ? GridCut::kFixed : -GridCut::kFixed);
        return;
      }
    }
    constexpr double kMost = GridCut::kStrongest;
    cut_.set_pull(cell, static_cast<std::int32_t>(std::clamp(pull, -kMost, kMost)));
  }

  // 0 for what may not be cut.
  void set_hold(const std::vector<float>& costs, std::size_t cell, GridCut::Direction direction,
                std::size_t other, double open) {
    if (costs[cell] == 0 && costs[other] == 0) {
      is_any_forbidden_ = true;
      cut_.set_hold(cell, direction, GridCut::kStrongest);
      return;
    }
    cut_.set_hold(cell, direction, internal::held_between(costs[cell], costs[other], open));
  }

  void measure(DemarcationLine& made) const {
    if (made.lines.empty()) {
      return;
    }
    for (const geometry::Polyline& line : made.lines) {
      for (std::size_t i = 1; i < line.size(); ++i) {
        made.length.value += geometry::distance(line[i - 1], line[i]).value;
      }
    }
    const auto region = geometry::Region::lines(made.lines);
    TRUCE_CHECK(region.has_value(), "lines of two points that do not cross the date line");
    for (const Position& position : positions_) {
      made.distances.push_back(region->distance_to(position.point));
    }
  }

  std::vector<Position> positions_;
  Ground ground_;
  std::optional<base::Metres> hold_;
  std::vector<bool> is_pinned_;
  GridCut cut_;
  bool is_any_forbidden_ = false;
  // In cells from the origin, one for each position.
  std::vector<PlanePoint> places_;
  std::map<std::size_t, Crowd> crowds_;
  // The presence of each side, as it is felt in each cell.
  std::array<std::vector<std::int64_t>, 2> felt_;
};

LinePlanner::LinePlanner(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
LinePlanner::LinePlanner(LinePlanner&&) noexcept = default;
LinePlanner& LinePlanner::operator=(LinePlanner&&) noexcept = default;
LinePlanner::~LinePlanner() = default;

base::Result<LinePlanner> LinePlanner::make(const std::vector<Position>& positions,
                                            const Terrain& terrain, const LineOptions& options) {
  if (std::any_of(options.pinned.begin(), options.pinned.end(),
                  [&](std::size_t position) { return position >= positions.size(); })) {
    return invalid("a position to be kept on its side is not among the positions");
  }
  auto ground = internal::lay_ground(positions, options);
  if (!ground) {
    return ground.error();
  }
  auto impl = std::make_unique<Impl>(positions, std::move(ground).value(), options);
  impl->set_holds(terrain);
  impl->feel_all();
  return LinePlanner(std::move(impl));
}

base::Result<void> LinePlanner::move(std::size_t position, base::Point to) {
  return impl_->move(position, to);
}

base::Result<void> LinePlanner::solve() { return impl_->solve(); }

DemarcationLine LinePlanner::line() const { return impl_->line(); }

double LinePlanner::cost() const { return impl_->cost(); }

}  // namespace truce::separation
