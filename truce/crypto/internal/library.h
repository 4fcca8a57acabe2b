// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "truce/base/result.h"
#include "truce/crypto/keys.h"

namespace truce::crypto::internal {

/// Makes the source of random bytes ready. Fails with Unsupported.
base::Result<void> prepare_library();

/// A secret in memory that is wiped when it goes.
template <std::size_t Size>
struct Wiped {
  std::array<unsigned char, Size> bytes{};
  Wiped() = default;
  Wiped(const Wiped&) = delete;
  Wiped& operator=(const Wiped&) = delete;
  ~Wiped();
};

void wipe(unsigned char* first, std::size_t count);

template <std::size_t Size>
Wiped<Size>::~Wiped() {
  wipe(bytes.data(), bytes.size());
}

/// The secret half of the X25519 pair.
void opening_key(const SecretKey& key, Wiped<32>& made);

/// The bytes of a text as the library takes them.
inline const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
inline unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

/// 8 bytes of its length, lowest first, the content, and zeros up to 4096 bytes or the next power
/// of two: what is sealed of two lengths that are near looks the same.
std::string padded(std::string_view content);
/// The content again. Fails with Corrupt where it is not what padded() makes.
base::Result<std::string> unpadded(std::string_view bytes);

}  // namespace truce::crypto::internal
