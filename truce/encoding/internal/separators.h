// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace truce::encoding::internal {

/// Where the separators of a stretch of CSV stand, as offsets from its beginning. The vectors are
/// longer than what is found in them, so that they can be filled eight at a time.
struct Separators {
  // Commas and line feeds, in order.
  std::vector<std::uint32_t> all;
  std::size_t all_count = 0;
  // Line feeds alone.
  std::vector<std::uint32_t> line_ends;
  std::size_t line_end_count = 0;
  // A bit for each byte, 64 to a word: quotes, carriage returns, NUL and bytes beyond ASCII.
  std::vector<std::uint64_t> specials;
  bool has_specials = false;
};

/// Finds the separators of `size` bytes. Linear; with AVX2 where the machine has it.
void find_separators(const char* begin, std::size_t size, Separators& into);

/// The same, a byte at a time: what the other is tested against.
void find_separators_plainly(const char* begin, std::size_t size, Separators& into);

}  // namespace truce::encoding::internal
