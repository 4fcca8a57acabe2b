// SPDX-License-Identifier: Apache-2.0
#include "truce/ledger/ledger.h"

#include <filesystem>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>

#include "truce/ledger/check.h"
#include "truce/ledger/directory.h"
#include "truce/ledger/entry.h"
#include "truce/ledger/proof.h"
#include "truce/ledger/tiles.h"

namespace truce::ledger {
namespace {

namespace fs = std::filesystem;

crypto::SecretKey key_of(unsigned char first = 1) {
  crypto::Bytes32 seed{};
  seed[0] = first;
  return crypto::SecretKey(seed);
}

const NoteKey kKey = {
    .name = "example.com/log", .type = KeyType::Note, .verifies = key_of().public_key().verifies};

class LedgerTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "truce-ledger-XXXXXX").string();
    ASSERT_NE(nullptr, ::mkdtemp(name.data()));
    folder_ = name;
    ASSERT_TRUE(Ledger::create(path(), kKey.name, key_of()));
  }
  void TearDown() override { fs::remove_all(folder_); }

  [[nodiscard]] std::string path(const std::string& name = "log") const {
    return (folder_ / name).string();
  }

  [[nodiscard]] Ledger open() const {
    auto ledger = Ledger::open(path(), key_of(), 0);
    EXPECT_TRUE(ledger) << ledger.error().message;
    return std::move(ledger).value();
  }

  [[nodiscard]] std::vector<std::string> problems(std::vector<KnownCheckpoint> known = {}) const {
    const auto checked = check_ledger(Directory(path()), {.key = kKey, .known = std::move(known)});
    EXPECT_TRUE(checked);
    return checked->problems;
  }

  [[nodiscard]] std::string checkpoint() const { return *Directory(path()).checkpoint(); }

  void put(const std::string& name, const std::string& bytes) const {
    fs::create_directories(fs::path(path() + "/" + name).parent_path());
    std::ofstream(path() + "/" + name, std::ios::binary) << bytes;
  }

 private:
  fs::path folder_;
};

std::vector<std::string> numbered(std::size_t first, std::size_t count) {
  std::vector<std::string> entries;
  for (std::size_t i = first; i < first + count; ++i) {
    entries.push_back("entry " + std::to_string(i));
  }
  return entries;
}

TEST(Tiles, ThePathsAreThoseOfTheFormat) {
  EXPECT_EQ("tile/0/000", tile_path(0, 0, 256));
  EXPECT_EQ("tile/1/x001/x234/067", tile_path(1, 1234067, 256));
  EXPECT_EQ("tile/0/x001/000.p/112", tile_path(0, 1000, 112));
  EXPECT_EQ("tile/entries/x999/999.p/1", bundle_path(999999, 1));
  // The example that the format gives: a tree of 70,000 entries.
  EXPECT_EQ(256U, width_of(0, 272, 70000));
  EXPECT_EQ(112U, width_of(0, 273, 70000));
  EXPECT_EQ(0U, width_of(0, 274, 70000));
  EXPECT_EQ(256U, width_of(1, 0, 70000));
  EXPECT_EQ(17U, width_of(1, 1, 70000));
  EXPECT_EQ(1U, width_of(2, 0, 70000));
  EXPECT_EQ(0U, width_of(3, 0, 70000));
  EXPECT_EQ(0U, width_of(9, 0, ~0ULL));
}

TEST(Tiles, ABundleIsTheLengthAndTheBytesOfEachEntry) {
  std::string bundle;
  append_entry(bundle, "ab");
  append_entry(bundle, "");
  append_entry(bundle, std::string(kLargestEntry, 'x'));
  EXPECT_EQ(std::string("\0\2ab\0\0\xFF\xFFx", 9), bundle.substr(0, 9));
  EXPECT_EQ("ab", (*read_bundle(bundle, 3))[0]);
  EXPECT_FALSE(read_bundle(bundle, 2));
  EXPECT_FALSE(read_bundle(bundle, 4));
  EXPECT_FALSE(read_bundle(bundle.substr(0, bundle.size() - 1), 3));
  EXPECT_FALSE(read_bundle(bundle + '\0', 3));
}

TEST_F(LedgerTest, EveryEntryIsThereWithAProofWhateverTheSizes) {
  Edge edge;
  std::size_t size = 0;
  for (const std::size_t count : {1U, 2U, 252U, 1U, 1U, 300U, 211U, 1U}) {
    Ledger ledger = open();
    const auto appended = ledger.append(numbered(size, count));
    ASSERT_TRUE(appended) << appended.error().message;
    EXPECT_EQ(size, appended->first);
    for (std::size_t i = 0; i < count; ++i) {
      EXPECT_EQ(leaf_hash("entry " + std::to_string(size + i)), appended->leaves[i]);
      edge.add(appended->leaves[i]);
    }
    size += count;
    EXPECT_EQ((TreeHead{.size = size, .root = edge.root()}), appended->tree);
    EXPECT_EQ(appended->tree, ledger.tree());
    EXPECT_EQ(std::vector<std::string>(), problems()) << size;
  }
  const Directory directory(path());
  for (std::size_t index = 0; index < size; index += index < 3 || index > 765 ? 1 : 17) {
    const std::string entry = "entry " + std::to_string(index);
    EXPECT_EQ(entry, *directory.entry(index, size));
    const auto proof = prove(directory, index);
    ASSERT_TRUE(proof) << proof.error().message;
    const auto again = read_proof(to_text(*proof));
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_TRUE(check_proof(*again, entry, kKey));
    EXPECT_FALSE(check_proof(*again, entry + "x", kKey));
  }
  EXPECT_FALSE(directory.entry(size, size));
  EXPECT_FALSE(prove(directory, size));
  // Full tiles have taken the place of all that were narrower.
  EXPECT_FALSE(fs::exists(path() + "/tile/0/000.p"));
  EXPECT_FALSE(fs::exists(path() + "/tile/entries/001.p"));
  EXPECT_TRUE(fs::exists(path() + "/tile/1/000.p/3"));
}

TEST_F(LedgerTest, ADirectoryThatIsAskedAgainAnswersForTheTreeThatThereIs) {
  // More tiles than are kept, each asked by several at once, while the tree grows.
  constexpr std::size_t kTiles = 80;
  Ledger ledger = open();
  const Directory directory(path());
  for (std::size_t size : {kTiles * kTileWidth - 3, kTiles * kTileWidth + 5}) {
    const std::size_t before = ledger.tree().size;
    ASSERT_TRUE(ledger.append(numbered(before, size - before)));
    std::atomic<std::size_t> wrong = 0;
    std::vector<std::thread> readers;
    for (std::size_t reader = 0; reader < 3; ++reader) {
      readers.emplace_back([&, reader] {
        for (std::size_t index = reader; index < size; index += 101) {
          const auto proof = prove(directory, index);
          const bool is_right = proof && proof->checkpoint.checkpoint.tree.size == size &&
                                check_proof(*proof, "entry " + std::to_string(index), kKey);
          wrong += is_right ? 0 : 1;
        }
      });
    }
    for (std::thread& reader : readers) {
      reader.join();
    }
    EXPECT_EQ(0U, wrong);
  }
}

TEST_F(LedgerTest, AnEarlierTreeIsReadFromTheTilesOfALaterOne) {
  Edge edge;
  std::vector<TreeHead> trees;
  Ledger ledger = open();
  for (std::size_t i = 0; i < 600; i += 25) {
    const auto appended = ledger.append(numbered(i, 25));
    ASSERT_TRUE(appended);
    trees.push_back(appended->tree);
  }
  const NodeReader nodes = Directory(path()).nodes(600);
  for (const TreeHead& tree : trees) {
    EXPECT_EQ(tree.root, *root_of(nodes, tree.size));
    EXPECT_TRUE(is_consistent(tree, trees.back(), *consistency_path(nodes, tree.size, 600)));
    EXPECT_EQ(tree.root, *root_of(Directory(path()).nodes(tree.size), tree.size));
  }
}

TEST_F(LedgerTest, WhatWaitsIsAppendedTogetherAndInOrder) {
  Ledger ledger = open();
  std::vector<std::thread> threads;
  std::atomic<int> refused = 0;
  for (int thread = 0; thread < 16; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < 10; ++i) {
        const std::string entry = std::to_string(thread) + " " + std::to_string(i);
        const auto appended = ledger.append({entry});
        const Directory directory(path());
        if (!appended || *directory.entry(appended->first, appended->tree.size) != entry) {
          ++refused;
        }
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  EXPECT_EQ(0, refused);
  EXPECT_EQ(160U, ledger.tree().size);
  EXPECT_EQ(std::vector<std::string>(), problems());
}

TEST_F(LedgerTest, VerifyingRaisesNoAlarmWhileOthersAppend) {
  std::atomic<bool> is_over = false;
  std::thread writes([&] {
    Ledger ledger = open();
    for (std::size_t i = 0; i < 540; i += 30) {
      EXPECT_TRUE(ledger.append(numbered(i, 30)));
    }
    is_over = true;
  });
  while (!is_over) {
    EXPECT_EQ(std::vector<std::string>(), problems());
  }
  writes.join();
  EXPECT_EQ(std::vector<std::string>(), problems());
}

TEST_F(LedgerTest, WhatTookTheirPlaceIsReadWhereNarrowerFilesAreGone) {
  ASSERT_TRUE(open().append(numbered(0, 250)));
  const std::string before = checkpoint();
  ASSERT_TRUE(open().append(numbered(250, 10)));
  put("checkpoint", before);
  EXPECT_EQ(std::vector<std::string>(), problems());
  // A full one that begins with something else does not take their place.
  put(tile_path(0, 0, 256), std::string(8192, 'x'));
  EXPECT_FALSE(problems().empty());
}

TEST_F(LedgerTest, OneWriterAtATimeAndTheKeyThatSigned) {
  {
    const Ledger ledger = open();
    const auto second = Ledger::open(path(), key_of(), 20);
    ASSERT_FALSE(second);
    EXPECT_EQ(base::ErrorCode::Timeout, second.error().code);
  }
  const auto other = Ledger::open(path(), key_of(2));
  ASSERT_FALSE(other);
  EXPECT_NE(std::string::npos, other.error().message.find("this key did not sign"));
  EXPECT_FALSE(Ledger::open(path("none"), key_of()));
  EXPECT_FALSE(Ledger::create(path(), kKey.name, key_of()));
  EXPECT_FALSE(Ledger::create(path("new"), "two words", key_of()));
}

TEST_F(LedgerTest, AnEntryThatCannotStandIsRefusedAloneAndWhole) {
  Ledger ledger = open();
  ASSERT_TRUE(ledger.append({"first"}));
  EXPECT_FALSE(ledger.append({std::string(kLargestEntry + 1, 'x')}));
  Entry correction{.kind = "note", .at = {}, .corrects = 1, .elsewhere = {}, .content = "x"};
  EXPECT_FALSE(ledger.append({to_bytes(correction)}));
  EXPECT_FALSE(ledger.append({"good", std::string(kEntryLine) + "and no more"}));
  EXPECT_EQ(1U, ledger.tree().size);
  correction.corrects = 0;
  EXPECT_TRUE(ledger.append({to_bytes(correction)}));
  EXPECT_TRUE(ledger.append({std::string(kLargestEntry, 'x'), ""}));
  EXPECT_EQ("", ledger.refusal());
  EXPECT_EQ(std::vector<std::string>(), problems());
}

TEST_F(LedgerTest, WhatAnInterruptedAppendLeftIsNoPartOfIt) {
  ASSERT_TRUE(open().append(numbered(0, 250)));
  const std::string before = checkpoint();
  ASSERT_TRUE(open().append(numbered(250, 290)));
  // As it is when the power goes before the last checkpoint: the files are there, it is not. The
  // one that was superseded was not yet taken away.
  std::string bundle;
  std::vector<Hash> hashes;
  for (const std::string& entry : numbered(0, 250)) {
    append_entry(bundle, entry);
    hashes.push_back(leaf_hash(entry));
  }
  put("checkpoint", before);
  put(bundle_path(0, 250), bundle);
  put(tile_path(0, 0, 250), tile_bytes(hashes));
  put(".writing", "x");
  EXPECT_EQ(std::vector<std::string>(), problems());
  {
    const Ledger ledger = open();
    EXPECT_EQ(250U, ledger.tree().size);
    for (const std::string& name : {tile_path(0, 0, 256), tile_path(0, 2, 28), bundle_path(1, 256),
                                    tile_path(1, 0, 2), std::string(".writing")}) {
      EXPECT_FALSE(fs::exists(path() + "/" + name)) << name;
    }
  }
  ASSERT_TRUE(open().append({"another", "and one more"}));
  EXPECT_EQ(std::vector<std::string>(), problems());
  EXPECT_EQ("another", *Directory(path()).entry(250, 252));
}

TEST_F(LedgerTest, ItDoesNotGoOnFromFilesThatDoNotFit) {
  ASSERT_TRUE(open().append(numbered(0, 300)));
  const std::string tile = tile_path(0, 1, 44);
  for (const std::string& name : {tile, bundle_path(1, 44), tile_path(1, 0, 1)}) {
    std::ifstream file(path() + "/" + name, std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(file), {});
    std::string changed = bytes;
    changed[10] ^= 1;
    put(name, changed);
    const auto refused = Ledger::open(path(), key_of());
    ASSERT_FALSE(refused) << name;
    EXPECT_EQ(base::ErrorCode::Corrupt, refused.error().code);
    put(name, bytes);
  }
  EXPECT_EQ(300U, open().tree().size);
}

TEST_F(LedgerTest, ARollBackAndAForkShowAgainstWhatSomebodyKept) {
  ASSERT_TRUE(open().append(numbered(0, 10)));
  const std::string first = checkpoint();
  fs::copy(path(), path("older"), fs::copy_options::recursive);
  ASSERT_TRUE(open().append(numbered(10, 10)));
  const std::string second = checkpoint();
  EXPECT_EQ(std::vector<std::string>(), problems({{"first", first}, {"second", second}}));
  fs::remove_all(path());
  fs::rename(path("older"), path());
  EXPECT_EQ(std::vector<std::string>(), problems({{"first", first}}));
  EXPECT_EQ(std::vector<std::string>{"it was rolled back: it had 20 entries in second, and has 10"},
            problems({{"second", second}}));
  ASSERT_TRUE(open().append(numbered(11, 30)));
  EXPECT_EQ(std::vector<std::string>{"it is a fork: its first 20 entries are not those of second"},
            problems({{"second", second}}));
  EXPECT_EQ(1U, problems({{"text", "x"}}).size());
}

TEST_F(LedgerTest, SignaturesOfOthersStandBelowTheCheckpointTheyAreOf) {
  ASSERT_TRUE(open().append(numbered(0, 3)));
  const std::string text = read_checkpoint(checkpoint())->note.text;
  const NoteKey witness{
      .name = "w", .type = KeyType::Cosignature, .verifies = key_of(2).public_key().verifies};
  const auto signature = cosign_note(key_of(2), "w", text, 1000);
  EXPECT_FALSE(add_signatures(path(), {cosign_note(key_of(3), "w", text, 1000)}, {witness}));
  EXPECT_FALSE(add_signatures(path(), {cosign_note(key_of(2), "w", "x\n", 1000)}, {witness}));
  ASSERT_TRUE(add_signatures(path(), {signature}, {witness}));
  ASSERT_TRUE(add_signatures(path(), {cosign_note(key_of(2), "w", text, 1001)}, {witness}));
  const auto signed_now = read_checkpoint(checkpoint());
  EXPECT_EQ(2U, signed_now->note.signatures.size());
  EXPECT_EQ(1001U, cosigned_at(signed_now->note, witness));
  EXPECT_EQ(std::vector<std::string>(), problems());
  EXPECT_TRUE(open().append({"goes on"}));
}

}  // namespace
}  // namespace truce::ledger
