// SPDX-License-Identifier: Apache-2.0
#include "truce/ledger/note.h"

#include <gtest/gtest.h>

#include "truce/ledger/checkpoint.h"
#include "truce/ledger/proof.h"

namespace truce::ledger {
namespace {

// The example that the Go package for signed notes is published with.
constexpr std::string_view kPublishedKey =
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr std::string_view kPublishedNote =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "\xE2\x80\x94 PeterNeumann "
    "x08go/ZJkuBS9UG/"
    "SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

crypto::SecretKey key_of(unsigned char first) {
  crypto::Bytes32 seed{};
  seed[0] = first;
  return crypto::SecretKey(seed);
}

NoteKey note_key(const crypto::SecretKey& key, const std::string& name,
                 KeyType type = KeyType::Note) {
  return {.name = name, .type = type, .verifies = key.public_key().verifies};
}

Note signed_note(const crypto::SecretKey& key, const std::string& text) {
  return {.text = text, .signatures = {sign_note(key, "name", text)}};
}

TEST(Note, ThePublishedExampleHolds) {
  const auto key = read_note_key(kPublishedKey);
  ASSERT_TRUE(key) << key.error().message;
  EXPECT_EQ(kPublishedKey, to_text(*key));
  const auto note = read_note(kPublishedNote);
  ASSERT_TRUE(note) << note.error().message;
  EXPECT_EQ(kPublishedNote, to_text(*note));
  EXPECT_EQ(Signed::Yes, signed_by(*note, *key));
}

TEST(Note, ThePublishedExampleWithOneBitChangedDoesNot) {
  const auto key = read_note_key(kPublishedKey);
  for (std::size_t bit = 0; bit < 8 * kPublishedNote.size(); ++bit) {
    std::string changed(kPublishedNote);
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
    const auto note = read_note(changed);
    EXPECT_TRUE(!note || signed_by(*note, *key) != Signed::Yes) << bit;
  }
}

// The checkpoint, the cosignature and the proof that C2SP prints, whose keys are not published.
TEST(Note, ThePublishedFormsAreReadAndWrittenAgain) {
  const std::string cosigned =
      "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
      "\xE2\x80\x94 example.com/behind-the-sofa "
      "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/"
      "Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
      "\xE2\x80\x94 witness.example.com/w1 "
      "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/"
      "zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n";
  const auto read = read_checkpoint(cosigned);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ("example.com/behind-the-sofa", read->checkpoint.origin);
  EXPECT_EQ(20852163U, read->checkpoint.tree.size);
  EXPECT_EQ(cosigned, to_text(read->note));
  EXPECT_EQ(read->note.text, to_text(read->checkpoint));
  EXPECT_EQ(72U, read->note.signatures[1].bytes.size());
  const std::string proof =
      "c2sp.org/tlog-proof@v1\nextra YWdl\nindex 73894\n"
      "gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=\n\n" +
      cosigned;
  const auto proven = read_proof(proof);
  ASSERT_TRUE(proven) << proven.error().message;
  EXPECT_EQ(73894U, proven->index);
  EXPECT_EQ(1U, proven->path.size());
}

TEST(Note, ASignatureHoldsForItsTextItsNameAndItsKey) {
  const auto key = key_of(1);
  Note note = signed_note(key, "text\n");
  EXPECT_EQ(Signed::Yes, signed_by(note, note_key(key, "name")));
  EXPECT_EQ(Signed::No, signed_by(note, note_key(key, "other")));
  EXPECT_EQ(Signed::No, signed_by(note, note_key(key_of(2), "name")));
  EXPECT_EQ(Signed::No, signed_by(note, note_key(key, "name", KeyType::Cosignature)));
  note.text = "another\n";
  EXPECT_EQ(Signed::Wrong, signed_by(note, note_key(key, "name")));
}

TEST(Note, OneWrongSignatureOfAKeySpoilsARightOne) {
  const auto key = key_of(1);
  Note note = signed_note(key, "text\n");
  note.signatures.push_back(sign_note(key, "name", "another\n"));
  EXPECT_EQ(Signed::Wrong, signed_by(note, note_key(key, "name")));
  note.signatures.back() = sign_note(key_of(2), "other", "another\n");
  EXPECT_EQ(Signed::Yes, signed_by(note, note_key(key, "name")));
}

TEST(Note, ACosignatureSaysWhenAndIsNoSignatureOfTheLedger) {
  const auto key = key_of(1);
  const NoteKey known = note_key(key, "w", KeyType::Cosignature);
  Note note{.text = "text\n", .signatures = {cosign_note(key, "w", "text\n", 1679315147)}};
  EXPECT_EQ(1679315147U, cosigned_at(note, known));
  EXPECT_EQ(Signed::Yes, signed_by(note, known));
  EXPECT_EQ(std::nullopt, cosigned_at(note, note_key(key, "w")));
  EXPECT_EQ(std::nullopt, cosigned_at(note, note_key(key_of(2), "w", KeyType::Cosignature)));
  for (std::size_t i = 0; i < note.signatures[0].bytes.size(); ++i) {
    Note changed = note;
    changed.signatures[0].bytes[i] ^= 1;
    EXPECT_EQ(std::nullopt, cosigned_at(changed, known)) << i;
  }
  note.text = "another\n";
  EXPECT_EQ(std::nullopt, cosigned_at(note, known));
}

TEST(Note, WhatIsNoNoteIsRefused) {
  const std::string line = to_text(sign_note(key_of(1), "n", "t\n"));
  const std::string whole = "t\n\n" + line;
  ASSERT_TRUE(read_note(whole));
  for (const std::string& other :
       {std::string(), std::string("t\n"), std::string("t\n\n"), "t\n" + line, whole + "\n",
        whole + "x\n", whole.substr(0, whole.size() - 1), "\r" + whole, "t\t\n\n" + line,
        "\xFF\n\n" + line, "t\n\n-" + line.substr(3), "t\n\n" + line.substr(0, 10) + "=\n",
        std::string("t\n\n\xE2\x80\x94 a b AAAAAAA=\n"), std::string("t\n\n\xE2\x80\x94 n AAAA\n"),
        std::string("t\n\n\xE2\x80\x94 a+b AAAAAAA=\n")}) {
    EXPECT_FALSE(read_note(other)) << other;
  }
  std::string many = "t\n\n";
  for (int i = 0; i < 101; ++i) {
    many += line;
  }
  EXPECT_FALSE(read_note(many));
  EXPECT_FALSE(read_note(std::string(70'000, 't') + "\n\n" + line));
}

TEST(Note, KeysAreWrittenAsTheyAreRead) {
  const NoteKey key = note_key(key_of(1), "example.com/l", KeyType::Cosignature);
  const std::string text = to_text(key);
  EXPECT_EQ(key, *read_note_key(text));
  EXPECT_EQ(key, *read_note_key(text + "\n"));
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string changed = text;
    changed[i] ^= 1;
    EXPECT_FALSE(read_note_key(changed)) << changed;
  }
  EXPECT_FALSE(read_note_key(text.substr(1)));
  EXPECT_FALSE(read_note_key(text + "="));
  EXPECT_FALSE(read_note_key(""));
  for (const std::string name : {"", "a b", "a+b",
                                 "a\xC2\xA0"
                                 "b",
                                 "a\xE2\x80\x83"
                                 "b",
                                 "\xFF", "a\n"}) {
    EXPECT_FALSE(is_key_name(name)) << name;
  }
  EXPECT_FALSE(is_key_name(std::string(201, 'a')));
  EXPECT_TRUE(is_key_name("example.com/\xD8\xA7"));
}

TEST(Checkpoint, OnlyTheOneFormIsRead) {
  const std::string hash = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
  EXPECT_TRUE(read_checkpoint_text("o\n0\n" + hash + "\n"));
  const auto extended = read_checkpoint_text("o\n7\n" + hash + "\nmore\n");
  ASSERT_TRUE(extended);
  EXPECT_EQ(std::vector<std::string>{"more"}, extended->extensions);
  for (const std::string& other :
       {std::string(), "o\n7\n" + hash, "\n7\n" + hash + "\n", "o\n07\n" + hash + "\n",
        "o\n-7\n" + hash + "\n", "o\n+7\n" + hash + "\n", "o\n 7\n" + hash + "\n",
        "o\n\n" + hash + "\n", "o\n9223372036854775808\n" + hash + "\n",
        "o\n7\n" + hash.substr(1) + "\n", "o\n7\n" + hash + "\n\n", std::string("o\n7\n")}) {
    EXPECT_FALSE(read_checkpoint_text(other)) << other;
  }
}

TEST(Checkpoint, IsOfTheLedgerWhoseKeySignedIt) {
  const auto key = key_of(1);
  const std::string text = to_text(
      Checkpoint{.origin = "o", .tree = {.size = 0, .root = empty_root()}, .extensions = {}});
  const std::string own = to_text(Note{.text = text, .signatures = {sign_note(key, "o", text)}});
  EXPECT_TRUE(read_checkpoint_of(own, note_key(key, "o")));
  EXPECT_FALSE(read_checkpoint_of(own, note_key(key_of(2), "o")));
  EXPECT_FALSE(read_checkpoint_of(own, note_key(key, "p")));
  const std::string other = to_text(Note{.text = text, .signatures = {sign_note(key, "p", text)}});
  EXPECT_FALSE(read_checkpoint_of(other, note_key(key, "p")));
}

}  // namespace
}  // namespace truce::ledger
