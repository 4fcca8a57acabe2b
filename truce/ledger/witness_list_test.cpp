// SPDX-License-Identifier: Apache-2.0
#include "truce/ledger/witness_list.h"

#include <gtest/gtest.h>

#include "truce/crypto/keys.h"

namespace truce::ledger {
namespace {

std::string key_text(unsigned char first, KeyType type = KeyType::Cosignature) {
  crypto::Bytes32 seed{};
  seed[0] = first;
  return to_text(NoteKey{
      .name = "w", .type = type, .verifies = crypto::SecretKey(seed).public_key().verifies});
}

TEST(WitnessList, NamesWhomToAskAndPassesOverWhatIsForReaders) {
  const auto read = read_witness_list(
      "# of both sides\n\nlog " + key_text(9, KeyType::Note) + "\nwitness north " + key_text(1) +
      " http://a.example/w/\n" + "\twitness  south\t" + key_text(2) +
      "  https://b.example\ngroup both all north south\nquorum both");
  ASSERT_TRUE(read) << read.error().message;
  ASSERT_EQ(read->size(), 2U);
  EXPECT_EQ(read->front().name, "north");
  EXPECT_EQ(read->front().url, "http://a.example/w");
  EXPECT_EQ(to_text(read->back().key), key_text(2));
  EXPECT_EQ(read->back().url, "https://b.example");
}

TEST(WitnessList, SaysWhichLineIsWrong) {
  const std::string good = "witness north " + key_text(1) + " http://a.example\n";
  for (const auto& [line, what] : std::vector<std::pair<std::string, std::string>>{
           {"north", "is not `witness"},
           {"witness south " + key_text(2), "is not `witness"},
           {"witness south nothing http://b.example", "has no key"},
           {"witness south " + key_text(2, KeyType::Note) + " http://b.example", "has no key"},
           {"witness south " + key_text(2) + " ftp://b.example", "does not begin with http"},
           {"witness south " + key_text(2) + " http://", "names no host"},
           {"witness south " + key_text(2) + " https:///b.example", "names no host"},
           {"witness north " + key_text(2) + " http://b.example", "a second time"},
           {"witness south " + key_text(1) + " http://b.example", "a second time"}}) {
    const auto read = read_witness_list(good + line + "\n");
    ASSERT_FALSE(read) << line;
    EXPECT_NE(read.error().message.find("line 2 "), std::string::npos) << read.error().message;
    EXPECT_NE(read.error().message.find(what), std::string::npos) << read.error().message;
  }
}

}  // namespace
}  // namespace truce::ledger
