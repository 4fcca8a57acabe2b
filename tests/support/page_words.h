// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace truce::testing {

/// Whether the words stand in the page.
inline bool has(std::string_view page, std::string_view words) {
  return page.find(words) != std::string_view::npos;
}

/// How often they stand in it.
inline std::size_t count(std::string_view page, std::string_view words) {
  std::size_t found = 0;
  for (std::size_t at = page.find(words); at != std::string_view::npos;
       at = page.find(words, at + 1)) {
    ++found;
  }
  return found;
}

}  // namespace truce::testing
