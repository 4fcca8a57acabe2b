// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "truce/base/source_text.h"

namespace truce::diagnostics {

/// How many cells of a terminal the first `bytes` of a line take: tabs to the next multiple of
/// four, wide characters two, accents none. A byte that is not UTF-8 takes one.
std::size_t columns_before(std::string_view line, std::size_t bytes);

/// The cells of a whole text without tabs.
std::size_t count_columns(std::string_view text);

/// The text as it may be printed: control characters and broken bytes become a sign for them, so
/// that no text can drive the terminal; without Unicode, all that is not ASCII too.
std::string printable(std::string_view text, bool use_unicode);

/// A piece of a line that fits a width.
struct Cut {
  std::string text;
  // The column of the line where the piece begins, and the cells of the mark before it.
  std::size_t from = 0;
  std::size_t lead = 0;
};

/// At most `room` cells of the line from column `from` on, tabs expanded, marked where it is cut.
Cut cut_columns(std::string_view line, std::size_t from, std::size_t room, bool use_unicode);

/// The words between white space; an empty line between paragraphs is the word "\n".
std::vector<std::string> words_of(std::string_view text);

/// A message of the catalogue without its arguments: each hole becomes an ellipsis.
std::string without_holes(std::string_view message);

/// The line of the byte, from 1.
std::uint32_t line_of(const base::SourceText& text, std::uint32_t offset);
/// The offset of the first byte of the line.
std::uint32_t line_start(const base::SourceText& text, std::uint32_t line);

}  // namespace truce::diagnostics
