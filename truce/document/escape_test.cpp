// SPDX-License-Identifier: Apache-2.0
#include "truce/document/internal/escape.h"

#include "tests/support/sample_record.h"
#include <gtest/gtest.h>

#include "truce/document/internal/rich_html.h"
#include "truce/report/words.h"

namespace truce::document::internal {
namespace {

using report::grouped;
using report::RichText;
using report::Words;

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

TEST(RichHtml, WritesNothingButTextAndLinks) {
  HtmlWriter html;
  write(html,
        RichText::linked("<b>", report::choice_link({{"incident", "a&b=\"<'"}})).add(" & more"));
  EXPECT_EQ(html.str(),
            "<a href=\"#incident=a%26b%3D%22%3C%27\"><bdi>&lt;b&gt;</bdi></a> &amp; more");
}

TEST(RichHtml, AClockIsDrawnWithEachResetAndEachRun) {
  const testing::SampleRecord sample;
  const report::Record record = sample.record();
  const Words words = Words::english();
  const std::vector<report::ClockView> clocks = report::clocks_of(words, record);
  const std::string drawing = clock_drawing(words, record, clocks.at(0)).str();
  EXPECT_NE(drawing.find("class=\"reset\""), std::string::npos);
  EXPECT_NE(drawing.find("class=\"run\""), std::string::npos);
  EXPECT_EQ(drawing.find("class=\"goal"), std::string::npos);
  EXPECT_TRUE(drawing.ends_with("</svg>"));
}

}  // namespace
}  // namespace truce::document::internal
