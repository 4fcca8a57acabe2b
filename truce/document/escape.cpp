// SPDX-License-Identifier: Apache-2.0
#include "truce/document/internal/escape.h"

#include "truce/base/utf8.h"

namespace truce::document::internal {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool is_control(char32_t value) { return value < 0x20 || (value >= 0x7F && value < 0xA0); }

// Marks that reorder what follows them; in a terminal nothing isolates them.
bool turns_direction(char32_t value) {
  return value == 0x61C || value == 0x200E || value == 0x200F ||
         (value >= 0x202A && value <= 0x202E) || (value >= 0x2066 && value <= 0x2069) ||
         value == 0x2028 || value == 0x2029;
}

// Calls `take` with each code point and its bytes; the value 0xFFFD for what is not UTF-8.
template <typename Take>
void for_each_code_point(std::string_view text, Take take) {
  while (!text.empty()) {
    const base::CodePoint point = base::decode_utf8(text);
    const std::size_t length = point.length == 0 ? 1 : point.length;
    if (point.length == 0) {
      take(char32_t{0xFFFD}, kReplacement);
    } else {
      take(point.value, text.substr(0, length));
    }
    text.remove_prefix(length);
  }
}

}  // namespace

std::string to_html_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for_each_code_point(text, [&](char32_t value, std::string_view bytes) {
    if (value == '&') {
      out += "&amp;";
    } else if (value == '<') {
      out += "&lt;";
    } else if (value == '>') {
      out += "&gt;";
    } else if (value == '"') {
      out += "&quot;";
    } else if (value == '\'') {
      out += "&#39;";
    } else if (is_control(value) && value != '\n' && value != '\t') {
      out += kReplacement;
    } else {
      out += bytes;
    }
  });
  return out;
}

std::string to_terminal_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for_each_code_point(text, [&](char32_t value, std::string_view bytes) {
    if (value == '\n' || value == '\t' || value == '\r') {
      out += ' ';
    } else if (is_control(value) || turns_direction(value)) {
      out += kReplacement;
    } else {
      out += bytes;
    }
  });
  return out;
}

HtmlWriter& element(HtmlWriter& html, Markup open, std::string_view text, Markup close) {
  return html.raw(open).text(text).raw(close);
}

}  // namespace truce::document::internal
