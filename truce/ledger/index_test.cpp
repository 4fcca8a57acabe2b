// SPDX-License-Identifier: Apache-2.0
#include "truce/ledger/index.h"

#include <filesystem>
#include <fstream>
#include <random>

#include <gtest/gtest.h>

#include "truce/ledger/entry.h"
#include "truce/ledger/ledger.h"

namespace truce::ledger {
namespace {

namespace fs = std::filesystem;

crypto::SecretKey key() {
  crypto::Bytes32 seed{};
  seed[0] = 1;
  return crypto::SecretKey(seed);
}

class IndexTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "truce-index-XXXXXX").string();
    ASSERT_NE(nullptr, ::mkdtemp(name.data()));
    folder_ = name;
    ASSERT_TRUE(Ledger::create(in("log"), "log", key()));
  }
  void TearDown() override { fs::remove_all(folder_); }

  [[nodiscard]] std::string in(const std::string& name) const { return (folder_ / name).string(); }

  // Entries of random kinds, times and corrections; some are bytes alone.
  void append(std::size_t count, const std::string& log = "log") {
    auto ledger = Ledger::open(in(log), key());
    ASSERT_TRUE(ledger) << ledger.error().message;
    std::vector<std::string> entries;
    const std::uint64_t size = ledger->tree().size;
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint64_t here = size + i;
      if (dice_() % 5 == 0) {
        entries.push_back("bytes " + std::to_string(dice_()));
        continue;
      }
      Entry entry{.kind = entry_kinds()[dice_() % 4],
                  .at = {static_cast<std::int64_t>(1'000'000 + dice_() % 1000)},
                  .corrects = std::nullopt,
                  .elsewhere = std::nullopt,
                  .content = "x"};
      if (here > 0 && dice_() % 3 == 0) {
        entry.corrects = dice_() % std::min<std::uint64_t>(here, 20);
      }
      entries.push_back(to_bytes(entry));
    }
    ASSERT_TRUE(ledger->append(std::move(entries)));
  }

  // The obvious way: every entry is read.
  [[nodiscard]] std::vector<IndexedEntry> read_all(const EntryQuery& query,
                                                   const std::string& log = "log") const {
    const Directory directory(in(log));
    const std::uint64_t size = directory.signed_checkpoint()->checkpoint.tree.size;
    std::vector<IndexedEntry> found;
    for (std::uint64_t index = query.from; index < size && found.size() < query.most; ++index) {
      const auto bytes = directory.entry(index, size);
      const auto entry = read_entry(*bytes);
      const bool needs_kind = query.kind || query.since || query.until || query.corrects;
      if (!entry) {
        if (!needs_kind) {
          found.push_back({.index = index, .kind = {}, .at = {}, .corrects = {}});
        }
        continue;
      }
      if ((query.kind && entry->kind != *query.kind) || (query.since && entry->at < *query.since) ||
          (query.until && entry->at >= *query.until) ||
          (query.corrects && entry->corrects != query.corrects)) {
        continue;
      }
      found.push_back(
          {.index = index, .kind = entry->kind, .at = entry->at, .corrects = entry->corrects});
    }
    return found;
  }

  EntryQuery random_query() {
    EntryQuery query;
    if (dice_() % 2 == 0) {
      query.kind = entry_kinds()[dice_() % 5];
    }
    if (dice_() % 3 == 0) {
      query.since = base::Instant{static_cast<std::int64_t>(1'000'000 + dice_() % 1000)};
    }
    if (dice_() % 3 == 0) {
      query.until = base::Instant{static_cast<std::int64_t>(1'000'000 + dice_() % 1000)};
    }
    if (dice_() % 3 == 0) {
      query.corrects = dice_() % 20;
    }
    if (dice_() % 3 == 0) {
      query.from = dice_() % 400;
      query.most = dice_() % 30;
    }
    return query;
  }

  void expect_the_same(const std::string& log = "log") {
    auto index = Index::open(in("index"));
    ASSERT_TRUE(index) << index.error().message;
    const auto updated = index->update(Directory(in(log)));
    ASSERT_TRUE(updated) << updated.error().message;
    for (int turn = 0; turn < 30; ++turn) {
      const EntryQuery query = random_query();
      const auto found = index->find(query);
      ASSERT_TRUE(found) << found.error().message;
      EXPECT_EQ(*found, read_all(query, log));
    }
  }

  std::mt19937_64 dice_{20160912};
  fs::path folder_;
};

TEST_F(IndexTest, AnswersAsReadingEveryEntryDoesWhileTheLedgerGrows) {
  expect_the_same();
  for (const std::size_t count : {1, 7, 250, 300}) {
    append(count);
    expect_the_same();
  }
}

TEST_F(IndexTest, DeletedDamagedOrOfAnotherLedgerItIsMadeAnew) {
  append(300);
  expect_the_same();
  fs::copy_file(in("index"), in("old"));
  for (const char* ending : {"", "-wal", "-shm"}) {
    fs::remove(in("index") + ending);
  }
  expect_the_same();
  // One that is stale.
  append(100);
  fs::copy_file(in("old"), in("index"), fs::copy_options::overwrite_existing);
  expect_the_same();
  std::ofstream(in("index"), std::ios::binary | std::ios::trunc) << "this is no database at all";
  expect_the_same();
  // Of a ledger with as many entries and another beginning.
  ASSERT_TRUE(Ledger::create(in("other"), "log", key()));
  append(400, "other");
  expect_the_same("other");
  // Of one that was put back to fewer.
  ASSERT_TRUE(Ledger::create(in("short"), "log", key()));
  append(3, "short");
  expect_the_same("short");
}

TEST_F(IndexTest, WhatWasReadOnceIsNotReadAgain) {
  append(600);
  auto index = Index::open(in("index"));
  ASSERT_TRUE(index);
  ASSERT_TRUE(index->update(Directory(in("log"))));
  // The first bundle is not needed for what comes after it.
  fs::remove(in("log") + "/tile/entries/000");
  append(5);
  const auto size = index->update(Directory(in("log")));
  ASSERT_TRUE(size) << size.error().message;
  EXPECT_EQ(*size, 605U);
  ASSERT_TRUE(index->clear());
  EXPECT_FALSE(index->update(Directory(in("log"))));
}

}  // namespace
}  // namespace truce::ledger
