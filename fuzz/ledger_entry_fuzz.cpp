// SPDX-License-Identifier: Apache-2.0
// An entry or a bundle of entries is refused, or it is what is written again byte for byte.

#include <cstddef>
#include <cstdint>
#include <string>

#include "truce/base/check.h"
#include "truce/ledger/entry.h"
#include "truce/ledger/tiles.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace ledger = truce::ledger;
  const std::string input(reinterpret_cast<const char*>(data), size);
  const auto entry = ledger::read_entry(input);
  if (entry) {
    TRUCE_CHECK(ledger::to_bytes(*entry) == input, "another entry would be written");
    TRUCE_CHECK(ledger::is_entry_kind(entry->kind), "an entry was read that has no kind");
  }
  TRUCE_CHECK(!ledger::may_stand_at(input, 0) || !input.starts_with(ledger::kEntryLine) ||
                  (entry && !entry->corrects),
              "what only looks like an entry may stand");
  // The first byte says how many there are to be.
  if (!input.empty()) {
    const auto width = static_cast<std::uint64_t>(static_cast<unsigned char>(input[0])) + 1;
    if (const auto entries = ledger::read_bundle(std::string_view(input).substr(1), width)) {
      std::string bundle;
      for (const std::string_view one : *entries) {
        ledger::append_entry(bundle, one);
      }
      TRUCE_CHECK(bundle == input.substr(1), "another bundle would be written");
      TRUCE_CHECK(entries->size() == width, "a bundle has another number of entries");
    }
  }
  return 0;
}
