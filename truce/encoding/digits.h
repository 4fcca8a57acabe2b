// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

namespace truce::encoding {

static_assert(std::endian::native == std::endian::little, "words are read from their last byte");

/// The value of up to eight decimal digits in a word of memory, the last digit in its last byte,
/// zero bytes before the first; 0 where all are zero. Sets `is_bad` where a byte is no digit.
/// Method: the digits of a word are joined in pairs, three times over.
inline std::uint64_t value_of_digits(std::uint64_t word, bool& is_bad) {
  constexpr std::uint64_t kZeros = 0x3030303030303030U;
  // Without a branch: where some rows have a number and others none, it would be guessed wrongly.
  const std::uint64_t is_there = word == 0 ? 0 : ~std::uint64_t{0};
  const int unused = std::countr_zero(word | std::uint64_t{1} << 63U) & ~7;
  word ^= (kZeros << unused) & is_there;
  // A byte above 9 carries into the high half when 6 is added.
  is_bad = is_bad || ((word | (word + 0x0606060606060606U)) & 0xF0F0F0F0F0F0F0F0U) != 0;
  word = (word * 10) + (word >> 8U);
  return (((word & 0x000000FF000000FFU) * 0x000F424000000064U) +
          (((word >> 16U) & 0x000000FF000000FFU) * 0x0000271000000001U)) >>
         32U;
}

/// What a word of digits in front of another one counts.
constexpr std::uint64_t kDigitsOfAWord = 100'000'000;

}  // namespace truce::encoding
