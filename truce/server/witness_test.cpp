// SPDX-License-Identifier: Apache-2.0
// What waits for witnesses, and what they say: with a witness that signs, one that nobody runs, and
// addresses that are none.
#include "truce/ledger/witness.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <thread>

#include "tests/support/workspace.h"
#include <gtest/gtest.h>

#include "truce/server/internal/http_client.h"
#include "truce/server/internal/publication.h"
#include "truce/server/witness_service.h"
#include "truce/talks/key_files.h"

namespace truce::server {
namespace {

using encoding::JsonValue;
using test::attack;
using test::object_of;
using test::shown_to;

namespace fs = std::filesystem;

crypto::SecretKey key_of(unsigned char first) {
  crypto::Bytes32 seed{};
  seed[0] = first;
  return crypto::SecretKey(seed);
}

ledger::WitnessAddress address_of(const std::string& name, unsigned char first,
                                  const std::string& url) {
  return {.name = name,
          .key = {.name = name,
                  .type = ledger::KeyType::Cosignature,
                  .verifies = key_of(first).public_key().verifies},
          .url = url};
}

// A witness on a thread of its own.
class Running {
 public:
  Running(const std::string& folder, const std::string& name, unsigned char first,
          const std::string& ledger) {
    const std::string key = folder + '/' + name + ".key";
    std::ofstream(key) << talks::to_text(talks::NamedSecret{.name = name, .key = key_of(first)});
    fs::permissions(key, fs::perms::owner_read | fs::perms::owner_write);
    auto opened = WitnessService::open({.key = key,
                                        .ledger = ledger,
                                        .state = folder + '/' + name + ".state",
                                        .is_first = true,
                                        .limits = {},
                                        .clock = [] { return base::Instant{1896177600}; },
                                        .on_log = [](const std::string&) {}});
    EXPECT_TRUE(opened) << opened.error().message;
    service_ = std::move(opened).value();
    thread_ = std::thread([this] { service_->run(); });
  }
  ~Running() {
    service_->stop();
    thread_.join();
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  [[nodiscard]] std::string address() const { return service_->address(); }

 private:
  std::unique_ptr<WitnessService> service_;
  std::thread thread_;
};

class WitnessedTest : public testing::Test {
 protected:
  void SetUp() override {
    workspace_.add_people();
    workspace_.watch_small_agreement({"public"});
    EXPECT_EQ(workspace_
                  .ask("monitor", "POST", "/api/v1/accounts",
                       shown_to(attack("market", "Mission", "North"), {"public"}))
                  .status,
              201U);
  }

  void reopen_with(std::vector<ledger::WitnessAddress> witnesses,
                   std::chrono::milliseconds time = std::chrono::milliseconds(20'000)) {
    workspace_.name_witnesses(std::move(witnesses), time);
    workspace_.reopen();
    for (const char* user : {"verifier", "mediator", "auditor"}) {
      ASSERT_TRUE(workspace_.sign_in(user));
    }
  }

  JsonValue published(const std::string& id) {
    const JsonValue finding = object_of({{"id", id},
                                         {"incident", "market"},
                                         {"clause", "1.1"},
                                         {"finding", "broken"},
                                         {"text", "Two craters."},
                                         {"audience", JsonValue::Array{"public"}}});
    EXPECT_EQ(workspace_.ask("verifier", "POST", "/api/v1/findings", finding).status, 201U);
    const auto answer =
        workspace_.ask("mediator", "POST", "/api/v1/findings/" + id + "/publication");
    EXPECT_EQ(answer.status, 201U) << answer.body;
    return *encoding::parse_json("answer", answer.body);
  }

  std::size_t seen(const std::string& user) {
    return workspace_.get(user, "/api/v1/findings").find("findings")->elements().size();
  }

  // The first finding the public sees, once there is one.
  JsonValue wait() {
    for (int turn = 0; turn < 3000 && seen("") == 0; ++turn) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    const JsonValue all = workspace_.get("", "/api/v1/findings");
    return all.find("findings")->elements().empty() ? JsonValue()
                                                    : all.find("findings")->elements().front();
  }

  test::Workspace workspace_{true};
};

TEST_F(WitnessedTest, WhatIsPublishedCountsOnceEachWitnessWasHeard) {
  const Running north(workspace_.folder(), "north", 2, workspace_.folder() + "/ledger.vkey");
  reopen_with({address_of("north", 2, north.address())});
  published("f1");
  const JsonValue finding = wait();
  ASSERT_FALSE(finding.is_null());
  EXPECT_EQ(finding.find("witnesses")->elements().front().find("outcome")->text(), "cosigned");
  EXPECT_NE(finding.find("published_at"), nullptr);
  const std::string note = workspace_.ask("", "GET", "/ledger/witnessed").body;
  const auto checkpoint = ledger::read_checkpoint(note);
  ASSERT_TRUE(checkpoint) << note;
  EXPECT_TRUE(ledger::cosigned_at(checkpoint->note, address_of("north", 2, "").key));
  const JsonValue witnesses = workspace_.get("", "/api/v1/ledger/witnesses");
  EXPECT_EQ(witnesses.find("size")->integer(),
            static_cast<std::int64_t>(checkpoint->checkpoint.tree.size));
  const JsonValue::Array& rounds = witnesses.find("rounds")->elements();
  ASSERT_EQ(rounds.size(), 1U);
  EXPECT_EQ(rounds[0].find("checkpoint")->text(), note);
  EXPECT_EQ(rounds[0].find("replies")->elements()[0].find("outcome")->text(), "cosigned");
}

TEST_F(WitnessedTest, TheRoundsAreThereLatestFirst) {
  reopen_with({address_of("south", 3, "http://127.0.0.1:1")}, std::chrono::milliseconds(100));
  for (const char* const id : {"f1", "f2"}) {
    published(id);
    for (int turn = 0; turn < 3000 && seen("") < (id[1] == '1' ? 1U : 2U); ++turn) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }
  const JsonValue witnesses = workspace_.get("", "/api/v1/ledger/witnesses");
  const JsonValue::Array& rounds = witnesses.find("rounds")->elements();
  ASSERT_EQ(rounds.size(), 2U);
  EXPECT_GT(rounds[0].find("size")->integer(), rounds[1].find("size")->integer());
  EXPECT_EQ(rounds[1].find("replies")->elements()[0].find("outcome")->text(), "no-answer");
}

TEST_F(WitnessedTest, ManyWhoAskAWitnessAtOnceGetOneHistory) {
  const std::string ledger = workspace_.folder() + "/ledger";
  const Running north(workspace_.folder(), "north", 2, ledger + ".vkey");
  const auto request = ledger::request_from(ledger::Directory(ledger), 0);
  ASSERT_TRUE(request);
  std::array<unsigned, 16> statuses{};
  std::vector<std::thread> threads;
  for (unsigned& status : statuses) {
    threads.emplace_back([&] {
      const auto answer = internal::post({.url = north.address() + "/add-checkpoint",
                                          .content_type = "text/plain",
                                          .body = ledger::to_text(*request),
                                          .is_given_up = {}});
      status = answer ? answer->status : 0;
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  EXPECT_EQ(std::count(statuses.begin(), statuses.end(), 200U), 1);
  EXPECT_EQ(std::count(statuses.begin(), statuses.end(), 409U), 15);
}

TEST_F(WitnessedTest, UntilThenTheMissionAloneSeesIt) {
  // Nobody is there; they are asked for longer than this test takes.
  reopen_with({address_of("south", 3, "http://127.0.0.1:1")});
  const JsonValue finding = published("f1");
  EXPECT_TRUE(finding.find("waits_for_witnesses")->boolean());
  EXPECT_EQ(finding.find("published_at"), nullptr);
  EXPECT_EQ(seen(""), 0U);
  EXPECT_EQ(seen("auditor"), 1U);
  // A server that ends does not wait for them, and asks them again when it begins.
  reopen_with({address_of("south", 3, "http://127.0.0.1:1")}, std::chrono::milliseconds(300));
  const JsonValue heard = wait();
  ASSERT_FALSE(heard.is_null());
  const JsonValue& reply = heard.find("witnesses")->elements().front();
  EXPECT_EQ(reply.find("outcome")->text(), "no-answer");
  EXPECT_NE(reply.find("why"), nullptr);
}

TEST_F(WitnessedTest, WhoTakesTheWitnessesOutPublishesWhatWaitsOnRecord) {
  reopen_with({address_of("south", 3, "http://127.0.0.1:1")});
  published("f1");
  EXPECT_EQ(seen(""), 0U);
  reopen_with({});
  EXPECT_EQ(seen(""), 1U);
  EXPECT_TRUE(workspace_.get("", "/api/v1/ledger/witnesses").find("witnesses")->elements().empty());
  EXPECT_TRUE(workspace_.get("", "/api/v1/ledger/witnesses").find("rounds")->elements().empty());
}

TEST(Publication, ARoundCoversTheEntriesOfItsCheckpointAndNoOther) {
  internal::Publication publication;
  const auto apply = [&](internal::Entry entry, std::int64_t number) {
    entry.number = number;
    publication.apply(entry);
  };
  const auto publishing = [](const std::string& kind) {
    return internal::entry_by(kind, {}, JsonValue::object(), {"public"});
  };
  apply(publishing("publication"), 1);
  EXPECT_FALSE(publication.waits(1));
  apply(internal::witnesses_entry({address_of("north", 2, "http://n")}), 2);
  apply(publishing("publication"), 3);
  apply(publishing("report"), 5);
  EXPECT_TRUE(publication.waits(3));
  EXPECT_TRUE(publication.waits(5));
  const ledger::Checkpoint checkpoint{
      .origin = "log", .tree = {.size = 4, .root = ledger::empty_root()}, .extensions = {}};
  const std::string text = ledger::to_text(checkpoint);
  const ledger::SignedCheckpoint signed_one{
      .checkpoint = checkpoint,
      .note = {.text = text, .signatures = {ledger::sign_note(key_of(1), "log", text)}}};
  apply(internal::round_entry(signed_one, {{.name = "north",
                                            .outcome = ledger::WitnessOutcome::Refused,
                                            .why = "a fork",
                                            .signature = {}}}),
        6);
  EXPECT_FALSE(publication.waits(3));
  EXPECT_TRUE(publication.waits(5));
  ASSERT_EQ(publication.fresh().size(), 1U);
  EXPECT_EQ(publication.fresh().front().kind, "publication");
  ASSERT_NE(publication.round_of(3), nullptr);
  EXPECT_EQ(publication.round_of(3)->replies.front().why, "a fork");
  EXPECT_EQ(publication.round_of(5), nullptr);
}

TEST(Url, IsTakenApart) {
  const auto plain = internal::parse_url("http://127.0.0.1:8081/w");
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->host + '|' + plain->port + '|' + plain->target + '|' + plain->authority(),
            "127.0.0.1|8081|/w|127.0.0.1:8081");
  const auto secret = internal::parse_url("https://[::1]");
  ASSERT_TRUE(secret);
  EXPECT_EQ(secret->host + '|' + secret->port + '|' + secret->target + '|' + secret->authority(),
            "::1|443|/|[::1]");
  for (const char* text :
       {"", "ftp://a", "http://", "http://a:b/", "http://a b/", "http://a@b/", "http://a:1:2/",
        "http://[::1", "http://a/?q", "http://a/#f", "http://a:/", "http://a\r\nb/"}) {
    EXPECT_FALSE(internal::parse_url(text)) << text;
  }
}

}  // namespace
}  // namespace truce::server
