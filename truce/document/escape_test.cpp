// SPDX-License-Identifier: Apache-2.0
#include "truce/document/internal/escape.h"

#include <gtest/gtest.h>

#include "truce/document/internal/words.h"

namespace truce::document::internal {
namespace {

TEST(Escape, HtmlTextHoldsNoMarkup) {
  EXPECT_EQ(to_html_text("<img src=x onerror='a()'>&\""),
            "&lt;img src=x onerror=&#39;a()&#39;&gt;&amp;&quot;");
  EXPECT_EQ(to_html_text("Ümit — حلب"), "Ümit — حلب");
}

TEST(Escape, WhatIsNoTextBecomesTheReplacementCharacter) {
  EXPECT_EQ(to_html_text(std::string_view("a\0b\xFF", 4)),
            "a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD");
  EXPECT_EQ(to_html_text("\x1B[2J"), "\xEF\xBF\xBD[2J");
}

TEST(Escape, ATerminalObeysNothing) {
  EXPECT_EQ(to_terminal_text("a\x1B[31m\nb"), "a\xEF\xBF\xBD[31m b");
  // The right-to-left override.
  EXPECT_EQ(to_terminal_text("x\xE2\x80\xAEy"), "x\xEF\xBF\xBDy");
  // The one-byte form of the escape sequence, as a code point.
  EXPECT_EQ(to_terminal_text("\xC2\x9B"), "\xEF\xBF\xBD");
}

TEST(Escape, TheWriterEscapesTextAndNotLiterals) {
  HtmlWriter html;
  element(html, "<p>", "a<b", "</p>");
  EXPECT_EQ(html.str(), "<p>a&lt;b</p>");
}

TEST(Words, ValuesAreNotReadAgain) {
  const Words words("a = {x} and {y}\nn.one = one\nn.many = {n} of them\n");
  EXPECT_EQ(words.fill("a", {{"x", "{y}"}, {"y", "2"}}), "{y} and 2");
  EXPECT_EQ(words.count("n", 1), "one");
  EXPECT_EQ(words.count("n", 6170), "6,170 of them");
  EXPECT_FALSE(words.has("b"));
}

TEST(Words, NumbersAreGrouped) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1,000");
  EXPECT_EQ(grouped(1234567), "1,234,567");
}

}  // namespace
}  // namespace truce::document::internal
