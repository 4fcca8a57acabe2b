// SPDX-License-Identifier: Apache-2.0
#include "truce/document/waits_page.h"

#include "tests/support/page_words.h"
#include <gtest/gtest.h>

namespace truce::document {
namespace {

using testing::count;
using testing::has;

std::string page_of(std::string_view list) {
  const auto made = talks::read_commitments("list", list);
  EXPECT_TRUE(made) << (made ? "" : made.error().message);
  const talks::Order order = talks::find_order(made->graph);
  return order_html({.title = "<Valley>",
                     .commitments = &*made,
                     .order = &order,
                     .summary = "a & b",
                     .proposals = {{"N<orth>", "all \"wait\""}},
                     .read = {"list"}});
}

TEST(WaitsPage, ACircleIsDrawnAndSaidInAList) {
  const std::string page = page_of(
      "A does x if B does y\nB does y if C does z\nC does z if A does x\nD does w if A does x\n");
  EXPECT_EQ(1U, count(page, "<figure class=\"circle\">"));
  EXPECT_TRUE(has(page, "A circle of 3 deeds; the list beside it says the same"));
  // A node and an arrow for each of the three, and a ring round the one that breaks it.
  EXPECT_EQ(3U, count(page, "<circle class=\"dot hollow\""));
  EXPECT_EQ(3U, count(page, "<path class=\"axis\""));
  EXPECT_EQ(1U, count(page, "<circle class=\"ring\""));
  EXPECT_TRUE(has(page, "<li>C does z<small>waits for 1</small></li>"));
  EXPECT_TRUE(has(page, "<li>A does x<small>waits for 2; breaks the circle if somebody vouches"));
  EXPECT_TRUE(has(page, "after an exchange"));
}

TEST(WaitsPage, ADeedThatWaitsForItselfIsANodeAlone) {
  const std::string page = page_of("A does x if A does x\n");
  EXPECT_EQ(1U, count(page, "<circle class=\"dot hollow\""));
  EXPECT_EQ(0U, count(page, "<path class=\"axis\""));
  EXPECT_FALSE(has(page, "nan"));
}

TEST(WaitsPage, ALongCircleIsAListAlone) {
  std::string list;
  for (int at = 0; at < 31; ++at) {
    list += "A does d" + std::to_string(at) + " if A does d" + std::to_string((at + 1) % 31) + "\n";
  }
  const std::string page = page_of(list);
  EXPECT_EQ(0U, count(page, "<svg"));
  EXPECT_TRUE(has(page, "waits for 31"));
}

TEST(WaitsPage, WithoutACircleOnlyTheStepsAreSaid) {
  const std::string page = page_of("A does x.\nB does y if A does x\n");
  EXPECT_EQ(0U, count(page, "<svg"));
  EXPECT_FALSE(has(page, "Circle of waits"));
  EXPECT_FALSE(has(page, "<h2>Never</h2>"));
  EXPECT_TRUE(has(page, "nobody goes first on trust"));
}

TEST(WaitsPage, WhatNeverComesSaysWhy) {
  const std::string page = page_of("A does x if B does y\n");
  EXPECT_TRUE(has(page, "<h2>Never</h2>"));
  EXPECT_TRUE(has(page, "waits for B does y"));
  EXPECT_TRUE(has(page, "nobody commits to it"));
  EXPECT_FALSE(has(page, "<h2>Step by step</h2>"));
}

TEST(WaitsPage, WordsOfTheSidesAreText) {
  const std::string page = page_of(
      "<b>A</b> does \"x\" & y if B does <script>\nB does <script> if <b>A</b> does \"x\" & y\n");
  EXPECT_TRUE(has(page, "<title>Who goes first: &lt;Valley&gt;</title>"));
  EXPECT_TRUE(has(page, "&lt;b&gt;A&lt;/b&gt; does &quot;x&quot; &amp; y"));
  EXPECT_TRUE(has(page, "N&lt;orth&gt;"));
  EXPECT_FALSE(has(page, "<b>"));
  EXPECT_FALSE(has(page, "<script"));
}

}  // namespace
}  // namespace truce::document
