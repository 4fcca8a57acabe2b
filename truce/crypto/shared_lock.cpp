// SPDX-License-Identifier: Apache-2.0
#include "truce/crypto/shared_lock.h"

#include <algorithm>

#include <fmt/format.h>
#include <sodium/crypto_aead_xchacha20poly1305.h>
#include <sodium/crypto_hash_sha256.h>
#include <sodium/randombytes.h>

#include "truce/crypto/internal/library.h"

namespace truce::crypto {
namespace {

using internal::bytes_of;

constexpr std::string_view kMark = "truce-locked/1\n";
constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t kLeastShares = 2;
constexpr std::size_t kMostShares = 255;
static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == sizeof(Bytes32));

// Mark, number of shares, nonce, then what binds each share: its hash, with its number.
std::size_t head_bytes(std::size_t shares) {
  return kMark.size() + 1 + kNonceBytes + shares * sizeof(Bytes32);
}

Bytes32 binding_of(const Bytes32& share, std::size_t number) {
  std::string words(kMark);
  words += static_cast<char>(number);
  words.append(reinterpret_cast<const char*>(share.data()), share.size());
  Bytes32 hash{};
  crypto_hash_sha256(hash.data(), bytes_of(std::string_view(words)), words.size());
  internal::wipe(bytes_of(words), words.size());
  return hash;
}

void key_from(const std::vector<Bytes32>& shares, internal::Wiped<32>& key) {
  for (const Bytes32& share : shares) {
    for (std::size_t i = 0; i < share.size(); ++i) {
      key.bytes[i] = static_cast<unsigned char>(key.bytes[i] ^ share[i]);
    }
  }
}

std::string_view binding_in(std::string_view locked, std::size_t number) {
  return locked.substr(head_bytes(number), sizeof(Bytes32));
}

}  // namespace

base::Result<Locked> lock(std::string_view content, std::size_t shares) {
  if (shares < kLeastShares || shares > kMostShares) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("a joint announcement has {} to {} sides, not {}", kLeastShares,
                                   kMostShares, shares)};
  }
  if (const auto ready = internal::prepare_library(); !ready) {
    return ready.error();
  }
  Locked made;
  made.shares.resize(shares);
  made.bytes = kMark;
  made.bytes += static_cast<char>(shares);
  made.bytes.resize(made.bytes.size() + kNonceBytes);
  randombytes_buf(bytes_of(made.bytes) + kMark.size() + 1, kNonceBytes);
  for (std::size_t i = 0; i < shares; ++i) {
    randombytes_buf(made.shares[i].data(), made.shares[i].size());
    const Bytes32 binding = binding_of(made.shares[i], i);
    made.bytes.append(reinterpret_cast<const char*>(binding.data()), binding.size());
  }
  internal::Wiped<32> key;
  key_from(made.shares, key);
  const std::string head = made.bytes;
  const std::string inside = internal::padded(content);
  made.bytes.resize(head.size() + inside.size() + kTagBytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(
      bytes_of(made.bytes) + head.size(), nullptr, bytes_of(std::string_view(inside)),
      inside.size(), bytes_of(std::string_view(head)), head.size(), nullptr,
      bytes_of(std::string_view(head)) + kMark.size() + 1, key.bytes.data());
  return made;
}

base::Result<std::size_t> shares_of(std::string_view locked) {
  const base::Error not_ours{base::ErrorCode::Corrupt,
                             "it is no locked text, or its end is missing"};
  if (!locked.starts_with(kMark) || locked.size() <= kMark.size()) {
    return not_ours;
  }
  const std::size_t shares = static_cast<unsigned char>(locked[kMark.size()]);
  if (shares < kLeastShares || locked.size() < head_bytes(shares) + kTagBytes) {
    return not_ours;
  }
  return shares;
}

bool is_share_of(std::string_view locked, std::size_t number, const Bytes32& share) {
  const auto shares = shares_of(locked);
  if (!shares || number >= *shares) {
    return false;
  }
  const Bytes32 binding = binding_of(share, number);
  return binding_in(locked, number) ==
         std::string_view(reinterpret_cast<const char*>(binding.data()), binding.size());
}

base::Result<std::string> unlock(std::string_view locked, const std::vector<Bytes32>& shares) {
  const auto asked = shares_of(locked);
  if (!asked) {
    return asked.error();
  }
  if (shares.size() != *asked) {
    return base::Error{
        base::ErrorCode::InvalidArgument,
        fmt::format("{} of {} shares are there; all are needed", shares.size(), *asked)};
  }
  for (std::size_t i = 0; i < shares.size(); ++i) {
    if (!is_share_of(locked, i, shares[i])) {
      return base::Error{base::ErrorCode::InvalidArgument,
                         fmt::format("share {} is not the one of this locked text", i + 1)};
    }
  }
  internal::Wiped<32> key;
  key_from(shares, key);
  const std::string_view head = locked.substr(0, head_bytes(*asked));
  const std::string_view box = locked.substr(head.size());
  std::string inside(box.size() - kTagBytes, '\0');
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(
          bytes_of(inside), nullptr, nullptr, bytes_of(box), box.size(), bytes_of(head),
          head.size(), bytes_of(head) + kMark.size() + 1, key.bytes.data()) != 0) {
    return base::Error{base::ErrorCode::Corrupt, "it was changed since it was locked"};
  }
  return internal::unpadded(inside);
}

}  // namespace truce::crypto
