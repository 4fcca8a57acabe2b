// SPDX-License-Identifier: Apache-2.0
// Properties of a reading of the UCDP format, for whole files and for rows under its header; and a
// dyad stays open.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/reading_properties.h"

#include "truce/incidents/read.h"

namespace {

constexpr std::string_view kHeader =
    "id,type_of_violence,dyad_name,side_a,side_b,source_office,where_prec,where_coordinates,"
    "latitude,longitude,date_start,date_end,deaths_civilians,low,best,high\n";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  truce::incidents::ReadOptions options;
  options.clock_offset = {3 * 3600};
  options.format = truce::incidents::Format::Ucdp;
  truce::fuzz::check_reading(text, options);
  std::string with_header(kHeader);
  with_header += text;
  truce::fuzz::check_reading(with_header, options);
  truce::incidents::Reading reading;
  if (truce::incidents::read_reports("fuzz.csv", with_header, options, reading)) {
    for (const truce::incidents::Report& report : reading.reports) {
      TRUCE_CHECK(report.account == "UCDP", "the dataset is one account");
      TRUCE_CHECK(report.actors.joining == truce::incidents::NameSet::Joining::OneOf,
                  "a dyad never acts together");
    }
  }
  return 0;
}
