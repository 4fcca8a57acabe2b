// SPDX-License-Identifier: Apache-2.0
// Properties: a file of places is an area or an error that says what is wrong, the same each time,
// and a corner of what it draws is inside.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "truce/agreement/places_file.h"
#include "truce/base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto region = truce::agreement::read_places_file("fuzz.csv", text);
  const auto again = truce::agreement::read_places_file("fuzz.csv", text);
  TRUCE_CHECK(region.has_value() == again.has_value(), "the same file is read the same");
  if (!region) {
    TRUCE_CHECK(!region.error().message.empty(), "an error says what is wrong");
    TRUCE_CHECK(region.error().message == again.error().message, "and says it again");
    return 0;
  }
  for (const truce::geometry::Polygon& polygon : region->outlines()) {
    const truce::geometry::Disc corner{polygon.front().front(), {0}};
    TRUCE_CHECK(region->contains(corner) != truce::geometry::Containment::Outside,
                "a corner belongs to its area");
  }
  return 0;
}
