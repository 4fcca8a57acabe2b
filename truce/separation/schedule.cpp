// SPDX-License-Identifier: Apache-2.0
#include "truce/separation/schedule.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "truce/separation/internal/plane.h"

namespace truce::separation {
namespace {

// How far along the front each of `movers` stands: along the longest axis of all of them.
std::vector<double> along_front(const std::vector<Position>& positions,
                                const std::vector<std::size_t>& movers) {
  std::vector<Position> moving;
  moving.reserve(movers.size());
  for (const std::size_t mover : movers) {
    moving.push_back(positions[mover]);
  }
  std::vector<double> along(movers.size(), 0);
  const auto plane = internal::lay_out(moving);
  if (!plane) {
    return along;
  }
  PlanePoint mean;
  for (const PlanePoint point : plane->points) {
    mean.x += point.x / static_cast<double>(movers.size());
    mean.y += point.y / static_cast<double>(movers.size());
  }
  double xx = 0;
  double xy = 0;
  double yy = 0;
  for (const PlanePoint point : plane->points) {
    xx += (point.x - mean.x) * (point.x - mean.x);
    xy += (point.x - mean.x) * (point.y - mean.y);
    yy += (point.y - mean.y) * (point.y - mean.y);
  }
  // The axis of greatest spread; eastward, so that it does not turn round by itself.
  const double angle = std::atan2(2 * xy, xx - yy) / 2;
  for (std::size_t i = 0; i < movers.size(); ++i) {
    along[i] = plane->points[i].x * std::cos(angle) + plane->points[i].y * std::sin(angle);
  }
  return along;
}

// The first of a side's movers to go in slice `slice`, of those who stand in a row.
std::size_t begin_of(std::size_t slice, std::size_t movers, std::size_t slices) {
  return slice * movers / slices;
}

void measure(Schedule& schedule) {
  if (schedule.movers[0] == 0 || schedule.movers[1] == 0) {
    return;
  }
  std::array<double, 2> before = {0, 0};
  std::array<double, 2> after = {0, 0};
  schedule.ahead_after = schedule.ahead_within = 0;
  for (const Slice& slice : schedule.slices) {
    for (std::size_t side = 0; side < 2; ++side) {
      after[side] += static_cast<double>(slice.positions[side].size()) /
                     static_cast<double>(schedule.movers[side]);
    }
    schedule.ahead_after = std::max(*schedule.ahead_after, std::abs(after[0] - after[1]));
    schedule.ahead_within =
        std::max({*schedule.ahead_within, after[0] - before[1], after[1] - before[0]});
    before = after;
  }
}

void fill(const std::vector<Position>& positions, const std::vector<std::size_t>& movers,
          Schedule& schedule) {
  const std::vector<double> along = along_front(positions, movers);
  std::array<std::vector<std::pair<double, std::size_t>>, 2> rows;
  for (std::size_t i = 0; i < movers.size(); ++i) {
    rows[static_cast<std::size_t>(positions[movers[i]].side)].emplace_back(along[i], movers[i]);
  }
  for (std::size_t side = 0; side < 2; ++side) {
    std::sort(rows[side].begin(), rows[side].end());
    schedule.movers[side] = rows[side].size();
    const std::size_t slices = schedule.slices.size();
    for (std::size_t slice = 0; slice < slices; ++slice) {
      std::vector<std::size_t>& go = schedule.slices[slice].positions[side];
      const std::size_t end = begin_of(slice + 1, rows[side].size(), slices);
      for (std::size_t i = begin_of(slice, rows[side].size(), slices); i < end; ++i) {
        go.push_back(rows[side][i].second);
      }
      // Nobody is to be told by the order how far along the front another stands.
      std::sort(go.begin(), go.end());
    }
  }
  measure(schedule);
}

}  // namespace

std::vector<Schedule> plan_schedules(const std::vector<Position>& positions,
                                     const std::vector<Demand>& demands,
                                     const std::vector<Move>& moves) {
  std::vector<Schedule> schedules;
  for (std::size_t first = 0; first < demands.size(); ++first) {
    const Demand& demand = demands[first];
    const auto is_same = [&demand](const Demand& other) {
      return other.is_in_phases && other.clause == demand.clause;
    };
    if (!demand.is_in_phases ||
        std::any_of(demands.begin(), demands.begin() + static_cast<std::ptrdiff_t>(first),
                    is_same)) {
      continue;
    }
    Schedule schedule;
    schedule.number = demand.number;
    for (const base::Instant due : demand.slices) {
      schedule.slices.push_back({.due = due, .positions = {}});
    }
    std::vector<std::size_t> movers;
    for (const Move& move : moves) {
      if (std::any_of(move.needs.begin(), move.needs.end(),
                      [&](const Need& need) { return is_same(demands[need.demand]); })) {
        movers.push_back(move.position);
      }
    }
    fill(positions, movers, schedule);
    schedules.push_back(std::move(schedule));
  }
  return schedules;
}

}  // namespace truce::separation
