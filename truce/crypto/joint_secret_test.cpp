// SPDX-License-Identifier: Apache-2.0
#include "truce/crypto/joint_secret.h"

#include <gtest/gtest.h>

namespace truce::crypto {
namespace {

TEST(JointSecret, AllSharesInAnyOrderAreTold) {
  for (const std::size_t count : {2U, 3U, 255U}) {
    const auto made = make_joint_secret("an offer", count);
    ASSERT_TRUE(made.has_value());
    std::vector<Bytes32> shares(made->shares.rbegin(), made->shares.rend());
    EXPECT_TRUE(are_all_shares("an offer", made->check, shares));
    EXPECT_FALSE(are_all_shares("another offer", made->check, shares));
    shares.front() = *random_bytes();
    EXPECT_FALSE(are_all_shares("an offer", made->check, shares));
    shares.erase(shares.begin());
    EXPECT_FALSE(are_all_shares("an offer", made->check, shares));
  }
}

TEST(JointSecret, EveryBitCounts) {
  const auto made = make_joint_secret("an offer", 2);
  for (std::size_t bit = 0; bit < 256; ++bit) {
    std::vector<Bytes32> shares = made->shares;
    shares[1][bit / 8] = static_cast<unsigned char>(shares[1][bit / 8] ^ (1U << (bit % 8)));
    EXPECT_FALSE(are_all_shares("an offer", made->check, shares)) << bit;
  }
}

TEST(JointSecret, HasTwoSidesAtLeast) {
  EXPECT_FALSE(make_joint_secret("an offer", 1).has_value());
  EXPECT_FALSE(make_joint_secret("an offer", 256).has_value());
  EXPECT_NE(*random_bytes(), *random_bytes());
}

}  // namespace
}  // namespace truce::crypto
