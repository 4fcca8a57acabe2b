// SPDX-License-Identifier: Apache-2.0
// A note, a checkpoint or a key is refused, or it is what is written again byte for byte; and none
// that anybody makes up is signed by a key that signed nothing.

#include <cstddef>
#include <cstdint>
#include <string>

#include "truce/base/check.h"
#include "truce/ledger/checkpoint.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace ledger = truce::ledger;
  const std::string input(reinterpret_cast<const char*>(data), size);
  if (const auto note = ledger::read_note(input)) {
    TRUCE_CHECK(ledger::to_text(*note) == input, "another note would be written");
    truce::crypto::Bytes32 secret{};
    secret[0] = 1;
    const truce::crypto::SecretKey key(secret);
    for (const auto& signature : note->signatures) {
      for (const auto type : {ledger::KeyType::Note, ledger::KeyType::Cosignature}) {
        const ledger::NoteKey known{
            .name = signature.name, .type = type, .verifies = key.public_key().verifies};
        TRUCE_CHECK(ledger::signed_by(*note, known) != ledger::Signed::Yes,
                    "a signature was made up");
      }
    }
    if (const auto checkpoint = ledger::read_checkpoint(input)) {
      TRUCE_CHECK(ledger::to_text(checkpoint->checkpoint) == note->text,
                  "another checkpoint would be written");
    }
  }
  if (const auto key = ledger::read_note_key(input)) {
    const std::string text = ledger::to_text(*key);
    TRUCE_CHECK(text == input || text + '\n' == input, "another key would be written");
  }
  return 0;
}
