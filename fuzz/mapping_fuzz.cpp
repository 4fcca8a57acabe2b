// SPDX-License-Identifier: Apache-2.0
// Properties: a mapping that was read answers for any value, the same each time, and sets written
// from names are read back the same.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "truce/base/check.h"
#include "truce/incidents/mapping.h"
#include "truce/incidents/names.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto names = truce::incidents::parse_names(text);
  if (names) {
    const auto again = truce::incidents::parse_names(truce::incidents::to_text(*names));
    TRUCE_CHECK(again.has_value(), "a set that was written can be read");
    TRUCE_CHECK(again->names == names->names, "a set is read back the same");
  }
  const auto mapping = truce::incidents::Mapping::read("fuzz.csv", text);
  if (!mapping) {
    TRUCE_CHECK(!mapping.error().message.empty(), "an error says what is wrong");
    return 0;
  }
  const std::string_view value = text.substr(0, text.find('\n'));
  const truce::incidents::NameSet becomes = mapping->apply("actor", value);
  TRUCE_CHECK(becomes == mapping->apply("actor", value), "the same value becomes the same");
  TRUCE_CHECK(mapping->has("actor", value) || value.empty() || becomes.names.front() == value,
              "a value without a line stays as it is");
  if (names) {
    TRUCE_CHECK(mapping->apply("kind", *names) == mapping->apply("kind", *names),
                "the same set becomes the same");
  }
  return 0;
}
