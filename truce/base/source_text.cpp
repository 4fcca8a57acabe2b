// SPDX-License-Identifier: Apache-2.0
#include "truce/base/source_text.h"

#include <algorithm>
#include <cstddef>

#include "truce/base/check.h"
#include "truce/base/utf8.h"

namespace truce::base {
namespace {

constexpr std::uint32_t kBlock = 4096;

// Whether a character begins with this byte: all but the later bytes of a character.
bool begins_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }

}  // namespace

Span join(Span first, Span second) {
  TRUCE_CHECK(first.source == second.source, "spans of different texts cannot be joined");
  return Span{first.source, std::min(first.begin, second.begin), std::max(first.end, second.end)};
}

SourceText::SourceText(std::string name, std::string text)
    : name_(std::move(name)), text_(std::move(text)) {
  TRUCE_CHECK(text_.size() < UINT32_MAX, "a source text is under 4 GiB");
  line_starts_.push_back(0);
  std::uint32_t characters = 0;
  for (std::size_t at = 0; at < text_.size(); ++at) {
    if (at % kBlock == 0) {
      block_counts_.push_back(characters);
    }
    characters += begins_character(text_[at]) ? 1 : 0;
    const bool is_lone_return =
        text_[at] == '\r' && (at + 1 == text_.size() || text_[at + 1] != '\n');
    if (text_[at] == '\n' || is_lone_return) {
      line_starts_.push_back(static_cast<std::uint32_t>(at + 1));
    }
  }
}

std::string_view SourceText::slice(Span span) const {
  const std::uint32_t begin = std::min(span.begin, size());
  const std::uint32_t end = std::clamp(span.end, begin, size());
  return std::string_view(text_).substr(begin, end - begin);
}

Position SourceText::position(std::uint32_t offset) const {
  offset = std::min(offset, size());
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  const auto line = static_cast<std::uint32_t>(after - line_starts_.begin());
  std::uint32_t start = line_starts_[line - 1];
  // A byte-order mark is no character that a person sees: the first word stands in column 1.
  if (line == 1 && std::string_view(text_).starts_with("\xEF\xBB\xBF")) {
    start = std::min(offset, std::uint32_t{3});
  }
  if (offset - start > kBlock) {
    return Position{line, characters_before(offset) - characters_before(start) + 1};
  }
  const auto before = std::string_view(text_).substr(start, offset - start);
  return Position{line, static_cast<std::uint32_t>(count_code_points(before)) + 1};
}

std::uint32_t SourceText::characters_before(std::uint32_t offset) const {
  const std::uint32_t block =
      std::min(offset / kBlock, static_cast<std::uint32_t>(block_counts_.size()) - 1);
  std::uint32_t count = block_counts_[block];
  for (std::uint32_t at = block * kBlock; at < offset; ++at) {
    count += begins_character(text_[at]) ? 1 : 0;
  }
  return count;
}

std::string_view SourceText::line(std::uint32_t line) const {
  if (line == 0 || line > line_count()) {
    return {};
  }
  const std::uint32_t begin = line_starts_[line - 1];
  std::uint32_t end = line < line_count() ? line_starts_[line] : size();
  while (end > begin && (text_[end - 1] == '\n' || text_[end - 1] == '\r')) {
    --end;
  }
  return std::string_view(text_).substr(begin, end - begin);
}

}  // namespace truce::base
