// SPDX-License-Identifier: Apache-2.0
#include "truce/server/target.h"

#include <gtest/gtest.h>

namespace truce::server {
namespace {

TEST(Target, ReadsSegmentsAndParametersWithoutPercentSigns) {
  const auto target = parse_target("/a%2Fb/c%20d/?from=2030-02-01&place=Old+Town&flag", 8);
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, (std::vector<std::string>{"a/b", "c d"}));
  EXPECT_EQ(target->parameter("place"), "Old Town");
  EXPECT_EQ(target->parameter("flag"), "");
  EXPECT_EQ(target->parameter("to"), std::nullopt);
}

TEST(Target, RefusesWhatTwoProgramsMightReadDifferently) {
  for (const char* text :
       {"", "a", "http://x/", "*", "/%", "/%2", "/%zz", "/a/../b", "/./b", "/%2e%2E/b", "/a%00b",
        "/a%0d%0ab", "/%ff", "/?a=1&a=2", "/?a=1&%61=2", "/?a=%", "/a\x7F"}) {
    EXPECT_FALSE(parse_target(text, 8)) << text;
  }
}

TEST(Target, CountsParameters) {
  EXPECT_TRUE(parse_target("/?a=1&b=2", 2));
  EXPECT_FALSE(parse_target("/?a=1&b=2&c=3", 2));
}

TEST(Target, AnythingComesBackFromBehindPercentSigns) {
  const std::string odd = "Güney/%&=?+ #";
  const auto target = parse_target("/x?name=" + percent_encoded(odd), 8);
  ASSERT_TRUE(target);
  EXPECT_EQ(target->parameter("name"), odd);
}

}  // namespace
}  // namespace truce::server
