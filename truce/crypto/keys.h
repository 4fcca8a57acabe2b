// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

#include "truce/base/result.h"

namespace truce::crypto {

using Bytes32 = std::array<unsigned char, 32>;
/// Ed25519, RFC 8032.
using Signature = std::array<unsigned char, 64>;

/// What others need of somebody: to check their signatures (Ed25519), to seal to them (X25519).
struct PublicKey {
  Bytes32 verifies{};
  Bytes32 seals{};

  friend bool operator==(const PublicKey&, const PublicKey&) = default;
};

/// A secret of 32 bytes from which both key pairs are made. It is wiped when it goes out of scope
/// and cannot be copied.
class SecretKey {
 public:
  explicit SecretKey(const Bytes32& seed);
  SecretKey(const SecretKey&) = delete;
  SecretKey& operator=(const SecretKey&) = delete;
  SecretKey(SecretKey&& other) noexcept;
  SecretKey& operator=(SecretKey&& other) noexcept;
  ~SecretKey();

  /// From the system's source of random bytes. Fails with Unsupported where there is none.
  static base::Result<SecretKey> generate();

  [[nodiscard]] const Bytes32& seed() const { return seed_; }
  [[nodiscard]] PublicKey public_key() const;
  /// Signs `domain`, a zero byte and `message`: a signature made for one purpose fits no other.
  [[nodiscard]] Signature sign(std::string_view domain, std::string_view message) const;
  /// Signs `text` as it stands, for public formats that say so. It must hold no zero byte: so it
  /// is never what sign() signs.
  [[nodiscard]] Signature sign_text(std::string_view text) const;

 private:
  Bytes32 seed_;
};

/// Whether the holder of `key` signed that message for that purpose. Strict: keys of small order
/// and signatures in another form than the one that sign() makes are refused.
bool is_signed_by(const PublicKey& key, std::string_view domain, std::string_view message,
                  const Signature& signature);
/// Whether the holder of the Ed25519 key `verifies` signed that text as it stands. As strict.
bool is_text_signed_by(const Bytes32& verifies, std::string_view text, const Signature& signature);

}  // namespace truce::crypto
