// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace truce::document::internal {

/// `text` so that it stands in an element or a quoted attribute as nothing but text. Bytes that are
/// not UTF-8 and control characters become U+FFFD.
std::string to_html_text(std::string_view text);

/// `text` on one line without anything a terminal would obey: control characters, and the marks
/// that turn the direction of text, become U+FFFD; line ends and tabs become spaces.
std::string to_terminal_text(std::string_view text);

/// Markup that stands in the program: only a literal becomes one, never a string from data.
class Markup {
 public:
  consteval Markup(const char* literal) : text_(literal) {}
  [[nodiscard]] constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

/// Builds HTML from literals and from text, which is escaped.
class HtmlWriter {
 public:
  HtmlWriter& raw(Markup markup) {
    out_ += markup.text();
    return *this;
  }
  HtmlWriter& text(std::string_view text) {
    out_ += to_html_text(text);
    return *this;
  }
  /// What another writer made.
  HtmlWriter& add(const HtmlWriter& other) {
    out_ += other.out_;
    return *this;
  }
  [[nodiscard]] bool empty() const { return out_.empty(); }
  [[nodiscard]] const std::string& str() const { return out_; }

 private:
  std::string out_;
};

/// `<tag>text</tag>`.
HtmlWriter& element(HtmlWriter& html, Markup open, std::string_view text, Markup close);

}  // namespace truce::document::internal
