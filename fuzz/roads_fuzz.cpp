// SPDX-License-Identifier: Apache-2.0
// Properties of a file of roads: what is used is in range and joins; and a corridor between any two
// junctions is a way on open roads that begins and ends where it is to.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "truce/base/check.h"
#include "truce/separation/corridors.h"
#include "truce/separation/roads.h"

namespace {

using truce::separation::Corridor;
using truce::separation::Exposure;
using truce::separation::RoadNetwork;
using truce::separation::Stretch;

void check_network(const RoadNetwork& network) {
  for (const truce::separation::Road& road : network.roads) {
    TRUCE_CHECK(road.speed_kmh >= truce::separation::kSlowest &&
                    road.speed_kmh <= truce::separation::kFastest,
                "a speed is in range");
  }
  for (const Stretch& stretch : network.stretches) {
    TRUCE_CHECK(stretch.from < network.junctions.size() && stretch.to < network.junctions.size() &&
                    stretch.road < network.roads.size(),
                "a stretch joins junctions of its network");
    TRUCE_CHECK(stretch.from != stretch.to, "a stretch leads somewhere");
    // What is straight in degrees is a little longer than the geodesic, most about the poles.
    TRUCE_CHECK(stretch.length.value >= 0 && stretch.length.value < 2000, "a stretch is short");
  }
}

void check_corridor(const RoadNetwork& network, const Corridor& corridor, std::uint32_t from,
                    std::uint32_t to) {
  TRUCE_CHECK(corridor.junctions.size() == corridor.stretches.size() + 1, "a way joins up");
  TRUCE_CHECK(corridor.junctions.front() == from && corridor.junctions.back() == to,
              "a way begins and ends where it is to");
  for (std::size_t i = 0; i < corridor.stretches.size(); ++i) {
    const Stretch& stretch = network.stretches[corridor.stretches[i]];
    const std::uint32_t here = corridor.junctions[i];
    const std::uint32_t next = corridor.junctions[i + 1];
    TRUCE_CHECK((stretch.from == here && stretch.to == next) ||
                    (stretch.to == here && stretch.from == next),
                "each stretch leads on");
    TRUCE_CHECK(!network.roads[stretch.road].is_closed, "no corridor is on a closed road");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  RoadNetwork network;
  const auto read = truce::separation::read_roads("fuzz.geojson", text, network);
  if (!read) {
    TRUCE_CHECK(!read.error().message.empty(), "an error says what is wrong");
    return 0;
  }
  check_network(network);
  if (network.junctions.empty()) {
    return 0;
  }
  const std::uint32_t from = 0;
  const auto to = static_cast<std::uint32_t>(network.junctions.size() - 1);
  const auto plan = truce::separation::plan_corridors(
      network, std::vector<Exposure>(network.stretches.size()), from, to, 3);
  for (const Corridor& corridor : plan.corridors) {
    check_corridor(network, corridor, from, to);
  }
  TRUCE_CHECK(plan.corridors.empty() || plan.to_reopen.empty(),
              "where there is a way, none has to open");
  const auto nearest = truce::separation::find_junction(network, network.junctions.front(), "it");
  TRUCE_CHECK(nearest || !nearest.error().message.empty(), "an error says what is wrong");
  return 0;
}
