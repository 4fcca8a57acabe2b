// SPDX-License-Identifier: Apache-2.0
#include "truce/crypto/base64.h"

#include <sodium/utils.h>

namespace truce::crypto {

std::string to_base64(std::span<const unsigned char> bytes) {
  // With the zero byte that the library ends it with.
  std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();
  return text;
}

std::optional<std::string> bytes_of_base64(std::string_view text) {
  std::string bytes(text.size() / 4 * 3, '\0');
  auto* first = reinterpret_cast<unsigned char*>(bytes.data());
  std::size_t count = 0;
  const char* end = nullptr;
  const bool is_read = sodium_base642bin(first, bytes.size(), text.data(), text.size(), nullptr,
                                         &count, &end, sodium_base64_VARIANT_ORIGINAL) == 0;
  if (!is_read || end != text.data() + text.size() || to_base64({first, count}) != text) {
    return std::nullopt;
  }
  bytes.resize(count);
  return bytes;
}

template <std::size_t Size>
std::optional<std::array<unsigned char, Size>> from_base64(std::string_view text) {
  std::array<unsigned char, Size> bytes{};
  std::size_t count = 0;
  const char* end = nullptr;
  const bool is_read =
      sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &count, &end,
                        sodium_base64_VARIANT_ORIGINAL) == 0;
  // One text for the same bytes: what differs is refused.
  if (!is_read || count != Size || end != text.data() + text.size() || to_base64(bytes) != text) {
    return std::nullopt;
  }
  return bytes;
}

template std::optional<std::array<unsigned char, 32>> from_base64<32>(std::string_view);
template std::optional<std::array<unsigned char, 64>> from_base64<64>(std::string_view);
template std::optional<std::array<unsigned char, 16>> from_base64<16>(std::string_view);
template std::optional<std::array<unsigned char, 104>> from_base64<104>(std::string_view);

}  // namespace truce::crypto
