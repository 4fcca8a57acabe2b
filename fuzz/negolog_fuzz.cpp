// SPDX-License-Identifier: Apache-2.0
// Profiles of NegoLog, two with a line `===` between them: whatever is read is sound.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/game_properties.h"

#include "truce/packages/read_research_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto between = text.find("\n===\n");
  const std::string one(text.substr(0, between));
  const std::string other(between == std::string_view::npos ? text : text.substr(between + 5));
  if (const auto read = truce::packages::read_negolog({{"a.json", one}, {"b.json", other}})) {
    truce::fuzz::check_game(read->game);
    TRUCE_CHECK(truce::packages::origin_of_json(one) == truce::packages::JsonOrigin::NegoLog,
                "what is read is told apart");
  }
  return 0;
}
