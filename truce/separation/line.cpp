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
#include "truce/separation/internal/plane.h"
#include "truce/separation/internal/trace.h"

namespace truce::separation {
namespace {

constexpr std::size_t kMostCells = std::size_t{4096} * 4096;
constexpr double kCellsAcross = 200;
constexpr double kSmallestCell = 50;
constexpr double kLeastMargin = 10;
constexpr double kLeastReach = 20;
constexpr double kMostReach = 400;
// What a line as long as a cell costs on open ground.
constexpr double kUnit = 1024;
// Of an edge between neighbours along an axis, and of one along a diagonal: with these weights the
// cost of a cut is its length, by the formula of Cauchy and Crofton for eight directions.
const double kAlongAxis = kUnit * 0.39269908169872414;
const double kAlongDiagonal = kAlongAxis / std::sqrt(2.0);
// A weight of 1 in the sums of presence.
constexpr double kWeight = 65'536;

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

// What a crowd of positions in one cell comes to.
struct Crowd {
  std::array<double, 2> weight = {0, 0};
  // Of it, what may not be left to the other side.
  std::array<double, 2> pinned = {0, 0};

  friend bool operator==(const Crowd&, const Crowd&) = default;
};

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
  Impl(std::vector<Position> positions, internal::Plane plane, const LineOptions& options,
       double side, std::size_t columns, std::size_t rows, PlanePoint origin)
      : positions_(std::move(positions)),
        plane_(std::move(plane)),
        hold_(options.hold),
        is_pinned_(positions_.size()),
        side_(side),
        origin_(origin),
        cut_(columns, rows) {
    const double widest = std::max(plane_.north_east.x - plane_.south_west.x,
                                   plane_.north_east.y - plane_.south_west.y);
    reach_m_ = options.reach.value_or(base::Metres{std::max(widest / 4, kLeastReach * side)}).value;
    reach_ = static_cast<std::size_t>(std::clamp(std::round(reach_m_ / side), 2.0, kMostReach));
    for (std::vector<std::int64_t>& felt : felt_) {
      felt.assign(cut_.cells(), 0);
    }
    for (const std::size_t position : options.pinned) {
      is_pinned_[position] = true;
    }
    places_.reserve(positions_.size());
    for (const PlanePoint point : plane_.points) {
      places_.push_back(on_grid(point));
    }
  }

  void feel_all() {
    for (std::size_t i = 0; i < positions_.size(); ++i) {
      const std::size_t cell = cell_of(places_[i]);
      const auto side = static_cast<std::size_t>(positions_[i].side);
      felt_[side][cell] += felt_weight(positions_[i]);
      crowds_[cell].weight[side] += positions_[i].weight;
      crowds_[cell].pinned[side] += is_pinned_[i] ? positions_[i].weight : 0;
    }
    std::vector<std::int64_t> spare;
    for (std::vector<std::int64_t>& felt : felt_) {
      for (std::size_t row = 0; row < cut_.rows(); ++row) {
        pitch_tents(&felt[row * cut_.columns()], cut_.columns(), 1, reach_, spare);
      }
      for (std::size_t column = 0; column < cut_.columns(); ++column) {
        pitch_tents(&felt[column], cut_.rows(), cut_.columns(), reach_, spare);
      }
    }
    for (std::size_t cell = 0; cell < cut_.cells(); ++cell) {
      set_pull(cell);
    }
  }

  void set_holds(const Terrain& terrain) {
    std::vector<float> costs(cut_.cells(), 1.0F);
    for (const TerrainPart& part : terrain) {
      lay(part, costs);
    }
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
    const PlanePoint place = on_grid(plane_.map.to_plane(to));
    if (!(place.x >= 0 && place.y >= 0 && place.x < static_cast<double>(cut_.columns()) &&
          place.y < static_cast<double>(cut_.rows()))) {
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

  [[nodiscard]] double cost() const { return static_cast<double>(cut_.cost()) * side_ / kUnit; }

  [[nodiscard]] DemarcationLine line() const {
    DemarcationLine made;
    made.cost = cost();
    made.cell_side = {side_};
    made.columns = cut_.columns();
    made.rows = cut_.rows();
    internal::PartedCells parted{.columns = cut_.columns(), .rows = cut_.rows(), .is_first = {}};
    parted.is_first.resize(cut_.cells());
    for (std::size_t cell = 0; cell < cut_.cells(); ++cell) {
      parted.is_first[cell] = cut_.is_first(cell);
    }
    for (const PlanePoint place : places_) {
      made.ground.push_back(parted.is_first[cell_of(place)] ? Side::First : Side::Second);
    }
    for (const std::vector<PlanePoint>& traced : internal::trace(parted, places_)) {
      std::vector<base::Point> line;
      line.reserve(traced.size());
      for (const PlanePoint point : traced) {
        line.push_back(
            plane_.map.to_point({origin_.x + point.x * side_, origin_.y + point.y * side_}));
      }
      for (geometry::Polyline& part : cut_at_date_line(line)) {
        made.lines.push_back(std::move(part));
      }
    }
    measure(made);
    return made;
  }

 private:
  [[nodiscard]] PlanePoint on_grid(PlanePoint point) const {
    return {(point.x - origin_.x) / side_, (point.y - origin_.y) / side_};
  }
  [[nodiscard]] std::size_t cell_of(PlanePoint place) const {
    return static_cast<std::size_t>(place.y) * cut_.columns() + static_cast<std::size_t>(place.x);
  }
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
  [[nodiscard]] static std::int64_t felt_weight(const Position& position) {
    return std::max<std::int64_t>(std::llround(position.weight * kWeight), 1);
  }

  // Adds the position to what is felt on the ground, or takes it away.
  void feel(std::size_t position, int sign) {
    const Position& moved = positions_[position];
    const auto side = static_cast<std::size_t>(moved.side);
    const std::size_t cell = cell_of(places_[position]);
    const std::size_t column = cell % cut_.columns();
    const std::size_t row = cell / cut_.columns();
    Crowd& crowd = crowds_[cell];
    crowd.weight[side] += sign * moved.weight;
    crowd.pinned[side] += is_pinned_[position] ? sign * moved.weight : 0;
    const Stretch across = stretch_about(column, reach_, cut_.columns());
    const Stretch along = stretch_about(row, reach_, cut_.rows());
    const auto fall = [this](std::size_t one, std::size_t other) {
      return static_cast<std::int64_t>(reach_ - (one > other ? one - other : other - one));
    };
    for (std::size_t y = along.begin; y < along.end; ++y) {
      const std::int64_t of_row = sign * felt_weight(moved) * fall(y, row);
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
    const double ground =
        first + second > 0 ? (first - second) / (first + second) * side_ / reach_m_ * kUnit : 0;
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
        pull += std::round(standing * hold_->value / side_ * kUnit);
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
    const double one = costs[cell] == 0 ? costs[other] : costs[cell];
    const double two = costs[other] == 0 ? costs[cell] : costs[other];
    cut_.set_hold(cell, direction,
                  static_cast<std::int32_t>(std::max(1.0, std::round(open * (one + two) / 2))));
  }

  void lay(const TerrainPart& part, std::vector<float>& costs) const {
    const auto cost = static_cast<float>(part.cost.value_or(0));
    if (part.area) {
      for (std::size_t cell = 0; cell < cut_.cells(); ++cell) {
        const std::size_t row = cell / cut_.columns();
        const std::size_t column = cell % cut_.columns();
        const PlanePoint middle = {origin_.x + (static_cast<double>(column) + 0.5) * side_,
                                   origin_.y + (static_cast<double>(row) + 0.5) * side_};
        const base::Point point = plane_.map.to_point(middle);
        if (part.area->contains({point, {0}}) == geometry::Containment::Inside) {
          costs[cell] = cost;
        }
      }
    }
    for (const geometry::Polyline& line : part.lines) {
      for (std::size_t i = 1; i < line.size(); ++i) {
        lay_line(line[i - 1], line[i], cost, costs);
      }
    }
  }

  // The cells along a stretch that is straight in longitude and latitude, in steps below a cell.
  void lay_line(base::Point from, base::Point to, float cost, std::vector<float>& costs) const {
    constexpr double kStepsInACell = 4;
    constexpr double kMostSteps = 4e6;
    const double length = geometry::distance(from, to).value;
    const auto steps = static_cast<std::size_t>(
        std::min(std::ceil(length / side_ * kStepsInACell) + 1, kMostSteps));
    for (std::size_t step = 0; step <= steps; ++step) {
      const double share = static_cast<double>(step) / static_cast<double>(steps);
      const PlanePoint place = on_grid(
          plane_.map.to_plane({{std::lerp(from.latitude.degrees, to.latitude.degrees, share)},
                               {std::lerp(from.longitude.degrees, to.longitude.degrees, share)}}));
      if (place.x >= 0 && place.y >= 0 && place.x < static_cast<double>(cut_.columns()) &&
          place.y < static_cast<double>(cut_.rows())) {
        costs[cell_of(place)] = cost;
      }
    }
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
  internal::Plane plane_;
  std::optional<base::Metres> hold_;
  std::vector<bool> is_pinned_;
  double side_;
  PlanePoint origin_;
  double reach_m_ = 0;
  std::size_t reach_ = 0;
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
  for (const auto& length : {options.cell_side, options.hold, options.reach}) {
    if (length && !(length->value > 0 && length->value <= 1e7)) {
      return invalid(fmt::format("{} m is no length to plan by; give one above 0", length->value));
    }
  }
  auto plane = internal::lay_out(positions);
  if (!plane) {
    return plane.error();
  }
  if (std::any_of(options.pinned.begin(), options.pinned.end(),
                  [&](std::size_t position) { return position >= positions.size(); })) {
    return invalid("a position to be kept on its side is not among the positions");
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
  auto impl = std::make_unique<Impl>(positions, std::move(plane).value(), options, side,
                                     static_cast<std::size_t>(columns),
                                     static_cast<std::size_t>(rows), origin);
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
