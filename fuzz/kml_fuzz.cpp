// SPDX-License-Identifier: Apache-2.0
// Properties of XML and of a reading of incidents from KML: what an element holds is written and
// read back the same, and so are the reports.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/reading_properties.h"

#include "truce/encoding/xml.h"
#include "truce/incidents/read.h"

namespace {

void check_text(std::string_view text) {
  const std::string written = truce::encoding::to_xml_text(text);
  const auto read = truce::encoding::parse_xml("fuzz.xml", "<a>" + written + "</a>");
  TRUCE_CHECK(read.has_value(), "what is written is XML");
  TRUCE_CHECK(truce::encoding::to_xml_text(read->text) == written, "XML is read back the same");
}

void check_kml(std::string_view text) {
  truce::incidents::ReadOptions options;
  options.clock_offset = {2 * 3600};
  options.format = truce::incidents::Format::Kml;
  truce::fuzz::check_reading(text, options);
  truce::fuzz::check_rewriting(text, options);
  options.encoding = "windows-1252";
  truce::fuzz::check_reading(text, options);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  check_text(text);
  check_kml(text);
  check_kml("<kml><Document><name>d</name>" + text + "</Document></kml>");
  return 0;
}
