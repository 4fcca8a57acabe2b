// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <bit>

#include "truce/crypto/internal/library.h"

namespace truce::crypto::internal {
namespace {

constexpr std::size_t kLengthBytes = 8;
constexpr std::size_t kLeast = 4096;

std::size_t padded_size(std::size_t content) {
  return std::max(kLeast, std::bit_ceil(content + kLengthBytes));
}

}  // namespace

std::string padded(std::string_view content) {
  std::string bytes;
  bytes.reserve(padded_size(content.size()));
  for (std::size_t i = 0; i < kLengthBytes; ++i) {
    bytes += static_cast<char>((content.size() >> (8 * i)) & 0xFFU);
  }
  bytes += content;
  bytes.resize(padded_size(content.size()), '\0');
  return bytes;
}

base::Result<std::string> unpadded(std::string_view bytes) {
  const base::Error not_ours{base::ErrorCode::Corrupt, "what is inside has no usable length"};
  if (bytes.size() < kLeast) {
    return not_ours;
  }
  std::size_t size = 0;
  for (std::size_t i = 0; i < kLengthBytes; ++i) {
    size |= static_cast<std::size_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
  }
  if (size > bytes.size() - kLengthBytes || padded_size(size) != bytes.size()) {
    return not_ours;
  }
  const std::string_view rest = bytes.substr(kLengthBytes + size);
  if (std::any_of(rest.begin(), rest.end(), [](char byte) { return byte != '\0'; })) {
    return not_ours;
  }
  return std::string(bytes.substr(kLengthBytes, size));
}

}  // namespace truce::crypto::internal
