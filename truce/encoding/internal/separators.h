// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace truce::encoding::internal {

/// Where the separators of a stretch of CSV stand. The vectors are longer than what is found, so
/// that they can be filled sixteen at a time.
struct Separators {
  // A bit for each byte, 64 to a word, with a word of zeros behind: commas and line feeds.
  std::vector<std::uint64_t> all;
  // Where a row may begin, as offsets from the beginning: 0, and behind every line feed.
  std::vector<std::uint32_t> begins;
  std::size_t begin_count = 0;
  // A bit for each byte: quotes, carriage returns, NUL and bytes beyond ASCII.
  std::vector<std::uint64_t> specials;
  bool has_specials = false;
};

/// Finds the separators of `size` bytes. Linear; with AVX2 where the machine has it.
void find_separators(const char* begin, std::size_t size, Separators& into);

/// The same, a byte at a time: what the other is tested against.
void find_separators_plainly(const char* begin, std::size_t size, Separators& into);

}  // namespace truce::encoding::internal
