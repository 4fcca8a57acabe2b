// SPDX-License-Identifier: Apache-2.0
// A proof or a request to a witness is refused, or what it says is written and read again; and a
// proof that anybody makes up shows nothing.

#include <cstddef>
#include <cstdint>
#include <string>

#include "truce/base/check.h"
#include "truce/ledger/proof.h"
#include "truce/ledger/witness.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace ledger = truce::ledger;
  const std::string input(reinterpret_cast<const char*>(data), size);
  if (const auto proof = ledger::read_proof(input)) {
    const std::string text = ledger::to_text(*proof);
    const auto again = ledger::read_proof(text);
    TRUCE_CHECK(again && ledger::to_text(*again) == text, "a proof is read as another");
    TRUCE_CHECK(text == input || input.find("\nextra ") != std::string::npos,
                "another proof would be written");
    // No tree of these hashes has a root that is chosen beforehand.
    TRUCE_CHECK(!ledger::is_included(ledger::leaf_hash("entry"), proof->index, proof->path,
                                     {.size = proof->checkpoint.checkpoint.tree.size, .root = {}}),
                "a path leads to any root");
  }
  if (const auto request = ledger::read_witness_request(input)) {
    TRUCE_CHECK(ledger::to_text(*request) == input, "another request would be written");
    const auto& tree = request->checkpoint.checkpoint.tree;
    TRUCE_CHECK(
        request->old_size == 0 ||
            !ledger::is_consistent({.size = request->old_size, .root = {}}, tree, request->path) ||
            tree.root == ledger::Hash{},
        "a path goes on from any root");
  }
  return 0;
}
