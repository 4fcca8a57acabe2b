// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace truce::crypto {

/// RFC 4648, section 4, with padding.
std::string to_base64(std::span<const unsigned char> bytes);

/// The bytes again, of any number; empty unless `text` is exactly what to_base64() makes of them.
std::optional<std::string> bytes_of_base64(std::string_view text);

/// The bytes again; empty unless `text` is exactly what to_base64() makes of so many bytes.
template <std::size_t Size>
std::optional<std::array<unsigned char, Size>> from_base64(std::string_view text);

extern template std::optional<std::array<unsigned char, 16>> from_base64<16>(std::string_view);
extern template std::optional<std::array<unsigned char, 32>> from_base64<32>(std::string_view);
extern template std::optional<std::array<unsigned char, 64>> from_base64<64>(std::string_view);
extern template std::optional<std::array<unsigned char, 104>> from_base64<104>(std::string_view);

}  // namespace truce::crypto
