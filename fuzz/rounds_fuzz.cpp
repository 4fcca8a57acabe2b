// SPDX-License-Identifier: Apache-2.0
// Any bytes are tables of rounds and deadlines, or an error that names the place.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "truce/base/check.h"
#include "truce/talks/rounds.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace talks = truce::talks;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto rounds = talks::read_rounds("fuzz", input);
  if (!rounds) {
    TRUCE_CHECK(rounds.error().message.starts_with("fuzz:"), "an error names no place");
  } else {
    TRUCE_CHECK(!rounds->empty(), "a table without rounds was read");
    for (const talks::Round& round : *rounds) {
      TRUCE_CHECK(!(round.to < round.from), "a round ends before it begins");
      TRUCE_CHECK(round.text.find('/') == std::string::npos, "a text is not in the folder");
    }
  }
  const talks::Round one{
      .name = "1", .from = {}, .to = {}, .venue = {}, .who = {}, .text = {}, .note = {}};
  const auto deadlines = talks::read_deadlines("fuzz", input, {one});
  TRUCE_CHECK(deadlines.has_value() || deadlines.error().message.starts_with("fuzz:"),
              "an error names no place");
  return 0;
}
