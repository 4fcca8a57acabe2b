// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "truce/base/result.h"
#include "truce/crypto/keys.h"

namespace truce::crypto {

/// What each try of a passphrase costs, of Argon2id: passes over so many bytes of memory. As RFC
/// 9106 recommends for most machines.
struct PassphraseCost {
  std::uint64_t operations = 3;
  std::uint64_t memory = std::uint64_t{64} << 20U;
};

/// A secret key under a passphrase.
struct GuardedSecret {
  PassphraseCost cost;
  std::array<unsigned char, 16> salt{};
  // A nonce, then a secret box of the secret and of a hash of what it is about.
  std::array<unsigned char, 104> box{};
};

/// `about` is bound to it: with other words it does not open. Fails with InvalidArgument for an
/// empty passphrase, with Unsupported where the system gives no random bytes or too little memory.
base::Result<GuardedSecret> guard(const SecretKey& key, std::string_view about,
                                  std::string_view passphrase, const PassphraseCost& cost = {});

/// Fails with InvalidArgument for another passphrase or another `about`, with Unsupported for a
/// cost beyond 10 passes or 1 GiB and where there is too little memory. Takes a good part of a
/// second.
base::Result<SecretKey> unguard(const GuardedSecret& guarded, std::string_view about,
                                std::string_view passphrase);

}  // namespace truce::crypto
