// SPDX-License-Identifier: Apache-2.0
#include "truce/crypto/passphrase.h"

#include <algorithm>

#include <sodium/crypto_hash_sha256.h>
#include <sodium/crypto_pwhash_argon2id.h>
#include <sodium/crypto_secretbox.h>
#include <sodium/randombytes.h>

#include "truce/crypto/internal/library.h"

namespace truce::crypto {
namespace {

using internal::bytes_of;

constexpr std::uint64_t kMostOperations = 10;
constexpr std::uint64_t kMostMemory = std::uint64_t{1} << 30U;
constexpr std::size_t kInside = 64;
static_assert(crypto_pwhash_argon2id_SALTBYTES == 16);
static_assert(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + kInside == 104);

// The key of the box, from the passphrase.
base::Result<void> derive(const GuardedSecret& guarded, std::string_view passphrase,
                          internal::Wiped<crypto_secretbox_KEYBYTES>& key) {
  const PassphraseCost& cost = guarded.cost;
  if (cost.operations < 1 || cost.operations > kMostOperations ||
      cost.memory < crypto_pwhash_argon2id_MEMLIMIT_MIN || cost.memory > kMostMemory) {
    return base::Error{base::ErrorCode::Unsupported,
                       "asks for more than 10 passes or 1 GiB to open; make a new key"};
  }
  if (crypto_pwhash_argon2id(key.bytes.data(), key.bytes.size(), passphrase.data(),
                             passphrase.size(), guarded.salt.data(), cost.operations,
                             static_cast<std::size_t>(cost.memory),
                             crypto_pwhash_argon2id_ALG_ARGON2ID13) != 0) {
    return base::Error{base::ErrorCode::Unsupported,
                       "takes more memory to open than there is; free some and try again"};
  }
  return {};
}

Bytes32 hash_of(std::string_view about) {
  Bytes32 hash{};
  crypto_hash_sha256(hash.data(), bytes_of(about), about.size());
  return hash;
}

}  // namespace

base::Result<GuardedSecret> guard(const SecretKey& key, std::string_view about,
                                  std::string_view passphrase, const PassphraseCost& cost) {
  if (passphrase.empty()) {
    return base::Error{base::ErrorCode::InvalidArgument, "an empty passphrase guards nothing"};
  }
  if (const auto ready = internal::prepare_library(); !ready) {
    return ready.error();
  }
  GuardedSecret guarded;
  guarded.cost = cost;
  randombytes_buf(guarded.salt.data(), guarded.salt.size());
  internal::Wiped<crypto_secretbox_KEYBYTES> box_key;
  if (const auto derived = derive(guarded, passphrase, box_key); !derived) {
    return derived.error();
  }
  internal::Wiped<kInside> inside;
  const Bytes32 hash = hash_of(about);
  std::copy(key.seed().begin(), key.seed().end(), inside.bytes.begin());
  std::copy(hash.begin(), hash.end(), inside.bytes.begin() + sizeof(Bytes32));
  unsigned char* nonce = guarded.box.data();
  randombytes_buf(nonce, crypto_secretbox_NONCEBYTES);
  crypto_secretbox_easy(nonce + crypto_secretbox_NONCEBYTES, inside.bytes.data(), kInside, nonce,
                        box_key.bytes.data());
  return guarded;
}

base::Result<SecretKey> unguard(const GuardedSecret& guarded, std::string_view about,
                                std::string_view passphrase) {
  if (const auto ready = internal::prepare_library(); !ready) {
    return ready.error();
  }
  internal::Wiped<crypto_secretbox_KEYBYTES> box_key;
  if (const auto derived = derive(guarded, passphrase, box_key); !derived) {
    return derived.error();
  }
  internal::Wiped<kInside> inside;
  const unsigned char* nonce = guarded.box.data();
  const Bytes32 hash = hash_of(about);
  if (crypto_secretbox_open_easy(inside.bytes.data(), nonce + crypto_secretbox_NONCEBYTES,
                                 guarded.box.size() - crypto_secretbox_NONCEBYTES, nonce,
                                 box_key.bytes.data()) != 0 ||
      !std::equal(hash.begin(), hash.end(), inside.bytes.begin() + sizeof(Bytes32))) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       "does not open with this passphrase, or was changed; try again"};
  }
  internal::Wiped<sizeof(Bytes32)> seed;
  std::copy_n(inside.bytes.begin(), sizeof(Bytes32), seed.bytes.begin());
  return SecretKey(seed.bytes);
}

}  // namespace truce::crypto
