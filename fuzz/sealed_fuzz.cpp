// SPDX-License-Identifier: Apache-2.0
// Bytes from outside open only where they were sealed: what is no sealed file, and a sealed file
// with any of it changed, is refused. The same for a locked announcement.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "truce/base/check.h"
#include "truce/crypto/seal.h"
#include "truce/crypto/shared_lock.h"

namespace {

namespace crypto = truce::crypto;

struct Made {
  std::string sealed;
  crypto::Locked locked;
};

const crypto::SecretKey& key() {
  static const crypto::SecretKey made(crypto::Bytes32{1});
  return made;
}

// Once: each run changes it anew.
const Made& made() {
  static const Made once = [] {
    const auto sealed = crypto::seal("position", key().public_key(), &key());
    const auto locked = crypto::lock("announcement", 2);
    TRUCE_CHECK(sealed.has_value() && locked.has_value(), "there are no random bytes");
    return Made{*sealed, *locked};
  }();
  return once;
}

// The bytes of `input` over those of `whole`, from the place that the first two bytes name.
std::string changed(const std::string& whole, const std::string& input) {
  std::string bytes = whole;
  if (input.size() < 3) {
    return bytes;
  }
  const std::size_t at =
      (static_cast<unsigned char>(input[0]) * 256U + static_cast<unsigned char>(input[1])) %
      bytes.size();
  for (std::size_t i = 2; i < input.size() && at + i - 2 < bytes.size(); ++i) {
    bytes[at + i - 2] = static_cast<char>(bytes[at + i - 2] ^ input[i]);
  }
  return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(reinterpret_cast<const char*>(data), size);
  TRUCE_CHECK(!crypto::open(input, key()).has_value(), "what nobody sealed was opened");
  TRUCE_CHECK(!crypto::unlock(input, made().locked.shares).has_value(),
              "what nobody locked was opened");
  const std::string sealed = changed(made().sealed, input);
  TRUCE_CHECK(crypto::open(sealed, key()).has_value() == (sealed == made().sealed),
              "a changed file was opened, or one that is whole was not");
  const std::string locked = changed(made().locked.bytes, input);
  TRUCE_CHECK(
      crypto::unlock(locked, made().locked.shares).has_value() == (locked == made().locked.bytes),
      "a changed announcement was opened, or one that is whole was not");
  return 0;
}
