// SPDX-License-Identifier: Apache-2.0
#include "truce/crypto/joint_secret.h"

#include <string>

#include <fmt/format.h>
#include <sodium/crypto_hash_sha256.h>
#include <sodium/randombytes.h>

#include "truce/crypto/internal/library.h"

namespace truce::crypto {
namespace {

using internal::bytes_of;

constexpr std::size_t kLeastShares = 2;
constexpr std::size_t kMostShares = 255;

// SHA-256 of the context, a zero byte and the exclusive-or of the shares.
Bytes32 check_of(std::string_view context, const std::vector<Bytes32>& shares) {
  internal::Wiped<32> secret;
  for (const Bytes32& share : shares) {
    for (std::size_t i = 0; i < share.size(); ++i) {
      secret.bytes[i] = static_cast<unsigned char>(secret.bytes[i] ^ share[i]);
    }
  }
  std::string words(context);
  words += '\0';
  words.append(reinterpret_cast<const char*>(secret.bytes.data()), secret.bytes.size());
  Bytes32 hash{};
  crypto_hash_sha256(hash.data(), bytes_of(std::string_view(words)), words.size());
  internal::wipe(bytes_of(words), words.size());
  return hash;
}

}  // namespace

base::Result<JointSecret> make_joint_secret(std::string_view context, std::size_t shares) {
  if (shares < kLeastShares || shares > kMostShares) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("a package is answered by {} to {} sides, not by {}",
                                   kLeastShares, kMostShares, shares)};
  }
  if (const auto ready = internal::prepare_library(); !ready) {
    return ready.error();
  }
  JointSecret made;
  made.shares.resize(shares);
  for (Bytes32& share : made.shares) {
    randombytes_buf(share.data(), share.size());
  }
  made.check = check_of(context, made.shares);
  return made;
}

bool are_all_shares(std::string_view context, const Bytes32& check,
                    const std::vector<Bytes32>& shares) {
  return shares.size() >= kLeastShares && check_of(context, shares) == check;
}

base::Result<Bytes32> random_bytes() {
  if (const auto ready = internal::prepare_library(); !ready) {
    return ready.error();
  }
  Bytes32 made{};
  randombytes_buf(made.data(), made.size());
  return made;
}

}  // namespace truce::crypto
