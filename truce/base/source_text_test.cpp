// SPDX-License-Identifier: Apache-2.0
#include "truce/base/source_text.h"

#include <gtest/gtest.h>

namespace truce::base {
namespace {

TEST(SourceText, CountsLinesAndColumnsFromOne) {
  const SourceText text("a", "one\ntwo\n");
  EXPECT_EQ(text.position(0), (Position{1, 1}));
  EXPECT_EQ(text.position(3), (Position{1, 4}));
  EXPECT_EQ(text.position(4), (Position{2, 1}));
  EXPECT_EQ(text.position(8), (Position{3, 1}));
}

TEST(SourceText, CutsPositionsAndSlicesToTheText) {
  const SourceText text("a", "one");
  EXPECT_EQ(text.position(99), (Position{1, 4}));
  EXPECT_EQ(text.slice({0, 1, 99}), "ne");
  EXPECT_EQ(text.slice({0, 2, 1}), "");
  EXPECT_EQ(text.slice({0, 90, 99}), "");
}

TEST(SourceText, CountsColumnsInCodePoints) {
  // Six bytes, three letters.
  const SourceText text("a", "سلا!");
  EXPECT_EQ(text.position(6), (Position{1, 4}));
}

TEST(SourceText, KnowsEveryKindOfLineEnd) {
  for (const char* ending : {"\n", "\r\n", "\r"}) {
    const SourceText text("a", std::string("one") + ending + "two" + ending + "three");
    ASSERT_EQ(text.line_count(), 3U);
    EXPECT_EQ(text.line(1), "one");
    EXPECT_EQ(text.line(2), "two");
    EXPECT_EQ(text.line(3), "three");
    EXPECT_EQ(text.line(0), "");
    EXPECT_EQ(text.line(4), "");
  }
}

TEST(SourceText, JoinsSpansOfOneText) { EXPECT_EQ(join({1, 5, 9}, {1, 2, 7}), (Span{1, 2, 9})); }

TEST(SourceTextDeathTest, DoesNotJoinSpansOfTwoTexts) {
  EXPECT_DEATH(join({0, 0, 1}, {1, 0, 1}), "different texts");
}

TEST(SourceText, AByteOrderMarkTakesNoColumn) {
  const SourceText text("marked", "\xEF\xBB\xBFtruce\nparties");
  EXPECT_EQ(text.position(0), (Position{1, 1}));
  EXPECT_EQ(text.position(3), (Position{1, 1}));
  EXPECT_EQ(text.position(5), (Position{1, 3}));
  EXPECT_EQ(text.position(10), (Position{2, 2}));
}

}  // namespace
}  // namespace truce::base
