// SPDX-License-Identifier: Apache-2.0
// Each write is an entry in the ledger, and what was changed behind the server's back is found.
#include "truce/server/internal/journal.h"

#include <filesystem>

#include "tests/support/workspace.h"
#include <gtest/gtest.h>

#include "truce/workbench/ledger.h"

namespace truce::server::internal {
namespace {

class JournalTest : public testing::Test {
 protected:
  void SetUp() override {
    workspace_.close();
    std::filesystem::remove_all(workspace_.folder());
    std::filesystem::create_directories(workspace_.folder());
    ASSERT_TRUE(write({"a", "b", "c"}));
  }

  // Opens the folder, hands over what there is, and appends an entry for each text.
  base::Result<std::vector<std::string>> write(const std::vector<std::string>& texts) {
    auto journal = Journal::open(workspace_.folder(), true);
    if (!journal) {
      return journal.error();
    }
    std::vector<std::string> there;
    auto read = (*journal)->each(
        [&](const Entry& entry) { there.push_back(entry.body.find("text")->text()); });
    if (!read) {
      return read.error();
    }
    for (const std::string& text : texts) {
      Entry entry;
      entry.at = {1896177600};
      entry.kind = "accounts";
      entry.who = "monitor";
      entry.audience = {"mission"};
      entry.body = test::object_of({{"text", text}});
      if (auto appended = (*journal)->append(entry); !appended) {
        return appended.error();
      }
    }
    return there;
  }

  // Runs SQL on the database while nobody has it.
  void change(const std::string& sql) {
    auto database = store::Database::open(workspace_.folder() + "/workspace.db",
                                          {.name = "workspace", .migrations = {"", ""}});
    ASSERT_TRUE(database) << database.error().message;
    const auto changed =
        database->write([&](store::Connection& connection) { return connection.run(sql); });
    ASSERT_TRUE(changed) << changed.error().message;
  }

  test::Workspace workspace_;
};

TEST_F(JournalTest, EveryEntryIsInTheLedgerAndSaysNothing) {
  const auto there = write({});
  ASSERT_TRUE(there);
  EXPECT_EQ(*there, (std::vector<std::string>{"a", "b", "c"}));
  const std::string directory = workspace_.folder() + "/ledger";
  const auto shown = workbench::show_entry(directory, 2);
  ASSERT_TRUE(shown);
  ASSERT_TRUE(shown->entry.has_value());
  EXPECT_EQ(shown->entry->kind, "account");
  ASSERT_TRUE(shown->entry->elsewhere.has_value());
  // Of one length, whatever it is.
  EXPECT_EQ(shown->entry->elsewhere->size, 64U);
  EXPECT_FALSE(workbench::show_entry(directory, 3));
}

TEST_F(JournalTest, WhatIsChangedInTheDatabaseIsFound) {
  change("UPDATE entries SET body = '{\"text\":\"x\"}' WHERE number = 2");
  const auto there = write({});
  ASSERT_FALSE(there);
  EXPECT_EQ(there.error().code, base::ErrorCode::Corrupt);
}

TEST_F(JournalTest, WhatIsTakenOutOfTheDatabaseIsFound) {
  change("DELETE FROM entries WHERE number = 3");
  const auto there = write({});
  ASSERT_FALSE(there);
  EXPECT_NE(there.error().message.find("fewer entries"), std::string::npos);
}

TEST_F(JournalTest, AnEntryThatTheLedgerDidNotGetInTimeIsPutInAtTheNextStart) {
  // As when the power fails between the two.
  change(
      "INSERT INTO entries SELECT 4, at, kind, who, audience, body, salt FROM entries "
      "WHERE number = 1");
  const auto there = write({"e"});
  ASSERT_TRUE(there) << there.error().message;
  EXPECT_EQ(there->size(), 4U);
  EXPECT_TRUE(workbench::show_entry(workspace_.folder() + "/ledger", 4));
  EXPECT_TRUE(write({}));
}

TEST(Journal, TheWorkspaceWritesBoth) {
  test::Workspace workspace(true);
  workspace.add_people();
  workspace.reopen();
  ASSERT_TRUE(workspace.sign_in("administrator"));
  EXPECT_TRUE(workbench::show_entry(workspace.folder() + "/ledger", 18));
}

}  // namespace
}  // namespace truce::server::internal
