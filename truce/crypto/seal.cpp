// SPDX-License-Identifier: Apache-2.0
#include "truce/crypto/seal.h"

#include <algorithm>

#include <sodium/crypto_box.h>

#include "truce/crypto/internal/library.h"

namespace truce::crypto {
namespace {

using internal::bytes_of;

constexpr std::string_view kMark = "truce-sealed/1\n";
// The first bytes of the recipient's key, so that the wrong key is told from a damaged file.
constexpr std::size_t kKeyBytes = 8;
constexpr std::size_t kHeadBytes = kMark.size() + kKeyBytes;
constexpr char kUnsigned = 0;
constexpr char kSigned = 1;
constexpr std::size_t kSignerBytes = sizeof(Bytes32) + sizeof(Signature);

std::string head_for(const PublicKey& to) {
  std::string head(kMark);
  head.append(reinterpret_cast<const char*>(to.seals.data()), kKeyBytes);
  return head;
}

// What is signed: this content, for this recipient. Passed on to somebody else it is not signed.
std::string signed_part(const PublicKey& to, std::string_view content) {
  std::string words(reinterpret_cast<const char*>(to.seals.data()), to.seals.size());
  words += content;
  return words;
}

std::string envelope(std::string_view content, const PublicKey& to, const SecretKey* from) {
  std::string bytes;
  bytes += from != nullptr ? kSigned : kUnsigned;
  if (from != nullptr) {
    const PublicKey own = from->public_key();
    const Signature signature = from->sign(kMark, signed_part(to, content));
    bytes.append(reinterpret_cast<const char*>(own.verifies.data()), own.verifies.size());
    bytes.append(reinterpret_cast<const char*>(signature.data()), signature.size());
  }
  bytes += content;
  return bytes;
}

base::Result<Opened> read_envelope(std::string_view bytes, const PublicKey& to) {
  if (!bytes.empty() && bytes[0] == kUnsigned) {
    return Opened{.content = std::string(bytes.substr(1)), .signed_by = std::nullopt};
  }
  if (bytes.size() < 1 + kSignerBytes || bytes[0] != kSigned) {
    return base::Error{base::ErrorCode::Corrupt, "what is inside is in no known form"};
  }
  PublicKey signer;
  Signature signature{};
  std::copy_n(bytes_of(bytes) + 1, signer.verifies.size(), signer.verifies.begin());
  std::copy_n(bytes_of(bytes) + 1 + signer.verifies.size(), signature.size(), signature.begin());
  const std::string_view content = bytes.substr(1 + kSignerBytes);
  if (!is_signed_by(signer, kMark, signed_part(to, content), signature)) {
    return base::Error{base::ErrorCode::Corrupt, "the signature inside does not hold"};
  }
  return Opened{.content = std::string(content), .signed_by = signer.verifies};
}

}  // namespace

base::Result<std::string> seal(std::string_view content, const PublicKey& to,
                               const SecretKey* from) {
  if (const auto ready = internal::prepare_library(); !ready) {
    return ready.error();
  }
  const std::string inside = internal::padded(envelope(content, to, from));
  std::string sealed = head_for(to);
  sealed.resize(kHeadBytes + crypto_box_SEALBYTES + inside.size());
  if (crypto_box_seal(bytes_of(sealed) + kHeadBytes, bytes_of(std::string_view(inside)),
                      inside.size(), to.seals.data()) != 0) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       "nothing can be sealed to this key; ask its owner for another"};
  }
  return sealed;
}

base::Result<Opened> open(std::string_view sealed, const SecretKey& key) {
  if (!sealed.starts_with(kMark) || sealed.size() < kHeadBytes + crypto_box_SEALBYTES) {
    return base::Error{base::ErrorCode::Corrupt, "it is no sealed file, or its end is missing"};
  }
  const PublicKey own = key.public_key();
  if (!sealed.starts_with(head_for(own))) {
    return base::Error{base::ErrorCode::InvalidArgument, "it was sealed to another key"};
  }
  internal::Wiped<32> opens;
  internal::opening_key(key, opens);
  const std::string_view box = sealed.substr(kHeadBytes);
  std::string inside(box.size() - crypto_box_SEALBYTES, '\0');
  if (crypto_box_seal_open(bytes_of(inside), bytes_of(box), box.size(), own.seals.data(),
                           opens.bytes.data()) != 0) {
    return base::Error{base::ErrorCode::Corrupt, "it was changed since it was sealed"};
  }
  auto content = internal::unpadded(inside);
  return content ? read_envelope(*content, own) : base::Result<Opened>(content.error());
}

}  // namespace truce::crypto
