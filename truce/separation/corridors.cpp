// SPDX-License-Identifier: Apache-2.0
// Shortest paths by Dijkstra 1959 over costs that are compared part by part: what comes first is
// avoided whatever the rest costs.
#include "truce/separation/corridors.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <queue>
#include <utility>

#include <fmt/format.h>

#include "truce/geometry/region.h"

namespace truce::separation {
namespace {

constexpr double kLeastPiece = 10;
constexpr double kTenths = 10;

base::Point between(base::Point from, base::Point to, double share) {
  return {{std::lerp(from.latitude.degrees, to.latitude.degrees, share)},
          {std::lerp(from.longitude.degrees, to.longitude.degrees, share)}};
}

struct Part {
  double begin = 0;
  double end = 1;
};

// The parts of a straight piece that lie within the width of the region, in order: distances change
// no faster than the way does.
void find_within(base::Point from, base::Point to, double length, const geometry::Region& region,
                 double width, Part part, std::vector<Part>& found) {
  const double half = length * (part.end - part.begin) / 2;
  const double away =
      region.distance_to(between(from, to, std::midpoint(part.begin, part.end))).value;
  if (away - half > width) {
    return;
  }
  if (away + half <= width || half <= kLeastPiece / 2) {
    if (away <= width) {
      if (!found.empty() && found.back().end == part.begin) {
        found.back().end = part.end;
      } else {
        found.push_back(part);
      }
    }
    return;
  }
  const double middle = std::midpoint(part.begin, part.end);
  find_within(from, to, length, region, width, {part.begin, middle}, found);
  find_within(from, to, length, region, width, {middle, part.end}, found);
}

double share_of(std::vector<Part> parts) {
  std::sort(parts.begin(), parts.end(),
            [](const Part& a, const Part& b) { return a.begin < b.begin; });
  double share = 0;
  double reached = 0;
  for (const Part& part : parts) {
    share += std::max(0.0, part.end - std::max(part.begin, reached));
    reached = std::max(reached, part.end);
  }
  return share;
}

double turn(base::Point a, base::Point b, base::Point c) {
  return (b.longitude.degrees - a.longitude.degrees) * (c.latitude.degrees - a.latitude.degrees) -
         (b.latitude.degrees - a.latitude.degrees) * (c.longitude.degrees - a.longitude.degrees);
}

// Where the piece crosses the line. An end that lies on the line counts with what is to its left,
// so that of two pieces that meet there one crosses.
void find_crossings(base::Point from, base::Point to, const DemarcationLine& line,
                    std::vector<base::Point>& found) {
  for (const geometry::Polyline& part : line.lines) {
    for (std::size_t i = 1; i < part.size(); ++i) {
      const double one = turn(part[i - 1], part[i], from);
      const double other = turn(part[i - 1], part[i], to);
      if ((one > 0) != (other > 0) &&
          (turn(from, to, part[i - 1]) > 0) != (turn(from, to, part[i]) > 0)) {
        found.push_back(between(from, to, one / (one - other)));
      }
    }
  }
}

struct Step {
  std::uint32_t stretch = 0;
  std::uint32_t other = 0;
};

// The stretches at each junction, in their order.
class Joins {
 public:
  explicit Joins(const RoadNetwork& network) : begins_(network.junctions.size() + 1, 0) {
    for (const Stretch& stretch : network.stretches) {
      ++begins_[stretch.from + 1];
      ++begins_[stretch.to + 1];
    }
    std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
    steps_.resize(begins_.back());
    std::vector<std::size_t> next(begins_.begin(), begins_.end() - 1);
    for (std::size_t i = 0; i < network.stretches.size(); ++i) {
      const Stretch& stretch = network.stretches[i];
      const auto number = static_cast<std::uint32_t>(i);
      steps_[next[stretch.from]++] = {number, stretch.to};
      steps_[next[stretch.to]++] = {number, stretch.from};
    }
  }

  template <typename Visit>
  void each(std::uint32_t junction, const Visit& visit) const {
    for (std::size_t i = begins_[junction]; i < begins_[junction + 1]; ++i) {
      visit(steps_[i]);
    }
  }

 private:
  std::vector<std::size_t> begins_;
  std::vector<Step> steps_;
};

std::int64_t tenths(base::Metres length) { return std::llround(length.value * kTenths); }

class Search {
 public:
  Search(const RoadNetwork& network, const std::vector<Exposure>& exposures)
      : network_(&network),
        exposures_(&exposures),
        joins_(network),
        is_used_(network.stretches.size(), false) {}

  [[nodiscard]] RouteCost cost(std::uint32_t number) const {
    const Stretch& stretch = network_->stretches[number];
    const Exposure& exposure = (*exposures_)[number];
    const Road& road = network_->roads[stretch.road];
    constexpr double kPerHour = 3600.0;
    return {.closed = road.is_closed ? tenths(stretch.length) : 0,
            .avoided = tenths(exposure.in_any) + (is_used_[number] ? tenths(stretch.length) : 0),
            .crossings = static_cast<std::int64_t>(exposure.crossings.size()),
            .milliseconds = std::llround(stretch.length.value / road.speed_kmh * kPerHour)};
  }

  // Empty where nothing joins the two.
  [[nodiscard]] std::optional<Corridor> find(std::uint32_t from, std::uint32_t to,
                                             bool with_closed) const {
    using Entry = std::pair<RouteCost, std::uint32_t>;
    constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
    std::vector<std::optional<RouteCost>> best(network_->junctions.size());
    std::vector<Step> came(network_->junctions.size(), {kNone, kNone});
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
    best[from] = RouteCost{};
    open.emplace(RouteCost{}, from);
    while (!open.empty()) {
      const auto [reached, junction] = open.top();
      open.pop();
      if (junction == to) {
        break;
      }
      if (*best[junction] < reached) {
        continue;
      }
      joins_.each(junction, [&, at = junction, so_far = reached](const Step& step) {
        if (!with_closed && network_->roads[network_->stretches[step.stretch].road].is_closed) {
          return;
        }
        RouteCost there = so_far;
        there += cost(step.stretch);
        if (!best[step.other] || there < *best[step.other]) {
          best[step.other] = there;
          came[step.other] = {step.stretch, at};
          open.emplace(there, step.other);
        }
      });
    }
    if (!best[to]) {
      return std::nullopt;
    }
    Corridor corridor;
    corridor.cost = *best[to];
    for (std::uint32_t at = to; at != from; at = came[at].other) {
      corridor.junctions.push_back(at);
      corridor.stretches.push_back(came[at].stretch);
    }
    corridor.junctions.push_back(from);
    std::reverse(corridor.junctions.begin(), corridor.junctions.end());
    std::reverse(corridor.stretches.begin(), corridor.stretches.end());
    describe(corridor);
    return corridor;
  }

  void use(const Corridor& corridor) {
    for (const std::uint32_t stretch : corridor.stretches) {
      is_used_[stretch] = true;
    }
  }

 private:
  void describe(Corridor& corridor) const {
    for (std::size_t i = 0; i < corridor.stretches.size(); ++i) {
      const std::uint32_t number = corridor.stretches[i];
      const Stretch& stretch = network_->stretches[number];
      const Exposure& exposure = (*exposures_)[number];
      const base::Point from = network_->junctions[corridor.junctions[i]];
      const base::Point to = network_->junctions[corridor.junctions[i + 1]];
      corridor.length.value += stretch.length.value;
      corridor.shared.value += is_used_[number] ? stretch.length.value : 0;
      corridor.in_belts.value += exposure.in_any.value;
      for (const Exposure::InBelt& belt : exposure.belts) {
        const auto open = std::find_if(corridor.passages.rbegin(), corridor.passages.rend(),
                                       [&](const Corridor::Passage& passage) {
                                         return passage.demand == belt.demand &&
                                                passage.road == stretch.road && passage.to == from;
                                       });
        if (open != corridor.passages.rend()) {
          open->length.value += belt.length.value;
          open->to = to;
        } else {
          corridor.passages.push_back({belt.demand, stretch.road, belt.length, from, to});
        }
      }
      for (const base::Point at : exposure.crossings) {
        corridor.crossings.push_back({stretch.road, at});
      }
    }
  }

  const RoadNetwork* network_;
  const std::vector<Exposure>* exposures_;
  Joins joins_;
  std::vector<bool> is_used_;
};

}  // namespace

RouteCost& RouteCost::operator+=(const RouteCost& other) {
  closed += other.closed;
  avoided += other.avoided;
  crossings += other.crossings;
  milliseconds += other.milliseconds;
  return *this;
}

std::vector<Exposure> find_exposures(const RoadNetwork& network, const std::vector<Demand>& demands,
                                     const std::vector<Belt>& belts, const DemarcationLine& line) {
  std::optional<geometry::Region> drawn;
  if (auto region = geometry::Region::lines(line.lines); !line.lines.empty() && region) {
    drawn = std::move(region).value();
  }
  std::vector<Exposure> exposures(network.stretches.size());
  for (std::size_t i = 0; i < exposures.size(); ++i) {
    const Stretch& stretch = network.stretches[i];
    const base::Point from = network.junctions[stretch.from];
    const base::Point to = network.junctions[stretch.to];
    std::vector<Part> all;
    for (std::size_t demand = 0; demand < demands.size(); ++demand) {
      if (!belts[demand].region) {
        continue;
      }
      std::vector<Part> parts;
      find_within(from, to, stretch.length.value, *belts[demand].region,
                  demands[demand].distance.value, {}, parts);
      if (!parts.empty()) {
        exposures[i].belts.push_back({demand, {share_of(parts) * stretch.length.value}});
        all.insert(all.end(), parts.begin(), parts.end());
      }
    }
    exposures[i].in_any = {share_of(std::move(all)) * stretch.length.value};
    if (drawn && drawn->distance_to(between(from, to, 0.5)).value <= stretch.length.value / 2 + 1) {
      find_crossings(from, to, line, exposures[i].crossings);
    }
  }
  return exposures;
}

base::Result<std::uint32_t> find_junction(const RoadNetwork& network, base::Point point,
                                          const std::string& what) {
  std::vector<bool> is_open(network.junctions.size(), false);
  for (const Stretch& stretch : network.stretches) {
    if (!network.roads[stretch.road].is_closed) {
      is_open[stretch.from] = is_open[stretch.to] = true;
    }
  }
  std::optional<std::size_t> nearest;
  std::pair<bool, double> least;
  for (std::size_t i = 0; i < network.junctions.size(); ++i) {
    const double away = geometry::distance(point, network.junctions[i]).value;
    const std::pair<bool, double> rank = {!is_open[i], away};
    if (away <= kFarthestRoad.value && (!nearest || rank < least)) {
      nearest = i;
      least = rank;
    }
  }
  if (!nearest) {
    return base::Error{base::ErrorCode::NotFound,
                       fmt::format("no road comes within {:g} km of {}; give roads that lead there",
                                   kFarthestRoad.value / 1000, what)};
  }
  return static_cast<std::uint32_t>(*nearest);
}

CorridorPlan plan_corridors(const RoadNetwork& network, const std::vector<Exposure>& exposures,
                            std::uint32_t from, std::uint32_t to, std::size_t count) {
  CorridorPlan plan;
  plan.from = from;
  plan.to = to;
  Search search(network, exposures);
  while (plan.corridors.size() < count) {
    auto found = search.find(from, to, false);
    const auto is_same = [&](const Corridor& one) { return one.stretches == found->stretches; };
    if (!found || std::any_of(plan.corridors.begin(), plan.corridors.end(), is_same)) {
      break;
    }
    search.use(*found);
    plan.corridors.push_back(std::move(*found));
  }
  if (plan.corridors.empty()) {
    if (const auto opened = search.find(from, to, true)) {
      for (const std::uint32_t number : opened->stretches) {
        const std::uint32_t road = network.stretches[number].road;
        if (network.roads[road].is_closed &&
            std::find(plan.to_reopen.begin(), plan.to_reopen.end(), road) == plan.to_reopen.end()) {
          plan.to_reopen.push_back(road);
        }
      }
    }
  }
  return plan;
}

}  // namespace truce::separation
