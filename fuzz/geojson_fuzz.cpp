// SPDX-License-Identifier: Apache-2.0
// Properties: JSON that was read is written and read back the same; a region made of a file holds
// its own corners, and what it says of a disc agrees with its distance.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "truce/base/check.h"
#include "truce/encoding/geojson.h"
#include "truce/encoding/json_value.h"
#include "truce/geometry/region.h"

namespace {

using truce::geometry::Containment;
using truce::geometry::Region;

void check_region(const Region& region, truce::base::Point corner) {
  TRUCE_CHECK(region.contains({corner, {0}}) == Containment::Inside, "a corner is inside");
  TRUCE_CHECK(region.distance_to(corner).value == 0, "a corner is at no distance");
  const truce::base::Point origin{{36.2}, {37.1}};
  const double away = region.distance_to(origin).value;
  const double radius = std::max(0.0, away - 1);
  TRUCE_CHECK(away == 0 || region.contains({origin, {radius}}) == Containment::Outside,
              "a disc that does not reach the region is outside");
  const Region wide = Region::within({away + 1}, region);
  TRUCE_CHECK(wide.contains({origin, {0}}) == Containment::Inside, "a wide belt reaches it");
  TRUCE_CHECK(region.outlines().size() + region.drawn_lines().size() > 0, "there is what to draw");
}

void check_json(std::string_view text) {
  const auto value = truce::encoding::parse_json("fuzz.json", text);
  if (!value) {
    return;
  }
  for (const std::string& written : {value->to_text(), value->to_pretty_text()}) {
    const auto again = truce::encoding::parse_json("fuzz.json", written);
    TRUCE_CHECK(again.has_value(), "what is written is JSON");
    TRUCE_CHECK(again->to_text() == value->to_text(), "JSON is read back the same");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_json(text);
  const auto features = truce::encoding::read_geojson("fuzz.geojson", text);
  if (!features) {
    TRUCE_CHECK(!features.error().message.empty(), "an error says what is wrong");
    return 0;
  }
  for (const truce::encoding::GeoJsonFeature& feature : *features) {
    const auto area = Region::area(feature.polygons);
    if (area) {
      check_region(*area, feature.polygons.front().front().front());
      TRUCE_CHECK(area->lies_in(*area) != Containment::Outside, "an area lies in itself");
    }
    const auto lines = Region::lines(feature.lines);
    if (lines) {
      check_region(*lines, feature.lines.front().front());
    }
    const auto points = Region::points(feature.points);
    if (points) {
      check_region(*points, feature.points.front());
    }
  }
  return 0;
}
