// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>

#include <fmt/format.h>

#include "truce/cli/internal/separate_text.h"

namespace truce::cli::internal {
namespace {

using workbench::SeparateRun;

std::string road_name(const separation::RoadNetwork& roads, std::uint32_t road) {
  return roads.roads[road].name.empty() ? fmt::format("road {} of the file", road + 1)
                                        : roads.roads[road].name;
}

std::string belt_name(const SeparateRun& run, const separation::Demand& demand) {
  return demand.clause ? fmt::format("the belt of {} {}", demand.number,
                                     run.sides[demand.side == separation::Side::Second ? 1 : 0])
                       : std::string("the belt");
}

std::string corridor_text(const SeparateRun& run, const separation::Corridor& corridor) {
  const workbench::ReliefRun& relief = *run.relief;
  std::string text = fmt::format(
      "{:.1f} km, {} min; {} in belts; the line is crossed {}", corridor.length.value / 1000,
      (corridor.cost.milliseconds + 59'999) / 60'000,
      corridor.passages.empty() ? "nothing"
                                : fmt::format("{:.1f} km", corridor.in_belts.value / 1000),
      corridor.crossings.empty()       ? "nowhere"
      : corridor.crossings.size() == 1 ? "once"
                                       : fmt::format("{} times", corridor.crossings.size()));
  text += corridor.shared.value > 0
              ? fmt::format("; {:.1f} km shared with those above\n", corridor.shared.value / 1000)
              : "\n";
  for (const separation::Corridor::Passage& passage : corridor.passages) {
    const separation::Demand& demand = run.demands[passage.demand];
    text += fmt::format("     through {} for {:.1f} km on {}, from {:.4f}, {:.4f}\n",
                        belt_name(run, demand), passage.length.value / 1000,
                        road_name(relief.roads, passage.road), passage.from.latitude.degrees,
                        passage.from.longitude.degrees);
  }
  for (const separation::Corridor::Crossing& crossing : corridor.crossings) {
    text += fmt::format("     over the line on {} at {:.4f}, {:.4f}\n",
                        road_name(relief.roads, crossing.road), crossing.at.latitude.degrees,
                        crossing.at.longitude.degrees);
  }
  return text;
}

}  // namespace

std::string relief_text(const SeparateRun& run) {
  if (!run.relief) {
    return {};
  }
  const workbench::ReliefRun& relief = *run.relief;
  std::string text = fmt::format("\nCorridors for relief from {} to {}\n", relief.from, relief.to);
  std::size_t number = 0;
  for (const separation::Corridor& corridor : relief.plan.corridors) {
    text += fmt::format("  {}. {}", ++number, corridor_text(run, corridor));
  }
  if (!relief.plan.corridors.empty()) {
    return text;
  }
  if (relief.plan.to_reopen.empty()) {
    return text + "  None: no road that was given joins the two.\n";
  }
  text += "  None on open roads. The way with least of closed road needs open:\n";
  for (const std::uint32_t road : relief.plan.to_reopen) {
    text += fmt::format("     {}\n", road_name(relief.roads, road));
  }
  return text;
}

}  // namespace truce::cli::internal
