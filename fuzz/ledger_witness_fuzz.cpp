// SPDX-License-Identifier: Apache-2.0
// What a witness is asked, what it answers and who is asked: refused, or read as it would be
// written again; and nothing that anybody makes up is signed.

#include <cstddef>
#include <cstdint>
#include <string>

#include "truce/base/check.h"
#include "truce/ledger/witness.h"
#include "truce/ledger/witness_list.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace ledger = truce::ledger;
  const std::string input(reinterpret_cast<const char*>(data), size);
  if (const auto request = ledger::read_witness_request(input)) {
    const std::string text = ledger::to_text(*request);
    TRUCE_CHECK(text == input, "another request would be written");
    truce::crypto::Bytes32 secret{};
    secret[0] = 1;
    const truce::crypto::SecretKey key(secret);
    const ledger::NoteKey of_ledger{.name = request->checkpoint.checkpoint.origin,
                                    .type = ledger::KeyType::Note,
                                    .verifies = key.public_key().verifies};
    const auto answer = ledger::answer(
        {.key = &key, .name = "w", .ledger = of_ledger, .last = std::nullopt}, *request, 1);
    TRUCE_CHECK(answer.refusal == ledger::Refusal::NotSigned, "what nobody signed was cosigned");
  }
  if (const auto list = ledger::read_witness_list(input)) {
    std::string text;
    for (const ledger::WitnessAddress& witness : *list) {
      text +=
          "witness " + witness.name + ' ' + ledger::to_text(witness.key) + ' ' + witness.url + '\n';
    }
    const auto again = ledger::read_witness_list(text);
    TRUCE_CHECK(again && *again == *list, "another list would be written");
  }
  if (const auto lines = ledger::read_signatures(input)) {
    std::string text;
    for (const ledger::NoteSignature& line : *lines) {
      text += ledger::to_text(line);
    }
    TRUCE_CHECK(text == input, "other signatures would be written");
  }
  return 0;
}
