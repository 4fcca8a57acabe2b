// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace truce::stream::internal {

static_assert(std::endian::native == std::endian::little, "words are read from their last byte");

/// The up to eight bytes that end before `end`, the first in the lowest byte, zero above. Reads the
/// eight bytes before `end`, whatever they are.
inline std::uint64_t short_word(const char* end, std::size_t size) {
  std::uint64_t word = 0;
  std::memcpy(&word, end - 8, 8);
  // Two steps, so that an empty word moves by 64 bits.
  return size == 0 ? 0 : word >> (8 * (8 - size));
}

/// The value of up to eight decimal digits that end before `end`; sets `is_bad` where one is none.
/// Method: the digits of a word are joined in pairs, three times over.
inline std::uint64_t short_number(const char* end, std::size_t size, bool& is_bad) {
  constexpr std::uint64_t kZeros = 0x3030303030303030U;
  std::uint64_t word = 0;
  std::memcpy(&word, end - 8, 8);
  word ^= kZeros;
  const std::size_t unused = 8 * (8 - size);
  // What stands before the number becomes leading noughts.
  word = size == 0 ? 0 : word >> unused << unused;
  // A byte above 9 carries into the high half when 6 is added.
  is_bad =
      is_bad || size == 0 || ((word | (word + 0x0606060606060606U)) & 0xF0F0F0F0F0F0F0F0U) != 0;
  word = (word * 10) + (word >> 8U);
  return (((word & 0x000000FF000000FFU) * 0x000F424000000064U) +
          (((word >> 16U) & 0x000000FF000000FFU) * 0x0000271000000001U)) >>
         32U;
}

/// The value of 1 to 16 decimal digits.
inline std::uint64_t number(const char* end, std::size_t size, bool& is_bad) {
  if (size <= 8) {
    return short_number(end, size, is_bad);
  }
  if (size > 16) {
    is_bad = true;
    return 0;
  }
  constexpr std::uint64_t kHigh = 100'000'000;
  return short_number(end - 8, size - 8, is_bad) * kHigh + short_number(end, 8, is_bad);
}

}  // namespace truce::stream::internal
