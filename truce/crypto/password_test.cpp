// SPDX-License-Identifier: Apache-2.0
#include "truce/crypto/password.h"

#include <gtest/gtest.h>

namespace truce::crypto {
namespace {

// As cheap as the library allows.
constexpr PasswordCost kCheap{.passes = 1, .memory_bytes = 8192};

TEST(Password, IsKnownAgainAndNothingElseIs) {
  const auto kept = hash_password("correct horse", kCheap);
  ASSERT_TRUE(kept);
  EXPECT_TRUE(kept->starts_with("$argon2id$"));
  EXPECT_TRUE(is_password(*kept, "correct horse"));
  EXPECT_FALSE(is_password(*kept, "correct horsf"));
  EXPECT_FALSE(is_password(*kept, ""));
  EXPECT_FALSE(is_password("", ""));
  EXPECT_FALSE(is_password(std::string(500, 'x'), "correct horse"));
}

TEST(Password, IsKeptOtherwiseEachTime) {
  const auto one = hash_password("correct horse", kCheap);
  const auto other = hash_password("correct horse", kCheap);
  ASSERT_TRUE(one && other);
  EXPECT_NE(*one, *other);
}

TEST(Token, IsLongAndNeverTheSame) {
  const auto one = random_token();
  const auto other = random_token();
  ASSERT_TRUE(one && other);
  EXPECT_EQ(one->size(), 64U);
  EXPECT_FALSE(is_same_secret(*one, *other));
  EXPECT_TRUE(is_same_secret(*one, *one));
}

}  // namespace
}  // namespace truce::crypto
