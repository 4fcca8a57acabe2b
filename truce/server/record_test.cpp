// SPDX-License-Identifier: Apache-2.0
// What is reported, who sees it, and what it changes.
#include <algorithm>
#include <set>

#include "tests/support/workspace.h"
#include <gtest/gtest.h>

#include "truce/server/route.h"

namespace truce::server {
namespace {

using encoding::JsonValue;
using test::attack;
using test::object_of;
using test::shown_to;

JsonValue file_of(const std::string& name, const std::string& text) {
  return object_of({{"name", name}, {"text", text}});
}

JsonValue revision_of(const std::string& text, JsonValue::Array audience) {
  return object_of({{"files", JsonValue::Array{file_of("agreement.truce", text)}},
                    {"audience", std::move(audience)}});
}

class RecordTest : public test::WorkspaceTest {
 protected:
  void SetUp() override {
    workspace_.add_people();
    workspace_.watch_small_agreement({"public", "party:North"});
  }

  // `clause bearer incident verdict` of what stands for somebody.
  std::set<std::string> standing(const std::string& user) {
    std::set<std::string> lines;
    const JsonValue verdicts = workspace_.get(user, "/api/v1/verdicts");
    for (const JsonValue& verdict : verdicts.find("verdicts")->elements()) {
      std::string line;
      for (const char* name : {"clause", "bearer", "incident", "verdict"}) {
        const JsonValue* const member = verdict.find(name);
        line += (line.empty() ? "" : " ") + (member == nullptr ? "-" : member->text());
      }
      lines.insert(line);
    }
    return lines;
  }
};

TEST_F(RecordTest, WhatIsEnteredIsJudgedAtOnce) {
  EXPECT_TRUE(standing("monitor").empty());
  expect(201, "monitor", "/api/v1/accounts", attack("market", "Mission", "North"));
  EXPECT_EQ(standing("monitor"), std::set<std::string>{"1.1 North market broken"});
  const JsonValue incident = workspace_.get("verifier", "/api/v1/incidents/market");
  const JsonValue& says = *incident.find("accounts")->elements().at(0).find("says");
  EXPECT_EQ(says.find("columns")->find("actor")->text(), "North");
  EXPECT_EQ(incident.find("verdicts")->elements().at(0).find("verdict")->text(), "broken");
}

TEST_F(RecordTest, ACorrectionIsANewRowAndTheOldOneStays) {
  expect(201, "monitor", "/api/v1/accounts", attack("market", "Mission", "North"));
  expect(409, "monitor", "/api/v1/accounts", attack("market", "Mission", "South"));
  JsonValue correction = attack("market", "Mission", "South");
  correction.set("corrects", true);
  expect(201, "verifier", "/api/v1/accounts", correction);
  EXPECT_EQ(standing("monitor"), std::set<std::string>{"1.1 South market broken"});
  const JsonValue incident = workspace_.get("monitor", "/api/v1/incidents/market");
  const JsonValue& account = incident.find("accounts")->elements().at(0);
  EXPECT_EQ(account.find("says")->find("columns")->find("actor")->text(), "South");
  ASSERT_EQ(account.find("said_before")->elements().size(), 1U);
  EXPECT_EQ(account.find("said_before")->elements()[0].find("columns")->find("actor")->text(),
            "North");
  JsonValue withdrawal = object_of(
      {{"incident", "market"}, {"account", "Mission"}, {"kind", "withdrawn"}, {"corrects", true}});
  expect(201, "monitor", "/api/v1/accounts", withdrawal);
  EXPECT_TRUE(standing("monitor").empty());
  JsonValue first = attack("bridge", "Mission", "South");
  first.set("corrects", true);
  expect(409, "monitor", "/api/v1/accounts", first);
}

TEST_F(RecordTest, EachSideSpeaksForItselfAlone) {
  expect(201, "north", "/api/v1/accounts", attack("north-1", "", "South"));
  expect(400, "north", "/api/v1/accounts", attack("north-2", "South", "South"));
  expect(400, "north", "/api/v1/accounts", attack("south-1", "", "South"));
  expect(400, "monitor", "/api/v1/accounts", attack("market", "North", "South"));
  // It names no incident that South can see, whether or not there is one.
  expect(400, "south", "/api/v1/accounts", attack("north-1", "", "North"));
  expect(400, "south", "/api/v1/accounts", attack("north-9", "", "North"));
  JsonValue end = object_of({{"incident", "north-end"},
                             {"from", "2030-01-30T10:00Z"},
                             {"to", "2030-01-30T10:00Z"},
                             {"kind", "terminate"},
                             {"actor", "North"},
                             {"clauses", "1.1"}});
  expect(400, "north", "/api/v1/accounts", end);
}

TEST_F(RecordTest, TwoAccountsOfOneIncidentAreContestedForWhoSeesBoth) {
  expect(201, "monitor", "/api/v1/accounts",
         shown_to(attack("market", "Mission", "North"), {"public"}));
  expect(201, "monitor", "/api/v1/accounts", attack("bridge", "Mission", "North"));
  expect(201, "north", "/api/v1/accounts", attack("market", "", "South"));
  // An incident has of the list what is about it.
  JsonValue::Array of_market;
  const JsonValue all = workspace_.get("mediator", "/api/v1/verdicts");
  for (const JsonValue& verdict : all.find("verdicts")->elements()) {
    if (verdict.find("incident")->text() == "market") {
      of_market.push_back(verdict);
    }
  }
  EXPECT_EQ(of_market.size(), 2U);
  EXPECT_EQ(*workspace_.get("mediator", "/api/v1/incidents/market").find("verdicts"),
            JsonValue(of_market));
  const JsonValue withdrawal = object_of(
      {{"incident", "bridge"}, {"account", "Mission"}, {"kind", "withdrawn"}, {"corrects", true}});
  expect(201, "monitor", "/api/v1/accounts", withdrawal);
  EXPECT_TRUE(
      workspace_.get("mediator", "/api/v1/incidents/bridge").find("verdicts")->elements().empty());
  EXPECT_EQ(standing("mediator"),
            (std::set<std::string>{"1.1 North market contested", "1.1 South market contested"}));
  EXPECT_EQ(standing("north"), standing("mediator"));
  EXPECT_EQ(standing("south"), std::set<std::string>{"1.1 North market broken"});
  EXPECT_EQ(standing(""), standing("south"));
  EXPECT_EQ(workspace_.get("south", "/api/v1/incidents/market").find("accounts")->elements().size(),
            1U);
}

TEST_F(RecordTest, WhatIsSealedIsNotThereForTheOtherSideAndItsReadingIsNoted) {
  expect(201, "north", "/api/v1/accounts", attack("north-1", "", "South"));
  for (const std::string user : {"", "south", "reporter", "convoy-officer", "administrator"}) {
    EXPECT_EQ(workspace_.text(user, "/api/v1/incidents/north-1"),
              "404 " + workspace_.ask(user, "GET", "/api/v1/incidents/nothing").body)
        << user;
    EXPECT_TRUE(workspace_.get(user, "/api/v1/incidents").find("incidents")->elements().empty());
    EXPECT_TRUE(standing(user).empty()) << user;
  }
  EXPECT_EQ(workspace_.ask("north", "GET", "/api/v1/incidents/north-1").status, 200U);
  EXPECT_EQ(workspace_.ask("monitor", "GET", "/api/v1/incidents/north-1").status, 200U);
  std::vector<std::string> reads;
  const JsonValue audit = workspace_.get("auditor", "/api/v1/audit?limit=1000");
  for (const JsonValue& line : audit.find("lines")->elements()) {
    if (line.find("did")->text() == "read") {
      reads.push_back(line.find("who")->text() + " " + line.find("what")->text());
    }
  }
  // One's own is no reading of what another sealed.
  EXPECT_EQ(reads, std::vector<std::string>{"monitor north-1"});
}

TEST_F(RecordTest, AnAudienceIsOneOfThoseThereAre) {
  for (const char* word : {"everybody", "party:East", "party:", "mediator", ""}) {
    expect(400, "monitor", "/api/v1/accounts", shown_to(attack("a", "Mission", "North"), {word}));
  }
  expect(201, "monitor", "/api/v1/accounts",
         shown_to(attack("a", "Mission", "North"), {"party:South"}));
  EXPECT_EQ(standing("south"), std::set<std::string>{"1.1 North a broken"});
  EXPECT_TRUE(standing("north").empty());
}

TEST_F(RecordTest, AFileIsEnteredAfterAPreviewOfTheSameBytes) {
  const std::string rows =
      "incident,account,according_to,reported_at,from,to,kind,actor,target,weapon\n"
      "a,Mission,Mission,2030-01-31,2030-01-30T09:00Z,2030-01-30T09:10Z,attack,North,Civilians,"
      "Rockets\n"
      "b,Mission,Mission,2030-01-31,2030-01-30T09:00Z,2030-01-30T08:00Z,attack,North,Civilians,"
      "Rockets\n"
      "c,North,North,2030-01-31,2030-01-30T09:00Z,2030-01-30T09:10Z,attack,South,Civilians,"
      "Rockets\n";
  const Response preview =
      workspace_.ask("monitor", "POST", "/api/v1/uploads/preview", "text/csv", rows);
  ASSERT_EQ(preview.status, 200U) << preview.body;
  const auto value = encoding::parse_json("preview", preview.body);
  EXPECT_EQ(value->find("rows")->integer(), 3);
  EXPECT_EQ(value->find("accounts")->integer(), 1);
  ASSERT_EQ(value->find("skipped")->elements().size(), 2U);
  EXPECT_EQ(value->find("skipped")->elements()[0].find("line")->integer(), 3);
  EXPECT_EQ(value->find("skipped")->elements()[1].find("line")->integer(), 4);
  EXPECT_TRUE(standing("monitor").empty());
  const std::string target = "/api/v1/uploads?digest=" + value->find("digest")->text();
  EXPECT_EQ(workspace_.ask("monitor", "POST", target, "text/csv", rows + "x\n").status, 409U);
  EXPECT_EQ(workspace_.ask("monitor", "POST", target, "text/csv", rows).status, 201U);
  EXPECT_EQ(standing("monitor"), std::set<std::string>{"1.1 North a broken"});
  // The same file again says nothing new.
  EXPECT_EQ(workspace_.ask("monitor", "POST", target, "text/csv", rows).status, 409U);
  EXPECT_EQ(
      workspace_.ask("monitor", "POST", "/api/v1/uploads/preview", "text/csv", "no table").status,
      400U);
}

TEST_F(RecordTest, EventsGoOnWhereTheyWereAfterARestartToo) {
  expect(201, "monitor", "/api/v1/accounts",
         shown_to(attack("market", "Mission", "North"), {"public"}));
  workspace_.move_clock(base::Duration{5});
  expect(201, "north", "/api/v1/accounts", attack("market", "", "South"));
  const std::string all = workspace_.text("mediator", "/api/v1/events?after=0");
  EXPECT_NE(all.find("id: 1\nevent: agreement\n"), std::string::npos) << all;
  EXPECT_NE(all.find("event: verdict\ndata: {\"schema\":\"truce.changes/1\""), std::string::npos);
  EXPECT_NE(all.find("\"verdict\":\"contested\",\"was\":\"broken\""), std::string::npos) << all;
  const std::string of_south = workspace_.text("south", "/api/v1/events?after=0");
  EXPECT_EQ(of_south.find("contested"), std::string::npos);
  const auto before = standing("mediator");
  workspace_.reopen();
  ASSERT_TRUE(workspace_.sign_in("mediator"));
  ASSERT_TRUE(workspace_.sign_in("south"));
  EXPECT_EQ(workspace_.text("mediator", "/api/v1/events?after=0"), all);
  EXPECT_EQ(workspace_.text("south", "/api/v1/events?after=0"), of_south);
  EXPECT_EQ(standing("mediator"), before);
  const std::size_t second = all.find("id: 2\n");
  EXPECT_EQ(workspace_.text("mediator", "/api/v1/events?after=1"),
            "200 : open\n\n" + all.substr(second));
  // Who says nothing is told what comes, not what was.
  EXPECT_EQ(workspace_.text("mediator", "/api/v1/events"), "200 : open\n\n");
  EXPECT_EQ(workspace_.ask("mediator", "GET", "/api/v1/events?after=x").status, 400U);
}

TEST_F(RecordTest, AStreamEndsWithItsSession) {
  auto response = workspace_.ask("mediator", "GET", "/api/v1/events?after=0");
  ASSERT_NE(response.stream, nullptr);
  EXPECT_EQ(response.stream->next().state, Stream::State::Waiting);
  EXPECT_EQ(workspace_.ask("mediator", "DELETE", "/api/v1/session").status, 204U);
  EXPECT_EQ(response.stream->next().state, Stream::State::End);
}

TEST_F(RecordTest, ATextWithErrorsIsRefusedAndOneForTheMissionIsNotSeen) {
  expect(400, "mediator", "/api/v1/agreement/revisions", revision_of("truce nonsense", {}));
  expect(400, "mediator", "/api/v1/agreement/revisions",
         object_of({{"files", JsonValue::Array{file_of("../x.truce", test::kSmallAgreement)}}}));
  expect(201, "mediator", "/api/v1/agreement/revisions", revision_of(test::kSmallAgreement, {}));
  EXPECT_EQ(workspace_.ask("south", "GET", "/api/v1/agreement/revisions/2").status, 404U);
  EXPECT_EQ(workspace_.ask("auditor", "GET", "/api/v1/agreement/revisions/2").status, 200U);
  expect(201, "monitor", "/api/v1/accounts",
         shown_to(attack("market", "Mission", "North"), {"public"}));
  expect(204, "mediator", "/api/v1/agreement/revisions/2/watch", {});
  EXPECT_FALSE(standing("monitor").empty());
  EXPECT_TRUE(standing("south").empty());
}

TEST_F(RecordTest, TheRecordIsALayerOfAMapForWhoMaySeeIt) {
  JsonValue there = shown_to(attack("market", "Mission", "North"), {"public"});
  there.set("latitude", 36.2);
  there.set("longitude", 37.1);
  expect(201, "monitor", "/api/v1/accounts", there);
  expect(201, "north", "/api/v1/accounts", attack("market", "", "South"));
  const auto count = [&](const std::string& user, const std::string& query) {
    const JsonValue page = workspace_.get(user, "/ogc/collections/incidents/items" + query);
    EXPECT_EQ(page.find("type")->text(), "FeatureCollection");
    return page.find("features")->elements().size();
  };
  EXPECT_EQ(count("", ""), 1U);
  EXPECT_EQ(count("north", ""), 2U);
  EXPECT_EQ(count("mediator", "?limit=1"), 1U);
  EXPECT_EQ(count("mediator", "?limit=1&offset=1"), 1U);
  EXPECT_EQ(count("mediator", "?limit=1&offset=2"), 0U);
  EXPECT_EQ(count("mediator", "?bbox=37,36,38,37"), 1U);
  EXPECT_EQ(count("mediator", "?bbox=38,36,37,37"), 0U);
  EXPECT_EQ(count("mediator", "?datetime=2030-01-30"), 2U);
  EXPECT_EQ(count("mediator", "?datetime=../2030-01-29"), 0U);
  EXPECT_EQ(count("mediator", "?datetime=2030-01-30T10:05:00Z/.."), 2U);
  for (const char* bad : {"?bbox=1,2,3", "?bbox=1,5,3,4", "?datetime=soon", "?limit=0"}) {
    EXPECT_EQ(
        workspace_.ask("", "GET", std::string("/ogc/collections/incidents/items") + bad).status,
        400U)
        << bad;
  }
  const JsonValue page = workspace_.get("", "/ogc/collections/incidents/items");
  const JsonValue& feature = page.find("features")->elements().at(0);
  EXPECT_EQ(feature.find("geometry")->find("coordinates")->elements().at(0).number(), 37.1);
  EXPECT_EQ(workspace_.get("", "/ogc/collections/incidents/items/" + feature.find("id")->text()),
            feature);
  EXPECT_EQ(workspace_.ask("", "GET", "/ogc/collections/incidents/items/market~North~North").status,
            404U);
  EXPECT_EQ(workspace_.ask("", "GET", "/ogc/collections/nothing/items").status, 404U);
}

TEST_F(RecordTest, AnExportHasEveryRowOnceAndNoFormula) {
  std::string rows = "incident,account,reported_at,from,to,kind,actor,target,note\n";
  for (int number = 0; number < 1200; ++number) {
    rows += "i" + std::to_string(number) +
            ",Mission,2030-01-31,2030-01-30T09:00Z,2030-01-30T09:10Z,attack,North,Civilians,=1+1\n";
  }
  const Response preview =
      workspace_.ask("monitor", "POST", "/api/v1/uploads/preview", "text/csv", rows);
  const auto value = encoding::parse_json("preview", preview.body);
  ASSERT_EQ(workspace_
                .ask("monitor", "POST",
                     "/api/v1/uploads?audience=public&digest=" + value->find("digest")->text(),
                     "text/csv", rows)
                .status,
            201U);
  const std::string csv = workspace_.text("", "/api/v1/export/incidents.csv");
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 1201);
  EXPECT_NE(csv.find(",'=1+1"), std::string::npos) << csv.substr(0, 400);
  EXPECT_EQ(csv.find(",=1+1"), std::string::npos);
  const JsonValue all = workspace_.get("", "/api/v1/export/incidents.geojson");
  EXPECT_EQ(all.find("features")->elements().size(), 1200U);
}

// Everything that somebody can fetch, with the names that the test uses.
std::string everything(test::Workspace& workspace, const std::string& user) {
  std::string all;
  for (const Route& route : all_routes()) {
    // The holes of a text take seconds to find, and follow from the text alone, which is fetched.
    if (route.method != "GET" || route.action == Action::GetMetrics ||
        route.action == Action::GetRevisionFindings) {
      continue;
    }
    for (const std::string name : {"market", "north-1", "south-1", "1", "2", "north"}) {
      std::string path(route.path);
      const std::size_t open = path.find('{');
      if (open != std::string::npos) {
        path.replace(open, path.find('}') - open + 1, name);
      }
      std::string answer =
          workspace.text(user, path + (route.action == Action::FollowEvents ? "?after=0" : ""));
      if (route.action == Action::GetSession) {
        answer.erase(std::min(answer.find("csrf"), answer.size()));
      }
      all += path + '\n' + answer + '\n';
      if (open == std::string::npos) {
        break;
      }
    }
  }
  return all;
}

// North's sealed data is `sealed`, written into a record that is the same otherwise.
std::string seen_by_others(const std::vector<JsonValue>& sealed) {
  test::Workspace workspace;
  workspace.add_people();
  const auto post = [&](const std::string& user, const std::string& target, const JsonValue& body) {
    const Response response = workspace.ask(user, "POST", target, body);
    EXPECT_LT(response.status, 300U) << response.body;
  };
  workspace.watch_small_agreement({"public"});
  post("monitor", "/api/v1/accounts", shown_to(attack("market", "Mission", "North"), {"public"}));
  for (const JsonValue& account : sealed) {
    post("north", "/api/v1/accounts", account);
    workspace.ask("monitor", "GET", "/api/v1/incidents/north-1");
    const std::string name = account.find("incident")->text() + account.find("actor")->text();
    const Response left = workspace.ask("north", "POST", "/api/v1/talks/files?name=" + name,
                                        "application/octet-stream", "truce-sealed/1\n" + name);
    EXPECT_EQ(left.status, 201U) << left.body;
  }
  workspace.move_clock(base::Duration{60});
  post("south", "/api/v1/accounts", attack("south-1", "", "North"));
  std::string all;
  for (const std::string user : {"", "south", "reporter", "convoy-officer"}) {
    all += everything(workspace, user);
  }
  // The other half of the claim: what is compared holds what it should.
  EXPECT_NE(all.find("\"incident\":\"south-1\""), std::string::npos);
  return all;
}

TEST(NonInterference, WhatOneSideSealsChangesNoByteThatTheOtherCanFetch) {
  const std::string nothing = seen_by_others({});
  const std::string little = seen_by_others({attack("north-1", "", "South")});
  EXPECT_EQ(nothing, little);
  EXPECT_EQ(nothing, seen_by_others({attack("market", "", "South"), attack("north-1", "", "North"),
                                     attack("north-2", "", "South")}));
}

}  // namespace
}  // namespace truce::server
