// SPDX-License-Identifier: Apache-2.0
// A checkpoint is refused, or it is what is written again byte for byte. Damage is found by the
// digest, so each input is also tried as a body with a digest that fits.

#include <cstddef>
#include <cstdint>
#include <string>

#include "truce/base/check.h"
#include "truce/crypto/sha256.h"
#include "truce/workbench/checkpoint.h"

namespace {

bool is_read(const std::string& bytes) {
  const auto checkpoint = truce::workbench::parse_checkpoint("fuzz", bytes);
  if (checkpoint) {
    TRUCE_CHECK(to_bytes(*checkpoint) == bytes, "what was read is not what is written");
  }
  return checkpoint.has_value();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(reinterpret_cast<const char*>(data), size);
  if (is_read(input) && size > 0) {
    std::string damaged = input;
    damaged[input.front() % input.size()] ^= 1;
    TRUCE_CHECK(!is_read(damaged), "a damaged checkpoint was read");
    return 0;
  }
  std::string whole = "truce.monitor-checkpoint/1\n" + input;
  whole += truce::crypto::sha256_hex(whole);
  is_read(whole);
  return 0;
}
