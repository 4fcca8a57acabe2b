// SPDX-License-Identifier: Apache-2.0
#include "truce/separation/moves.h"

#include <algorithm>

#include <fmt/format.h>

#include "truce/base/check.h"

namespace truce::separation {
namespace {

using geometry::Region;

// The border of an area, as lines; empty where there is none that can be walked to.
std::optional<Region> border_of(const Region& region) {
  std::vector<geometry::Polyline> lines;
  for (const geometry::Polygon& polygon : region.borders()) {
    for (geometry::Ring ring : polygon) {
      if (!ring.empty() && ring.front() != ring.back()) {
        ring.push_back(ring.front());
      }
      lines.push_back(std::move(ring));
    }
  }
  if (lines.empty()) {
    return std::nullopt;
  }
  auto border = Region::lines(lines);
  return border ? std::optional(std::move(border).value()) : std::nullopt;
}

Belt belt_of(const agreement::Agreement& text, const Demand& demand, const DemarcationLine& line) {
  Belt belt;
  if (demand.from == Demand::From::Others) {
    belt.problem = fmt::format("{} is neither of the two sides; name it with --and to see the line",
                               demand.target);
  } else if (demand.from == Demand::From::Place) {
    const auto& region = text.place(*demand.place).region;
    if (region == nullptr) {
      belt.problem = fmt::format("no file draws {}, so nothing is measured from it", demand.target);
      return belt;
    }
    belt.region = *region;
    belt.border = border_of(*region);
  } else if (line.lines.empty()) {
    belt.problem = "there is no line to measure from";
  } else {
    auto region = Region::lines(line.lines);
    TRUCE_CHECK(region.has_value(), "lines of two points that do not cross the date line");
    belt.region = std::move(region).value();
  }
  return belt;
}

bool holds_all(const Region& place, const std::vector<geometry::Polygon>& outlines) {
  for (const geometry::Polygon& polygon : outlines) {
    for (const base::Point corner : polygon.front()) {
      if (place.contains({corner, {0}}) != geometry::Containment::Inside) {
        return false;
      }
    }
  }
  return true;
}

void name_places(const agreement::Agreement& text, const Demand& demand,
                 const std::vector<NamedPlace>& settlements, Belt& belt) {
  if (!belt.region || !(demand.distance.value > 0)) {
    return;
  }
  const Region within = Region::within(demand.distance, *belt.region);
  const auto look = [&](const std::string& name, const Region& place) {
    const auto where = place.lies_in(within);
    // A place that holds all of the belt, such as the country, says nothing of it.
    if (where == geometry::Containment::Inside ||
        (where == geometry::Containment::Either && !holds_all(place, belt.outlines))) {
      belt.places.push_back({name, where == geometry::Containment::Inside});
    }
  };
  for (std::size_t i = 0; i < text.places.size(); ++i) {
    const agreement::Place& place = text.places[i];
    // A belt about a place holds that place, and says nothing new by it.
    const bool is_target = demand.place && demand.place->index == i;
    if (place.region != nullptr && !is_target) {
      look(place.name, *place.region);
    }
  }
  for (const NamedPlace& settlement : settlements) {
    look(settlement.name, settlement.region);
  }
}

// How far the position must go for the demand; empty where it is far enough.
std::optional<base::Metres> lacking(const Position& position, const Demand& demand,
                                    const Belt& belt, bool is_across, double away) {
  if (demand.from == Demand::From::Line) {
    const double far = is_across ? demand.distance.value + away : demand.distance.value - away;
    return far > 0 ? std::optional(base::Metres{far}) : std::nullopt;
  }
  double far = demand.distance.value - belt.region->distance_to(position.point).value;
  if (belt.border &&
      belt.region->contains({position.point, {0}}) == geometry::Containment::Inside) {
    far = demand.distance.value + belt.border->distance_to(position.point).value;
  }
  return far > 0 ? std::optional(base::Metres{far}) : std::nullopt;
}

}  // namespace

std::vector<Belt> make_belts(const agreement::Agreement& text, const std::vector<Demand>& demands,
                             const DemarcationLine& line,
                             const std::vector<NamedPlace>& settlements) {
  std::vector<Belt> belts;
  for (const Demand& demand : demands) {
    Belt belt = belt_of(text, demand, line);
    if (belt.region && demand.distance.value > 0) {
      belt.outlines = Region::within(demand.distance, *belt.region).outlines();
    } else if (belt.region) {
      belt.outlines = belt.region->outlines();
    }
    name_places(text, demand, settlements, belt);
    belts.push_back(std::move(belt));
  }
  return belts;
}

std::vector<Move> find_moves(const agreement::Agreement& text,
                             const std::vector<Position>& positions,
                             const std::vector<incidents::NameSet>& kinds,
                             const DemarcationLine& line, const std::vector<Demand>& demands,
                             const std::vector<Belt>& belts) {
  std::vector<Move> moves;
  for (std::size_t i = 0; i < positions.size(); ++i) {
    const Position& position = positions[i];
    const bool has_line = !line.distances.empty();
    const bool is_across = has_line && line.ground[i] != position.side;
    const double away = has_line ? line.distances[i].value : 0;
    Move move{.position = i, .distance = {is_across ? away : 0}, .by = {}, .needs = {}};
    for (std::size_t d = 0; d < demands.size(); ++d) {
      const Demand& demand = demands[d];
      const Concern concern = concerns(text, demand, kinds[i]);
      if (!belts[d].region || (demand.side && *demand.side != position.side) ||
          concern == Concern::No) {
        continue;
      }
      const auto far = lacking(position, demand, belts[d], is_across, away);
      if (!far) {
        continue;
      }
      move.needs.push_back(
          {.demand = d, .distance = *far, .is_doubtful = concern == Concern::Doubtful});
      move.distance = std::max(move.distance, *far);
      if (demand.deadline && (!move.by || *demand.deadline < *move.by)) {
        move.by = demand.deadline;
      }
    }
    if (is_across || !move.needs.empty()) {
      moves.push_back(std::move(move));
    }
  }
  return moves;
}

}  // namespace truce::separation
