// SPDX-License-Identifier: Apache-2.0
#include "truce/crypto/keys.h"

#include <gtest/gtest.h>

#include "truce/crypto/base64.h"

namespace truce::crypto {
namespace {

SecretKey key_of(unsigned char first) {
  Bytes32 seed{};
  seed[0] = first;
  return SecretKey(seed);
}

TEST(Keys, TheSameSecretGivesTheSameKeysForEver) {
  // Pinned: a key file that was written must give these keys in every later version.
  const PublicKey key = key_of(1).public_key();
  EXPECT_EQ(to_base64(key.verifies), "/SnP3ISxgvqOO/9wb+oCHevaxMxO4aBljFeS2kfl+Ko=");
  EXPECT_EQ(to_base64(key.seals), "Fk8PdhwkS8m1rJuDsaWHHUIs3Itqng6NSN+q1AzbmXE=");
  EXPECT_NE(key.verifies, key.seals);
  EXPECT_NE(key_of(2).public_key(), key);
}

TEST(Keys, TwoThatAreMadeDiffer) {
  const auto first = SecretKey::generate();
  const auto second = SecretKey::generate();
  ASSERT_TRUE(first.has_value() && second.has_value());
  EXPECT_NE(first->seed(), second->seed());
}

TEST(Keys, ASignatureHoldsForItsMessageItsPurposeAndItsKey) {
  const SecretKey key = key_of(1);
  const Signature signature = key.sign("adoption", "text");
  EXPECT_TRUE(is_signed_by(key.public_key(), "adoption", "text", signature));
  EXPECT_FALSE(is_signed_by(key.public_key(), "adoption", "texts", signature));
  EXPECT_FALSE(is_signed_by(key.public_key(), "adoptiont", "ext", signature));
  EXPECT_FALSE(is_signed_by(key.public_key(), "sealing", "text", signature));
  EXPECT_FALSE(is_signed_by(key_of(2).public_key(), "adoption", "text", signature));
  for (std::size_t bit = 0; bit < 8 * signature.size(); ++bit) {
    Signature changed = signature;
    changed[bit / 8] = static_cast<unsigned char>(changed[bit / 8] ^ (1U << (bit % 8)));
    EXPECT_FALSE(is_signed_by(key.public_key(), "adoption", "text", changed)) << bit;
  }
}

TEST(Keys, ATextIsSignedAsItStandsAndForNoPurpose) {
  const SecretKey key = key_of(1);
  const Bytes32 verifies = key.public_key().verifies;
  const Signature signature = key.sign_text("a line\n");
  EXPECT_TRUE(is_text_signed_by(verifies, "a line\n", signature));
  EXPECT_FALSE(is_text_signed_by(verifies, "a line", signature));
  EXPECT_FALSE(is_text_signed_by(key_of(2).public_key().verifies, "a line\n", signature));
  EXPECT_FALSE(is_signed_by(key.public_key(), "", "a line\n", signature));
  EXPECT_DEATH(static_cast<void>(key.sign_text(std::string_view("a\0b", 3))), "zero byte");
}

TEST(Base64, AnyNumberOfBytesIsReadBack) {
  for (const std::string bytes : {"", "a", "ab", "abc", "\xFF\xFE"}) {
    const std::string text =
        to_base64({reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()});
    EXPECT_EQ(bytes_of_base64(text), bytes);
  }
  for (const std::string_view other :
       {"a", "YQ", "YR==", "YQ==\n", " YQ==", "Y Q=", "====", "-_=="}) {
    EXPECT_EQ(bytes_of_base64(other), std::nullopt) << other;
  }
}

TEST(Base64, ReadsBackOnlyWhatItWrites) {
  Bytes32 bytes{};
  bytes[31] = 1;
  const std::string text = to_base64(bytes);
  EXPECT_EQ(text, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE=");
  EXPECT_EQ(from_base64<32>(text), bytes);
  for (const std::string& other :
       {std::string(), text.substr(1), text + "=", text.substr(0, 43), text + " ", " " + text,
        // The last two bits stand for nothing and must be zero.
        text.substr(0, 42) + "F=", std::string(44, '*'), std::string(44, 'A')}) {
    EXPECT_FALSE(from_base64<32>(other).has_value()) << other;
  }
}

}  // namespace
}  // namespace truce::crypto
