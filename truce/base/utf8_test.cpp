// SPDX-License-Identifier: Apache-2.0
#include "truce/base/utf8.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace truce::base {
namespace {

TEST(Utf8, DecodesOneToFourBytes) {
  EXPECT_EQ(decode_utf8("a").value, U'a');
  EXPECT_EQ(decode_utf8("é").value, U'é');
  EXPECT_EQ(decode_utf8("ح").length, 2U);
  EXPECT_EQ(decode_utf8("€").length, 3U);
  EXPECT_EQ(decode_utf8("𐍈").value, U'𐍈');
}

TEST(Utf8, RefusesOverlongFormsSurrogatesAndWhatIsCutOff) {
  using namespace std::string_view_literals;
  for (const std::string_view bytes :
       {"\xC0\x80"sv, "\xE0\x80\x80"sv, "\xED\xA0\x80"sv, "\xF4\x90\x80\x80"sv, "\x80"sv, "\xFF"sv,
        "\xE2\x82"sv, "\xC3("sv, ""sv}) {
    EXPECT_EQ(decode_utf8(bytes).length, 0U);
  }
}

TEST(Utf8, FindsTheFirstByteThatIsNone) {
  EXPECT_EQ(first_invalid_utf8("plain"), 5U);
  EXPECT_EQ(first_invalid_utf8("سلام"), 8U);
  EXPECT_EQ(first_invalid_utf8("ab\xFF"
                               "cd"),
            2U);
}

TEST(Utf8, CountsAStrayByteAsOne) {
  EXPECT_EQ(count_code_points("aé"), 2U);
  EXPECT_EQ(count_code_points("a\xFF\xFE"), 3U);
}

}  // namespace
}  // namespace truce::base
