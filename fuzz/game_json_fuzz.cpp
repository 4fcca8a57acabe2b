// SPDX-License-Identifier: Apache-2.0
// A game in the exact JSON form: whatever is read is sound.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "fuzz/game_properties.h"

#include "truce/packages/read_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto game = truce::packages::read_exact_json("fuzz.json", text)) {
    truce::fuzz::check_game(*game);
  }
  return 0;
}
