// SPDX-License-Identifier: Apache-2.0
// Properties of a reading of incidents from GeoJSON, for whole files and for one feature; and what
// was read is written and read back the same.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/reading_properties.h"

#include "truce/incidents/read.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  truce::incidents::ReadOptions options;
  options.clock_offset = {2 * 3600};
  options.format = truce::incidents::Format::GeoJson;
  for (const std::string& whole :
       {text,
        "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\"," + text + "}]}"}) {
    truce::fuzz::check_reading(whole, options);
    truce::fuzz::check_rewriting(whole, options);
  }
  return 0;
}
