// SPDX-License-Identifier: Apache-2.0
// Properties of a presence file and of a file of ground: each row is used or listed; what is used
// is in range; and what is measured from it keeps its band.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "truce/base/check.h"
#include "truce/separation/intermingling.h"
#include "truce/separation/presence.h"
#include "truce/separation/terrain.h"

namespace {

using truce::separation::Belonging;
using truce::separation::Observation;
using truce::separation::Positions;
using truce::separation::PresenceReading;

void check_index(const PresenceReading& reading) {
  std::vector<Belonging> belongings;
  for (const Observation& seen : reading.observations) {
    const bool is_first = !seen.actor.is_unknown() && seen.actor.names.front().size() % 2 == 0;
    belongings.push_back(is_first ? Belonging::First : Belonging::Second);
  }
  const Positions positions = positions_at(reading, belongings, {.half_life = truce::base::kDay});
  TRUCE_CHECK(positions.positions.size() + positions.replaced + positions.unplaced +
                      positions.disbelieved ==
                  reading.observations.size(),
              "each row stands, or is counted");
  const auto found = measure_intermingling(positions, {.unusable = reading.skipped.size()});
  if (found) {
    TRUCE_CHECK(0 <= found->whole.low && found->whole.low <= found->whole.index &&
                    found->whole.index <= found->whole.high && found->whole.high <= 1,
                "the index is in its band");
  }
}

void check_file(std::string_view text) {
  PresenceReading reading;
  const auto read = read_presence("fuzz.csv", text, {}, reading);
  if (!read) {
    TRUCE_CHECK(!read.error().message.empty(), "an error says what is wrong");
    return;
  }
  TRUCE_CHECK(reading.rows == reading.observations.size() + reading.skipped.size(),
              "each row is used or listed");
  for (const Observation& seen : reading.observations) {
    TRUCE_CHECK(seen.confidence >= 0 && seen.confidence <= 1 && seen.radius.value >= 0 &&
                    seen.radius <= truce::separation::kWidestRadius,
                "what is used is in range");
  }
  check_index(reading);
}

void check_terrain(std::string_view text) {
  truce::separation::Terrain terrain;
  const auto read = truce::separation::read_terrain("fuzz.geojson", text, terrain);
  TRUCE_CHECK(read || !read.error().message.empty(), "an error says what is wrong");
  for (const truce::separation::TerrainPart& part : terrain) {
    TRUCE_CHECK(part.area || !part.lines.empty(), "ground is an area or lines");
    TRUCE_CHECK(!part.cost || (*part.cost >= truce::separation::kLeastCost &&
                               *part.cost <= truce::separation::kMostCost),
                "a cost is in range");
  }
  const auto prior = truce::separation::read_prior("fuzz.geojson", text);
  TRUCE_CHECK(prior ? !prior->empty() : !prior.error().message.empty(),
              "an earlier line is lines, or an error says what is wrong");
  const auto places = truce::separation::read_places("fuzz.geojson", text, false);
  TRUCE_CHECK(places || !places.error().message.empty(), "an error says what is wrong");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  check_file(text);
  check_terrain(text);
  check_file("id,actor,at,latitude,longitude,radius_m,confidence,source\n" + text);
  return 0;
}
