// SPDX-License-Identifier: Apache-2.0
#include "truce/crypto/sha256.h"

#include <array>

#include <sodium/crypto_hash_sha256.h>

namespace truce::crypto {

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
  const auto* first = reinterpret_cast<const unsigned char*>(bytes.data());
  crypto_hash_sha256(hash.data(), first, bytes.size());
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * hash.size());
  for (const unsigned char byte : hash) {
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 0xFU];
  }
  return text;
}

std::array<unsigned char, 32> sha256(std::initializer_list<std::string_view> parts) {
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  for (const std::string_view part : parts) {
    crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(part.data()),
                              part.size());
  }
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
  crypto_hash_sha256_final(&state, hash.data());
  return hash;
}

}  // namespace truce::crypto
