// SPDX-License-Identifier: Apache-2.0
// Property: a book that was read knows each of its names at the start of its time, and not before
// all of them.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "truce/base/check.h"
#include "truce/incidents/actor_book.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto book = truce::incidents::ActorBook::read("fuzz.csv", text, {3 * 3600});
  if (!book) {
    TRUCE_CHECK(!book.error().message.empty(), "an error says what is wrong");
    return 0;
  }
  for (const truce::incidents::ActorBook::Entry& entry : book->entries()) {
    TRUCE_CHECK(entry.when.from < entry.when.to, "a name stands for some time");
    const auto found = book->look_up(entry.name, {entry.when.from, entry.when.from});
    TRUCE_CHECK(found.has_value(), "a name is known when its time begins");
    for (const std::string& actor : entry.actors.names) {
      TRUCE_CHECK(found->is_unknown() || std::find(found->names.begin(), found->names.end(),
                                                   actor) != found->names.end(),
                  "what an entry says is among the answers");
    }
    const truce::base::Instant before = truce::base::kBeforeTime - truce::base::kDay;
    TRUCE_CHECK(!book->look_up(entry.name, {before, before}).has_value(),
                "no name is known before all time");
  }
  return 0;
}
