// SPDX-License-Identifier: Apache-2.0
// Each write is an entry in the ledger, and what was changed behind the server's back is found.
#include "truce/server/internal/journal.h"

#include <filesystem>

#include "tests/support/workspace.h"
#include <gtest/gtest.h>

#include "truce/crypto/sha256.h"
#include "truce/ledger/proof.h"
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

class LedgerOverHttp : public testing::Test {
 protected:
  void SetUp() override {
    workspace_.add_people();
    workspace_.watch_small_agreement({"public", "party:North"});
    enter("monitor", "market", {"public"});
    enter("north", "north-1", {});
  }

  void enter(const std::string& user, const std::string& incident,
             encoding::JsonValue::Array audience) {
    const auto account = test::shown_to(
        test::attack(incident, user == "monitor" ? "Mission" : "", "North"), std::move(audience));
    ASSERT_EQ(workspace_.ask(user, "POST", "/api/v1/accounts", account).status, 201U);
  }

  unsigned status(const std::string& user, const std::string& target) {
    return workspace_.ask(user, "GET", target).status;
  }

  // The one proof of an incident.
  encoding::JsonValue proof(const std::string& user, const std::string& incident) {
    return workspace_.get(user, "/api/v1/incidents/" + incident + "/proofs")
        .find("proofs")
        ->elements()
        .at(0);
  }

  test::Workspace workspace_{true};
};

TEST_F(LedgerOverHttp, AProofHoldsAndWhatIsShownIsWhatTheHashIsOf) {
  const encoding::JsonValue value = proof("", "market");
  const auto read = ledger::read_proof(value.find("proof")->text());
  ASSERT_TRUE(read) << read.error().message;
  auto key = ledger::read_note_key(workspace_.ask("", "GET", "/ledger/key").body);
  ASSERT_TRUE(key);
  const std::string& entry = value.find("entry")->text();
  EXPECT_TRUE(ledger::check_proof(*read, entry, *key));
  EXPECT_FALSE(ledger::check_proof(*read, entry + ' ', *key));
  const std::string hash = crypto::sha256_hex(crypto::sha256_hex(value.find("opened")->text()));
  EXPECT_NE(entry.find(hash), std::string::npos) << entry;
  EXPECT_NE(value.find("opened")->text().find("market"), std::string::npos);
}

TEST_F(LedgerOverHttp, WhoWroteItIsOpenedByTheMissionAndByThemAlone) {
  EXPECT_EQ(proof("", "market").find("who"), nullptr);
  EXPECT_EQ(proof("", "market").find("opened")->text().find("monitor"), std::string::npos);
  const encoding::JsonValue shown = proof("verifier", "market");
  EXPECT_EQ(shown.find("who")->text(), "monitor");
  const std::string hidden =
      crypto::sha256_hex(shown.find("who_salt")->text() + ' ' + shown.find("who")->text());
  EXPECT_NE(shown.find("opened")->text().find(hidden), std::string::npos);
  EXPECT_EQ(proof("north", "north-1").find("who")->text(), "north");
}

TEST_F(LedgerOverHttp, WhatSomebodyMayNotSeeIsNotProvedToThem) {
  EXPECT_EQ(status("south", "/api/v1/incidents/north-1/proofs"), 404U);
  EXPECT_EQ(status("", "/api/v1/incidents/north-1/proofs"), 404U);
  const std::string number = proof("north", "north-1").find("number")->to_text();
  EXPECT_EQ(status("north", "/api/v1/ledger/entries/" + number), 200U);
  EXPECT_EQ(status("south", "/api/v1/ledger/entries/" + number), 404U);
  // That the mission opened what was said in confidence is noted.
  EXPECT_EQ(status("verifier", "/api/v1/ledger/entries/" + number), 200U);
  EXPECT_NE(workspace_.text("auditor", "/api/v1/audit?limit=1000").find("entry " + number),
            std::string::npos);
  // Users, passwords and links are proved to nobody.
  for (const char* user : {"", "administrator", "auditor", "north"}) {
    EXPECT_EQ(status(user, "/api/v1/ledger/entries/1"), 404U) << user;
  }
  EXPECT_EQ(status("auditor", "/api/v1/ledger/entries/0"), 404U);
  EXPECT_EQ(status("auditor", "/api/v1/ledger/entries/999999"), 404U);
}

TEST_F(LedgerOverHttp, ItsFilesAreThereAsTheyStandAndNothingElseIs) {
  const std::string checkpoint = workspace_.ask("", "GET", "/ledger/checkpoint").body;
  const auto read = ledger::read_checkpoint(checkpoint);
  ASSERT_TRUE(read);
  const std::string width = std::to_string(read->checkpoint.tree.size);
  const auto tile = workspace_.ask("", "GET", "/ledger/tile/0/000.p/" + width);
  ASSERT_EQ(tile.status, 200U);
  EXPECT_EQ(tile.body.size(), read->checkpoint.tree.size * 32);
  EXPECT_EQ(status("auditor", "/ledger/tile/entries/000.p/" + width), 200U);
  EXPECT_EQ(status("", "/ledger/tile/entries/000.p/" + width), 401U);
  EXPECT_EQ(status("north", "/ledger/tile/entries/000.p/" + width), 403U);
  for (const char* target :
       {"/ledger/tile/0/00", "/ledger/tile/0/000", "/ledger/tile/0/000.p/0", "/ledger/tile/8/000",
        "/ledger/tile/0/000.p/x", "/ledger/tile/0/000.p/999", "/ledger/tile/0/x000",
        "/ledger/tile/0/checkpoint", "/ledger/tile/x/000", "/ledger/tile/0/"}) {
    EXPECT_EQ(status("", target), 404U) << target;
  }
  EXPECT_EQ(status("", "/ledger/tile/0/%2e%2e/checkpoint"), 400U);
}

TEST(Journal, WithoutALedgerThereIsNothingToProve) {
  test::Workspace workspace;
  EXPECT_EQ(workspace.ask("", "GET", "/ledger/checkpoint").status, 404U);
  EXPECT_EQ(workspace.ask("", "GET", "/ledger/key").status, 404U);
}

}  // namespace
}  // namespace truce::server::internal
