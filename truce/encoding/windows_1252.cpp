// SPDX-License-Identifier: Apache-2.0
#include "truce/encoding/windows_1252.h"

#include <array>
#include <cstdint>

namespace truce::encoding {
namespace {

// The code points of the bytes 0x80 to 0x9F; the others are the code points of their own number.
constexpr std::array<char16_t, 32> kUpperControls = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

}  // namespace

std::string from_windows_1252(std::string_view text) {
  std::string utf8;
  utf8.reserve(text.size() + text.size() / 16);
  for (const char letter : text) {
    const auto byte = static_cast<std::uint8_t>(letter);
    if (byte < 0x80) {
      utf8 += letter;
      continue;
    }
    const char16_t point = byte < 0xA0 ? kUpperControls.at(byte - 0x80U) : char16_t{byte};
    if (point < 0x800) {
      utf8 += static_cast<char>(0xC0 | (point >> 6));
    } else {
      utf8 += static_cast<char>(0xE0 | (point >> 12));
      utf8 += static_cast<char>(0x80 | ((point >> 6) & 0x3F));
    }
    utf8 += static_cast<char>(0x80 | (point & 0x3F));
  }
  return utf8;
}

}  // namespace truce::encoding
