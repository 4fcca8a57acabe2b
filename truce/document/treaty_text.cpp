// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "truce/base/utf8.h"
#include "truce/document/internal/escape.h"
#include "truce/document/internal/treaty_blocks.h"
#include "truce/document/treaty.h"

namespace truce::document {
namespace {

using internal::Block;
using internal::Document;
using What = Block::What;

constexpr std::size_t kWidth = 80;

// Text in lines of at most kWidth columns, the first behind `first`, the others behind `indent`.
std::string wrapped(std::string_view text, const std::string& first, std::size_t indent) {
  const std::string safe = internal::to_terminal_text(text);
  std::string out = first;
  std::size_t column = base::count_code_points(first);
  bool is_start = true;
  std::string_view rest = safe;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    const std::string_view word = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (word.empty()) {
      continue;
    }
    const std::size_t width = base::count_code_points(word);
    if (!is_start && column + 1 + width > kWidth) {
      out += "\n" + std::string(indent, ' ');
      column = indent;
    } else if (!is_start) {
      out += ' ';
      ++column;
    }
    out += word;
    column += width;
    is_start = false;
  }
  return out + "\n";
}

std::string underlined(const std::string& text, char sign) {
  const std::string lines = wrapped(text, "", 0);
  const std::size_t width = std::min(base::count_code_points(lines) - 1, kWidth);
  return lines + std::string(width, sign) + "\n";
}

std::string sentences(const std::vector<prose::Text>& all) {
  std::string joined;
  for (const prose::Text& text : all) {
    joined += (joined.empty() ? "" : " ") + prose::to_plain(text);
  }
  return joined;
}

std::string letter(const Document& document, std::size_t index) {
  const std::size_t count =
      document.letters.empty() ? 0 : base::count_code_points(document.letters);
  std::string_view rest = document.letters;
  if (index >= count) {
    return std::to_string(index + 1);
  }
  for (std::size_t i = 0; i < index; ++i) {
    rest.remove_prefix(std::max<std::size_t>(base::decode_utf8(rest).length, 1));
  }
  return std::string(rest.substr(0, base::decode_utf8(rest).length));
}

std::string clause_text(const Document& document, const Block& block) {
  std::string head = block.label.empty() ? "" : block.label + "  ";
  std::string text = prose::to_plain(block.text);
  const std::string more = sentences(block.more);
  if (block.items.empty() && !more.empty()) {
    text += " " + more;
  }
  std::string out = wrapped(text, head, 0);
  for (std::size_t i = 0; i < block.items.size(); ++i) {
    const bool is_last = i + 1 == block.items.size();
    out += wrapped(prose::to_plain(block.items[i]) + (is_last ? document.stop : document.semicolon),
                   "  (" + letter(document, i) + ") ", 6);
  }
  if (!block.items.empty() && !more.empty()) {
    out += wrapped(more, "", 0);
  }
  if (!block.mark.empty()) {
    out += wrapped("◊ " + block.mark, "  ", 4);
  }
  return out + "\n";
}

std::string lines_of(const Block& block) {
  std::string out;
  for (const std::string& line : block.lines) {
    out += wrapped(line, "  ", 4);
  }
  return out;
}

std::string heading(const Block& block) {
  const std::string title = prose::to_plain(block.text);
  return block.label + (block.label.empty() || title.empty() ? "" : ". ") + title;
}

std::string block_text(const Document& document, const Block& block) {
  switch (block.what) {
    case What::Title:
      return underlined(prose::to_plain(block.text), '=') + "\n";
    case What::Centred:
      return wrapped(prose::to_plain(block.text), "", 0) + "\n";
    case What::Draft:
    case What::Map:
      return wrapped(prose::to_plain(block.text), "", 0) + lines_of(block) + "\n";
    case What::Article:
      return underlined(heading(block), '-') + "\n";
    case What::Group:
      return wrapped(prose::to_plain(block.text), "", 0) + "\n";
    case What::Definition:
      return wrapped(prose::to_plain(block.text), "  ", 2) + "\n";
    case What::Clause:
    case What::Sentence:
    case What::Remark:
      return clause_text(document, block);
    case What::About:
      return underlined(prose::to_plain(block.text), '-') + "\n" + lines_of(block);
  }
  return {};
}

}  // namespace

std::string treaty_text(const Treaty& treaty) {
  const auto drawings = internal::drawings_of(treaty);
  std::string out;
  for (const prose::Lexicon* lexicon : treaty.lexicons) {
    const Document document = internal::document_in(treaty, *lexicon, drawings);
    out += out.empty() ? "" : "\n" + std::string(kWidth, '=') + "\n\n";
    for (const Block& block : document.blocks) {
      out += block_text(document, block);
    }
  }
  return out;
}

}  // namespace truce::document
