// SPDX-License-Identifier: Apache-2.0
// Properties of a reading, for whole files and for rows under the usual header.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/reading_properties.h"

#include "truce/incidents/read.h"

namespace {

constexpr std::string_view kHeader =
    "incident,account,according_to,reported_at,from,to,kind,actor,target,weapon,latitude,longitude,"
    "radius_m,place,deaths_low,deaths_best,deaths_high,observed_by,confidence,source,source_id,"
    "note,"
    "clauses\n";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  truce::incidents::ReadOptions options;
  options.clock_offset = {3 * 3600};
  truce::fuzz::check_reading(text, options);
  std::string with_header(kHeader);
  with_header += text;
  options.format = truce::incidents::Format::Truce;
  truce::fuzz::check_reading(with_header, options);
  options.encoding = "windows-1252";
  truce::fuzz::check_reading(with_header, options);
  truce::incidents::Reading reading;
  const auto coverage = truce::incidents::read_coverage("fuzz.csv", text, options, reading);
  if (coverage) {
    for (const truce::incidents::Coverage& covered : *coverage) {
      TRUCE_CHECK(covered.when.from < covered.when.to, "what is covered lasts some time");
    }
  }
  return 0;
}
