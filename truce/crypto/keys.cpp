// SPDX-License-Identifier: Apache-2.0
#include "truce/crypto/keys.h"

#include <string>

#include <sodium/core.h>
#include <sodium/crypto_box.h>
#include <sodium/crypto_kdf.h>
#include <sodium/crypto_sign.h>
#include <sodium/randombytes.h>
#include <sodium/utils.h>

#include "truce/crypto/internal/library.h"

namespace truce::crypto {
namespace {

static_assert(crypto_kdf_KEYBYTES == 32 && crypto_sign_SEEDBYTES == 32 &&
              crypto_box_SEEDBYTES == 32);
static_assert(crypto_sign_PUBLICKEYBYTES == 32 && crypto_box_PUBLICKEYBYTES == 32);
static_assert(crypto_sign_BYTES == 64);

// Two keys from one secret: neither says anything about the other.
constexpr const char* kContext = "truceKey";
constexpr std::uint64_t kSigning = 1;
constexpr std::uint64_t kOpening = 2;

void derive(const SecretKey& key, std::uint64_t purpose, internal::Wiped<32>& made) {
  crypto_kdf_derive_from_key(made.bytes.data(), made.bytes.size(), purpose, kContext,
                             key.seed().data());
}

struct SigningPair {
  Bytes32 verifies{};
  internal::Wiped<crypto_sign_SECRETKEYBYTES> signs;
};

void signing_pair(const SecretKey& key, SigningPair& made) {
  internal::Wiped<32> seed;
  derive(key, kSigning, seed);
  crypto_sign_seed_keypair(made.verifies.data(), made.signs.bytes.data(), seed.bytes.data());
}

std::string signed_words(std::string_view domain, std::string_view message) {
  std::string words(domain);
  words += '\0';
  words += message;
  return words;
}

}  // namespace

SecretKey::SecretKey(const Bytes32& seed) : seed_(seed) {}

SecretKey::SecretKey(SecretKey&& other) noexcept : seed_(other.seed_) {
  internal::wipe(other.seed_.data(), other.seed_.size());
}

SecretKey& SecretKey::operator=(SecretKey&& other) noexcept {
  if (this != &other) {
    seed_ = other.seed_;
    internal::wipe(other.seed_.data(), other.seed_.size());
  }
  return *this;
}

SecretKey::~SecretKey() { internal::wipe(seed_.data(), seed_.size()); }

base::Result<SecretKey> SecretKey::generate() {
  if (const auto ready = internal::prepare_library(); !ready) {
    return ready.error();
  }
  internal::Wiped<32> seed;
  randombytes_buf(seed.bytes.data(), seed.bytes.size());
  return SecretKey(seed.bytes);
}

PublicKey SecretKey::public_key() const {
  PublicKey key;
  SigningPair pair;
  signing_pair(*this, pair);
  key.verifies = pair.verifies;
  internal::Wiped<32> seed;
  internal::Wiped<32> opens;
  derive(*this, kOpening, seed);
  crypto_box_seed_keypair(key.seals.data(), opens.bytes.data(), seed.bytes.data());
  return key;
}

Signature SecretKey::sign(std::string_view domain, std::string_view message) const {
  SigningPair pair;
  signing_pair(*this, pair);
  const std::string words = signed_words(domain, message);
  Signature signature{};
  crypto_sign_detached(signature.data(), nullptr, internal::bytes_of(std::string_view(words)),
                       words.size(), pair.signs.bytes.data());
  return signature;
}

Signature SecretKey::sign_text(std::string_view text) const {
  TRUCE_CHECK(text.find('\0') == std::string_view::npos,
              "a text that is signed holds no zero byte");
  SigningPair pair;
  signing_pair(*this, pair);
  Signature signature{};
  crypto_sign_detached(signature.data(), nullptr, internal::bytes_of(text), text.size(),
                       pair.signs.bytes.data());
  return signature;
}

bool is_signed_by(const PublicKey& key, std::string_view domain, std::string_view message,
                  const Signature& signature) {
  const std::string words = signed_words(domain, message);
  return crypto_sign_verify_detached(signature.data(), internal::bytes_of(std::string_view(words)),
                                     words.size(), key.verifies.data()) == 0;
}

bool is_text_signed_by(const Bytes32& verifies, std::string_view text, const Signature& signature) {
  return crypto_sign_verify_detached(signature.data(), internal::bytes_of(text), text.size(),
                                     verifies.data()) == 0;
}

namespace internal {

base::Result<void> prepare_library() {
  if (sodium_init() < 0) {
    return base::Error{base::ErrorCode::Unsupported,
                       "this system gives no random bytes; make /dev/urandom readable"};
  }
  return {};
}

void wipe(unsigned char* first, std::size_t count) { sodium_memzero(first, count); }

void opening_key(const SecretKey& key, Wiped<32>& made) {
  Wiped<32> seed;
  Bytes32 seals{};
  derive(key, kOpening, seed);
  crypto_box_seed_keypair(seals.data(), made.bytes.data(), seed.bytes.data());
}

}  // namespace internal
}  // namespace truce::crypto
