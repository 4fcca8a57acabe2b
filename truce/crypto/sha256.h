// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <initializer_list>
#include <string>
#include <string_view>

namespace truce::crypto {

/// The SHA-256 of `bytes` in 64 lower-case hexadecimal digits. Source: FIPS 180-4, by libsodium.
std::string sha256_hex(std::string_view bytes);

/// The SHA-256 of the parts, one after the other.
std::array<unsigned char, 32> sha256(std::initializer_list<std::string_view> parts);

}  // namespace truce::crypto
