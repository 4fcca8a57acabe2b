// SPDX-License-Identifier: Apache-2.0
#include "truce/separation/plan.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "truce/base/nearest_word.h"

namespace truce::separation {
namespace {

double share_along(const DemarcationLine& line, const geometry::Region& prior) {
  double along = 0;
  double whole = 0;
  for (const geometry::Polyline& part : line.lines) {
    for (std::size_t i = 1; i < part.size(); ++i) {
      const double length = geometry::distance(part[i - 1], part[i]).value;
      const base::Point middle = {
          {std::midpoint(part[i - 1].latitude.degrees, part[i].latitude.degrees)},
          {std::midpoint(part[i - 1].longitude.degrees, part[i].longitude.degrees)}};
      whole += length;
      along += prior.distance_to(middle) <= line.cell_side ? length : 0;
    }
  }
  return whole > 0 ? along / whole : 0;
}

}  // namespace

base::Result<std::size_t> find_position(const Positions& positions, const PresenceReading& reading,
                                        const std::string& id) {
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < positions.positions.size(); ++i) {
    const std::string& name = reading.observations[positions.positions[i].observation].id;
    if (name == id) {
      return i;
    }
    ids.push_back(name);
  }
  const auto meant = base::nearest_word(id, ids);
  return base::Error{
      base::ErrorCode::InvalidArgument,
      fmt::format("no position that counts has the id {}; {}", id,
                  meant ? fmt::format("did you mean {}?", *meant)
                        : "give one of the column `id` that counts at the moment asked about")};
}

base::Result<Plan> make_plan(const PresenceReading& reading, Positions positions,
                             const PlanRules& rules) {
  Plan plan;
  plan.positions = std::move(positions);
  const std::vector<Position>& where = plan.positions.positions;
  auto index = measure_intermingling(plan.positions, rules.mixing);
  if (!index) {
    return index.error();
  }
  plan.index = std::move(index).value();
  auto planner = LinePlanner::make(where, rules.terrain, rules.line);
  if (!planner) {
    return planner.error();
  }
  if (auto solved = planner->solve(); !solved) {
    return solved.error();
  }
  plan.line = planner->line();
  if (!rules.prior.empty()) {
    const auto prior = geometry::Region::lines(rules.prior);
    if (!prior) {
      return prior.error();
    }
    plan.share_along_prior = share_along(plan.line, *prior);
  }
  std::vector<incidents::NameSet> kinds;
  kinds.reserve(where.size());
  for (const Position& position : where) {
    kinds.push_back(reading.observations[position.observation].kind);
  }
  plan.belts = make_belts(*rules.text, rules.demands, plan.line, rules.settlements);
  plan.moves = find_moves(*rules.text, where, kinds, plan.line, rules.demands, plan.belts);
  plan.schedules = plan_schedules(where, rules.demands, plan.moves);
  return plan;
}

base::Result<Positions> edited(Positions positions, const std::vector<Edit>& edits,
                               PresenceReading& reading) {
  for (const Edit& edit : edits) {
    if (edit.what == Edit::What::Add) {
      Observation seen;
      seen.id = edit.id;
      seen.at = positions.at;
      seen.point = edit.point;
      seen.source = "what-if";
      positions.positions.push_back({.observation = reading.observations.size(),
                                     .side = edit.side,
                                     .point = edit.point,
                                     .radius = {},
                                     .weight = 1});
      reading.observations.push_back(std::move(seen));
      continue;
    }
    const auto found = find_position(positions, reading, edit.id);
    if (!found) {
      return found.error();
    }
    if (edit.what == Edit::What::Move) {
      positions.positions[*found].point = edit.point;
    } else {
      positions.positions.erase(positions.positions.begin() + static_cast<std::ptrdiff_t>(*found));
    }
  }
  return positions;
}

}  // namespace truce::separation
