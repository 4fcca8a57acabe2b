// SPDX-License-Identifier: Apache-2.0
#include "truce/talks/key_files.h"

#include <gtest/gtest.h>

namespace truce::talks {
namespace {

const std::string kHash(64, 'a');

NamedSecret secret_of(const std::string& name, unsigned char first) {
  crypto::Bytes32 seed{};
  seed[0] = first;
  return {.name = name, .key = crypto::SecretKey(seed)};
}

// Every text that differs from `text` by one bit, or is cut short, or has more behind it.
template <typename Read>
void expect_only(const std::string& text, const Read& is_read) {
  EXPECT_TRUE(is_read(text));
  for (std::size_t bit = 0; bit < 8 * text.size(); ++bit) {
    std::string changed = text;
    changed[bit / 8] =
        static_cast<char>(static_cast<unsigned char>(changed[bit / 8]) ^ (1U << (bit % 8)));
    EXPECT_FALSE(is_read(changed)) << changed;
  }
  for (std::size_t size = 0; size < text.size(); ++size) {
    EXPECT_FALSE(is_read(text.substr(0, size)));
  }
  EXPECT_FALSE(is_read(text + "\n"));
}

TEST(KeyFiles, APublicKeyIsReadWholeOrNotAtAll) {
  const std::string text = public_text(secret_of("Russian Federation", 1));
  const auto key = read_public(text);
  ASSERT_TRUE(key.has_value());
  EXPECT_EQ(key->name, "Russian Federation");
  EXPECT_EQ(key->key, secret_of("", 1).key.public_key());
  expect_only(text, [](const std::string& one) { return read_public(one).has_value(); });
}

TEST(KeyFiles, TheHalvesOfTwoKeysMakeNone) {
  const std::string own = public_text(secret_of("North", 1));
  const std::string other = public_text(secret_of("North", 2));
  const std::size_t seals = own.find("seals:");
  const std::size_t signature = own.find("signature:");
  EXPECT_FALSE(read_public(own.substr(0, seals) + other.substr(seals, signature - seals) +
                           own.substr(signature))
                   .has_value());
}

TEST(KeyFiles, ASecretReadsBackAndNothingElseDoes) {
  const std::string text = to_text(secret_of("North", 7));
  const auto secret = read_secret(text);
  ASSERT_TRUE(secret.has_value());
  EXPECT_EQ(secret->name, "North");
  EXPECT_EQ(secret->key.seed()[0], 7);
  for (const std::string& other :
       {std::string(), text + "\n", text.substr(1), "truce-secret-key/2" + text.substr(18),
        "truce-secret-key/1\r\n" + text.substr(19)}) {
    EXPECT_FALSE(read_secret(other).has_value());
  }
}

TEST(KeyFiles, AGuardedSecretReadsBackAndTakesItsPassphrase) {
  const auto guarded =
      guard(secret_of("North", 7), "seven quiet days", {.operations = 1, .memory = 8192});
  ASSERT_TRUE(guarded.has_value());
  const std::string text = to_text(*guarded);
  EXPECT_TRUE(is_guarded(text));
  EXPECT_FALSE(is_guarded(to_text(secret_of("North", 7))));
  EXPECT_FALSE(read_secret(text).has_value());
  const auto read = read_guarded(text);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(to_text(*read), text);
  EXPECT_EQ(unguard(*read, "seven quiet days")->key.seed()[0], 7);
  EXPECT_FALSE(unguard(*read, "seven days").has_value());
  std::string renamed = text;
  renamed.replace(renamed.find("North"), 5, "South");
  EXPECT_FALSE(unguard(*read_guarded(renamed), "seven quiet days").has_value());
  for (const std::string& other : {text + "\n", text.substr(0, text.size() - 3)}) {
    EXPECT_FALSE(read_guarded(other).has_value());
  }
}

TEST(KeyFiles, ASignatureHoldsForOneNameAndOneText) {
  const std::string text = to_text(sign(secret_of("North", 1), kHash));
  const auto signature = read_signature(text);
  ASSERT_TRUE(signature.has_value());
  EXPECT_EQ(signature->name, "North");
  EXPECT_EQ(signature->of, kHash);
  expect_only(text, [](const std::string& one) { return read_signature(one).has_value(); });
}

TEST(KeyFiles, AShareReadsBackAndIsWrittenInOneWay) {
  const ShareFile share{.of = kHash, .number = 12, .share = {1, 2, 3}};
  const std::string text = to_text(share);
  const auto read = read_share(text);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->number, 12U);
  EXPECT_EQ(read->share, share.share);
  for (const char* number : {"012", "12 ", "0", "-1", "", "99999999999999999999999"}) {
    std::string other = text;
    other.replace(other.find("12"), 2, number);
    EXPECT_FALSE(read_share(other).has_value()) << number;
  }
}

TEST(KeyFiles, AnOfferAndItsAnswersReadBackAndAreToldApart) {
  const OfferFile offer{.of = kHash, .sides = 12, .check = {4, 5}};
  const std::string text = to_text(offer);
  const auto read = read_offer(text);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(to_text(*read), text);
  for (const char* sides : {"1", "012", "-2", ""}) {
    std::string other = text;
    other.replace(other.find("12\n"), 2, sides);
    EXPECT_FALSE(read_offer(other).has_value()) << sides;
  }
  const AnswerFile answer{.offer = kHash, .number = 3, .share = {6}};
  ASSERT_TRUE(read_answer(answer_text(answer)).has_value());
  EXPECT_EQ(read_answer(answer_text(answer))->share, answer.share);
  EXPECT_EQ(read_offer_share(share_text(answer))->number, 3U);
  // The share is no answer: nobody answers for a side with what was sealed to it.
  EXPECT_FALSE(read_answer(share_text(answer)).has_value());
  EXPECT_FALSE(read_offer_share(answer_text(answer)).has_value());
  EXPECT_NE(context_of(kHash), context_of(std::string(64, '0')));
}

TEST(KeyFiles, ANameIsOneReadableLine) {
  EXPECT_TRUE(is_name("Russian Federation"));
  EXPECT_TRUE(is_name("المعارضة"));
  for (const std::string& bad : {std::string(), std::string(" North"), std::string("North "),
                                 std::string("a\nb"), std::string("\xff"), std::string(201, 'a')}) {
    EXPECT_FALSE(is_name(bad)) << bad;
  }
}

}  // namespace
}  // namespace truce::talks
