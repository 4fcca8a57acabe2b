// SPDX-License-Identifier: Apache-2.0
#include "truce/crypto/passphrase.h"

#include <gtest/gtest.h>

namespace truce::crypto {
namespace {

// As cheap as the method allows: what is tested does not depend on the cost.
constexpr PassphraseCost kCheap = {.operations = 1, .memory = 8192};

TEST(Passphrase, OpensWithItAlone) {
  const SecretKey key(Bytes32{7, 8, 9});
  const auto guarded = guard(key, "North", "seven quiet days", kCheap);
  ASSERT_TRUE(guarded.has_value());
  EXPECT_EQ(unguard(*guarded, "North", "seven quiet days")->seed(), key.seed());
  for (const char* other : {"seven quiet day", "Seven quiet days", "", "seven quiet days "}) {
    EXPECT_EQ(unguard(*guarded, "North", other).error().code, base::ErrorCode::InvalidArgument);
  }
  EXPECT_FALSE(unguard(*guarded, "South", "seven quiet days").has_value());
}

TEST(Passphrase, NoChangedByteOpens) {
  const auto guarded = guard(SecretKey(Bytes32{7}), "North", "seven quiet days", kCheap);
  for (std::size_t at = 0; at < guarded->box.size(); at += 5) {
    GuardedSecret changed = *guarded;
    changed.box[at] ^= 1;
    EXPECT_FALSE(unguard(changed, "North", "seven quiet days").has_value()) << at;
  }
  GuardedSecret changed = *guarded;
  changed.salt[3] ^= 1;
  EXPECT_FALSE(unguard(changed, "North", "seven quiet days").has_value());
  changed = *guarded;
  changed.cost.operations = 2;
  EXPECT_FALSE(unguard(changed, "North", "seven quiet days").has_value());
}

TEST(Passphrase, TheSameSecretNeverLooksTheSame) {
  const SecretKey key(Bytes32{7});
  const auto one = guard(key, "North", "seven quiet days", kCheap);
  const auto other = guard(key, "North", "seven quiet days", kCheap);
  EXPECT_NE(one->salt, other->salt);
  EXPECT_NE(one->box, other->box);
}

TEST(Passphrase, RefusesWhatGuardsNothingAndWhatAsksTooMuch) {
  EXPECT_EQ(guard(SecretKey(Bytes32{7}), "North", "", kCheap).error().code,
            base::ErrorCode::InvalidArgument);
  auto guarded = guard(SecretKey(Bytes32{7}), "North", "seven quiet days", kCheap);
  guarded->cost.memory = std::uint64_t{1} << 40U;
  EXPECT_EQ(unguard(*guarded, "North", "seven quiet days").error().code,
            base::ErrorCode::Unsupported);
  guarded->cost = {.operations = 1'000'000, .memory = 8192};
  EXPECT_EQ(unguard(*guarded, "North", "seven quiet days").error().code,
            base::ErrorCode::Unsupported);
}

}  // namespace
}  // namespace truce::crypto
