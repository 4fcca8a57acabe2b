// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace truce::base {

/// One code point read from the front of a text; `length` 0 when the bytes are not UTF-8.
struct CodePoint {
  char32_t value = 0;
  std::size_t length = 0;
};

/// The code point at the front of `text`; length 0 for an empty or malformed front (overlong
/// forms, surrogates and values past U+10FFFF are malformed).
CodePoint decode_utf8(std::string_view text);

/// The offset of the first byte that is not UTF-8, or the size of the text. O(n).
std::size_t first_invalid_utf8(std::string_view text);

/// The number of code points; a byte that is not UTF-8 counts as one. O(n).
std::size_t count_code_points(std::string_view text);

}  // namespace truce::base
