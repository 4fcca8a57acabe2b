// SPDX-License-Identifier: Apache-2.0
// Writes that share a commit, and a start that does not judge again what was judged.
#include <algorithm>
#include <array>
#include <atomic>
#include <filesystem>
#include <functional>
#include <map>
#include <thread>

#include "tests/support/workspace.h"
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "truce/server/internal/told_store.h"

namespace truce::server {
namespace {

using encoding::JsonValue;
using test::attack;
using test::object_of;
using test::shown_to;

// The addresses that show what is judged and what was told.
constexpr std::array kShown = {"/api/v1/verdicts", "/api/v1/events?after=0",
                               "/api/v1/incidents?limit=1000", "/api/v1/incidents/market"};
constexpr std::array kViewers = {"monitor", "north", "south", "reporter"};

class Restart : public testing::Test {
 protected:
  void SetUp() override {
    workspace_.add_people();
    workspace_.watch_small_agreement({"public", "party:North", "party:South"});
    enter("market", "Mission", "North", {"public"});
    enter("bridge", "Mission", "North", {"mission"});
    enter("north-1", "", "South", {}, "north");
  }

  void enter(const std::string& incident, const std::string& account, const std::string& actor,
             JsonValue::Array audience, const std::string& user = "monitor") {
    const auto response =
        workspace_.ask(user, "POST", "/api/v1/accounts",
                       shown_to(attack(incident, account, actor), std::move(audience)));
    ASSERT_EQ(response.status, 201U) << response.body;
  }

  std::map<std::string, std::string> shown() {
    std::map<std::string, std::string> texts;
    for (const std::string user : kViewers) {
      EXPECT_TRUE(workspace_.sign_in(user));
      for (const std::string address : kShown) {
        texts[user + ' ' + address] = workspace_.text(user, address);
      }
    }
    return texts;
  }

  // Puts a mark into the first event of the mission's that was kept.
  void mark_what_is_kept() {
    auto database = store::Database::open(workspace_.folder() + "/told.db",
                                          {.name = "told", .migrations = {""}});
    ASSERT_TRUE(database) << database.error().message;
    const auto marked = database->write([&](store::Connection& connection) {
      return connection.run(
          "UPDATE events SET line = replace(line, 'Small', 'Marked') WHERE view = 'mission'");
    });
    ASSERT_TRUE(marked) << marked.error().message;
  }

  std::string events() { return workspace_.text("monitor", "/api/v1/events?after=0"); }

  test::Workspace workspace_;
};

TEST_F(Restart, ShowsEveryoneTheSameWithAndWithoutWhatWasKept) {
  const auto before = shown();
  workspace_.reopen();
  EXPECT_EQ(shown(), before);
  workspace_.close();
  std::filesystem::remove(workspace_.folder() + "/told.db");
  workspace_.reopen();
  EXPECT_EQ(shown(), before);
}

TEST_F(Restart, GoesOnBehindWhatWasTold) {
  workspace_.close();
  mark_what_is_kept();
  workspace_.reopen();
  ASSERT_TRUE(workspace_.sign_in("monitor"));
  // It was read, not judged again.
  EXPECT_NE(events().find("Marked"), std::string::npos) << events();
  const std::string before = events();
  enter("market", "Other", "South", {"public"});
  const std::string after = events();
  ASSERT_GT(after.size(), before.size());
  EXPECT_EQ(after.substr(0, before.size()), before);
  EXPECT_NE(after.find("contested"), std::string::npos) << after;
}

TEST_F(Restart, WhatWasKeptOfAnotherRecordIsNotBelieved) {
  workspace_.close();
  mark_what_is_kept();
  auto told = internal::ToldStore::open(workspace_.folder());
  ASSERT_TRUE(told);
  ASSERT_TRUE(told->add({.number = 5, .salt = "of another record", .lines = {}}));
  told = internal::ToldStore::open(workspace_.folder());
  workspace_.reopen();
  ASSERT_TRUE(workspace_.sign_in("monitor"));
  EXPECT_EQ(events().find("Marked"), std::string::npos);
  EXPECT_NE(events().find("Small"), std::string::npos);
}

TEST_F(Restart, WhatTheTimeBrokeIsThereAfterwards) {
  workspace_.move_clock(base::Duration{90 * 86400});
  ASSERT_TRUE(workspace_.sign_in("monitor"));
  enter("late", "Mission", "North", {"public"});
  const auto before = shown();
  workspace_.reopen();
  EXPECT_EQ(shown(), before);
}

TEST_F(Restart, ManyRowsAtOnceStandAsIfTheyHadComeOneByOne) {
  std::string rows = "incident,account,from,to,kind,actor,target,weapon\n";
  for (int row = 0; row < 300; ++row) {
    rows += fmt::format(
        "many-{:03},Mission,2030-01-30T10:00Z,2030-01-30T10:10Z,attack,{},Civilians,Rockets\n", row,
        row % 3 == 0 ? "South" : "North");
  }
  const auto standing = [&] { return workspace_.text("monitor", "/api/v1/verdicts"); };
  const auto preview =
      workspace_.ask("monitor", "POST", "/api/v1/uploads/preview", "text/csv", rows);
  ASSERT_EQ(preview.status, 200U) << preview.body;
  const std::string digest = encoding::parse_json("preview", preview.body)->find("digest")->text();
  ASSERT_EQ(workspace_.ask("monitor", "POST", "/api/v1/uploads?digest=" + digest, "text/csv", rows)
                .status,
            201U);
  const std::string together = standing();
  const auto count_of = [](const std::string& text, std::string_view what) {
    std::size_t count = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) {
      ++count;
    }
    return count;
  };
  // Those of before, and one for each row.
  EXPECT_EQ(count_of(together, "\"verdict\":\"broken\",\"is_final\""), 303U);
  EXPECT_EQ(count_of(events(), "\"incident\":\"many-"), 300U);
  const auto before = shown();
  workspace_.reopen();
  EXPECT_EQ(shown(), before);
}

// What many do at the same time, each in a thread of its own.
std::vector<unsigned> all_at_once(test::Workspace& workspace, std::size_t count,
                                  const std::function<std::string(std::size_t)>& incident) {
  std::vector<unsigned> statuses(count);
  std::vector<std::thread> threads;
  for (std::size_t one = 0; one < count; ++one) {
    threads.emplace_back([&, one] {
      statuses[one] =
          workspace
              .ask("monitor", "POST", "/api/v1/accounts", attack(incident(one), "Mission", "North"))
              .status;
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  return statuses;
}

TEST_F(Restart, OfManyWhoSayTheSameAtOnceOneIsHeard) {
  const auto statuses =
      all_at_once(workspace_, 16, [](std::size_t) { return std::string("station"); });
  EXPECT_EQ(std::count(statuses.begin(), statuses.end(), 201U), 1);
  EXPECT_EQ(std::count(statuses.begin(), statuses.end(), 409U), 15);
}

TEST_F(Restart, OfManyWhoSayDifferentThingsEachIsHeardOnce) {
  const auto statuses =
      all_at_once(workspace_, 16, [](std::size_t one) { return fmt::format("at-{}", one); });
  EXPECT_EQ(std::count(statuses.begin(), statuses.end(), 201U), 16);
  const auto before = shown();
  workspace_.reopen();
  EXPECT_EQ(shown(), before);
  std::size_t count = 0;
  for (std::size_t one = 0; one < 16; ++one) {
    const JsonValue incident =
        workspace_.get("monitor", fmt::format("/api/v1/incidents/at-{}", one));
    count += incident.find("accounts")->elements().size();
  }
  EXPECT_EQ(count, 16U);
}

TEST_F(Restart, WhoWasAnsweredSeesTheVerdictWhileOthersWrite) {
  constexpr std::size_t kWriters = 16;
  constexpr std::size_t kEach = 4;
  std::atomic<std::size_t> unseen = 0;
  std::vector<std::thread> threads;
  for (std::size_t writer = 0; writer < kWriters; ++writer) {
    threads.emplace_back([&, writer] {
      for (std::size_t turn = 0; turn < kEach; ++turn) {
        const std::string incident = fmt::format("by-{}-{}", writer, turn);
        const auto entered = workspace_.ask("monitor", "POST", "/api/v1/accounts",
                                            attack(incident, "Mission", "North"));
        const auto seen = workspace_.ask("monitor", "GET", "/api/v1/incidents/" + incident);
        if (entered.status != 201 || seen.body.find("\"broken\"") == std::string::npos) {
          ++unseen;
        }
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  EXPECT_EQ(unseen, 0U);
  const auto before = shown();
  workspace_.reopen();
  EXPECT_EQ(shown(), before);
}

TEST_F(Restart, WhoFollowsAndWhoReadsWhileManyWriteMissesNothing) {
  constexpr std::size_t kWriters = 16;
  std::atomic<bool> is_over = false;
  std::vector<std::thread> readers;
  std::array<std::string, 2> followed;
  for (std::string& text : followed) {
    readers.emplace_back([&] {
      const Response response = workspace_.ask("monitor", "GET", "/api/v1/events?after=0");
      bool was_over = false;
      while (!was_over) {
        // What came before the end is there once more after it.
        was_over = is_over;
        for (auto piece = response.stream->next(); !piece.bytes.empty();
             piece = response.stream->next()) {
          text += piece.bytes;
        }
      }
    });
  }
  for (const char* const address : {"/api/v1/agreement", "/api/v1/board", "/api/v1/verdicts"}) {
    readers.emplace_back([&, address] {
      // Fewer than one may ask at once.
      for (int turn = 0; turn < 100 && !is_over; ++turn) {
        EXPECT_EQ(workspace_.ask("monitor", "GET", address).status, 200U);
      }
    });
  }
  const auto statuses = all_at_once(workspace_, kWriters,
                                    [](std::size_t one) { return fmt::format("seen-{}", one); });
  EXPECT_EQ(std::count(statuses.begin(), statuses.end(), 201U), kWriters);
  is_over = true;
  for (std::thread& reader : readers) {
    reader.join();
  }
  for (const std::string& text : followed) {
    for (std::size_t one = 0; one < kWriters; ++one) {
      EXPECT_NE(text.find(fmt::format("[\"seen-{}\"]", one)), std::string::npos) << one;
    }
  }
}

}  // namespace
}  // namespace truce::server
