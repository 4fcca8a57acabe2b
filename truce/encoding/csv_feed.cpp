// SPDX-License-Identifier: Apache-2.0
#include "truce/encoding/csv_feed.h"

#include <optional>

#include "truce/encoding/csv.h"

namespace truce::encoding {
namespace {

bool is_line_end(char letter) { return letter == '\n' || letter == '\r'; }

// Behind the line end at `at`; empty where more may belong to it.
std::optional<std::size_t> behind_line_end(std::string_view text, std::size_t at) {
  if (text[at] == '\n') {
    return at + 1;
  }
  if (at + 1 == text.size()) {
    return std::nullopt;
  }
  return text[at + 1] == '\n' ? at + 2 : at + 1;
}

// Behind the line on which a row with a slip begins: only that line is lost.
std::optional<std::size_t> behind_line(std::string_view text, std::size_t row) {
  const std::size_t end = text.find_first_of("\r\n", row);
  return end == std::string_view::npos ? std::nullopt : behind_line_end(text, end);
}

// Behind the quote that closes the one at `opening`. `is_open`: it may still come.
// `is_broken`: it is never closed.
struct Closing {
  std::size_t behind = 0;
  bool is_open = false;
  bool is_broken = false;
};

Closing close_quote(std::string_view text, std::size_t opening) {
  std::size_t from = opening + 1;
  while (true) {
    const std::size_t quote = text.find('"', from);
    const std::size_t seen = quote == std::string_view::npos ? text.size() : quote;
    if (seen - opening > kLongestQuotedField) {
      return {0, false, true};
    }
    // One at the end may be the first of two.
    if (quote == std::string_view::npos || quote + 1 == text.size()) {
      return {0, true, false};
    }
    if (text[quote + 1] != '"') {
      return {quote + 1, false, false};
    }
    from = quote + 2;
  }
}

// Behind the row that begins at `row`; empty where it is not whole.
std::optional<std::size_t> behind_row(std::string_view text, std::size_t row) {
  std::size_t at = row;
  while (true) {
    if (text[at] == '"') {
      const Closing closing = close_quote(text, at);
      if (closing.is_open) {
        return std::nullopt;
      }
      const bool is_slip =
          closing.is_broken || (text[closing.behind] != ',' && !is_line_end(text[closing.behind]));
      if (is_slip) {
        return behind_line(text, row);
      }
      at = closing.behind;
    } else {
      at = text.find_first_of(",\r\n", at);
      if (at == std::string_view::npos) {
        return std::nullopt;
      }
    }
    if (is_line_end(text[at])) {
      return behind_line_end(text, at);
    }
    if (++at == text.size()) {
      return std::nullopt;
    }
  }
}

}  // namespace

std::size_t whole_csv_row(std::string_view text) {
  const std::size_t row = text.find_first_not_of("\r\n");
  return row == std::string_view::npos ? 0 : behind_row(text, row).value_or(0);
}

std::uint64_t count_csv_lines(std::string_view text) {
  std::uint64_t lines = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool is_crlf = text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n';
    lines += is_line_end(text[at]) && !is_crlf ? 1 : 0;
  }
  return lines;
}

}  // namespace truce::encoding
