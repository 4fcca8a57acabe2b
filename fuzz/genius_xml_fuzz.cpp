// SPDX-License-Identifier: Apache-2.0
// A domain and a profile, one after the other with a line `===` between them: whatever is read is
// sound, in both dialects.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/game_properties.h"

#include "truce/packages/read_xml.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto between = text.find("\n===\n");
  const std::string domain(text.substr(0, between));
  const std::string profile(between == std::string_view::npos ? text : text.substr(between + 5));
  for (const auto dialect :
       {truce::packages::XmlDialect::Genius, truce::packages::XmlDialect::Written}) {
    for (const std::size_t steps : {0, 3}) {
      const auto read =
          truce::packages::read_genius_xml({"d.xml", domain}, {{"p.xml", profile}}, dialect, steps);
      if (read) {
        truce::fuzz::check_game(read->game);
      }
    }
  }
  return 0;
}
