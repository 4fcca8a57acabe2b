// SPDX-License-Identifier: Apache-2.0
#include "truce/encoding/windows_1252.h"

#include <gtest/gtest.h>

#include "truce/base/utf8.h"

namespace truce::encoding {
namespace {

TEST(Windows1252, BecomesUtf8) {
  EXPECT_EQ(from_windows_1252("caf\xE9 \x80 \x93x\x94"),
            "caf\xC3\xA9 \xE2\x82\xAC \xE2\x80\x9Cx\xE2\x80\x9D");
  EXPECT_EQ(from_windows_1252("plain"), "plain");
}

TEST(Windows1252, GivesUtf8ForEveryByte) {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) {
    all += static_cast<char>(byte);
  }
  const std::string utf8 = from_windows_1252(all);
  EXPECT_EQ(base::first_invalid_utf8(utf8), utf8.size());
  EXPECT_EQ(base::count_code_points(utf8), 256U);
}

}  // namespace
}  // namespace truce::encoding
