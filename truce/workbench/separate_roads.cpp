// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/internal/separate_roads.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "truce/base/nearest_word.h"
#include "truce/workbench/files.h"

namespace truce::workbench::internal {
namespace {

using separation::NamedPlace;
using separation::RoadNetwork;

base::Error invalid(std::string message) {
  return {base::ErrorCode::InvalidArgument, std::move(message)};
}

// An end of the way, and how far the road is from it.
struct End {
  std::uint32_t junction = 0;
  base::Metres away;
};

// `LAT,LON`.
std::optional<base::Point> read_point(const std::string& text) {
  const std::size_t comma = text.find(',');
  if (comma == std::string::npos) {
    return std::nullopt;
  }
  const auto north = separation::parse_degrees(text.substr(0, comma), 90);
  const auto east = separation::parse_degrees(text.substr(comma + 1), 180);
  return north && east ? std::optional(base::Point{{*north}, {*east}}) : std::nullopt;
}

// Of what is drawn as an area, the junction nearest to the mean of its corners; otherwise that
// nearest to the place.
base::Result<End> end_at(const RoadNetwork& roads, const geometry::Region& place,
                         const std::string& name) {
  base::Point middle;
  const auto outlines = place.outlines();
  if (!outlines.empty() && !outlines.front().empty()) {
    const geometry::Ring& ring = outlines.front().front();
    for (const base::Point corner : ring) {
      middle.latitude.degrees += corner.latitude.degrees / static_cast<double>(ring.size());
      middle.longitude.degrees += corner.longitude.degrees / static_cast<double>(ring.size());
    }
  } else {
    const auto nearest = std::min_element(
        roads.junctions.begin(), roads.junctions.end(),
        [&](base::Point a, base::Point b) { return place.distance_to(a) < place.distance_to(b); });
    if (nearest == roads.junctions.end() ||
        place.distance_to(*nearest) > separation::kFarthestRoad) {
      return separation::find_junction({}, {}, name).error();
    }
    middle = *nearest;
  }
  const auto junction = separation::find_junction(roads, middle, name);
  if (!junction) {
    return junction.error();
  }
  return End{*junction, place.distance_to(roads.junctions[*junction])};
}

base::Result<End> find_end(const RoadNetwork& roads, const std::vector<NamedPlace>& settlements,
                           const agreement::Agreement& text, const std::string& name,
                           std::string_view option) {
  if (const auto point = read_point(name)) {
    const auto junction = separation::find_junction(roads, *point, name);
    if (!junction) {
      return junction.error();
    }
    return End{*junction, geometry::distance(*point, roads.junctions[*junction])};
  }
  std::vector<std::string> names;
  for (const NamedPlace& place : settlements) {
    if (place.name == name) {
      return end_at(roads, place.region, name);
    }
    names.push_back(place.name);
  }
  for (const agreement::Place& place : text.places) {
    if (place.region != nullptr && place.name == name) {
      return end_at(roads, *place.region, name);
    }
    names.push_back(place.name);
  }
  const auto meant = base::nearest_word(name, names);
  return invalid(fmt::format(
      "{} is `{}`, which no settlement and no drawn place is called; {}", option, name,
      meant ? fmt::format("did you mean {}?", *meant) : "write its name, or LATITUDE,LONGITUDE"));
}

}  // namespace

base::Result<void> plan_relief(const SeparateRequest& request,
                               const std::vector<NamedPlace>& settlements, SeparateRun& run) {
  if (request.roads.empty() && request.from.empty() && request.to.empty()) {
    return {};
  }
  if (request.roads.empty() || request.from.empty() || request.to.empty()) {
    return invalid("a corridor needs --roads, --from and --to; give all three");
  }
  ReliefRun relief;
  for (const std::string& path : request.roads) {
    const auto text = read_file(path);
    if (!text) {
      return text.error();
    }
    if (auto read = separation::read_roads(path, *text, relief.roads); !read) {
      return read;
    }
  }
  relief.from = request.from;
  relief.to = request.to;
  const auto from = find_end(relief.roads, settlements, run.text, request.from, "--from");
  const auto to = find_end(relief.roads, settlements, run.text, request.to, "--to");
  for (const auto* end : {&from, &to}) {
    if (!*end) {
      return end->error();
    }
  }
  if (from->junction == to->junction) {
    return invalid(fmt::format("{} and {} are at the same point of the roads; name two places",
                               request.from, request.to));
  }
  const auto exposures =
      separation::find_exposures(relief.roads, run.demands, run.plan.belts, run.plan.line);
  relief.plan = separation::plan_corridors(relief.roads, exposures, from->junction, to->junction,
                                           request.corridors);
  relief.plan.to_first_road = from->away;
  relief.plan.from_last_road = to->away;
  run.relief = std::move(relief);
  return {};
}

}  // namespace truce::workbench::internal
