// SPDX-License-Identifier: Apache-2.0
// Any table of names is read or refused with its place, and a name that it has no word for stays
// what it is.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "truce/base/check.h"
#include "truce/daily/names.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  for (const std::string_view language : {"ar", "fr"}) {
    const auto names = truce::daily::Names::read("names.csv", text, language);
    if (names) {
      const std::string absent = text + "x";
      TRUCE_CHECK((*names)(absent) == absent, "a name that is not in the table stays as it is");
    } else {
      TRUCE_CHECK(names.error().message.starts_with("names.csv:"), "an error names its place");
    }
  }
  return 0;
}
