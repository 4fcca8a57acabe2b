// SPDX-License-Identifier: Apache-2.0
// A key, a signature, a share, an offer or an answer is refused, or it is what is written again
// byte for byte.

#include <cstddef>
#include <cstdint>
#include <string>

#include "truce/base/check.h"
#include "truce/talks/key_files.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace talks = truce::talks;
  const std::string input(reinterpret_cast<const char*>(data), size);
  int read = 0;
  if (const auto secret = talks::read_secret(input)) {
    TRUCE_CHECK(talks::to_text(*secret) == input, "another secret key would be written");
    ++read;
  }
  if (const auto guarded = talks::read_guarded(input)) {
    TRUCE_CHECK(talks::to_text(*guarded) == input, "another guarded key would be written");
    ++read;
  }
  if (const auto signature = talks::read_signature(input)) {
    TRUCE_CHECK(talks::to_text(*signature) == input, "another signature would be written");
    ++read;
  }
  if (const auto share = talks::read_share(input)) {
    TRUCE_CHECK(talks::to_text(*share) == input, "another share would be written");
    ++read;
  }
  if (const auto offer = talks::read_offer(input)) {
    TRUCE_CHECK(talks::to_text(*offer) == input, "another offer would be written");
    ++read;
  }
  if (const auto share = talks::read_offer_share(input)) {
    TRUCE_CHECK(talks::share_text(*share) == input, "another share would be written");
    ++read;
  }
  if (const auto answer = talks::read_answer(input)) {
    TRUCE_CHECK(talks::answer_text(*answer) == input, "another answer would be written");
    ++read;
  }
  if (const auto key = talks::read_public(input)) {
    TRUCE_CHECK(talks::is_name(key->name), "a key was read that has no name");
    ++read;
  }
  TRUCE_CHECK(read <= 1, "a file was read as two things");
  return 0;
}
