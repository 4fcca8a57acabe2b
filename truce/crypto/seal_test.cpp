// SPDX-License-Identifier: Apache-2.0
#include "truce/crypto/seal.h"

#include <gtest/gtest.h>
#include <sodium/crypto_box.h>

#include "truce/crypto/internal/library.h"

namespace truce::crypto {
namespace {

SecretKey key_of(unsigned char first) {
  Bytes32 seed{};
  seed[0] = first;
  return SecretKey(seed);
}

std::string sealed_text(std::string_view content, const SecretKey* from = nullptr) {
  const auto sealed = seal(content, key_of(1).public_key(), from);
  EXPECT_TRUE(sealed.has_value());
  return sealed ? *sealed : "";
}

TEST(Seal, OpensWithItsKeyAndNoOther) {
  const std::string sealed = sealed_text("no deal worth 30");
  const auto opened = open(sealed, key_of(1));
  ASSERT_TRUE(opened.has_value());
  EXPECT_EQ(opened->content, "no deal worth 30");
  EXPECT_FALSE(opened->signed_by.has_value());
  const auto other = open(sealed, key_of(2));
  ASSERT_FALSE(other.has_value());
  EXPECT_EQ(other.error().message, "it was sealed to another key");
  EXPECT_EQ(sealed.find("worth"), std::string::npos);
}

TEST(Seal, IsAnotherEachTime) { EXPECT_NE(sealed_text("same"), sealed_text("same")); }

TEST(Seal, SaysLittleAboutTheLength) {
  const std::size_t least = sealed_text("").size();
  EXPECT_EQ(sealed_text(std::string(4000, 'a')).size(), least);
  const SecretKey from = key_of(2);
  EXPECT_EQ(sealed_text("", &from).size(), least);
  EXPECT_EQ(sealed_text(std::string(4096, 'a')).size(), least + 4096);
  EXPECT_EQ(sealed_text(std::string(8000, 'a')).size(), least + 4096);
}

TEST(Seal, KeepsEveryByte) {
  std::string content;
  for (int i = 0; i < 5000; ++i) {
    content += static_cast<char>(i % 256);
  }
  const auto opened = open(sealed_text(content), key_of(1));
  ASSERT_TRUE(opened.has_value());
  EXPECT_EQ(opened->content, content);
}

TEST(Seal, SaysWhoSealedIt) {
  const SecretKey from = key_of(2);
  const auto opened = open(sealed_text("position", &from), key_of(1));
  ASSERT_TRUE(opened.has_value());
  EXPECT_EQ(opened->content, "position");
  EXPECT_EQ(opened->signed_by, from.public_key().verifies);
}

TEST(Seal, ASignatureIsPassedOnToNobody) {
  // Whoever opened it seals content and signature anew, to somebody else.
  const SecretKey from = key_of(2);
  const PublicKey own = from.public_key();
  const PublicKey third = key_of(3).public_key();
  const auto resealed = [&](const PublicKey& signed_for) {
    std::string words(reinterpret_cast<const char*>(signed_for.seals.data()), 32);
    const Signature signature = from.sign("truce-sealed/1\n", words + "position");
    std::string inside = "\1";
    inside.append(reinterpret_cast<const char*>(own.verifies.data()), own.verifies.size());
    inside.append(reinterpret_cast<const char*>(signature.data()), signature.size());
    inside = internal::padded(inside + "position");
    std::string sealed = "truce-sealed/1\n";
    sealed.append(reinterpret_cast<const char*>(third.seals.data()), 8);
    std::string box(inside.size() + crypto_box_SEALBYTES, '\0');
    EXPECT_EQ(crypto_box_seal(internal::bytes_of(box), internal::bytes_of(std::string_view(inside)),
                              inside.size(), third.seals.data()),
              0);
    return open(sealed + box, key_of(3));
  };
  EXPECT_TRUE(resealed(third).has_value());
  const auto passed_on = resealed(key_of(1).public_key());
  ASSERT_FALSE(passed_on.has_value());
  EXPECT_EQ(passed_on.error().message, "the signature inside does not hold");
}

TEST(Seal, NoChangedBitOpens) {
  const SecretKey from = key_of(2);
  const SecretKey key = key_of(1);
  const std::string sealed = sealed_text("position", &from);
  // Every bit of the head and of the box's key and tag, then one bit of every byte.
  for (std::size_t bit = 0; bit < 8 * sealed.size(); bit += bit < 8 * 120 ? 1 : 9) {
    std::string changed = sealed;
    changed[bit / 8] =
        static_cast<char>(static_cast<unsigned char>(changed[bit / 8]) ^ (1U << (bit % 8)));
    EXPECT_FALSE(open(changed, key).has_value()) << bit;
  }
}

TEST(Seal, NothingShorterOrLongerOpens) {
  const SecretKey key = key_of(1);
  const std::string sealed = sealed_text("position");
  for (std::size_t size = 0; size < sealed.size(); size += size < 100 ? 1 : 97) {
    EXPECT_FALSE(open(sealed.substr(0, size), key).has_value()) << size;
  }
  EXPECT_FALSE(open(sealed + '\0', key).has_value());
}

TEST(Seal, RefusesAKeyThatHasNoSecret) {
  // The point of order one: everybody would know what is sealed to it.
  EXPECT_FALSE(seal("position", PublicKey{}, nullptr).has_value());
}

}  // namespace
}  // namespace truce::crypto
