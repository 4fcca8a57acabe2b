// SPDX-License-Identifier: Apache-2.0
#include "truce/talks/adoption.h"

#include <gtest/gtest.h>

namespace truce::talks {
namespace {

const std::string kHash(64, 'a');
const std::string kOther(64, 'b');

NamedSecret secret_of(const std::string& name, unsigned char first) {
  crypto::Bytes32 seed{};
  seed[0] = first;
  return {.name = name, .key = crypto::SecretKey(seed)};
}

NamedKey key_of(const std::string& name, unsigned char first) {
  return {.name = name, .key = secret_of(name, first).key.public_key()};
}

Adoption of_two(const std::vector<NamedKey>& keys, const std::vector<SignatureFile>& signatures) {
  return adoption_of({"North", "South"}, kHash, keys, signatures);
}

TEST(Adoption, IsByAllOrNotAtAll) {
  const std::vector<NamedKey> keys = {key_of("North", 1), key_of("South", 2)};
  const SignatureFile north = sign(secret_of("North", 1), kHash);
  const SignatureFile south = sign(secret_of("South", 2), kHash);
  EXPECT_TRUE(of_two(keys, {north, south}).is_adopted());
  EXPECT_TRUE(of_two(keys, {south, north}).is_adopted());
  EXPECT_FALSE(of_two(keys, {north}).is_adopted());
  EXPECT_FALSE(of_two(keys, {}).is_adopted());
  EXPECT_FALSE(adoption_of({}, kHash, keys, {north, south}).is_adopted());
}

TEST(Adoption, SaysWhatIsWrongWithEachSignature) {
  const std::vector<NamedKey> keys = {key_of("North", 1), key_of("South", 2)};
  const auto state = [](const Adoption& adoption) { return adoption.signings[0].state; };
  EXPECT_EQ(state(of_two(keys, {sign(secret_of("North", 1), kOther)})), Signing::State::OtherText);
  EXPECT_EQ(state(of_two(keys, {sign(secret_of("North", 3), kHash)})), Signing::State::OtherKey);
  EXPECT_EQ(state(of_two({key_of("South", 2)}, {sign(secret_of("North", 1), kHash)})),
            Signing::State::UnknownKey);
  // One side's key under the name of the other.
  EXPECT_EQ(state(of_two(keys, {sign(secret_of("North", 2), kHash)})), Signing::State::OtherKey);
  // Of two keys of one name nobody can say which is theirs.
  EXPECT_EQ(
      state(of_two({key_of("North", 1), key_of("North", 3)}, {sign(secret_of("North", 3), kHash)})),
      Signing::State::UnknownKey);
  EXPECT_EQ(
      state(of_two({key_of("North", 1), key_of("North", 1)}, {sign(secret_of("North", 1), kHash)})),
      Signing::State::Signed);
}

TEST(Adoption, AnOlderSignatureTakesNothingAway) {
  const std::vector<NamedKey> keys = {key_of("North", 1), key_of("South", 2)};
  EXPECT_EQ(of_two(keys, {sign(secret_of("North", 1), kHash), sign(secret_of("North", 1), kOther)})
                .signings[0]
                .state,
            Signing::State::Signed);
}

TEST(Adoption, ListsWhoSignedAndNeedNot) {
  const Adoption adoption = of_two({}, {sign(secret_of("West", 4), kHash)});
  EXPECT_EQ(adoption.others, std::vector<std::string>{"West"});
}

}  // namespace
}  // namespace truce::talks
