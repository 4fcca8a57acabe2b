// SPDX-License-Identifier: Apache-2.0
#include "truce/crypto/shared_lock.h"

#include <gtest/gtest.h>

namespace truce::crypto {
namespace {

Locked locked_text(std::string_view content, std::size_t shares) {
  auto locked = lock(content, shares);
  EXPECT_TRUE(locked.has_value());
  return locked ? std::move(*locked) : Locked{};
}

TEST(SharedLock, AllSharesOpenIt) {
  for (const std::size_t count : {2U, 3U, 255U}) {
    const Locked locked = locked_text("We announce", count);
    EXPECT_EQ(locked.shares.size(), count);
    const auto opened = unlock(locked.bytes, locked.shares);
    ASSERT_TRUE(opened.has_value());
    EXPECT_EQ(*opened, "We announce");
  }
}

TEST(SharedLock, OneShareShortOrWrongDoesNot) {
  const Locked locked = locked_text("We announce", 3);
  const Locked other = locked_text("We announce", 3);
  std::vector<Bytes32> shares = locked.shares;
  shares.pop_back();
  EXPECT_EQ(unlock(locked.bytes, shares).error().message,
            "2 of 3 shares are there; all are needed");
  shares.push_back(other.shares[2]);
  EXPECT_EQ(unlock(locked.bytes, shares).error().message,
            "share 3 is not the one of this locked text");
  // The order is part of it: each side has its own share.
  EXPECT_FALSE(
      unlock(locked.bytes, {locked.shares[1], locked.shares[0], locked.shares[2]}).has_value());
  EXPECT_TRUE(is_share_of(locked.bytes, 2, locked.shares[2]));
  EXPECT_FALSE(is_share_of(locked.bytes, 1, locked.shares[2]));
  EXPECT_FALSE(is_share_of(locked.bytes, 3, locked.shares[2]));
}

TEST(SharedLock, HasTwoSidesAtLeast) {
  EXPECT_FALSE(lock("We announce", 1).has_value());
  EXPECT_FALSE(lock("We announce", 256).has_value());
}

TEST(SharedLock, NoChangedBitOpens) {
  const Locked locked = locked_text("We announce", 2);
  for (std::size_t bit = 0; bit < 8 * locked.bytes.size(); bit += bit < 8 * 120 ? 1 : 9) {
    std::string changed = locked.bytes;
    changed[bit / 8] =
        static_cast<char>(static_cast<unsigned char>(changed[bit / 8]) ^ (1U << (bit % 8)));
    EXPECT_FALSE(unlock(changed, locked.shares).has_value()) << bit;
  }
  for (std::size_t size = 0; size < locked.bytes.size(); size += size < 130 ? 1 : 97) {
    EXPECT_FALSE(unlock(locked.bytes.substr(0, size), locked.shares).has_value()) << size;
  }
  EXPECT_FALSE(unlock(locked.bytes + '\0', locked.shares).has_value());
}

}  // namespace
}  // namespace truce::crypto
