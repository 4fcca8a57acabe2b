// SPDX-License-Identifier: Apache-2.0
#include "truce/diagnostics/internal/columns.h"

#include <algorithm>

#include "truce/base/utf8.h"

namespace truce::diagnostics {
namespace {

constexpr std::size_t kTab = 4;

bool is_within(char32_t letter, char32_t first, char32_t last) {
  return letter >= first && letter <= last;
}

// The cells one character takes. The ranges are those of accents, marks of direction, and the
// scripts and signs that terminals draw twice as wide.
std::size_t cells_of(char32_t letter) {
  const bool is_zero = is_within(letter, 0x300, 0x36F) || is_within(letter, 0x591, 0x5BD) ||
                       is_within(letter, 0x610, 0x61A) || is_within(letter, 0x64B, 0x65F) ||
                       is_within(letter, 0x200B, 0x200F) || is_within(letter, 0x202A, 0x202E) ||
                       is_within(letter, 0x2060, 0x2069) || is_within(letter, 0xFE00, 0xFE0F) ||
                       letter == 0x670 || letter == 0xFEFF;
  if (is_zero) {
    return 0;
  }
  const bool is_wide = is_within(letter, 0x1100, 0x115F) || is_within(letter, 0x2E80, 0xA4CF) ||
                       is_within(letter, 0xAC00, 0xD7A3) || is_within(letter, 0xF900, 0xFAFF) ||
                       is_within(letter, 0xFE30, 0xFE6F) || is_within(letter, 0xFF00, 0xFF60) ||
                       is_within(letter, 0xFFE0, 0xFFE6) || is_within(letter, 0x1F300, 0x1FAFF) ||
                       is_within(letter, 0x20000, 0x3FFFD);
  return is_wide ? 2 : 1;
}

bool is_control(char32_t letter) {
  return letter < 0x20 || is_within(letter, 0x7F, 0x9F) || is_within(letter, 0x202A, 0x202E) ||
         is_within(letter, 0x2066, 0x2069) || letter == 0x200E || letter == 0x200F ||
         letter == 0x2028 || letter == 0x2029;
}

// One character of a line as it is drawn at `column`.
struct Drawn {
  std::size_t bytes = 1;
  std::size_t cells = 1;
  std::string text;
};

Drawn draw(std::string_view rest, std::size_t column, bool use_unicode) {
  const base::CodePoint point = base::decode_utf8(rest);
  if (point.length == 1 && point.value == '\t') {
    const std::size_t cells = kTab - column % kTab;
    return {1, cells, std::string(cells, ' ')};
  }
  const std::string_view broken = use_unicode ? "\xEF\xBF\xBD" : "?";
  if (point.length == 0 || is_control(point.value)) {
    return {std::max<std::size_t>(point.length, 1), 1, std::string(broken)};
  }
  if (point.length > 1 && !use_unicode) {
    const std::size_t cells = cells_of(point.value);
    return {point.length, cells, std::string(cells, '?')};
  }
  return {point.length, cells_of(point.value), std::string(rest.substr(0, point.length))};
}

}  // namespace

std::size_t columns_before(std::string_view line, std::size_t bytes) {
  std::size_t column = 0;
  for (std::size_t at = 0; at < std::min(bytes, line.size());) {
    const auto byte = static_cast<unsigned char>(line[at]);
    if (byte >= 0x20 && byte < 0x7F) {
      ++column;
      ++at;
      continue;
    }
    const Drawn drawn = draw(line.substr(at), column, true);
    column += drawn.cells;
    at += drawn.bytes;
  }
  return column;
}

std::size_t count_columns(std::string_view text) { return columns_before(text, text.size()); }

std::string printable(std::string_view text, bool use_unicode) {
  std::string shown;
  for (std::size_t at = 0; at < text.size();) {
    if (text.substr(at).starts_with("…") && !use_unicode) {
      shown += "...";
      at += std::string_view("…").size();
      continue;
    }
    // A tab or a line end inside a message is a space.
    if (text[at] == '\t' || text[at] == '\n' || text[at] == '\r') {
      shown += ' ';
      ++at;
      continue;
    }
    const Drawn drawn = draw(text.substr(at), 0, use_unicode);
    shown += drawn.text;
    at += drawn.bytes;
  }
  return shown;
}

Cut cut_columns(std::string_view line, std::size_t from, std::size_t room, bool use_unicode) {
  const std::string mark = use_unicode ? "…" : "...";
  const std::size_t mark_cells = use_unicode ? 1 : 3;
  Cut cut;
  std::size_t column = 0;
  std::size_t used = 0;
  bool has_begun = false;
  for (std::size_t at = 0; at < line.size();) {
    const Drawn drawn = draw(line.substr(at), column, use_unicode);
    if (column >= from) {
      if (!has_begun && at > 0) {
        cut.text = mark;
        cut.lead = used = mark_cells;
      }
      cut.from = has_begun ? cut.from : column;
      has_begun = true;
      if (used + drawn.cells + mark_cells > room) {
        const bool is_last = at + drawn.bytes >= line.size() && used + drawn.cells <= room;
        cut.text += is_last ? drawn.text : mark;
        return cut;
      }
      cut.text += drawn.text;
      used += drawn.cells;
    }
    column += drawn.cells;
    at += drawn.bytes;
  }
  cut.from = has_begun ? cut.from : column;
  return cut;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    const char here = at < text.size() ? text[at] : ' ';
    if (here != ' ' && here != '\n') {
      word += here;
      continue;
    }
    if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
    if (here == '\n' && (words.empty() || words.back() != "\n")) {
      words.emplace_back("\n");
    }
  }
  return words;
}

std::string without_holes(std::string_view message) {
  std::string text;
  for (std::size_t at = 0; at < message.size(); ++at) {
    if (message[at] == '{' && at + 2 < message.size() && message[at + 2] == '}') {
      text += "…";
      at += 2;
    } else {
      text += message[at];
    }
  }
  return text;
}

std::uint32_t line_of(const base::SourceText& text, std::uint32_t offset) {
  std::uint32_t low = 1;
  std::uint32_t high = text.line_count();
  while (low < high) {
    const std::uint32_t middle = low + (high - low + 1) / 2;
    if (line_start(text, middle) <= offset) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

std::uint32_t line_start(const base::SourceText& text, std::uint32_t line) {
  const std::string_view found = text.line(line);
  if (found.data() == nullptr) {
    return text.size();
  }
  return static_cast<std::uint32_t>(found.data() - text.text().data());
}

}  // namespace truce::diagnostics
