// SPDX-License-Identifier: Apache-2.0
// Properties of a reading of the ACLED format, for whole files, for rows under its header and for
// rows of its list of deleted events; and nobody acts together.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/reading_properties.h"

#include "truce/incidents/read.h"

namespace {

constexpr std::string_view kHeader =
    "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,assoc_actor_1,actor2,"
    "assoc_actor_2,civilian_targeting,location,latitude,longitude,geo_precision,source,notes,"
    "fatalities,timestamp\n";
constexpr std::string_view kDeletedHeader = "event_id_cnty,deleted_timestamp\n";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  truce::incidents::ReadOptions options;
  options.clock_offset = {3 * 3600};
  options.format = truce::incidents::Format::Acled;
  truce::fuzz::check_reading(text, options);
  for (const std::string_view header : {kHeader, kDeletedHeader}) {
    std::string with_header(header);
    with_header += text;
    truce::fuzz::check_reading(with_header, options);
    truce::incidents::Reading reading;
    if (!truce::incidents::read_reports("fuzz.csv", with_header, options, reading)) {
      continue;
    }
    for (const truce::incidents::Report& report : reading.reports) {
      TRUCE_CHECK(report.account == "ACLED", "the dataset is one account");
      TRUCE_CHECK(report.is_withdrawn == (header == kDeletedHeader), "only deletions take back");
      TRUCE_CHECK(report.actors.joining == truce::incidents::NameSet::Joining::OneOf,
                  "two sides never act together");
    }
  }
  return 0;
}
