// SPDX-License-Identifier: Apache-2.0
#include "truce/crypto/password.h"

#include <array>

#include <sodium/crypto_pwhash.h>
#include <sodium/randombytes.h>
#include <sodium/utils.h>

#include "truce/crypto/internal/library.h"

namespace truce::crypto {

base::Result<std::string> hash_password(std::string_view password, const PasswordCost& cost) {
  if (auto ready = internal::prepare_library(); !ready) {
    return ready.error();
  }
  std::array<char, crypto_pwhash_STRBYTES> kept{};
  if (crypto_pwhash_str_alg(kept.data(), password.data(), password.size(), cost.passes,
                            cost.memory_bytes, crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return base::Error{base::ErrorCode::Unsupported,
                       "there is not enough memory to keep a password; give the server more"};
  }
  return std::string(kept.data());
}

bool is_password(const std::string& kept, std::string_view password) {
  return internal::prepare_library().has_value() && kept.size() < crypto_pwhash_STRBYTES &&
         crypto_pwhash_str_verify(kept.c_str(), password.data(), password.size()) == 0;
}

base::Result<std::string> random_token() {
  if (auto ready = internal::prepare_library(); !ready) {
    return ready.error();
  }
  internal::Wiped<32> secret;
  randombytes_buf(secret.bytes.data(), secret.bytes.size());
  std::array<char, 2 * 32 + 1> digits{};
  sodium_bin2hex(digits.data(), digits.size(), secret.bytes.data(), secret.bytes.size());
  return std::string(digits.data());
}

bool is_same_secret(std::string_view one, std::string_view other) {
  return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

}  // namespace truce::crypto
