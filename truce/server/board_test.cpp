// SPDX-License-Identifier: Apache-2.0
// What the pages show of the whole, for each who asks.
#include <cstring>

#include "tests/support/workspace.h"
#include <gtest/gtest.h>

namespace truce::server {
namespace {

using encoding::JsonValue;

JsonValue read(const Response& response) {
  auto value = encoding::parse_json("answer", response.body);
  EXPECT_TRUE(value) << response.body.substr(0, 300);
  return value ? std::move(value).value() : JsonValue();
}

// What somebody says of an attack; audience empty: as it is without one.
void say(test::Workspace& workspace, const std::string& user, const std::string& incident,
         const std::string& actor, const JsonValue::Array& audience) {
  JsonValue body = JsonValue::object();
  body.set("incident", incident);
  body.set("from", "2030-01-25T10:00+02:00");
  body.set("to", "2030-01-25T10:30+02:00");
  body.set("kind", "attack");
  body.set("actor", actor);
  body.set("target", "Civilians");
  body.set("weapon", "Weapons");
  body.set("latitude", 33.5);
  body.set("longitude", 36.25);
  body.set("radius_m", 500);
  if (user == "monitor") {
    body.set("account", "mission");
    body.set("according_to", "Mission");
  }
  if (!audience.empty()) {
    body.set("audience", audience);
  }
  const Response response = workspace.ask(user, "POST", "/api/v1/accounts", body);
  ASSERT_EQ(response.status, 201U) << response.body;
}

TEST(Board, HasARowForEachIncidentWithItsVerdict) {
  test::Workspace workspace;
  workspace.add_people();
  workspace.watch_small_agreement({"public"});
  say(workspace, "monitor", "market", "North", {"public"});
  const JsonValue board = read(workspace.ask("", "GET", "/api/v1/board"));
  ASSERT_EQ(board.find("count")->integer(), 1);
  EXPECT_EQ(board.find("incidents")->elements()[0].text(), "market");
  EXPECT_DOUBLE_EQ(board.find("latitude")->elements()[0].number(), 33.5);
  EXPECT_EQ(board.find("to")->elements()[0].integer() - board.find("from")->elements()[0].integer(),
            1800);
  const auto& words = board.find("words")->elements();
  const auto& verdict = board.find("verdicts")->elements()[0].elements();
  ASSERT_EQ(verdict.size(), 3U);
  const auto word = [&](std::size_t at) {
    return words[static_cast<std::size_t>(verdict[at].integer())].text();
  };
  EXPECT_EQ(word(0) + ' ' + word(1) + ' ' + word(2), "1.1 North broken");
}

// The numbers of a column of docs/formats/board.md.
template <typename Value>
std::vector<Value> column(std::string_view bytes, std::size_t& at, std::size_t count) {
  std::vector<Value> values(count);
  std::memcpy(values.data(), bytes.substr(at).data(), count * sizeof(Value));
  at += count * sizeof(Value);
  return values;
}

TEST(Board, AsBytesItSaysTheSame) {
  test::Workspace workspace;
  workspace.add_people();
  workspace.watch_small_agreement({"public"});
  say(workspace, "monitor", "market", "North", {"public"});
  say(workspace, "monitor", "square", "North|South", {"public"});
  const JsonValue board = read(workspace.ask("", "GET", "/api/v1/board"));
  const std::string bytes = workspace.ask("", "GET", "/api/v1/board/columns").body;
  ASSERT_TRUE(bytes.starts_with("truce-board/1\n"));
  const std::size_t length = std::stoul(bytes.substr(14, 9));
  const auto head = encoding::parse_json("head", bytes.substr(24, length));
  ASSERT_TRUE(head);
  EXPECT_EQ(head->find("words")->to_text(), board.find("words")->to_text());
  std::size_t at = 24 + length;
  ASSERT_EQ(at % 8, 0U);
  for (const char* name : {"from", "to", "latitude", "longitude", "radius_m"}) {
    const auto values = column<double>(bytes, at, 2);
    EXPECT_NEAR(values[1], board.find(name)->elements()[1].number(), 1e-5) << name;
  }
  EXPECT_EQ(column<std::uint32_t>(bytes, at, 2)[0], 0xffffffffU) << "no place is named";
  for (const char* name : {"accounts", "is_sealed"}) {
    EXPECT_EQ(
        column<std::uint32_t>(bytes, at, 2),
        (name[0] == 'a' ? std::vector<std::uint32_t>{1, 1} : std::vector<std::uint32_t>{0, 0}));
  }
  for (const char* name : {"kinds", "actors", "targets", "sources", "verdicts"}) {
    const auto values = column<std::uint32_t>(bytes, at, 2);
    for (std::size_t row = 0; row < 2; ++row) {
      EXPECT_EQ(head->find("lists")->elements()[values[row]].to_text(),
                board.find(name)->elements()[row].to_text())
          << name;
    }
  }
  EXPECT_EQ(column<std::uint32_t>(bytes, at, 2), (std::vector<std::uint32_t>{6, 12}));
  EXPECT_EQ(bytes.substr(at), "marketsquare");
}

TEST(Board, OneIncidentOfItIsGivenAlone) {
  test::Workspace workspace;
  workspace.add_people();
  workspace.watch_small_agreement({"public"});
  say(workspace, "monitor", "market", "North", {"public"});
  say(workspace, "monitor", "square", "South", {"public"});
  const auto alone = [&](const std::string& user, const std::string& name) {
    return workspace.ask(user, "GET", "/api/v1/board/columns?incident=" + name).body;
  };
  EXPECT_TRUE(alone("", "square").ends_with("square"));
  EXPECT_NE(alone("", "square").find("\"count\":1,"), std::string::npos);
  EXPECT_NE(alone("", "nothing").find("\"count\":0,"), std::string::npos);
  say(workspace, "north", "north-1", "South", {});
  EXPECT_NE(alone("monitor", "north-1").find("\"count\":1,"), std::string::npos);
  EXPECT_EQ(alone("south", "north-1"), alone("south", "nothing"))
      << "that there is one is not told";
}

TEST(Board, OfManyThoseThatBeganLastAreGivenAlone) {
  test::Workspace workspace;
  workspace.add_people();
  workspace.watch_small_agreement({"public"});
  for (const char* name : {"market", "square", "tower"}) {
    say(workspace, "monitor", name, "North", {"public"});
  }
  say(workspace, "north", "north-1", "South", {});
  const auto latest = [&](const std::string& user, const std::string& limit) {
    return workspace.ask(user, "GET", "/api/v1/board/columns?limit=" + limit);
  };
  EXPECT_EQ(latest("", "1000").body, workspace.ask("", "GET", "/api/v1/board/columns").body);
  EXPECT_EQ(latest("monitor", "1000").body,
            workspace.ask("monitor", "GET", "/api/v1/board/columns").body);
  // All began at once: then those that stand first.
  EXPECT_TRUE(latest("", "2").body.ends_with("marketsquare"));
  EXPECT_EQ(latest("", "1").body,
            workspace.ask("", "GET", "/api/v1/board/columns?incident=market").body);
  for (const char* limit : {"0", "1001", "some"}) {
    EXPECT_EQ(latest("", limit).status, 400U) << limit;
  }
}

TEST(Board, WhatASideSaidInConfidenceIsCountedForTheMissionAndNotThereForOthers) {
  test::Workspace workspace;
  workspace.add_people();
  workspace.watch_small_agreement({"public"});
  say(workspace, "north", "north-1", "South", {});
  const JsonValue mission = read(workspace.ask("monitor", "GET", "/api/v1/board"));
  ASSERT_EQ(mission.find("count")->integer(), 1);
  EXPECT_TRUE(mission.find("is_sealed")->elements()[0].boolean());
  EXPECT_TRUE(mission.find("latitude")->elements()[0].is_null());
  EXPECT_TRUE(mission.find("actors")->elements()[0].elements().empty());
  for (const char* user : {"south", ""}) {
    EXPECT_EQ(workspace.ask(user, "GET", "/api/v1/board").body, R"({"count":0,"words":[]})");
    EXPECT_EQ(workspace.ask(user, "GET", "/api/v1/incidents/north-1/reasons").status, 404U);
  }
}

TEST(Board, TheReasonsOfAVerdictNameTheWordsThatDecidedAndWhatWouldChangeIt) {
  test::Workspace workspace;
  workspace.add_people();
  workspace.watch_small_agreement({"public"});
  say(workspace, "monitor", "market", "North|South", {"public"});
  const JsonValue answer = read(workspace.ask("", "GET", "/api/v1/incidents/market/reasons"));
  const auto& reasons = answer.find("reasons")->elements();
  ASSERT_FALSE(reasons.empty());
  EXPECT_EQ(reasons[0].find("verdict")->text(), "unknown");
  EXPECT_FALSE(reasons[0].find("would_change_if")->elements().empty());
  EXPECT_EQ(reasons[0].find("would_change_if_said")->elements().size(),
            reasons[0].find("would_change_if")->elements().size());
  // A pattern, filled with who says so and with what is left open.
  const JsonValue& said = *reasons[0].find("because_said");
  EXPECT_EQ(said.find("say")->text(), "{}.");
  const JsonValue& whole = said.find("with")->elements()[0];
  EXPECT_EQ(whole.find("say")->text(), "{}: {}");
  EXPECT_EQ(whole.find("with")->elements()[0].find("say")->text(), "{} says that {}");
  EXPECT_EQ(whole.find("with")->elements()[0].find("with")->elements()[0].text(), "Mission");
  const auto& words = reasons[0].find("accounts")->elements()[0].find("words")->elements();
  EXPECT_TRUE(std::any_of(words.begin(), words.end(),
                          [](const auto& part) { return part.elements()[1].boolean(); }));
}

TEST(Board, TheAgreementHasItsClausesAndWhenTheyWereInForce) {
  test::Workspace workspace;
  workspace.add_people();
  EXPECT_EQ(read(workspace.ask("", "GET", "/api/v1/agreement")).find("title"), nullptr);
  workspace.watch_small_agreement({"mission"});
  EXPECT_EQ(read(workspace.ask("", "GET", "/api/v1/agreement")).find("title"), nullptr);
  const JsonValue agreement = read(workspace.ask("monitor", "GET", "/api/v1/agreement"));
  EXPECT_EQ(agreement.find("title")->text(), "Small");
  EXPECT_EQ(agreement.find("sides")->elements().size(), 2U);
  EXPECT_EQ(agreement.find("clauses")->elements()[0].find("form")->text(), "prohibition");
  const JsonValue& force = agreement.find("force")->elements()[0];
  EXPECT_EQ(force.find("from")->text(), "2030-01-20T19:00:00+02:00");
  EXPECT_EQ(force.find("until")->text(), "2030-03-21T19:00:00+02:00");
}

}  // namespace
}  // namespace truce::server
