// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace truce::base {

/// A half-open range of bytes of one source text. `source` is its place in the list of texts read
/// together (0 the agreement, 1 its companion).
struct Span {
  std::uint32_t source = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  friend auto operator<=>(const Span&, const Span&) = default;
};

/// The smallest span that holds both; both must be of the same source.
Span join(Span first, Span second);

/// Where a byte stands for a person: lines and columns count from 1, columns in code points.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;

  friend auto operator<=>(const Position&, const Position&) = default;
};

/// A text with its name and the start of each line. Immutable after construction; at most 4 GiB.
class SourceText {
 public:
  SourceText(std::string name, std::string text);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(text_.size()); }

  /// The bytes of `span`, cut to the text. O(1).
  [[nodiscard]] std::string_view slice(Span span) const;
  /// The position of the byte at `offset`, cut to the text. O(log lines); in a line of more than
  /// 4 KiB a byte that is not UTF-8 may be left out of the count of columns.
  [[nodiscard]] Position position(std::uint32_t offset) const;
  /// The line of number `line` (from 1) without its line end; empty past the last. O(1).
  [[nodiscard]] std::string_view line(std::uint32_t line) const;
  [[nodiscard]] std::uint32_t line_count() const {
    return static_cast<std::uint32_t>(line_starts_.size());
  }

 private:
  std::string name_;
  std::string text_;
  // How many characters begin before each block of 4 KiB, so that a very long line costs no more.
  [[nodiscard]] std::uint32_t characters_before(std::uint32_t offset) const;

  std::vector<std::uint32_t> line_starts_;
  std::vector<std::uint32_t> block_counts_;
};

}  // namespace truce::base
