// SPDX-License-Identifier: Apache-2.0
// Findings, questions, sealed files and convoys.
#include "tests/support/workspace.h"
#include <gtest/gtest.h>

namespace truce::server {
namespace {

using encoding::JsonValue;
using test::attack;
using test::object_of;
using test::shown_to;

class DealingsTest : public test::WorkspaceTest {
 protected:
  void SetUp() override {
    workspace_.add_people();
    workspace_.watch_small_agreement({"public"});
    expect(201, "monitor", "/api/v1/accounts",
           shown_to(attack("market", "Mission", "North"), {"public"}));
  }

  void leave(unsigned status, const std::string& user, const std::string& query,
             const std::string& bytes) {
    EXPECT_EQ(
        workspace_
            .ask(user, "POST", "/api/v1/talks/files?" + query, "application/octet-stream", bytes)
            .status,
        status)
        << query;
  }

  std::size_t count(const std::string& user, const std::string& target, const char* list) {
    return workspace_.get(user, target).find(list)->elements().size();
  }
};

JsonValue finding(const std::string& id) {
  return object_of({{"id", id},
                    {"incident", "market"},
                    {"clause", "1.1"},
                    {"finding", "broken"},
                    {"by", "North"},
                    {"text", "Two craters, from the north."},
                    {"audience", JsonValue::Array{"public"}}});
}

TEST_F(DealingsTest, AFindingIsPublishedByASecondPerson) {
  expect(201, "verifier", "/api/v1/findings", finding("f1"));
  EXPECT_EQ(count("", "/api/v1/findings", "findings"), 0U);
  EXPECT_EQ(count("monitor", "/api/v1/findings", "findings"), 1U);
  expect(409, "verifier", "/api/v1/findings/f1/publication", {});
  expect(403, "monitor", "/api/v1/findings/f1/publication", {});
  expect(201, "second-verifier", "/api/v1/findings/f1/publication", {});
  expect(409, "mediator", "/api/v1/findings/f1/publication", {});
  const JsonValue seen = workspace_.get("south", "/api/v1/findings");
  ASSERT_EQ(seen.find("findings")->elements().size(), 1U);
  // Who wrote it is for the mission.
  EXPECT_EQ(seen.find("findings")->elements()[0].find("written_by"), nullptr);
  const JsonValue inside = workspace_.get("auditor", "/api/v1/findings");
  EXPECT_EQ(inside.find("findings")->elements()[0].find("published_by")->text(), "second-verifier");
}

TEST_F(DealingsTest, AFindingIsAboutWhatThereIs) {
  JsonValue nowhere = finding("f1");
  nowhere.set("incident", "nothing");
  expect(400, "verifier", "/api/v1/findings", nowhere);
  JsonValue lawless = finding("f1");
  lawless.set("clause", "9.9");
  expect(400, "verifier", "/api/v1/findings", lawless);
  JsonValue vague = finding("f1");
  vague.set("finding", "maybe");
  expect(400, "verifier", "/api/v1/findings", vague);
  expect(201, "verifier", "/api/v1/findings", finding("f1"));
  expect(409, "verifier", "/api/v1/findings", finding("f1"));
  expect(404, "mediator", "/api/v1/findings/f2/publication", {});
}

TEST_F(DealingsTest, ASideIsAskedOfWhatItCanSeeAndAnswersWithItsAccount) {
  const auto question = [](const std::string& id, const std::string& incident) {
    return object_of({{"id", id},
                      {"incident", incident},
                      {"party", "South"},
                      {"text", "What do you say of it?"},
                      {"due", "2030-02-01T13:00:00Z"}});
  };
  expect(201, "verifier", "/api/v1/questions", question("q1", "market"));
  expect(201, "north", "/api/v1/accounts", attack("north-1", "", "South"));
  expect(409, "verifier", "/api/v1/questions", question("q2", "north-1"));
  expect(409, "verifier", "/api/v1/questions", question("q3", "nothing"));
  EXPECT_EQ(count("north", "/api/v1/questions", "questions"), 0U);
  const auto state = [&] {
    return workspace_.get("south", "/api/v1/questions")
        .find("questions")
        ->elements()
        .at(0)
        .find("state")
        ->text();
  };
  EXPECT_EQ(state(), "open");
  workspace_.move_clock(base::Duration{3601});
  ASSERT_TRUE(workspace_.sign_in("south"));
  EXPECT_EQ(state(), "overdue");
  expect(201, "south", "/api/v1/accounts", attack("market", "", "North"));
  EXPECT_EQ(state(), "answered late");
}

TEST_F(DealingsTest, ARefusalComesInPartsThatSayTheSame) {
  const JsonValue question = object_of({{"id", "q1"},
                                        {"incident", "nothing"},
                                        {"party", "South"},
                                        {"text", "Where were your guns?"},
                                        {"due", "2030-02-01T13:00:00Z"}});
  const auto answer = workspace_.ask("verifier", "POST", "/api/v1/questions", question);
  ASSERT_EQ(answer.status, 409U);
  const JsonValue problem = *encoding::parse_json("answer", answer.body);
  const JsonValue& said = *problem.find("detail_said");
  EXPECT_EQ(said.find("say")->text(),
            "{} cannot see that incident; enter an account of it that is shown to party:{} first");
  EXPECT_EQ(said.find("with")->elements().front().text(), "South");
  EXPECT_EQ(problem.find("detail")->text(),
            "South cannot see that incident; enter an account of it that is shown to party:South "
            "first");
}

TEST_F(DealingsTest, TheHolesOfATextComeInPartsToo) {
  const JsonValue answer = workspace_.get("mediator", "/api/v1/agreement/revisions/1/findings");
  const JsonValue::Array& holes = answer.find("findings")->elements();
  ASSERT_FALSE(holes.empty());
  for (const JsonValue& hole : holes) {
    EXPECT_FALSE(hole.find("message")->text().empty());
    const JsonValue& said = *hole.find("message_said");
    EXPECT_TRUE(said.find("say") != nullptr || said.find("all") != nullptr);
    EXPECT_EQ(hole.find("notes")->elements().size(), hole.find("notes_said")->elements().size());
    EXPECT_NE(hole.find("outcome_said"), nullptr);
    for (const JsonValue& repair : hole.find("repairs")->elements()) {
      EXPECT_NE(repair.find("text_said")->find("say"), nullptr);
    }
  }
}

TEST_F(DealingsTest, SealedFilesAreForTheMediatorAndTheirSideAlone) {
  const std::string sealed = std::string("truce-sealed/1\n\0\xFF", 17);
  leave(201, "north", "name=round-1", sealed);
  leave(409, "north", "name=round-1", sealed);
  leave(400, "north", "name=round-2", "in the clear");
  leave(400, "north", "name=round-2&for=South", sealed);
  leave(400, "mediator", "name=answer", sealed);
  leave(400, "mediator", "name=answer&for=East", sealed);
  leave(201, "mediator", "name=answer&for=South", sealed);
  EXPECT_EQ(workspace_.ask("north", "GET", "/api/v1/talks/files/North/round-1").body, sealed);
  EXPECT_EQ(workspace_.ask("mediator", "GET", "/api/v1/talks/files/North/round-1").body, sealed);
  EXPECT_EQ(workspace_.ask("south", "GET", "/api/v1/talks/files/North/round-1").status, 404U);
  EXPECT_EQ(workspace_.ask("north", "GET", "/api/v1/talks/files/South/answer").status, 404U);
  EXPECT_EQ(count("north", "/api/v1/talks/files", "files"), 1U);
  EXPECT_EQ(count("south", "/api/v1/talks/files", "files"), 1U);
  EXPECT_EQ(count("mediator", "/api/v1/talks/files", "files"), 2U);
  EXPECT_NE(workspace_.text("auditor", "/api/v1/audit?limit=1000").find("file round-1 of North"),
            std::string::npos);
}

TEST_F(DealingsTest, ANoticeTellsAndNeverAsks) {
  const JsonValue notice = object_of({{"id", "c1"},
                                      {"addressees", JsonValue::Array{"North", "Crossings Office"}},
                                      {"from", "Port"},
                                      {"to", "Old Town"},
                                      {"departs_at", "2030-02-02T06:00:00Z"},
                                      {"vehicles", 12},
                                      {"cargo", "flour"}});
  expect(201, "convoy-officer", "/api/v1/convoys", notice);
  expect(409, "convoy-officer", "/api/v1/convoys", notice);
  EXPECT_EQ(workspace_.ask("south", "GET", "/api/v1/convoys/c1").status, 404U);
  EXPECT_EQ(count("south", "/api/v1/convoys", "notices"), 0U);
  expect(404, "south", "/api/v1/convoys/c1/receipts", JsonValue::object());
  expect(403, "north", "/api/v1/convoys/c1/receipts",
         object_of({{"addressee", "Crossings Office"}}));
  expect(201, "north", "/api/v1/convoys/c1/receipts", JsonValue::object());
  expect(409, "north", "/api/v1/convoys/c1/receipts", JsonValue::object());
  expect(400, "convoy-officer", "/api/v1/convoys/c1/receipts",
         object_of({{"addressee", "Nobody"}}));
  expect(201, "convoy-officer", "/api/v1/convoys/c1/hindrances",
         object_of({{"kind", "denial"},
                    {"by", "North"},
                    {"where", "Bridge"},
                    {"at", "2030-02-02T08:00:00Z"},
                    {"reason", "no reason was given"}}));
  expect(400, "monitor", "/api/v1/convoys/c1/hindrances",
         object_of({{"kind", "leave"},
                    {"by", "North"},
                    {"where", "Bridge"},
                    {"at", "2030-02-02T08:00:00Z"}}));
  const JsonValue seen = workspace_.get("north", "/api/v1/convoys/c1");
  EXPECT_FALSE(seen.find("is_permission")->boolean());
  const auto& receipts = seen.find("receipts")->elements();
  ASSERT_EQ(receipts.size(), 2U);
  EXPECT_EQ(receipts[0].find("noted_by")->text(), "delegate");
  EXPECT_EQ(receipts[1].find("received_at"), nullptr);
  EXPECT_EQ(seen.find("hindrances")->elements().at(0).find("by")->text(), "North");
}

TEST_F(DealingsTest, AllOfItIsThereAfterARestart) {
  expect(201, "verifier", "/api/v1/findings", finding("f1"));
  leave(201, "north", "name=round-1", "truce-sealed/1\nx");
  const std::string before = workspace_.text("auditor", "/api/v1/findings") +
                             workspace_.text("north", "/api/v1/talks/files");
  workspace_.reopen();
  ASSERT_TRUE(workspace_.sign_in("auditor"));
  ASSERT_TRUE(workspace_.sign_in("north"));
  EXPECT_EQ(workspace_.text("auditor", "/api/v1/findings") +
                workspace_.text("north", "/api/v1/talks/files"),
            before);
}

JsonValue disclosure(const std::string& id) {
  return object_of({{"id", id},
                    {"text", "Talks go on in the spring."},
                    {"audience", JsonValue::Array{"public"}}});
}

TEST_F(DealingsTest, AnAnnouncementIsPublishedByASecondPersonOfTheMission) {
  expect(403, "monitor", "/api/v1/disclosures", disclosure("a1"));
  expect(201, "mediator", "/api/v1/disclosures", disclosure("a1"));
  expect(409, "mediator", "/api/v1/disclosures", disclosure("a1"));
  EXPECT_EQ(count("", "/api/v1/disclosures", "disclosures"), 0U);
  EXPECT_EQ(count("north", "/api/v1/disclosures", "disclosures"), 0U);
  EXPECT_EQ(count("monitor", "/api/v1/disclosures", "disclosures"), 1U);
  expect(409, "mediator", "/api/v1/disclosures/a1/publication", {});
  expect(404, "north", "/api/v1/disclosures/a1/publication", {});
  expect(201, "verifier", "/api/v1/disclosures/a1/publication", {});
  expect(409, "verifier", "/api/v1/disclosures/a1/publication", {});
  EXPECT_EQ(count("", "/api/v1/disclosures", "disclosures"), 1U);
  EXPECT_EQ(workspace_.text("", "/api/v1/disclosures").find("verifier"), std::string::npos);
  workspace_.reopen();
  EXPECT_EQ(count("", "/api/v1/disclosures", "disclosures"), 1U);
}

TEST_F(DealingsTest, WhatASealedFileSaysIsPublishedByItsSideAlone) {
  leave(201, "north", "name=position", "truce-sealed/1\nx");
  JsonValue unsealing = disclosure("u1");
  unsealing.set("side", "North");
  expect(400, "mediator", "/api/v1/disclosures", unsealing);
  unsealing.set("file", "other");
  expect(400, "mediator", "/api/v1/disclosures", unsealing);
  unsealing.set("file", "position");
  expect(403, "verifier", "/api/v1/disclosures", unsealing);
  expect(201, "mediator", "/api/v1/disclosures", unsealing);
  // Neither the other side nor the rest of the mission hears of it.
  EXPECT_EQ(count("south", "/api/v1/disclosures", "disclosures"), 0U);
  EXPECT_EQ(count("verifier", "/api/v1/disclosures", "disclosures"), 0U);
  EXPECT_EQ(count("north", "/api/v1/disclosures", "disclosures"), 1U);
  expect(404, "verifier", "/api/v1/disclosures/u1/publication", {});
  expect(404, "south", "/api/v1/disclosures/u1/publication", {});
  expect(409, "mediator", "/api/v1/disclosures/u1/publication", {});
  expect(201, "north", "/api/v1/disclosures/u1/publication", {});
  EXPECT_EQ(count("south", "/api/v1/disclosures", "disclosures"), 1U);
}

}  // namespace
}  // namespace truce::server
