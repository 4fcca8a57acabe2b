// SPDX-License-Identifier: Apache-2.0
#include "truce/encoding/json_text.h"

#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "truce/base/utf8.h"

namespace truce::encoding {
namespace {

void append_escape(std::string& out, char letter) {
  switch (letter) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(letter));
      return;
  }
}

bool needs_escape(char letter, const JsonTextOptions& options) {
  const auto byte = static_cast<unsigned char>(letter);
  if (byte < 0x20 || byte == 0x7F || letter == '"' || letter == '\\') {
    return true;
  }
  return options.is_safe_in_html && (letter == '<' || letter == '>' || letter == '&');
}

// How many letters from the first on stand for themselves, before one that is escaped or none of
// ASCII.
std::size_t plain_length(std::string_view text, const JsonTextOptions& options) {
  std::size_t length = 0;
  while (length < text.size() && static_cast<unsigned char>(text[length]) < 0x80 &&
         !needs_escape(text[length], options)) {
    ++length;
  }
  return length;
}

}  // namespace

void append_json_string(std::string& out, std::string_view text, const JsonTextOptions& options) {
  out += '"';
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t plain = plain_length(text.substr(at), options);
    out.append(text, at, plain);
    at += plain;
    if (at == text.size()) {
      break;
    }
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      append_escape(out, text[at]);
      ++at;
      continue;
    }
    const base::CodePoint point = base::decode_utf8(text.substr(at));
    if (point.length == 0) {
      out += "\xEF\xBF\xBD";
      ++at;
      continue;
    }
    // Line separators end a line in older readers of scripts.
    if (options.is_safe_in_html && (point.value == 0x2028 || point.value == 0x2029)) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(point.value));
    } else {
      out.append(text, at, point.length);
    }
    at += point.length;
  }
  out += '"';
}

void append_json_number(std::string& out, double number) {
  if (!std::isfinite(number)) {
    out += "null";
    return;
  }
  std::array<char, 32> buffer{};
  const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
  out.append(buffer.data(), written.ptr);
}

}  // namespace truce::encoding
